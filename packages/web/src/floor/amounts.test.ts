import { expect, test } from 'vitest'
import { isAmount, isLess, least, minus, plus, times } from './amounts.ts'

test('[A7] amounts of screens are exact', () => {
  expect(plus('0.1', '0.2')).toBe('0.3')
  expect(minus('2', '0.8')).toBe('1.2')
  expect(minus('1', '2')).toBe('0')
  expect(least('10', '9.5')).toBe('9.5')
  expect(times('0.2', 3)).toBe('0.6')
  expect(isLess('9', '10')).toBe(true)
})

test.each([
  ['12', 0, true],
  ['12.5', 0, false],
  ['12.5', 3, true],
  ['0', 3, false],
  ['-1', 3, false],
  ['', 3, false],
  ['1e3', 3, false],
])('[A7] %j with at most %i decimals is an amount: %s', (value, decimals, is) => {
  expect(isAmount(value, decimals)).toBe(is)
})
