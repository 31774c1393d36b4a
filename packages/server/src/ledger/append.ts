import { createHash, randomBytes } from 'node:crypto'
import type { RecordedEvent } from '@lotline/core/ledger/effects'
import { envelopeText } from '@lotline/core/ledger/envelope'
import { arrayLiteral } from '../database/array-literal.ts'
import type { Transaction } from '../database/transaction.ts'
import { type Head, moveHead } from './ledger-head.ts'

/** Channel on which every commit says how far its ledger now goes: `org:next`. It only wakes; what counts is read. */
export const wakeChannel = 'lotline_ledger'

const insertLeaves = `insert into ledger_leaf (org_id, position, prev, leaf)
  select $1::bigint, unnest($2::bigint[]), decode(unnest($3::text[]), 'hex'), decode(unnest($4::text[]), 'hex')`

const insertBytes = `insert into event_bytes (org_id, position, bytes)
  select $1::bigint, unnest($2::bigint[]), convert_to(unnest($3::text[]), 'UTF8')`

/**
 * Appends events to the ledger: canonical bytes and chained leaf hashes. The database checks positions, chain and hashes once
 * more. Returns the leaf of the last, and the promises of the statements sent. The head is moved by `finishLedger`.
 */
export function appendEvents(
  tx: Transaction,
  events: readonly RecordedEvent[],
  orgCode: string,
  after: string,
): { readonly leaf: string; readonly sent: readonly Promise<unknown>[] } {
  if (events.length === 0) return { leaf: after, sent: [] }
  const salts = randomBytes(16 * events.length).toString('hex')
  const bytes: string[] = []
  const prevs: string[] = []
  const leaves: string[] = []
  let leaf = after
  events.forEach((event, at) => {
    const text = envelopeText(event, {
      org: orgCode,
      prev: leaf,
      salt: salts.slice(32 * at, 32 * at + 32),
    })
    bytes.push(text)
    prevs.push(leaf)
    leaf = leafOf(text)
    leaves.push(leaf)
  })
  const positions = arrayLiteral(
    events.map((event) => String(event.position)),
    true,
  )
  const sent = [
    tx.raw('insert leaves', insertLeaves, [
      tx.org,
      positions,
      arrayLiteral(prevs, true),
      arrayLiteral(leaves, true),
    ]),
    tx.raw('insert bytes', insertBytes, [tx.org, positions, arrayLiteral(bytes, false)]),
  ]
  return { leaf, sent }
}

/** Moves the head behind what was appended, wakes the followers of this ledger at commit, and gives the head's new version. */
export async function finishLedger(tx: Transaction, head: Head): Promise<string> {
  const moving = moveHead(tx, head)
  const waking = tx.raw('wake', 'select pg_notify($1, $2)', [wakeChannel, `${tx.org}:${head.next}`])
  const [version] = await Promise.all([moving, waking])
  return version
}

const leafPrefix = Uint8Array.of(0)

/** `leafHash` of core for a text, by the machine's own SHA-256. */
function leafOf(text: string): string {
  return createHash('sha256').update(leafPrefix).update(text, 'utf8').digest('hex')
}
