import { expect, test } from 'vitest'
import { isRefusal } from '../base/refusal.ts'
import { checkDistinct, serialsOfRange } from './serial-range.ts'

test('[A3] a range counts the last run of digits up and keeps its width', () => {
  expect(serialsOfRange({ from: 'SN-0098/A', count: 3 }, 'serialRange')).toEqual([
    'SN-0098/A',
    'SN-0099/A',
    'SN-0100/A',
  ])
  expect(serialsOfRange({ from: '00900719925474099299', count: 2 }, 'serialRange')).toEqual([
    '00900719925474099299',
    '00900719925474099300',
  ])
})

test.each([
  ['SN-98', 3],
  ['ABC', 2],
  ['SN-0001', 10_001],
])('[A3] %s counted %d times is refused as serial_range_malformed', (from, count) => {
  const result = serialsOfRange({ from, count }, 'serialRange')
  expect(isRefusal(result) && result.code).toBe('serial_range_malformed')
})

test('[A4] a serial scanned twice is refused as serial_repeated, with its place in the list', () => {
  const result = checkDistinct(['S1', 'S2', 'S1'], (serial) => serial, 'serials')
  expect(result?.code).toBe('serial_repeated')
  expect(result?.field).toBe('serials/2')
})
