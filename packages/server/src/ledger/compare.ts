import { keyText, type TableSpec, type View } from '@lotline/core/base/view'
import { type AnyTable, projections } from '../database/projections.ts'
import { instantText } from '../database/session.ts'
import { type ColumnPlan, planOf, quoted, type TablePlan } from '../database/table-plan.ts'
import type { RawRow, Reader } from '../database/transaction.ts'

/** A row that is not what the events say. */
export interface RowDifference {
  readonly table: string
  /** Canonical JSON of the row's key. */
  readonly key: string
  /** `missing`: the events make it, the table lacks it. `extra`: the other way round. `changed`: other content. */
  readonly kind: 'missing' | 'extra' | 'changed'
}

const pageRows = 5_000

/** The tables as the events make them. */
export interface MadeTables extends Pick<View, 'get'> {
  count<Row>(table: TableSpec<Row>): number
  all<Row>(table: TableSpec<Row>): Iterable<Row>
}

/**
 * Compares every projection with what the events make of it, row by row and value by value. Reads each table once, O(rows);
 * memory beyond the made rows is one page, and the keys of a table where rows are missing. In order of key, in which made rows
 * that lie in a file are read page by page. Calls `differs` for each difference.
 */
export async function compareTables(
  reader: Reader,
  made: MadeTables,
  differs: (difference: RowDifference) => void,
): Promise<void> {
  for (const table of projections) await compareTable(reader, made, table, differs)
}

async function compareTable(
  reader: Reader,
  made: MadeTables,
  table: AnyTable,
  differs: (difference: RowDifference) => void,
): Promise<void> {
  const plan = planOf(table)
  let known = 0
  await everyRow(reader, plan, (raw) => {
    const key = keyOf(plan, raw)
    const row = made.get(table, [key])
    if (row) known++
    if (!row) differs({ table: table.name, key: shown(key), kind: 'extra' })
    else if (!isSame(plan, row, raw)) differs({ table: table.name, key: shown(key), kind: 'changed' })
  })
  // A key is in a table once, so where all made rows were met, none is missing.
  if (known === made.count(table)) return
  const there = new Set<string>()
  await everyRow(reader, plan, (raw) => there.add(keyOf(plan, raw)))
  for (const row of made.all(table)) {
    const key = keyText(table.key.map((field) => String(row[field] ?? '')))
    if (!there.has(key)) differs({ table: table.name, key: shown(key), kind: 'missing' })
  }
}

function keyOf(plan: TablePlan, raw: RawRow): string {
  return keyText(
    plan.key.map((column) => {
      const text = raw[plan.columns.indexOf(column)] ?? ''
      return column.sqlType === 'timestamptz' ? instantText(text) : text
    }),
  )
}

function shown(key: string): string {
  return JSON.stringify(key.split('\u0000'))
}

/** Whether the database's texts are those of the row, without making a row or a text of either. */
function isSame(plan: TablePlan, row: Record<string, unknown>, raw: RawRow): boolean {
  return plan.columns.every((column, at) => isSameValue(column, row[column.field] ?? null, raw[at] ?? null))
}

function isSameValue(column: ColumnPlan, value: unknown, text: string | null): boolean {
  if (value === null || text === null) return value === null && text === null
  switch (column.sqlType) {
    case 'json':
    case 'jsonb':
      return isSameJson(value, JSON.parse(text))
    case 'timestamptz':
      return instantText(text) === value
    default:
      return column.encode(value) === text
  }
}

/** Whether two JSON values are the same; members that are undefined are not there. */
export function isSameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((each, at) => isSameJson(each, b[at]))
    )
  }
  const members = Object.entries(a).filter(([, value]) => value !== undefined)
  const others = new Map(Object.entries(b))
  return (
    members.length === others.size &&
    members.every(([name, value]) => others.has(name) && isSameJson(value, others.get(name)))
  )
}

/** Every row of the organisation as PostgreSQL writes it, in pages from a cursor. */
async function everyRow(reader: Reader, plan: TablePlan, each: (raw: RawRow) => void): Promise<void> {
  const columns = plan.columns.map((column) => quoted(column.name)).join(', ')
  const key = plan.key.map((column) => quoted(column.name)).join(', ')
  const cursor = quoted(`all_${plan.name}`)
  await reader.query(
    `declare ${cursor} no scroll cursor for select ${columns} from ${quoted(plan.name)} where org_id = ${reader.org} order by ${key}`,
  )
  for (;;) {
    const rows = await reader.raw(`fetch ${plan.name}`, `fetch ${pageRows} from ${cursor}`, [])
    for (const raw of rows) each(raw)
    if (rows.length < pageRows) break
  }
  await reader.query(`close ${cursor}`)
}
