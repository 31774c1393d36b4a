import { assert } from '@lotline/core/base/assert'
import { compareRows, partsOf } from '@lotline/core/base/memory-view'
import { type KeyPart, keyText, type MutableView, NotLoaded, type TableSpec } from '@lotline/core/base/view'
import { groupOf, type KnownTable, newTable, provenAbsent, setRow, type Undo, undoRow } from './known-rows.ts'
import { flushTable, loadKeys, loadGroups } from './table-exchange.ts'
import type { Reader, Transaction } from './transaction.ts'

/** One instance for all misses: they are expected, frequent, and carry nothing. */
const notLoaded = new NotLoaded('rows must be loaded first')

/**
 * Tables as a decision sees them, backed by one transaction. What is not known yet makes `get`, `list` and `prefetch` throw
 * `NotLoaded` and is remembered; `load` fetches all of it, one query per table and group; the decision is run again.
 * Changed rows stay in memory until `flush` writes them, set-based.
 *
 * `mark` and `rollback` undo what a refused or failed capture has put, at the cost of what it put.
 */
export class PostgresView implements MutableView {
  readonly #tables = new Map<string, KnownTable>()
  readonly #undo: Undo[] = []

  get<Row>(spec: TableSpec<Row>, key: readonly KeyPart[]): Row | undefined {
    const table = this.#table(spec)
    const text = keyText(key)
    const row = table.rows.get(text)
    if (row !== undefined) return row as Row
    if (table.rows.has(text) || provenAbsent(table, key)) return undefined
    table.missing.set(text, key)
    throw notLoaded
  }

  list<Row>(spec: TableSpec<Row>, group: string, of: readonly KeyPart[]): readonly Row[] {
    const table = this.#table(spec)
    const known = groupOf(table, group)
    const text = keyText(of)
    if (!known.loaded.has(text)) {
      known.missing.set(text, of)
      throw notLoaded
    }
    let rows = known.sorted.get(text)
    if (!rows) {
      const keys = [...(known.members.get(text) ?? [])]
      const found = keys.map((key) => table.rows.get(key)).filter((row) => row !== undefined)
      rows = found.sort((a, b) => compareRows(table.spec, a, b))
      known.sorted.set(text, rows)
    }
    return rows as readonly Row[]
  }

  prefetch<Row>(spec: TableSpec<Row>, group: string, ofs: readonly (readonly KeyPart[])[]): void {
    const known = groupOf(this.#table(spec), group)
    let whole = true
    for (const of of ofs) {
      const text = keyText(of)
      if (known.loaded.has(text)) continue
      known.missing.set(text, of)
      whole = false
    }
    if (!whole) throw notLoaded
  }

  fresh<Row>(spec: TableSpec<Row>, group: string, of: readonly KeyPart[]): void {
    const known = groupOf(this.#table(spec), group)
    const text = keyText(of)
    if (known.loaded.has(text)) return
    known.loaded.add(text)
    this.#undo.push({ kind: 'fresh', group: known, of: text })
  }

  put<Row>(spec: TableSpec<Row>, row: Row): void {
    assert(typeof row === 'object' && row !== null, 'a row is an object')
    const key = partsOf(row, spec.key)
    this.#change(this.#table(spec), key, row)
  }

  remove<Row>(spec: TableSpec<Row>, key: readonly KeyPart[]): void {
    this.#change(this.#table(spec), key, undefined)
  }

  /** A point to come back to. */
  mark(): number {
    return this.#undo.length
  }

  /** Takes back every `put`, `remove` and `fresh` since the mark. Rows that were loaded meanwhile stay loaded. */
  rollback(mark: number): void {
    while (this.#undo.length > mark) {
      const step = this.#undo.pop()
      if (step?.kind === 'fresh') step.group.loaded.delete(step.of)
      else if (step) undoRow(step)
    }
  }

  /** Whether anything was asked for that is not loaded. */
  get lacks(): boolean {
    for (const table of this.#tables.values()) {
      if (table.missing.size > 0) return true
      for (const group of table.groups.values()) if (group.missing.size > 0) return true
    }
    return false
  }

  /** Loads all that was asked for and not known, one query per table and group, sent together. */
  async load(reader: Reader): Promise<void> {
    const waits: Promise<void>[] = []
    for (const table of this.#tables.values()) {
      if (table.missing.size > 0) waits.push(loadKeys(reader, table))
      for (const group of table.groups.values()) {
        if (group.missing.size > 0) waits.push(...loadGroups(reader, table, group))
      }
    }
    await Promise.all(waits)
  }

  /** Writes every changed row. Deletes go first, so that a row that takes another's place in a unique index finds it free. */
  async flush(tx: Transaction): Promise<void> {
    const waits: Promise<unknown>[] = []
    for (const table of this.#tables.values()) waits.push(...flushTable(tx, table))
    await Promise.all(waits)
    this.#undo.length = 0
  }

  #change(table: KnownTable, key: readonly KeyPart[], row: object | undefined): void {
    const text = keyText(key)
    const before = table.rows.get(text)
    const dirty = table.dirty.has(text)
    this.#undo.push({ kind: 'row', table, key: text, before, had: table.rows.has(text), dirty })
    setRow(table, text, before, row)
    if (!dirty) table.dirty.set(text, key)
  }

  #table<Row>(spec: TableSpec<Row>): KnownTable {
    const known = this.#tables.get(spec.name)
    if (known) return known
    const table = newTable(spec as unknown as TableSpec<object>)
    this.#tables.set(spec.name, table)
    return table
  }
}
