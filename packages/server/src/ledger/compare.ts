import type { MemoryView } from '@lotline/core/base/memory-view'
import { keyText } from '@lotline/core/base/view'
import { type AnyTable, projections } from '../database/projections.ts'
import { canonicalRow, decodeRow, planOf, quoted } from '../database/table-plan.ts'
import type { Reader } from '../database/transaction.ts'

/** A row that is not what the events say. */
export interface RowDifference {
  readonly table: string
  /** Canonical JSON of the row's key. */
  readonly key: string
  /** `missing`: the events make it, the table lacks it. `extra`: the other way round. `changed`: other content. */
  readonly kind: 'missing' | 'extra' | 'changed'
}

const pageRows = 5_000

/**
 * Compares every projection with what the events make of it, row by row in canonical form. Reads each table once;
 * O(rows) time and memory. Calls `differs` for each difference.
 */
export async function compareTables(
  reader: Reader,
  made: MemoryView,
  differs: (difference: RowDifference) => void,
): Promise<void> {
  for (const table of projections) await compareTable(reader, made, table, differs)
}

async function compareTable(
  reader: Reader,
  made: MemoryView,
  table: AnyTable,
  differs: (difference: RowDifference) => void,
): Promise<void> {
  const expected = new Map(made.all(table).map((row) => [keyOf(table, row), canonicalRow(table, row)]))
  await everyRow(reader, table, (row) => {
    const key = keyOf(table, row)
    const wanted = expected.get(key)
    expected.delete(key)
    if (wanted === undefined) differs({ table: table.name, key: shown(key), kind: 'extra' })
    else if (wanted !== canonicalRow(table, row)) {
      differs({ table: table.name, key: shown(key), kind: 'changed' })
    }
  })
  for (const key of expected.keys()) differs({ table: table.name, key: shown(key), kind: 'missing' })
}

function keyOf(table: AnyTable, row: Record<string, unknown>): string {
  return keyText(table.key.map((field) => String(row[field])))
}

function shown(key: string): string {
  return JSON.stringify(key.split('\u0000'))
}

/** Every row of the organisation, in pages from a cursor. */
async function everyRow(
  reader: Reader,
  table: AnyTable,
  each: (row: Record<string, unknown>) => void,
): Promise<void> {
  const plan = planOf(table)
  const columns = plan.columns.map((column) => quoted(column.name)).join(', ')
  const cursor = quoted(`all_${plan.name}`)
  await reader.query(
    `declare ${cursor} no scroll cursor for select ${columns} from ${quoted(plan.name)} where org_id = ${reader.org}`,
  )
  for (;;) {
    const rows = await reader.raw(`fetch ${plan.name}`, `fetch ${pageRows} from ${cursor}`, [])
    for (const raw of rows) each(decodeRow(plan, raw))
    if (rows.length < pageRows) break
  }
  await reader.query(`close ${cursor}`)
}
