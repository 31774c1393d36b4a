import { expect, test } from 'vitest'
import { decimalText, regionOf, shareText } from './language-formats.ts'

test.each([
  ['de-CH', 'de-CH'],
  ['en-US@posix', 'en'],
  ['', 'en'],
])('[K5] numbers of somebody whose system says %j are written as in %s', (named, region) => {
  expect(regionOf(named)).toBe(region)
})

test.each([
  ['0.333333', '33.3 %'],
  ['1', '100 %'],
  ['0.000001', '< 0.1 %'],
  ['0', '0 %'],
])('[C6] the share %s reads %s', (share, text) => {
  expect(shareText(share)).toBe(text)
})

test('[A7] no digit of a quantity is lost on the screen', () => {
  expect(decimalText('9007199254740993.000000001').replace(/\D/g, '')).toBe('9007199254740993000000001')
})
