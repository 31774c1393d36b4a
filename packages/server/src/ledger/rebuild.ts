import type pg from 'pg'
import { assert } from '@lotline/core/base/assert'
import { MemoryView } from '@lotline/core/base/memory-view'
import type { RecordedEvent } from '@lotline/core/ledger/effects'
import { readEnvelope } from '@lotline/core/ledger/envelope'
import { type AnyTable, projections } from '../database/projections.ts'
import { columnArrays, planOf, quoted, textsOf } from '../database/table-plan.ts'
import { inTransaction, type OrgNo, type Reader, type Transaction } from '../database/transaction.ts'
import type { Rules } from './capture.ts'
import { compareTables, type RowDifference } from './compare.ts'
import { lockHead, touchHead } from './ledger-head.ts'
import { everyStoredEvent } from './stored-events.ts'

export interface RebuildReport {
  readonly events: number
  /** Rows written, over all tables. */
  readonly rows: number
  /** What the tables held that the events do not say, before they were written anew. */
  readonly differences: readonly RowDifference[]
}

/** The tables as the events make them, folded in memory. Memory is O(rows): some kilobytes for each event. */
export async function replay(reader: Reader, rules: Pick<Rules<never>, 'apply'>): Promise<MemoryView> {
  const view = new MemoryView()
  await everyStoredEvent(reader, (stored) => {
    assert(stored.text !== null, `the content of position ${stored.position} was disposed of`)
    rules.apply(view, readEnvelope(stored.text).event as RecordedEvent)
    return true
  })
  return view
}

/**
 * Makes every projection of an organisation anew from its events, in one transaction that holds the ledger: captures wait,
 * readers see the old tables until it is done. Reports what was wrong before.
 */
export async function rebuild(
  pool: pg.Pool,
  org: OrgNo,
  rules: Pick<Rules<never>, 'apply'>,
): Promise<RebuildReport> {
  return inTransaction(pool, org, async (tx) => {
    await tx.query('set local statement_timeout = 0')
    const head = await lockHead(tx)
    const made = await replay(tx, rules)
    const differences: RowDifference[] = []
    await compareTables(tx, made, (difference) => differences.push(difference))
    let rows = 0
    for (const table of projections) rows += await rewrite(tx, table, made.all(table))
    // Writers that keep what they know of the tables see by the head that it is no longer so.
    await touchHead(tx)
    return { events: head.next, rows, differences }
  })
}

const rowsPerStatement = 10_000

async function rewrite(
  tx: Transaction,
  table: AnyTable,
  rows: readonly Record<string, unknown>[],
): Promise<number> {
  const plan = planOf(table)
  await tx.query(`delete from ${quoted(plan.name)} where org_id = $1`, [tx.org])
  for (let from = 0; from < rows.length; from += rowsPerStatement) {
    const texts = rows.slice(from, from + rowsPerStatement).map((row) => textsOf(plan.columns, row))
    await tx.raw(`upsert ${plan.name}`, plan.upsert, [tx.org, ...columnArrays(plan.columns, texts)])
  }
  return rows.length
}
