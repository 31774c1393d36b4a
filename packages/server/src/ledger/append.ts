import { randomBytes } from 'node:crypto'
import type { RecordedEvent } from '@lotline/core/ledger/effects'
import { envelopeBytes, leafHash } from '@lotline/core/ledger/envelope'
import { arrayLiteral } from '../database/array-literal.ts'
import type { Transaction } from '../database/transaction.ts'
import { type Head, moveHead } from './ledger-head.ts'

/** Channel on which every commit says how far its ledger now goes: `org:next`. It only wakes; what counts is read. */
export const wakeChannel = 'lotline_ledger'

const insertLeaves = `insert into ledger_leaf (org_id, position, prev, leaf)
  select $1::bigint, position, decode(prev, 'hex'), decode(leaf, 'hex')
    from unnest($2::bigint[], $3::text[], $4::text[]) as given(position, prev, leaf)`

const insertBytes = `insert into event_bytes (org_id, position, bytes)
  select $1::bigint, position, convert_to(bytes, 'UTF8')
    from unnest($2::bigint[], $3::text[]) as given(position, bytes)`

/**
 * Appends events to the ledger: canonical bytes, chained leaf hashes, and the head moved behind them. The database checks
 * positions, chain and hashes once more. Returns the promises of the statements sent.
 */
export function append(
  tx: Transaction,
  events: readonly RecordedEvent[],
  orgCode: string,
  head: Head,
): Promise<unknown>[] {
  if (events.length === 0) return []
  const decoder = new TextDecoder()
  const salts = randomBytes(16 * events.length).toString('hex')
  const bytes: string[] = []
  const prevs: string[] = []
  const leaves: string[] = []
  let prev = head.leaf
  events.forEach((event, at) => {
    const sealed = envelopeBytes(event, { org: orgCode, prev, salt: salts.slice(32 * at, 32 * at + 32) })
    bytes.push(decoder.decode(sealed))
    prevs.push(prev)
    prev = leafHash(sealed)
    leaves.push(prev)
  })
  const positions = arrayLiteral(
    events.map((event) => String(event.position)),
    true,
  )
  const next = head.next + events.length
  return [
    tx.raw('insert leaves', insertLeaves, [
      tx.org,
      positions,
      arrayLiteral(prevs, true),
      arrayLiteral(leaves, true),
    ]),
    tx.raw('insert bytes', insertBytes, [tx.org, positions, arrayLiteral(bytes, false)]),
    moveHead(tx, { next, leaf: prev, now: head.now }),
    tx.raw('wake', 'select pg_notify($1, $2)', [wakeChannel, `${tx.org}:${next}`]),
  ]
}
