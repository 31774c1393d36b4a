import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MemoryView } from '@lotline/core/base/memory-view'
import type { TableSpec } from '@lotline/core/base/view'
import { SpilledView } from './spilled-view.ts'

interface Row {
  readonly no: number
  readonly code: string
  readonly of: number | null
  readonly amount: bigint
}

const table: TableSpec<Row> = {
  name: 'thing',
  columns: { no: 'int', code: 'text', of: 'int?', amount: 'amount' },
  key: ['no', 'code'],
  groups: { byOf: ['of'], byCode: ['code'], byBoth: ['code', 'of'] },
}

const [numbers, codes] = [fc.nat({ max: 1_000 }), fc.constantFrom('a', 'SL-0001', 'SL-0002', 'SL-0102', 'x')]
const row = fc.record({
  ...{ no: numbers, code: codes, of: fc.option(fc.nat({ max: 3 })) },
  amount: fc.bigInt({ min: 0n, max: 9n }),
})
const steps = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ put: row }) },
    fc.record({ remove: fc.tuple(numbers, codes) }),
    fc.record({ list: fc.nat({ max: 3 }) }),
  ),
  { minLength: 30, maxLength: 150 },
)

test('[F1 K3] a view that keeps a few rows in memory answers as one that keeps them all', () => {
  let reads = 0
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 20 }), (all, entriesMax) => {
      const pages: Uint8Array[] = []
      const read = (place: number) => {
        reads += 1
        return pages[place] ?? new Uint8Array()
      }
      const spilled = new SpilledView({ write: (page) => pages.push(page) - 1, read }, entriesMax)
      const memory = new MemoryView()
      for (const step of all) {
        if ('put' in step) for (const view of [spilled, memory]) view.put(table, step.put)
        else if ('remove' in step) for (const view of [spilled, memory]) view.remove(table, step.remove)
        else expect(spilled.list(table, 'byOf', [step.list])).toEqual(memory.list(table, 'byOf', [step.list]))
      }
      for (const each of memory.all(table)) expect(spilled.get(table, [each.no, each.code])).toEqual(each)
      expect(spilled.get(table, [1_001, 'a'])).toBeUndefined()
      expect(spilled.list(table, 'byCode', ['SL-0001'])).toEqual(memory.list(table, 'byCode', ['SL-0001']))
      for (const of of [0, 1, 2, 3, ''])
        expect(spilled.list(table, 'byBoth', ['x', of])).toEqual(memory.list(table, 'byBoth', ['x', of]))
      expect(spilled.count(table)).toBe(memory.count(table))
      const byKey = (a: Row, b: Row) => a.no - b.no || (a.code < b.code ? -1 : 1)
      expect([...spilled.all(table)].sort(byKey)).toEqual([...memory.all(table)].sort(byKey))
    }),
  )
  expect(reads).toBeGreaterThan(1_000)
})
