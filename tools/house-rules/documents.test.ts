import { existsSync } from 'node:fs'
import { join, posix } from 'node:path'
import { test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { expectNone } from './ratchet.ts'
import { repositoryFiles, root } from './source.ts'

const documents = repositoryFiles().filter(({ path }) => path.endsWith('.md'))

test('a link in a document leads somewhere', () => {
  expectNone(
    documents.flatMap(({ path, text }) =>
      [...withoutCode(text).matchAll(/\]\(([^)#\s]+)[^)]*\)/g)]
        .map(([, to = '']) => to)
        .filter((to) => !/^[a-z]+:/.test(to))
        .filter((to) => !existsSync(join(root, posix.dirname(path), decodeURI(to))))
        .map((to) => `${path} links to ${to}, which is not there`),
    ),
  )
})

test('a command in a document is one of ours', () => {
  const scripts = new Set(Object.keys(manifest.scripts))
  expectNone(
    documents.flatMap(({ path, text }) =>
      [...text.matchAll(/npm (run (?:-s )?)?([a-z:]+)/g)]
        .map(([, run, word = '']) => ({ run, word }))
        .filter(({ run, word }) => (run === undefined ? /^(start|test)$/.test(word) : true))
        .filter(({ word }) => !scripts.has(word))
        .map(({ word }) => `${path} says npm run ${word}, which package.json does not know`),
    ),
  )
})

test('a decision is one page and has its question, its answer and what was given up', () => {
  const decisions = documents.filter(({ path }) => path.startsWith('docs/decisions/'))
  expectNone(
    decisions.flatMap(({ path, text }) => [
      ...(/^docs\/decisions\/\d{4}-[a-z0-9-]+\.md$/.test(path)
        ? []
        : [`${path} is not named like 0001-some-words.md`]),
      ...['**Question.**', '**Answer.**', '**What we gave up.**']
        .filter((part) => !text.includes(part))
        .map((part) => `${path} lacks ${part}`),
    ]),
  )
})

function withoutCode(text: string): string {
  return text.replace(/```[\s\S]*?```/g, '').replace(/`[^`]*`/g, '')
}
