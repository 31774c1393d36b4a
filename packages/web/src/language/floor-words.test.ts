import { expect, test } from 'vitest'
import de from './floor/de.json'
import en from './floor/en.json'
import es from './floor/es.json'
import zh from './floor/zh.json'
import { pseudoWords, type Words } from './pseudo-language.ts'

function leaves(words: Words, path = ''): [string, string][] {
  return Object.entries(words).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[`${path}${key}`, value]] : leaves(value, `${path}${key}.`),
  )
}

const gaps = (text: string) =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? '').toSorted((a, b) => (a < b ? -1 : 1))

test.each([
  ['Spanish', es],
  ['German', de],
  ['Chinese', zh],
])(
  '[K5] the floor speaks %s: every word is there, with the same places for what is filled in',
  (_, words) => {
    const theirs = new Map(leaves(words))
    for (const [path, text] of leaves(en)) {
      expect(theirs.get(path), path).toBeTruthy()
      expect(gaps(theirs.get(path) ?? ''), path).toEqual(gaps(text))
    }
    expect(theirs.size).toBe(leaves(en).length)
  },
)

test('[K5] words of the floor have no blame, no noise and no empty place', () => {
  for (const [path, text] of leaves(en)) {
    expect(text, path).not.toMatch(/!|sorry|oops|please|are you sure|submit/i)
    expect(text.trim(), path).toBe(text)
    expect(text, path).not.toBe('')
  }
})

test('[K5] the language nobody speaks changes every letter and no place', () => {
  const words = pseudoWords({ a: 'Move {{what}} to' })
  expect(words['a']).toBe('[Móṽé {{what}} ţó~~~~~~]')
})
