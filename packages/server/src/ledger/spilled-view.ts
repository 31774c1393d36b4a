import { deserialize, serialize } from 'node:v8'
import { assert } from '@lotline/core/base/assert'
import { compareRows, partsOf } from '@lotline/core/base/memory-view'
import { type KeyPart, keyText, type MutableView, type TableSpec } from '@lotline/core/base/view'
import type { PageStore } from './page-file.ts'

/** Rows and group members of one neighbourhood: what lies in memory, and goes to the store, together. */
interface Page {
  readonly entries: Map<string, unknown>
  isChanged: boolean
}

/** Entries held in memory: some hundred megabytes of rows. */
const entriesMaxUsual = 200_000

/**
 * A view like `MemoryView` whose memory is bounded: what was not used for long goes to a store, page by page, and comes back
 * when it is asked for. For folding a whole ledger, in which what is made together is used together. Rows must be plain data.
 */
export class SpilledView implements MutableView {
  readonly #store: PageStore
  readonly #entriesMax: number
  /** Used lately, and used before that. When the young are too many, the old go to the store and the young become the old. */
  #young = new Map<string, Page>()
  #old = new Map<string, Page>()
  #youngEntries = 0
  readonly #places = new Map<string, number>()
  readonly #counts = new Map<string, number>()

  constructor(store: PageStore, entriesMax = entriesMaxUsual) {
    this.#store = store
    this.#entriesMax = entriesMax
  }

  get<Row>(table: TableSpec<Row>, key: readonly KeyPart[]): Row | undefined {
    const row = this.#row(table, keyText(key))
    this.#evict()
    return row
  }

  list<Row>(table: TableSpec<Row>, group: string, of: readonly KeyPart[]): readonly Row[] {
    const rows: Row[] = []
    for (const key of this.#members(table, group, keyText(of)) ?? []) {
      const row = this.#row(table, key)
      assert(row !== undefined, `${table.name} has a member of ${group} that is not there`)
      rows.push(row)
    }
    this.#evict()
    return rows.sort((a, b) => compareRows(table, a, b))
  }

  prefetch(): void {}

  put<Row>(table: TableSpec<Row>, row: Row): void {
    const key = keyText(partsOf(row, table.key))
    this.#forget(table, key)
    this.#set(rowPage(table, key), key, row)
    this.#counts.set(table.name, this.count(table) + 1)
    for (const [group, fields] of Object.entries(table.groups)) {
      const of = keyText(partsOf(row, fields))
      const members = this.#members(table, group, of) ?? new Set()
      this.#set(groupPage(table, group, of), of, members.add(key))
    }
    this.#evict()
  }

  remove<Row>(table: TableSpec<Row>, key: readonly KeyPart[]): void {
    this.#forget(table, keyText(key))
  }

  /** How many rows a table has. */
  count<Row>(table: TableSpec<Row>): number {
    return this.#counts.get(table.name) ?? 0
  }

  /** All rows of a table, in no order. */
  *all<Row>(table: TableSpec<Row>): Iterable<Row> {
    const names = new Set([this.#places, this.#old, this.#young].flatMap((pages) => [...pages.keys()]))
    for (const name of names) {
      if (!name.startsWith(`${table.name}/`)) continue
      for (const row of [...this.#page(name).entries.values()]) yield row as Row
      this.#evict()
    }
  }

  #row<Row>(table: TableSpec<Row>, key: string): Row | undefined {
    return this.#page(rowPage(table, key)).entries.get(key) as Row | undefined
  }

  /** Row keys of a group. */
  #members<Row>(table: TableSpec<Row>, group: string, of: string): Set<string> | undefined {
    return this.#page(groupPage(table, group, of)).entries.get(of) as Set<string> | undefined
  }

  #forget<Row>(table: TableSpec<Row>, key: string): void {
    const old = this.#row(table, key)
    if (old === undefined) return
    this.#delete(rowPage(table, key), key)
    this.#counts.set(table.name, this.count(table) - 1)
    for (const [group, fields] of Object.entries(table.groups)) {
      const of = keyText(partsOf(old, fields))
      const name = groupPage(table, group, of)
      const members = this.#members(table, group, of)
      members?.delete(key)
      if (members && members.size > 0) this.#set(name, of, members)
      else this.#delete(name, of)
    }
  }

  #set(name: string, key: string, value: unknown): void {
    const page = this.#page(name)
    page.isChanged = true
    if (!page.entries.has(key)) this.#youngEntries += 1
    page.entries.set(key, value)
  }

  #delete(name: string, key: string): void {
    const page = this.#page(name)
    page.isChanged = true
    if (page.entries.delete(key)) this.#youngEntries -= 1
  }

  #page(name: string): Page {
    const young = this.#young.get(name)
    if (young) return young
    const page = this.#old.get(name) ?? this.#load(name)
    this.#old.delete(name)
    this.#young.set(name, page)
    this.#youngEntries += page.entries.size
    return page
  }

  #load(name: string): Page {
    const place = this.#places.get(name)
    return {
      entries: place === undefined ? new Map() : deserialize(this.#store.read(place)),
      isChanged: false,
    }
  }

  /** Never between taking a page and changing it. */
  #evict(): void {
    if (this.#youngEntries * 2 <= this.#entriesMax) return
    for (const [name, page] of this.#old)
      if (page.isChanged) this.#places.set(name, this.#store.write(serialize(page.entries)))
    this.#old = this.#young
    this.#young = new Map()
    this.#youngEntries = 0
  }
}

function rowPage<Row>(table: TableSpec<Row>, key: string): string {
  const end = key.indexOf('\u0000')
  return `${table.name}/${neighbourhood(end === -1 ? key : key.slice(0, end))}`
}

/** By all parts: the first may be a word of which there are few, such as a kind, and then says nothing about the neighbourhood. */
function groupPage<Row>(table: TableSpec<Row>, group: string, of: string): string {
  const last = of.lastIndexOf('\u0000') + 1
  return `${table.name}.${group}/${of.slice(0, last)}${neighbourhood(of.slice(last))}`
}

/** Numbers and codes are mostly given in order: those that differ at the end only are used together. */
function neighbourhood(part: string): string {
  return /^\d{1,15}$/.test(part) ? String(Math.floor(Number(part) / 256)) : part.slice(0, -2)
}
