import { assert } from '@lotline/core/base/assert'
import { compareRows, partsOf } from '@lotline/core/base/memory-view'
import { type KeyPart, keyText, type MutableView, NotLoaded, type TableSpec } from '@lotline/core/base/view'
import { type CounterRow, counterTable } from '@lotline/core/identity/rows'
import {
  groupOf,
  type KnownGroup,
  type KnownTable,
  newTable,
  provenAbsent,
  setRow,
  type Undo,
  undoRow,
} from './known-rows.ts'
import { type Fetched, fetchGroups, fetchKeys, flushTable, foundIn, takeIn } from './table-exchange.ts'
import type { Reader, Transaction } from './transaction.ts'

/** One instance for all misses: they are expected, frequent, and carry nothing. */
const notLoaded = new NotLoaded('rows must be loaded first')

/** Rows that tell the past, and are kept for what comes next: some ten megabytes. */
const pastRowsKept = 20_000

/** Something that was not known and taken to be absent. */
interface Guess {
  readonly of: KnownTable | KnownGroup
  readonly text: string
}

/**
 * Tables as a decision sees them, backed by one transaction. Changed rows stay in memory until `flush` writes them, set-based.
 *
 * What is not known yet is remembered, to be fetched with one query per table and group. Then either (`strict`) `NotLoaded`
 * is thrown, and the decision is run again after `load`; or (`guessing`) it is taken to be absent, the decision goes on,
 * and `check` tells afterwards which guess was the first wrong one. Most of what a capture looks for is really absent: the
 * new thing's past. So guessing asks everything at once where being strict asks step by step.
 *
 * Nothing is looked for under a number that its counter has not given yet, as far as the database knows.
 *
 * `mark` and `rollback` undo what a refused or failed capture has put, at the cost of what it put.
 */
export class PostgresView implements MutableView {
  readonly #tables = new Map<string, KnownTable>()
  readonly #undo: Undo[] = []
  readonly #isGuessing: boolean
  readonly #guesses: Guess[] = []
  #fetched: readonly Fetched[] = []
  /** Counter -> the first number that no row in the database has. */
  readonly #ungiven = new Map<string, number>()

  readonly #pastRowsMax: number

  constructor(mode: 'strict' | 'guessing' = 'strict', pastRowsMax: number = pastRowsKept) {
    this.#isGuessing = mode === 'guessing'
    this.#pastRowsMax = pastRowsMax
  }

  get<Row>(spec: TableSpec<Row>, key: readonly KeyPart[]): Row | undefined {
    const table = this.#table(spec)
    const text = keyText(key)
    const row = table.rows.get(text)
    if (row !== undefined) return row as Row
    if (table.rows.has(text) || this.#isUngiven(table, key) || provenAbsent(table, key)) return undefined
    this.#lacking(table, text, key)
    return undefined
  }

  list<Row>(spec: TableSpec<Row>, group: string, of: readonly KeyPart[]): readonly Row[] {
    const table = this.#table(spec)
    const known = groupOf(table, group)
    const text = keyText(of)
    if (!known.loaded.has(text) && !this.#isUngiven(known, of)) this.#lacking(known, text, of)
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
    const missing = ofs.filter((of) => !known.loaded.has(keyText(of)) && !this.#isUngiven(known, of))
    for (const of of missing) known.missing.set(keyText(of), of)
    if (!this.#isGuessing && missing.length > 0) throw notLoaded
    for (const of of missing) this.#guesses.push({ of: known, text: keyText(of) })
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

  /** Takes back every `put` and `remove` since the mark. Rows that were loaded meanwhile stay loaded. */
  rollback(mark: number): void {
    while (this.#undo.length > mark) {
      const step = this.#undo.pop()
      if (step) undoRow(step)
    }
  }

  /** Rows that are known, to be there or not. O(tables). */
  get size(): number {
    let size = 0
    for (const { rows } of this.#tables.values()) size += rows.size
    return size
  }

  /** How many guesses were made since the last `accept`. */
  get guessCount(): number {
    return this.#guesses.length
  }

  /** Strict: loads all that was asked for and not known, one query per table and group, sent together. */
  async load(reader: Reader): Promise<void> {
    await this.#fetch(reader)
    this.accept()
  }

  /** Guessing: fetches all that was guessed, and returns the ordinal of the first guess that was wrong. */
  async check(reader: Reader): Promise<number | undefined> {
    await this.#fetch(reader)
    const found = new Map<KnownTable | KnownGroup, ReadonlySet<string>[]>()
    for (const each of this.#fetched) {
      const of = each.group ?? each.table
      found.set(of, [...(found.get(of) ?? []), foundIn(each)])
    }
    const wrong = this.#guesses.findIndex(({ of, text }) => found.get(of)?.some((texts) => texts.has(text)))
    return wrong === -1 ? undefined : wrong
  }

  /** Takes in what was fetched. Whatever was put on the strength of a wrong guess must have been rolled back before. */
  accept(): void {
    for (const each of this.#fetched) {
      takeIn(each)
      this.#noteCounters(each)
    }
    this.#fetched = []
    this.#guesses.length = 0
  }

  /** Writes every changed row. Deletes go first, so that a row that takes another's place in a unique index finds it free. */
  async flush(tx: Transaction): Promise<void> {
    const waits: Promise<unknown>[] = []
    for (const table of this.#tables.values()) waits.push(...flushTable(tx, table))
    this.#undo.length = 0
    await Promise.all(waits)
  }

  /**
   * Lets go of flushed rows that tell the past, once there are many: what was touched a moment ago is touched again, but a long
   * batch shall not drag everything along. What things are now stays known: the next captures ask for it.
   */
  forget(): void {
    let past = 0
    for (const { dirty, rows, spec } of this.#tables.values()) {
      assert(dirty.size === 0, `${spec.name} was flushed`)
      if (spec.isPast === true) past += rows.size
    }
    if (past <= this.#pastRowsMax) return
    for (const table of this.#tables.values()) {
      // Until here everything under a number given since was in memory; from here on it may be in the database alone.
      if (table.spec.name === counterTable.name) this.#raiseCounters(table)
      else if (table.spec.isPast === true) this.#tables.delete(table.spec.name)
    }
  }

  #lacking(of: KnownTable | KnownGroup, text: string, parts: readonly KeyPart[]): void {
    of.missing.set(text, parts)
    if (!this.#isGuessing) throw notLoaded
    this.#guesses.push({ of, text })
  }

  async #fetch(reader: Reader): Promise<void> {
    const waits: Promise<Fetched>[] = []
    for (const table of this.#tables.values()) {
      if (table.missing.size > 0) waits.push(fetchKeys(reader, table))
      for (const group of table.groups.values()) {
        if (group.missing.size > 0) waits.push(...fetchGroups(reader, table, group))
      }
    }
    this.#fetched = await Promise.all(waits)
  }

  #change(table: KnownTable, key: readonly KeyPart[], row: object | undefined): void {
    const text = keyText(key)
    const before = table.rows.get(text)
    const dirty = table.dirty.has(text)
    this.#undo.push({ table, key: text, before, had: table.rows.has(text), dirty })
    setRow(table, text, before, row)
    if (!dirty) table.dirty.set(text, key)
  }

  #isUngiven({ counters }: KnownTable | KnownGroup, parts: readonly KeyPart[]): boolean {
    if (!counters) return false
    for (const [at, counter] of counters.entries()) {
      const part = parts[at]
      if (counter === undefined || typeof part !== 'number') continue
      const first = this.#ungiven.get(counter)
      if (first !== undefined && part >= first) return true
    }
    return false
  }

  #noteCounters({ table, group, asked, rows }: Fetched): void {
    if (table.spec.name !== counterTable.name || group) return
    for (const name of asked) this.#ungiven.set(name, 1)
    for (const { key, row } of rows) this.#ungiven.set(key, nextOf(row))
  }

  /** What was flushed is in the database now. */
  #raiseCounters(table: KnownTable): void {
    for (const [name, row] of table.rows) if (row) this.#ungiven.set(name, nextOf(row))
  }

  #table<Row>(spec: TableSpec<Row>): KnownTable {
    const known = this.#tables.get(spec.name)
    if (known) return known
    const table = newTable(spec as unknown as TableSpec<object>)
    this.#tables.set(spec.name, table)
    return table
  }
}

/** Only rows of the counter table come here. */
function nextOf(row: object): number {
  return (row as CounterRow).next
}
