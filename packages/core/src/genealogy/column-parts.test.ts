import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Chunked, chunkLength } from './chunked.ts'
import { int32Column } from './columns.ts'
import { EdgeColumns } from './edge-columns.ts'
import { RunIndex } from './run-index.ts'
import { SparseTable } from './sparse-table.ts'

it('[C1] a column keeps what was written on both sides of a chunk', () => {
  const column = new Chunked(int32Column)
  const cells = [0, 1023, 1024, chunkLength - 1, chunkLength, 3 * chunkLength + 5]
  for (const cell of cells) column.set(cell, cell + 1)
  expect(cells.map((cell) => column.at(cell))).toEqual(cells.map((cell) => cell + 1))
  expect(column.at(2 * chunkLength)).toBe(0)
  expect(column.at(9 * chunkLength)).toBe(0)
  column.trim(3 * chunkLength + 6)
  expect(column.at(3 * chunkLength + 5)).toBe(3 * chunkLength + 6)
  expect(column.byteLength).toBeLessThan(4 * (2 * chunkLength + 7))
})

it('[C1] a run index tells for each number which run it belongs to', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 300 }), (begins) => {
      const runs = new RunIndex()
      const expected: number[] = []
      let run = -1
      begins.forEach((begin, index) => {
        const starts = begin || index === 0
        if (starts) run += 1
        expected.push(run)
        runs.append(index + 1, starts)
      })
      expect(begins.map((_, index) => runs.runOf(index + 1))).toEqual(expected)
    }),
    { numRuns: 60 },
  )
})

it('[C1] a sparse table gives what was last written, and nothing for what was not', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 1, max: 2_000 }), fc.nat()), { maxLength: 600 }),
      (pairs) => {
        const table = new SparseTable()
        for (const [key, value] of pairs) table.set(key, value)
        const expected = new Map(pairs)
        expect(table.size).toBe(expected.size)
        for (let key = 1; key <= 2_000; key++) expect(table.get(key)).toBe(expected.get(key) ?? -1)
      },
    ),
    { numRuns: 40 },
  )
})

it('[C6] amounts of every size come back exactly', () => {
  const amounts = [
    0,
    1,
    -1,
    2 ** 30 - 1,
    2 ** 30,
    2 ** 31,
    2 ** 53 - 1,
    -(2 ** 31),
    1 - 2 ** 53,
    Number.NaN,
    12_500,
  ]
  const edges = new EdgeColumns()
  amounts.forEach((amount, index) => {
    edges.append({ no: index + 1, amount, addedAt: 0, event: 0, happenedAtMs: 0, untilMs: Number.NaN })
  })
  expect(amounts.map((_, index) => edges.amountCell(index + 1))).toEqual(amounts)
})
