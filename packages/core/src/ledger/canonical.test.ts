import { describe, expect, test } from 'vitest'
import type { Json } from '../identity/rows.ts'
import { canonicalJson } from './canonical.ts'

describe('canonical JSON', () => {
  // The members of RFC 8785 section 3.2.3, sorted by UTF-16 code units.
  test('[F1] members are sorted by code unit, whatever their order', () => {
    const text = canonicalJson({
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    })
    expect(Object.values(JSON.parse(text) as object)).toEqual([
      'One',
      'Carriage Return',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ])
  })

  test.each<[Json, string]>([
    [{ b: 1, a: [true, null, 'x'] }, '{"a":[true,null,"x"],"b":1}'],
    [1e21, '1e+21'],
    [0.000001, '0.000001'],
    [-0, '0'],
    ['\u0008\u000c\n\r\t"\\\u0001', '"\\b\\f\\n\\r\\t\\"\\\\\\u0001"'],
    [{}, '{}'],
  ])('[F1] %j is %s', (value, text) => expect(canonicalJson(value)).toBe(text))

  test('[F1] what is undefined is not written; what is no number stops', () => {
    expect(canonicalJson({ a: undefined } as unknown as Json)).toBe('{}')
    expect(() => canonicalJson(Number.NaN)).toThrow('finite')
  })
})
