import { describe, expect, test } from 'vitest'
import type { CivilDate } from '../base/instant.ts'
import { checkCharacterOf } from './check-character.ts'
import {
  counterName,
  defaultRule,
  isParts,
  lettersOf,
  parseScheme,
  previewNumbers,
  type Reset,
} from './numbering.ts'

const on = '2024-03-05' as CivilDate
const rule = (scheme: string, reset: Reset = 'never', start = 1) => ({ no: 7, scheme, reset, start })

describe('numbering schemes', () => {
  test.each([
    ['YYYYMMDD-SUPPLIER-SEQ', { supplier: 'NUCOR' }, '20240305-NUCOR-001'],
    ['{YY}{JJJ}-{ITEM}-{SEQ:5}', { item: 'BAR' }, '24065-BAR-00001'],
    ['{SITE}/{LINE}{SHIFT}/{SEQ:2}', { site: 'PLANT', line: '3', shift: 'B' }, 'PLANT/3B/01'],
    ['{ORDER}-{LETTER}', { order: 'J4520' }, 'J4520-A'],
    ['LOT-SEQ', {}, 'LOT-001'],
    ['00123456{SEQ:10}{CHECK}', {}, '0012345600000000012'],
    ['YYYYMMDD-SUPPLIER-SEQ', {}, '20240305-001'],
    ['SUPPLIER-SEQ', {}, '001'],
    ['{SUPPLIER:3}-{SEQ}', { supplier: 'NUCOR' }, 'NUC-001'],
    ['{SUPPLIER}-{SEQ}', { supplier: 'Müller & Söhne' }, 'Mller&Shne-001'],
  ])('[A3] %s with %o gives %s', (scheme, facts, number) => {
    const preview = previewNumbers(rule(scheme), { on, ...facts }, 0, 1)
    expect(preview).toEqual([number])
  })

  test('[A3] the next three are shown without taking them', () => {
    expect(previewNumbers(rule('{ORDER}-{LETTER}'), { on, order: 'J4520' }, 24)).toEqual([
      'J4520-Y',
      'J4520-Z',
      'J4520-AA',
    ])
    expect(previewNumbers(rule('A{SEQ:2}', 'never', 98), { on })).toEqual(['A98', 'A99', 'A100'])
  })

  test.each([
    ['{YYYY}{MM}', 'never', 'scheme_repeats'],
    ['{MM}{DD}-{SEQ}', 'day', 'scheme_repeats'],
    ['{YYYY}-{SEQ}', 'month', 'scheme_repeats'],
    ['A-{SEQ}', 'year', 'scheme_repeats'],
    ['{NONSENSE}-{SEQ}', 'never', 'scheme_malformed'],
    ['{SEQ', 'never', 'scheme_malformed'],
  ] as const)('[A3] %s reset %s is refused: %s', (scheme, reset, code) => {
    const parsed = parseScheme(scheme, reset)
    expect(isParts(parsed) ? 'accepted' : parsed.code).toBe(code)
  })

  test('[A3] a sequence counts within its period and what stands beside it', () => {
    const parts = parseScheme(defaultRule.scheme, defaultRule.reset)
    if (!isParts(parts)) throw new Error('the default rule is a rule')
    const names = [
      { on, supplier: 'A' },
      { on, supplier: 'B' },
      { on: '2024-03-06' as CivilDate, supplier: 'A' },
    ].map((facts) => counterName(defaultRule, parts, facts))
    expect(new Set(names).size).toBe(3)
    expect(names[0]).toBe('numbering:0:2024-03-05:A')
  })

  test.each([
    [1, 'A'],
    [26, 'Z'],
    [27, 'AA'],
    [702, 'ZZ'],
    [703, 'AAA'],
  ])('[A3] letter %d is %s', (count, letters) => expect(lettersOf(count)).toBe(letters))
})

describe('check characters', () => {
  // The first is the GTIN-13 of GS1's own example, the second the GRid of ISO/IEC 7064's best known use.
  test.each([
    ['629104150021', '3'],
    ['A1-2425G-ABC1234002-', 'M'],
  ])('[A3] %s is followed by %s', (code, check) => expect(checkCharacterOf(code)).toBe(check))
})
