import { assert } from '@lotline/core/base/assert'
import { instantOf, type Instant } from '@lotline/core/base/instant'
import { instantText } from '../database/session.ts'
import type { Reader, Transaction } from '../database/transaction.ts'

/** Where a ledger stands. */
export interface Head {
  /** Position the next event gets; all below it exist. */
  readonly next: number
  /** Leaf hash (hex) of the last event; zeros when there is none. */
  readonly leaf: string
  /** The database's clock now, never earlier than the last event's record time. */
  readonly now: Instant
  /** Another after every transaction that changed the ledger or its tables: the number of the one that wrote the head's row. */
  readonly version: string
}

const columns = `next_position, encode(leaf, 'hex'),
  date_trunc('milliseconds', greatest(clock_timestamp(), recorded_at)), xmin::text`

/**
 * Locks the ledger until commit: the one lock of a capture, taken before anything is read. Batches of an organisation
 * therefore follow each other strictly, across processes too, and each sees all that the one before it did.
 */
export async function lockHead(tx: Transaction): Promise<Head> {
  return headOf(
    await tx.raw('lock head', `select ${columns} from ledger_head where org_id = $1 for update`, [tx.org]),
  )
}

/** Where the ledger stands in the reader's snapshot. */
export async function readHead(reader: Reader): Promise<Head> {
  return headOf(
    await reader.raw('read head', `select ${columns} from ledger_head where org_id = $1`, [reader.org]),
  )
}

function headOf(rows: readonly (readonly (string | null)[])[]): Head {
  const [next, leaf, now, version] = rows[0] ?? []
  assert(typeof next === 'string' && typeof leaf === 'string' && typeof now === 'string', 'the ledger exists')
  assert(typeof version === 'string', 'every row was written by some transaction')
  return { next: Number(next), leaf, now: instantOf(Date.parse(instantText(now))), version }
}

/** Moves the head to behind the last of the new events, and gives its version from the commit on. */
export async function moveHead(tx: Transaction, to: Head): Promise<string> {
  const rows = await tx.raw(
    'move head',
    `update ledger_head set next_position = $2, leaf = decode($3, 'hex'), recorded_at = $4 where org_id = $1
       returning xmin::text`,
    [tx.org, to.next, to.leaf, to.now],
  )
  const version = rows[0]?.[0]
  assert(typeof version === 'string', 'the ledger exists')
  return version
}

/** Gives the head a new version without moving it: the tables are not what a writer may remember of them. */
export async function touchHead(tx: Transaction): Promise<void> {
  await tx.query('update ledger_head set next_position = next_position where org_id = $1', [tx.org])
}
