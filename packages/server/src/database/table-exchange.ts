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
import { type KnownGroup, type KnownTable, setLoaded } from './known-rows.ts'
import type { RawRow, Reader, Transaction } from './transaction.ts'

/** Rows per statement: large enough to be quick, small enough that one statement's arrays stay a few megabytes. */
const rowsPerStatement = 10_000

/** Loads the rows with the missing keys; keys that are not found are remembered as absent. */
export async function loadKeys(reader: Reader, table: KnownTable): Promise<void> {
  const plan = planOf(table.spec)
  const wanted = [...table.missing.values()]
  const asked = [...table.missing.keys()]
  table.missing.clear()
  await select(reader, table, plan, plan.key, [], wanted)
  for (const key of asked) setLoaded(table, key, undefined)
}

/** Loads the missing groups whole; groups with null in them need statements of their own. */
export function loadGroups(reader: Reader, table: KnownTable, group: KnownGroup): Promise<void>[] {
  const plan = planOf(table.spec)
  const columns = group.fields.map((field) => columnFor(plan, field))
  const byNulls = new Map<string, (readonly KeyPart[])[]>()
  for (const of of group.missing.values()) {
    const nulls = columns.map((column, at) => (column.nullable && of[at] === '' ? '0' : '1')).join('')
    const same = byNulls.get(nulls)
    if (same) same.push(of)
    else byNulls.set(nulls, [of])
  }
  group.missing.clear()
  return [...byNulls].map(async ([mask, ofs]) => {
    const nulls = [...mask].map((digit) => digit === '0')
    await select(reader, table, plan, columns, nulls, ofs)
    for (const of of ofs) group.loaded.add(keyText(of))
  })
}

async function select(
  reader: Reader,
  table: KnownTable,
  plan: TablePlan,
  by: readonly ColumnPlan[],
  nulls: readonly boolean[],
  wanted: readonly (readonly KeyPart[])[],
): Promise<void> {
  const { name, text, given } = selectStatement(plan, by, nulls)
  const texts = wanted.map((parts) => keyTexts(parts).filter((_, at) => !nulls[at]))
  const rows = await reader.raw(name, text, [reader.org, ...columnArrays(given, texts)])
  for (const raw of rows) setLoaded(table, rowKey(plan, raw), decodeRow(plan, raw))
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
    if (!row) removed.push(keyTexts(parts))
    else (table.stored.has(key) ? existing : added).push(textsOf(plan.columns, row))
  }
  rememberWritten(table)
  // Rows that exist go first: one may leave a place in a unique index that a new one takes.
  return [
    ...statements(tx, `delete ${plan.name}`, plan.remove, plan.key, removed),
    ...statements(tx, `upsert ${plan.name}`, plan.upsert, plan.columns, existing.concat(added)),
  ]
}

function rememberWritten(table: KnownTable): void {
  for (const key of table.dirty.keys()) {
    if (table.rows.get(key)) table.stored.add(key)
    else table.stored.delete(key)
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
