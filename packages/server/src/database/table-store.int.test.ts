import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { MemoryView } from '@lotline/core/base/memory-view'
import { NotLoaded, type TableSpec, type View } from '@lotline/core/base/view'
import {
  counterTable,
  type ItemRow,
  itemTable,
  type TraceableRow,
  traceableTable,
} from '@lotline/core/identity/rows'
import { mentionTable } from '@lotline/core/ledger/record-tables'
import { type MovementRow, movementTable, type StockRow, stockTable } from '@lotline/core/ledger/tables'
import type { Instant, CivilDate } from '@lotline/core/base/instant'
import { ensureOrganisation } from './organisation.ts'
import { PostgresView } from './table-store.ts'
import { testDatabase, type TestDatabase } from './testing.ts'
import { inTransaction, type Transaction } from './transaction.ts'

let database: TestDatabase
let made = 0
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

async function newPlant(): Promise<number> {
  return (await ensureOrganisation(database.pool, `view-${++made}`, 'View')).org
}

/** Runs a pure reading until all its rows are loaded, and counts the rounds. */
async function asking<T>(
  tx: Transaction,
  view: PostgresView,
  read: (view: View) => T,
): Promise<{ value: T; rounds: number }> {
  for (let rounds = 0; ; rounds++) {
    try {
      return { value: read(view), rounds }
    } catch (error) {
      if (!(error instanceof NotLoaded)) throw error
      await view.load(tx)
    }
  }
}

function stockRow(traceable: number, holder: number, onHand: bigint, item: number | null = null): StockRow {
  return { traceable, holderKind: 'place', holder, item, onHand, owed: 0n }
}

const hostile = 'quote " backslash \\ brace {} comma , NULL \t é 漢 🧪'
const trace: TraceableRow = {
  no: 1,
  kind: 'lot',
  item: null,
  code: hostile,
  codeKey: '',
  skeleton: 'NULL',
  party: 9_007_199_254_740_991,
  owner: null,
  status: 'released',
  expiresOn: '2026-02-28' as CivilDate,
  manufacturedOn: null,
  uri: null,
  exportClass: null,
  attributes: { [hostile]: [1.5, true, null, { deep: hostile }] },
  position: 0,
  happenedAt: '1999-12-31T23:59:59.001Z' as Instant,
}
const movement: MovementRow = {
  position: 1,
  ordinal: 0,
  traceable: 1,
  item: null,
  holderKind: 'place',
  holder: 1,
  delta: -9_007_199_254_740_991n,
  cause: 'scrapped',
  orderNo: null,
  happenedAt: '2026-10-25T01:30:00.000Z' as Instant,
}

describe('tables backed by PostgreSQL', () => {
  test('[A7] give back every value exactly as it was put', async () => {
    const org = await newPlant()
    await inTransaction(database.pool, org, async (tx) => {
      const view = new PostgresView()
      view.put(traceableTable, trace)
      view.put(movementTable, movement)
      await view.flush(tx)
    })
    await inTransaction(database.pool, org, async (tx) => {
      const view = new PostgresView()
      expect((await asking(tx, view, (v) => v.get(traceableTable, [1]))).value).toEqual(trace)
      expect((await asking(tx, view, (v) => v.list(movementTable, 'byTraceable', [1]))).value).toEqual([
        movement,
      ])
      expect((await asking(tx, view, (v) => v.list(movementTable, 'byOrder', ['']))).value).toEqual([
        movement,
      ])
    })
  })

  test('[A7] load all that is missing in one round, and remember what is not there', async () => {
    const org = await newPlant()
    await inTransaction(database.pool, org, async (tx) => {
      const view = new PostgresView()
      const read = (v: View): void => {
        v.prefetch(
          stockTable,
          'byTraceable',
          Array.from({ length: 500 }, (_, at) => [at]),
        )
      }
      expect((await asking(tx, view, read)).rounds).toBe(1)
      // A loaded group also proves that a key within it is absent.
      expect(view.get(stockTable, [7, 'place', 3])).toBeUndefined()
      expect((await asking(tx, view, (v) => v.get(itemTable, [1]))).rounds).toBe(1)
      expect(view.get(itemTable, [1])).toBeUndefined()
    })
  })

  test('[A7] nothing is looked for under a number that was not given yet', async () => {
    const org = await newPlant()
    await inTransaction(database.pool, org, async (tx) => {
      const view = new PostgresView()
      view.put(counterTable, { name: 'traceable', next: 8 })
      view.put(mentionTable, { traceable: 7, position: 0 })
      await view.flush(tx)
    })
    await inTransaction(database.pool, org, async (tx) => {
      const view = new PostgresView()
      await asking(tx, view, (v) => v.get(counterTable, ['traceable']))
      expect(view.list(mentionTable, 'byTraceable', [8])).toEqual([])
      expect(view.get(traceableTable, [8])).toBeUndefined()
      expect(() => view.list(mentionTable, 'byTraceable', [7])).toThrow(NotLoaded)
      view.put(counterTable, { name: 'traceable', next: 9 })
      view.put(mentionTable, { traceable: 8, position: 1 })
      expect(view.list(mentionTable, 'byTraceable', [8])).toHaveLength(1)
    })
  })

  test('[B18] what was written and forgotten is read again', async () => {
    const org = await newPlant()
    await inTransaction(database.pool, org, async (tx) => {
      const view = new PostgresView('strict', 999)
      view.put(counterTable, { name: 'traceable', next: 1_001 })
      const mentions = Array.from({ length: 1_000 }, (_, at) => ({ traceable: at + 1, position: at }))
      for (const mention of mentions) view.put(mentionTable, mention)
      await view.flush(tx)
      view.forget()
      const { value } = await asking(tx, view, (v) => v.list(mentionTable, 'byTraceable', [1_000]))
      expect(value).toEqual([{ traceable: 1_000, position: 999 }])
      // The counter stays known, and what it has not given needs no reading.
      expect(view.list(mentionTable, 'byTraceable', [1_001])).toEqual([])
    })
  })

  test('[B18] a capture that is undone leaves no trace', async () => {
    const org = await newPlant()
    await inTransaction(database.pool, org, async (tx) => {
      const view = new PostgresView()
      view.put(stockTable, stockRow(1, 1, 5n))
      view.put(stockTable, stockRow(2, 1, 5n))
      await view.flush(tx)
      const mark = view.mark()
      view.put(stockTable, stockRow(1, 1, 3n))
      view.put(stockTable, stockRow(1, 2, 2n))
      view.remove(stockTable, [2, 'place', 1])
      view.rollback(mark)
      const { value } = await asking(tx, view, (v) => v.list(stockTable, 'byHolder', ['place', 1]))
      expect(value).toEqual([stockRow(1, 1, 5n), stockRow(2, 1, 5n)])
      await view.flush(tx)
      const stored = await tx.query('select traceable, holder, on_hand from stock order by 1, 2')
      expect(stored).toEqual([
        { traceable: '1', holder: '1', on_hand: '5' },
        { traceable: '2', holder: '1', on_hand: '5' },
      ])
    })
  })

  test('[B18] a negative stock is refused by the database itself', async () => {
    const org = await newPlant()
    const work = inTransaction(database.pool, org, async (tx) => {
      const view = new PostgresView()
      view.put(stockTable, stockRow(1, 1, -1n))
      await view.flush(tx)
    })
    await expect(work).rejects.toThrow('check constraint')
  })

  test('[B18] two items of one code are refused by the database itself', async () => {
    const org = await newPlant()
    const item: ItemRow = {
      no: 1,
      code: 'A',
      codeKey: 'A',
      name: 'A',
      tracking: 'lot',
      unit: 'KGM',
      scale: 3,
      conversions: [],
      expiryRule: 'none',
      shelfLifeDays: null,
      feed: 'pooled',
      overlapSeconds: null,
      rules: [],
      inherits: [],
      owner: null,
      exportClass: null,
      uri: null,
      attributes: {},
      retired: false,
    }
    const work = inTransaction(database.pool, org, async (tx) => {
      const view = new PostgresView()
      view.put(itemTable, item)
      view.put(itemTable, { ...item, no: 2 })
      await view.flush(tx)
    })
    await expect(work).rejects.toThrow('item_code')
  })

  test('[B18] answer like memory, whatever is put, removed, undone and read (seeded)', async () => {
    const org = await newPlant()
    const memory = new MemoryView()
    const random = seeded(20_261_121)
    for (let turn = 0; turn < 12; turn++) {
      await inTransaction(database.pool, org, async (tx) => {
        const view = new PostgresView()
        for (let step = 0; step < 60; step++) await randomStep(tx, view, memory, random)
        await view.flush(tx)
      })
    }
  })
})

async function randomStep(
  tx: Transaction,
  view: PostgresView,
  memory: MemoryView,
  random: Random,
): Promise<void> {
  const row = stockRow(random(6), random(4), BigInt(random(100)), random(3) || null)
  const key = [row.traceable, row.holderKind, row.holder]
  switch (random(6)) {
    case 0:
    case 1:
      for (const target of [view, memory]) target.put(stockTable, row)
      return
    case 2:
      for (const target of [view, memory]) target.remove(stockTable, key)
      return
    case 3: {
      const mark = view.mark()
      view.put(stockTable, row)
      view.remove(stockTable, [random(6), 'place', random(4)])
      view.rollback(mark)
      return
    }
    case 4:
      return expectSame(tx, view, memory, (v) => v.get(stockTable, key))
    default: {
      const groups: [string, (string | number)[]][] = [
        ['byTraceable', [row.traceable]],
        ['byHolder', ['place', row.holder]],
        ['byItemAndHolder', [row.item ?? '', 'place', row.holder]],
      ]
      const [group, of] = groups[random(3)] ?? ['byTraceable', [1]]
      return expectSame(tx, view, memory, (v) => v.list(stockTable as TableSpec<StockRow>, group, of))
    }
  }
}

async function expectSame<T>(
  tx: Transaction,
  view: PostgresView,
  memory: MemoryView,
  read: (view: View) => T,
): Promise<void> {
  expect((await asking(tx, view, read)).value).toEqual(read(memory))
}

type Random = (below: number) => number

/** A small reproducible generator (mulberry32), so that a failure can be run again. */
function seeded(seed: number): Random {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}
