import { describe, expect, test } from 'vitest'
import { checkCode, codeKeyOf, skeletonOf } from './code.ts'

describe('codes', () => {
  test.each([
    ['LOT-2024-0847', '2024847'],
    ['LOT-2024-0847', 'lot 2024-0847'],
    ['LOT-2024-0847', 'LOT-2O24-0847'],
    ['AB1', 'ABI'],
    ['АВС-12', 'ABC-12'],
    ['batch 7', 'BATCH-007'],
  ])('[A4] %s and %s look alike', (a, b) => expect(skeletonOf(a)).toBe(skeletonOf(b)))

  test.each([
    ['A-1', 'A-2'],
    ['LOT-10', 'LOT-100'],
    ['H-20931', 'H-20913'],
  ])('[A4] %s and %s do not', (a, b) => expect(skeletonOf(a)).not.toBe(skeletonOf(b)))

  test('[A4] width, blanks at the ends and doubled blanks are one spelling; case and leading zeros are not', () => {
    expect(codeKeyOf('  Ａ１  b ')).toBe('A1 b')
    expect(codeKeyOf('a1')).not.toBe(codeKeyOf('A1'))
    expect(codeKeyOf('01')).not.toBe(codeKeyOf('1'))
  })

  test.each(['A\u200BB', 'A\u202EB', 'A\nB', '\u0000', '   '])(
    '[A4] %j cannot be read back from a label: code_malformed',
    (code) => expect(checkCode(code, 'lot')?.code).toBe('code_malformed'),
  )
})
