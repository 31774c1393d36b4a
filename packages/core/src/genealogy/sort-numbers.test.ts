import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SortScratch, sortNumbers } from './sort-numbers.ts'

const scratch = new SortScratch()

test('[C1] numbers come out as the built-in sort orders them, whatever their range', () => {
  const numbers = fc.oneof(
    fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 60 }),
    fc.array(fc.integer({ min: 0, max: 2 ** 31 - 1 }), { maxLength: 400 }),
    fc.array(fc.integer({ min: 5_000_000, max: 5_003_000 }), { minLength: 25, maxLength: 400 }),
  )
  fc.assert(
    fc.property(numbers, (given) => {
      const column = Int32Array.from(given)
      sortNumbers(column, 0, column.length, scratch)
      expect([...column]).toEqual([...given].sort((a, b) => a - b))
    }),
  )
})

test('[C1] only the asked part is sorted', () => {
  const column = Int32Array.of(9, 8, 7, 3, 2, 1, 0)
  sortNumbers(column, 2, 5, scratch)
  expect([...column]).toEqual([9, 8, 2, 3, 7, 1, 0])
})
