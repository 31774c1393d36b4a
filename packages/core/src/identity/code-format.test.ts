import { describe, expect, test } from 'vitest'
import { isRefusal } from '../base/refusal.ts'
import { exampleOf, fitsFormat, parseFormat } from './code-format.ts'

function fits(format: string, code: string, item?: string): boolean {
  const parts = parseFormat(format)
  if (isRefusal(parts)) throw new Error(parts.message)
  return fitsFormat(parts, code, item)
}

describe('the format of codes', () => {
  test.each([
    ['LOT-{YYYY}-{D:4}', 'LOT-2026-0847', true],
    ['LOT-{YYYY}-{D:4}', '20260847', false],
    ['LOT-{YYYY}-{D:4}', 'LOT-2026-084', false],
    ['LOT-{YYYY}-{D:4}', 'LOT-2026-08471', false],
    ['LOT-{YYYY}-{D:4}', 'lot-2026-0847', false],
    ['{A:2}{D:3}{X}', 'AB123Z', true],
    ['{A:2}{D:3}{X}', 'AB12OZ', false],
    ['{YY}{MM}{DD}-{D:2}', '260228-01', true],
    ['{YY}{MM}{DD}-{D:2}', '260230-01', false],
    ['{YY}{JJJ}', '26366', true],
    ['{YY}{JJJ}', '26367', false],
    ['{D:5}{CHECK}', '123457', true],
    ['{D:5}{CHECK}', '123456', false],
  ])('[A4] %s and %s: %s', (format, code, expected) => {
    expect(fits(format, code)).toBe(expected)
  })

  test('[A4] the item’s own code may be part of it', () => {
    expect(fits('{ITEM}/{D:2}', 'BAR-4140/07', 'BAR-4140')).toBe(true)
    expect(fits('{ITEM}/{D:2}', 'BAR-4340/07', 'BAR-4140')).toBe(false)
  })

  test.each(['', '{D', '{Q:2}', '{YYYY:3}', '(a+)+{D}}', '{D:100}'])('[A4] %s is no format', (format) => {
    const parsed = parseFormat(format)
    expect(isRefusal(parsed) && parsed.code).toBe('format_malformed')
  })

  test('[A4] what would hang a pattern of another kind is text here', () => {
    expect(fits('(a+)+$', `${'a'.repeat(200)}!`)).toBe(false)
  })

  test('[A4] its example fits it', () => {
    for (const format of ['LOT-{YYYY}-{D:4}', '{A:12}{X:3}{CHECK}', '{YY}{JJJ}/{ITEM}']) {
      const parts = parseFormat(format)
      if (isRefusal(parts)) throw new Error(parts.message)
      expect(fitsFormat(parts, exampleOf(parts, 'BAR'), 'BAR')).toBe(true)
    }
  })
})
