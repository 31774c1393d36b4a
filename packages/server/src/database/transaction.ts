import pg from 'pg'
import { assert } from '@lotline/core/base/assert'
import { GatheringSocket } from './gathering-socket.ts'

/** Number of an organisation: first part of every key. */
export type OrgNo = number

/** Reads within one transaction, seeing one organisation's rows only. */
export interface Reader {
  readonly org: OrgNo
  query<Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<readonly Row[]>
  /**
   * A statement that is sent often: PostgreSQL keeps its plan under `name`. Rows come as arrays of text (null for null),
   * which is the quickest form there is.
   */
  raw(name: string, text: string, values: readonly unknown[]): Promise<readonly RawRow[]>
}

export type RawRow = readonly (string | null)[]

/** A transaction that may write. A function that asks for one cannot be called outside. */
export interface Transaction extends Reader {
  readonly writes: true
  /**
   * Statements whose answers nobody waits for: the commit is sent right behind them. Should the database refuse one of them,
   * nothing is committed and the transaction throws what it said.
   */
  leave(sent: readonly Promise<unknown>[]): void
}

/**
 * The same transaction for a ledger that holds `size()` events by now: kept plans are made anew each time a ledger has grown
 * fourfold. A plan made on a nearly empty table may use any index, since all are equally good there, and would be kept for ever.
 */
export function atSize(tx: Transaction, size: () => number): Transaction {
  const magnitude = () => Math.floor(Math.log2(size() + 1) / 2)
  return { ...tx, raw: (name, text, values) => tx.raw(`${name} ${magnitude()}`, text, values) }
}

/** What ends a write transaction: its work is lost, and trying the same again can help. */
const transientCodes = new Set(['40001', '40P01'])
const triesMax = 4

/**
 * Runs `work` in one transaction for one organisation and commits. A serialisation failure or deadlock is tried again, at
 * most three times with a short random wait, and never shown to a client. `work` may therefore run more than once.
 */
export async function inTransaction<T>(
  pool: pg.Pool,
  org: OrgNo,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(pool, beginWrite, org, (reader, leave) => work({ ...reader, writes: true, leave }))
    } catch (error) {
      if (attempt === triesMax || !isTransient(error)) throw error
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * attempt))
    }
  }
}

/** Runs `work` on one snapshot of the organisation's rows, without the right to write. */
export async function reading<T>(
  pool: pg.Pool,
  org: OrgNo,
  work: (reader: Reader) => Promise<T>,
): Promise<T> {
  return once(pool, 'begin isolation level repeatable read read only', org, work)
}

/**
 * The same behind the wall of other companies: the database shows what is this party's, and nothing else, whatever a query
 * forgets to ask. Party 0 is nobody's, and sees nothing.
 */
export async function readingOutside<T>(
  pool: pg.Pool,
  org: OrgNo,
  party: number,
  work: (reader: Reader) => Promise<T>,
): Promise<T> {
  assert(Number.isSafeInteger(party) && party >= 0, `not a party: ${party}`)
  const begin = `begin isolation level repeatable read read only; set local role lotline_outside; set local app.party = '${party}'`
  return once(pool, begin, org, work)
}

const beginWrite = 'begin isolation level read committed'

async function once<T>(
  pool: pg.Pool,
  begin: string,
  org: OrgNo,
  work: (reader: Reader, leave: Transaction['leave']) => Promise<T>,
): Promise<T> {
  assert(Number.isSafeInteger(org) && org > 0, `not an organisation: ${org}`)
  const client = await pool.connect()
  const left: Promise<unknown>[] = []
  const leave = (sent: readonly Promise<unknown>[]): void => {
    for (const each of sent) {
      // Told at the commit; until then a refusal is not unhandled.
      each.catch(() => undefined)
      left.push(each)
    }
  }
  let broken = false
  try {
    gather(client)
    // Sent together: the answers come in order, and a failure of any of them stops here.
    const opened = client.query(
      `${begin}; set local app.org = '${org}'; set local lock_timeout = '10s'; set local statement_timeout = '60s'`,
    )
    opened.catch(() => {
      broken = true
    })
    const result = await work(readerOn(client, org), leave)
    await commit(client, [opened, ...left])
    return result
  } catch (error) {
    broken ||= error instanceof CommitUnknown || !(await rolledBack(client))
    throw error
  } finally {
    client.release(broken)
  }
}

/** The connection broke while the commit was under way: nobody knows yet whether it took place. */
export class CommitUnknown extends Error {
  override name = 'CommitUnknown'
}

/** Commits behind statements that may still be under way; after a refusal of one of them PostgreSQL rolls back instead. */
async function commit(client: pg.PoolClient, before: readonly Promise<unknown>[]): Promise<void> {
  const committing = client.query('commit')
  const [committed, ...sent] = await Promise.allSettled([committing, ...before])
  if (committed.status === 'rejected' && !isAnswer(committed.reason))
    throw new CommitUnknown('The connection was lost during commit.', { cause: committed.reason })
  for (const each of sent) if (each.status === 'rejected') throw each.reason
  if (committed.status === 'rejected') throw committed.reason
  // A transaction that failed before answers COMMIT with ROLLBACK instead of an error.
  assert(committed.value.command === 'COMMIT', 'the transaction had failed before its commit')
}

/** Whether the database itself said no, and is still there. */
function isAnswer(error: unknown): boolean {
  return error instanceof pg.DatabaseError && !error.code?.startsWith('57P')
}

/** What this turn writes to the connection is sent at its end. */
function gather(client: pg.PoolClient): void {
  const { stream } = client.connection
  if (stream instanceof GatheringSocket) stream.gather()
}

async function rolledBack(client: pg.PoolClient): Promise<boolean> {
  return client.query('rollback').then(
    () => true,
    () => false,
  )
}

function isTransient(error: unknown): boolean {
  return error instanceof pg.DatabaseError && transientCodes.has(error.code ?? '')
}

function readerOn(client: pg.PoolClient, org: OrgNo): Reader {
  return {
    org,
    query: async <Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []) =>
      (await client.query<Row>(text, [...values])).rows,
    raw: async (name, text, values) => {
      const query = { name, text, values: [...values], rowMode: 'array' as const, types: asText }
      return (await client.query<(string | null)[]>(query)).rows
    },
  }
}

const asText: pg.CustomTypesConfig = { getTypeParser: () => (value: string) => value }
