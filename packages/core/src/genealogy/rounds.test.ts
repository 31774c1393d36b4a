import { expect, it } from 'vitest'
import { MemoryView, partsOf } from '../base/memory-view.ts'
import { type KeyPart, keyText, type MutableView, NotLoaded, type TableSpec } from '../base/view.ts'
import { minute } from './notation.testing.ts'
import { applyTouches, retractTouches } from './resolve.ts'
import { edgeTable, nodeTable, runTailTable, touchTable, traceableTailTable } from './rows.ts'
import type { Touch } from './touch.ts'

/** A view that must load before it answers, as one over a database: counts how often work was begun again. */
class LoadingView implements MutableView {
  rounds = 0
  #stored = new MemoryView()
  #present = new MemoryView()
  readonly #loaded = new Set<string>()
  readonly #missing = new Set<string>()

  get<Row>(table: TableSpec<Row>, key: readonly KeyPart[]): Row | undefined {
    const row = this.#present.get(table, key)
    const isStored = this.#stored.get(table, key) !== undefined
    if (row === undefined && !isStored) return undefined
    if (isStored) this.#need(`${table.name} ${keyText(key)}`)
    return row
  }

  list<Row>(table: TableSpec<Row>, group: string, of: readonly KeyPart[]): readonly Row[] {
    this.#need(`${table.name} ${group} ${keyText(of)}`)
    const rows = this.#present.list(table, group, of)
    for (const row of rows) this.#loaded.add(`${table.name} ${keyText(partsOf(row, table.key))}`)
    return rows
  }

  prefetch<Row>(table: TableSpec<Row>, group: string, ofs: readonly (readonly KeyPart[])[]): void {
    const names = ofs
      .map((of) => `${table.name} ${group} ${keyText(of)}`)
      .filter((name) => !this.#loaded.has(name))
    for (const name of names) this.#missing.add(name)
    if (names.length > 0) throw new NotLoaded()
  }

  fresh<Row>(table: TableSpec<Row>, group: string, of: readonly KeyPart[]): void {
    this.#loaded.add(`${table.name} ${group} ${keyText(of)}`)
  }

  put<Row>(table: TableSpec<Row>, row: Row): void {
    this.#present.put(table, row)
  }

  remove<Row>(table: TableSpec<Row>, key: readonly KeyPart[]): void {
    this.#present.remove(table, key)
  }

  /** Runs the work until everything it looks at is loaded; then it counts as committed, and nothing is loaded any more. */
  run(work: () => void): number {
    for (let round = 1; ; round++) {
      this.#present = copyOf(this.#stored)
      try {
        work()
        this.#stored = copyOf(this.#present)
        this.#loaded.clear()
        return round
      } catch (fault) {
        if (!(fault instanceof NotLoaded)) throw fault
        for (const name of this.#missing) this.#loaded.add(name)
      }
    }
  }

  #need(name: string): void {
    if (this.#loaded.has(name)) return
    this.#missing.add(name)
    throw new NotLoaded()
  }
}

function copyOf(view: MemoryView): MemoryView {
  const copy = new MemoryView()
  copyTable(view, copy, nodeTable)
  copyTable(view, copy, edgeTable)
  copyTable(view, copy, touchTable)
  copyTable(view, copy, traceableTailTable)
  copyTable(view, copy, runTailTable)
  return copy
}

function copyTable<Row>(from: MemoryView, to: MemoryView, table: TableSpec<Row>): void {
  for (const row of from.all(table)) to.put(table, row)
}

it('[B9][B18] a capture of many serials asks the database a few times, not once for each', () => {
  const view = new LoadingView()
  const numbers = { node: 0, edge: 0 }
  const scanned = { uncertaintyMs: 0, sequence: null, evidence: 'scanned' } as const
  const serials = Array.from({ length: 200 }, (_, index) => index + 10)
  const capture = (position: number, touches: readonly Touch[]) => {
    const before = { ...numbers }
    return view.run(() => {
      Object.assign(numbers, before)
      applyTouches(view, { position, touches, counters: (name) => ++numbers[name] })
    })
  }
  const line = { kind: 'run', key: 'line' } as const
  const reels = [1, 2, 3].map((traceable): Touch => {
    const draw = {
      role: 'draw',
      traceable,
      item: traceable,
      feed: 'sequential',
      edge: 'material',
      amount: 1n,
    } as const
    return { ...scanned, at: minute(1), process: line, ...draw }
  })
  const made = (at: number, from: number) =>
    serials.slice(from, from + 100).map((traceable): Touch => {
      return {
        ...scanned,
        at: minute(at),
        role: 'add',
        traceable,
        process: line,
        edge: 'material',
        amount: 1n,
      }
    })
  const fitted = (at: number, role: 'install' | 'remove') =>
    serials.map((unit): Touch => {
      const process = { kind: 'atomic', key: `${role} ${unit}` } as const
      return { ...scanned, at: minute(at), role, unit, part: unit + 1000, process, amount: 1n }
    })
  expect(capture(0, reels)).toBeLessThanOrEqual(6)
  expect(capture(1, made(2, 0))).toBeLessThanOrEqual(6)
  expect(
    capture(
      2,
      reels.slice(0, 1).map((reel) => ({ ...reel, at: minute(3) })),
    ),
  ).toBeLessThanOrEqual(6)
  expect(capture(3, made(4, 100))).toBeLessThanOrEqual(6)
  expect(capture(4, fitted(5, 'install'))).toBeLessThanOrEqual(6)
  expect(capture(5, fitted(6, 'remove'))).toBeLessThanOrEqual(6)
  expect(capture(6, made(1, 0))).toBeLessThanOrEqual(8)
  const voids = view.run(() =>
    retractTouches(view, { position: 7, event: 1, counters: (name) => ++numbers[name] }),
  )
  expect(voids).toBeLessThanOrEqual(8)
})
