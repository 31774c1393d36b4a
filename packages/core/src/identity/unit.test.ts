import { describe, expect, test } from 'vitest'
import { isRefusal } from '../base/refusal.ts'
import { measure, scaleFor } from './unit.ts'

const steel = { code: 'BAR', unit: 'kg', scale: 3, conversions: [] }
const bars = {
  code: 'BAR',
  unit: 'pc',
  scale: 0,
  conversions: [{ unit: 'bundle', numerator: '12', denominator: '1' }],
}

describe('measure', () => {
  test.each([
    [steel, '12.5', undefined, '12.500'],
    [steel, '12.5', 'kg', '12.500'],
    [steel, '250', 'g', '0.250'],
    [steel, '1', 't', '1000.000'],
    [steel, '1.5', 'kg', '1.500'],
    [bars, '2', 'bundle', '24'],
    [bars, '0.5', 'dozen', '6'],
  ])('[A7] %o: %s %s is %s', (item, value, unit, quantity) => {
    const measured = measure(item, { value, unit })
    expect(isRefusal(measured) ? measured.code : measured.quantity).toBe(quantity)
  })

  test('[A7] a conversion keeps what was written', () => {
    expect(measure(steel, { value: '250', unit: 'g' })).toMatchObject({ given: { value: '250', unit: 'g' } })
    expect(measure(steel, { value: '1' })).not.toHaveProperty('given')
  })

  test.each([
    ['1', 'l', 'unit_unknown'],
    ['1', 'furlong', 'unit_unknown'],
    ['1', 'mg', 'unit_inexact'],
    ['1', 'lb', 'unit_inexact'],
    ['1.2345', 'kg', 'quantity_too_precise'],
    ['0', 'kg', 'quantity_not_positive'],
    ['-1', 'kg', 'quantity_malformed'],
    ['1e3', 'kg', 'quantity_malformed'],
    ['1'.repeat(40), 'kg', 'quantity_malformed'],
    ['999999999999999', 'kg', 'quantity_too_large'],
  ])('[A7] %s %s is refused: %s', (value, unit, code) => {
    const measured = measure(steel, { value, unit })
    expect(isRefusal(measured) && measured.code).toBe(code)
  })

  test('[A7] what is weighed gets three decimals, what is counted none', () => {
    expect([scaleFor('kg'), scaleFor('l'), scaleFor('pc'), scaleFor('crate')]).toEqual([3, 3, 0, 0])
  })
})
