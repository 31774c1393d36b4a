import { describe, expect, test } from 'vitest'
import { amountOf, AMOUNT_MAX, decimalOf, parseAmount, plainDecimal } from './quantity.ts'
import { isRefusal } from './refusal.ts'

describe('exact quantities', () => {
  test('[A7] 0.1 kg and 0.2 kg are 0.3 kg', () => {
    const sum = amountOf('0.100') + amountOf('0.200')
    expect(decimalOf(sum, 3)).toBe('0.300')
  })

  test.each([
    ['12.5', 3, 12_500n],
    ['12.500', 3, 12_500n],
    ['12.5000', 3, 12_500n],
    ['0.000000001', 9, 1n],
    ['007', 0, 7n],
    ['9007199254740991', 0, AMOUNT_MAX],
  ])('[A7] %s at %d decimals is %s', (text, scale, amount) => expect(parseAmount(text, scale)).toBe(amount))

  test.each([
    ['', 'quantity_malformed'],
    ['1,5', 'quantity_malformed'],
    ['+1', 'quantity_malformed'],
    ['-1', 'quantity_malformed'],
    ['1e3', 'quantity_malformed'],
    [' 1', 'quantity_malformed'],
    ['١٢', 'quantity_malformed'],
    ['1.', 'quantity_malformed'],
    ['.5', 'quantity_malformed'],
    ['9'.repeat(40), 'quantity_malformed'],
    ['0', 'quantity_not_positive'],
    ['0.000', 'quantity_not_positive'],
    ['1.0001', 'quantity_too_precise'],
    ['9007199254741', 'quantity_too_large'],
  ])('[A7] %j is refused: %s', (text, code) => {
    const amount = parseAmount(text, 3)
    expect(isRefusal(amount) && amount.code).toBe(code)
  })

  test('[A7] zero is a count, and nothing else', () => expect(parseAmount('0', 3, { zero: true })).toBe(0n))

  test.each([
    [-1n, 3, '-0.001'],
    [12_500n, 3, '12.500'],
    [5n, 0, '5'],
    [0n, 2, '0.00'],
  ])('[A7] %s at %d is written %s and read back', (amount, scale, text) => {
    expect(decimalOf(amount, scale)).toBe(text)
    expect(amountOf(text)).toBe(amount)
  })

  test('[A7] people read no trailing zeros', () => {
    expect([plainDecimal('12.500'), plainDecimal('12.000'), plainDecimal('120')]).toEqual([
      '12.5',
      '12',
      '120',
    ])
  })
})
