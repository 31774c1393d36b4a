import { assert } from '@lotline/core/base/assert'
import { type KeyPart, keyText } from '@lotline/core/base/view'
import {
  type ColumnPlan,
  columnArrays,
  decodeRow,
  keyTexts,
  planOf,
  selectStatement,
  type TablePlan,
  textsOf,
} from './table-plan.ts'
import { groupKey, type KnownGroup, type KnownTable, provenAbsent, setLoaded } from './known-rows.ts'
import type { RawRow, Reader, Transaction } from './transaction.ts'

/** Rows per statement: large enough to be quick, small enough that one statement's arrays stay a few megabytes. */
const rowsPerStatement = 10_000

/** What was asked of one table by key, or by one of its groups, and the rows that came. */
export interface Fetched {
  readonly table: KnownTable
  /** Undefined: asked by key. */
  readonly group: KnownGroup | undefined
  /** Texts of the keys or group keys asked for. */
  readonly asked: readonly string[]
  readonly rows: readonly { readonly key: string; readonly row: object }[]
}

/** Fetches the rows with the missing keys. */
export async function fetchKeys(reader: Reader, table: KnownTable): Promise<Fetched> {
  const plan = planOf(table.spec)
  const wanted = [...table.missing.values()]
  const asked = [...table.missing.keys()]
  table.missing.clear()
  return {
    table,
    group: undefined,
    asked,
    rows: await select(reader, plan, { by: plan.key, nulls: [], wanted }),
  }
}

/** Fetches the missing groups whole; groups with null in them need statements of their own. */
export function fetchGroups(reader: Reader, table: KnownTable, group: KnownGroup): Promise<Fetched>[] {
  const plan = planOf(table.spec)
  const by = group.fields.map((field) => columnFor(plan, field))
  const byNulls = new Map<string, (readonly KeyPart[])[]>()
  for (const of of group.missing.values()) {
    const mask = by.map((column, at) => (column.nullable && of[at] === '' ? '0' : '1')).join('')
    const same = byNulls.get(mask)
    if (same) same.push(of)
    else byNulls.set(mask, [of])
  }
  group.missing.clear()
  return [...byNulls].map(async ([mask, wanted]) => {
    const nulls = [...mask].map((digit) => digit === '0')
    return {
      table,
      group,
      asked: wanted.map(keyText),
      rows: await select(reader, plan, { by, nulls, wanted }),
    }
  })
}

/** Takes fetched rows in, unless this transaction already knows better, and remembers what is not there. */
export function takeIn({ table, group, asked, rows }: Fetched): void {
  for (const { key, row } of rows) setLoaded(table, key, row)
  for (const text of asked) {
    if (group) group.loaded.add(text)
    else setLoaded(table, text, undefined)
  }
}

/** The asked keys or groups that have rows in the database. */
export function foundIn({ group, rows }: Fetched): ReadonlySet<string> {
  return new Set(rows.map(({ key, row }) => (group ? groupKey(group, row) : key)))
}

async function select(
  reader: Reader,
  plan: TablePlan,
  ask: {
    readonly by: readonly ColumnPlan[]
    readonly nulls: readonly boolean[]
    readonly wanted: readonly (readonly KeyPart[])[]
  },
): Promise<Fetched['rows']> {
  const { name, text, given } = selectStatement(plan, ask.by, ask.nulls)
  const texts = ask.wanted.map((parts) => keyTexts(parts).filter((_, at) => !ask.nulls[at]))
  const rows = await reader.raw(name, text, [reader.org, ...columnArrays(given, texts)])
  return rows.map((raw) => ({ key: rowKey(plan, raw), row: decodeRow(plan, raw) }))
}

/** Sends the writes of one table; the promises settle in order. */
export function flushTable(tx: Transaction, table: KnownTable): Promise<unknown>[] {
  if (table.dirty.size === 0) return []
  const plan = planOf(table.spec)
  const removed: string[][] = []
  const existing: (string | null)[][] = []
  const added: (string | null)[][] = []
  for (const [key, parts] of table.dirty) {
    const row = table.rows.get(key)
    if (!row) {
      // Made and removed again since the last flush: there is nothing to delete.
      if (table.stored.has(key) || !isAbsent(table, key, parts)) removed.push(keyTexts(parts))
    } else (table.stored.has(key) ? existing : added).push(textsOf(plan.columns, row))
  }
  rememberWritten(table)
  // Rows that exist go first: one may leave a place in a unique index that a new one takes.
  return [
    ...statements(tx, `delete ${plan.name}`, plan.remove, plan.key, removed),
    ...statements(tx, `upsert ${plan.name}`, plan.upsert, plan.columns, existing.concat(added)),
  ]
}

/** Whether the database is known to have no such row. */
function isAbsent(table: KnownTable, key: string, parts: readonly KeyPart[]): boolean {
  return table.absent.has(key) || provenAbsent(table, parts)
}

function rememberWritten(table: KnownTable): void {
  for (const key of table.dirty.keys()) {
    const isStored = table.rows.get(key) !== undefined
    ;(isStored ? table.stored : table.absent).add(key)
    ;(isStored ? table.absent : table.stored).delete(key)
  }
  table.dirty.clear()
}

function statements(
  tx: Transaction,
  name: string,
  text: string,
  columns: readonly ColumnPlan[],
  rows: readonly (readonly (string | null)[])[],
): Promise<unknown>[] {
  const sent: Promise<unknown>[] = []
  for (let from = 0; from < rows.length; from += rowsPerStatement) {
    const part = rows.slice(from, from + rowsPerStatement)
    sent.push(tx.raw(name, text, [tx.org, ...columnArrays(columns, part)]))
  }
  return sent
}

function rowKey(plan: TablePlan, raw: RawRow): string {
  const parts = plan.key.map((column) => raw[plan.columns.indexOf(column)] ?? '')
  return keyText(parts)
}

function columnFor(plan: TablePlan, field: string): ColumnPlan {
  const column = plan.columns.find((candidate) => candidate.field === field)
  assert(column, `${plan.name} has no column for ${field}`)
  return column
}
