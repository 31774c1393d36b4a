import { describe, expect, test } from 'vitest'
import { arrayLiteral } from './array-literal.ts'

describe('an array literal', () => {
  test.each([
    ['nothing', [], true, '{}'],
    ['numbers and null', ['1', null, '-3'], true, '{1,NULL,-3}'],
    ['the text NULL, which is not null', ['NULL', null], false, '{"NULL",NULL}'],
    ['quotes and backslashes', ['a"b', 'c\\d'], false, '{"a\\"b","c\\\\d"}'],
    ['braces, commas, blanks and nothing', ['{}', 'a,b', ' ', ''], false, '{"{}","a,b"," ",""}'],
  ])('[A7] holds %s', (_, values, plain, expected) => {
    expect(arrayLiteral(values, plain)).toBe(expected)
  })
})
