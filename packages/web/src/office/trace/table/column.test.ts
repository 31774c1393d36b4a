import { expect, test } from 'vitest'
import { arranged, type Column } from './column.ts'

interface Row {
  code: string
  quantity: number
}
const rows: Row[] = [
  { code: 'R-10', quantity: 5 },
  { code: 'R-9', quantity: 40 },
  { code: 'S-1', quantity: 40 },
]
const columns: Column<Row>[] = [
  { key: 'code', label: 'Lot', text: ({ code }) => code, width: 80, grow: 1 },
  {
    key: 'quantity',
    label: 'Quantity',
    text: ({ quantity }) => `${quantity} kg`,
    order: ({ quantity }) => quantity,
    width: 80,
    grow: 1,
  },
]
const codes = (find: string, sorting?: { key: string; down: boolean }) =>
  arranged(rows, columns, { find, sorting }).map(({ code }) => code)

test('[C1] a table finds rows by all the words, in any column', () => {
  expect(codes('')).toEqual(['R-10', 'R-9', 'S-1'])
  expect(codes('r- 40')).toEqual(['R-9'])
  expect(codes('nothing')).toEqual([])
})

test('[C1] identifiers sort by their numbers, quantities by size, equal ones keep their order', () => {
  expect(codes('', { key: 'code', down: false })).toEqual(['R-9', 'R-10', 'S-1'])
  expect(codes('', { key: 'quantity', down: true })).toEqual(['R-9', 'S-1', 'R-10'])
})
