import { describe, expect, test } from 'vitest'
import { isRefusal } from '@lotline/core/base/refusal'
import { decimalText, ExactNumber } from './json-value.ts'
import { parseJson } from './parse.ts'
import { JsonSlicer } from './slice.ts'

describe('reading JSON strictly', () => {
  test('[I4] gives what JSON.parse gives', () => {
    const text = '{"a":[1,-2.5,true,null,"\\u00e4\\n\\"",{}],"b":{"c":[]}}'
    expect(parseJson(text)).toEqual(JSON.parse(text))
  })

  test('[A7] a number that would lose digits keeps its text', () => {
    expect(parseJson('[12345678901234567.25, 1.50, 1e3]')).toEqual([
      new ExactNumber('12345678901234567.25'),
      1.5,
      new ExactNumber('1e3'),
    ])
    expect(decimalText(new ExactNumber('1.5e3'))).toBe('1500')
    expect(decimalText(new ExactNumber('15e-4'))).toBe('0.0015')
    expect(decimalText(0.1)).toBe('0.1')
    expect(decimalText('abc')).toBeUndefined()
  })

  test.each([
    ['{"a":1,"a":2}', 'stands twice'],
    ['{"__proto__":{}}', '__proto__'],
    ['{"a":', 'line 1, column 6'],
    ['{"a":1\n,}', 'line 2, column 2'],
    ['[1 2]', 'a comma or ] is missing'],
    ['[01]', 'a comma or ] is missing'],
    ['"\\q"', 'is no escape'],
    ['"abc', 'ends inside a text'],
    ['[1]x', 'text follows'],
    [`${'['.repeat(100)}`, 'nested deeper'],
  ])('[I4] %s is refused with its place', (text, reason) => {
    expect(parseJson(text)).toMatchObject({
      code: 'json_malformed',
      message: expect.stringContaining(reason),
    })
  })
})

function sliceAll(text: string, size: number, paths: readonly string[]) {
  const slicer = new JsonSlicer(paths)
  const values: unknown[] = []
  const places: string[] = []
  for (let at = 0; at < text.length; at += size) {
    const slices = slicer.push(text.slice(at, at + size))
    if (isRefusal(slices)) return { slices, values, places, rest: slices }
    values.push(...slices.map(({ value }) => value))
    places.push(...slices.map(({ path, line }) => `${path}@${line}`))
  }
  return { values, places, rest: slicer.end() }
}

describe('slicing a long file', () => {
  const text = '{"x":[7],"body": {"list":[ {"id":"a,]","n":[1,2]},\n "b\\"]" , 3 ],"y":"list"}, "z":[]}'

  test('[I4] a file that is cut says the line where it ends, whatever was sliced out before', () => {
    const { rest } = sliceAll('{"list":[\n{"id":1},\n{"id":2},\n{"i', 5, ['/list'])
    expect(rest).toMatchObject({
      code: 'json_malformed',
      message: expect.stringMatching(/at line 4: .*ends/),
    })
  })

  test.each([1, 2, 3, 7, 1000])('[I4] pieces of %i characters give the same records', (size) => {
    expect(sliceAll(text, size, ['/body/list'])).toEqual({
      values: [{ id: 'a,]', n: [1, 2] }, 'b"]', 3],
      places: ['/body/list/0@1', '/body/list/1@2', '/body/list/2@2'],
      rest: { x: [7], body: { list: [], y: 'list' }, z: [] },
    })
  })

  test('[I4] a list at the top', () => {
    expect(sliceAll('[1,[2,3]]', 2, [''])).toEqual({
      values: [1, [2, 3]],
      places: ['/0@1', '/1@1'],
      rest: [],
    })
  })

  test.each(['[1,]', '[,1]', '[1,,2]', '[1 2]'])('[I4] %s is refused', (broken) => {
    const { rest } = sliceAll(broken, 1, [''])
    expect(isRefusal(rest)).toBe(true)
  })

  test('[I4] a file cut anywhere is refused', () => {
    for (let end = 1; end < text.length - 1; end++) {
      expect(isRefusal(sliceAll(text.slice(0, end), 5, ['/body/list']).rest)).toBe(true)
    }
  })

  test('[I4] one endless record is refused as record_too_large, and memory stays bounded', () => {
    const slicer = new JsonSlicer([''])
    slicer.push('["')
    const piece = 'x'.repeat(1_000_000)
    const answers = Array.from({ length: 30 }, () => slicer.push(piece))
    expect(answers.at(-1)).toMatchObject({ code: 'record_too_large', field: 'line 1' })
  })
})
