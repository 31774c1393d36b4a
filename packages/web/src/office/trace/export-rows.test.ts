import { expect, test } from 'vitest'
import { csvOf } from './export-rows.ts'

test('[C1] an export holds every field of every row, amounts with their unit beside them', () => {
  const rows = [
    { id: '1', code: 'R-1', quantity: { value: '12.500', unit: 'kg' }, place: null },
    { id: '2', code: 'R-2', quantity: null, place: 'A-1', lots: ['a', 'b'] },
  ]
  expect(csvOf(rows).split('\r\n')).toEqual([
    '"id","code","quantity","quantity.unit","place","lots"',
    '"1","R-1","12.500","kg",,',
    '"2","R-2",,,"A-1","a b"',
    '',
  ])
})

test('[C1] no rows are an empty file with nothing invented', () => {
  expect(csvOf([])).toBe('\r\n')
})
