import { type KeyPart, keyText, type MutableView, type TableSpec } from './view.ts'

interface StoredTable {
  readonly rows: Map<string, unknown>
  /** group name -> group key -> row keys */
  readonly groups: Map<string, Map<string, Set<string>>>
}

/**
 * A view that holds everything in memory: for `rebuild`, tests, the tablet. `put` and `get` cost O(groups of the table),
 * `list` O(rows of the group, sorted by key).
 */
export class MemoryView implements MutableView {
  readonly #tables = new Map<string, StoredTable>()

  get<Row>(table: TableSpec<Row>, key: readonly KeyPart[]): Row | undefined {
    return this.#table(table).rows.get(keyText(key)) as Row | undefined
  }

  list<Row>(table: TableSpec<Row>, group: string, of: readonly KeyPart[]): readonly Row[] {
    const stored = this.#table(table)
    const keys = stored.groups.get(group)?.get(keyText(of))
    if (!keys) return []
    return [...keys].map((key) => stored.rows.get(key) as Row).sort((a, b) => compareRows(table, a, b))
  }

  prefetch(): void {}

  put<Row>(table: TableSpec<Row>, row: Row): void {
    const key = keyText(partsOf(row, table.key))
    this.#forget(table, key)
    const stored = this.#table(table)
    stored.rows.set(key, row)
    for (const [group, fields] of Object.entries(table.groups)) {
      const of = keyText(partsOf(row, fields))
      const members = stored.groups.get(group)
      if (!members) stored.groups.set(group, new Map([[of, new Set([key])]]))
      else if (members.has(of)) members.get(of)?.add(key)
      else members.set(of, new Set([key]))
    }
  }

  remove<Row>(table: TableSpec<Row>, key: readonly KeyPart[]): void {
    this.#forget(table, keyText(key))
  }

  /** How many rows a table has. */
  count<Row>(table: TableSpec<Row>): number {
    return this.#table(table).rows.size
  }

  /** All rows of a table in key order: what `rebuild` compares. O(n log n). */
  all<Row>(table: TableSpec<Row>): readonly Row[] {
    return [...this.#table(table).rows.values()]
      .map((row) => row as Row)
      .sort((a, b) => compareRows(table, a, b))
  }

  #forget<Row>(table: TableSpec<Row>, key: string): void {
    const stored = this.#table(table)
    const old = stored.rows.get(key) as Row | undefined
    if (old === undefined) return
    stored.rows.delete(key)
    for (const [group, fields] of Object.entries(table.groups)) {
      stored.groups
        .get(group)
        ?.get(keyText(partsOf(old, fields)))
        ?.delete(key)
    }
  }

  #table<Row>(table: TableSpec<Row>): StoredTable {
    let stored = this.#tables.get(table.name)
    if (!stored) {
      stored = { rows: new Map(), groups: new Map() }
      this.#tables.set(table.name, stored)
    }
    return stored
  }
}

/** The values of the named fields; null stands as the empty text in a group key. */
export function partsOf<Row>(row: Row, fields: readonly (keyof Row & string)[]): KeyPart[] {
  return fields.map((field) => (row[field] ?? '') as KeyPart)
}

/** Key order: numbers by value, text by code unit, part by part. */
export function compareRows<Row>(table: TableSpec<Row>, a: Row, b: Row): number {
  for (const field of table.key) {
    const [left, right] = [a[field], b[field]]
    if (left !== right) return (left as KeyPart) < (right as KeyPart) ? -1 : 1
  }
  return 0
}
