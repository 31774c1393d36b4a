import { createHash } from 'node:crypto'
import { assert } from '@lotline/core/base/assert'
import {
  type Hash,
  type JoinHashes,
  type LeafRange,
  rootOf,
  type Subtree,
  subtreesOf,
} from '@lotline/core/ledger/merkle-tree'
import type { OrgNo, RawRow, Reader } from '../database/transaction.ts'

/** A ledger that is sealed: the facts of an organisation. */
export interface SealedLedger {
  readonly org: OrgNo
  readonly kind: LedgerKind
  /** Its name behind the installation's. */
  readonly path: string
}

export type LedgerKind = 'facts'

/** Where the leaves of a kind of ledger lie, by position; and the number of them. */
export const leafTables = { facts: 'ledger_leaf' } as const satisfies Partial<Record<LedgerKind, string>>

/** Subtrees are stored at every eighth level: 256 leaves, 65,536, ... */
const levelsPerStore = 8

/** The node hash of RFC 6962 by Node's own SHA-256, which is quicker than one in JavaScript. */
export const joinQuickly: JoinHashes = (left, right) =>
  createHash('sha256').update(nodePrefix).update(left).update(right).digest()

const nodePrefix = Uint8Array.of(1)

/** Leaf hashes from a position on, at most `limit`. */
export async function leavesFrom(
  reader: Reader,
  kind: LedgerKind,
  from: number,
  limit: number,
): Promise<readonly Hash[]> {
  const rows = await reader.raw(
    `leaves ${kind}`,
    `select position, encode(leaf, 'hex') from ${tableOf(kind)}
      where org_id = $1 and position >= $2 order by position limit $3`,
    [reader.org, from, limit],
  )
  return rows.map(([position, leaf], at) => {
    assert(position === String(from + at) && typeof leaf === 'string', `position ${from + at} has no leaf`)
    return hashOf(leaf)
  })
}

/** Whether a subtree is one of those that are stored. */
export function isStored({ level }: Subtree): boolean {
  return level > 0 && level % levelsPerStore === 0
}

/**
 * The hash over each range. Reads the stored subtrees below it, at most some hundred hashes a range, and joins them.
 * The leaves must be there, and the subtrees stored up to the last checkpoint.
 */
export async function hashesOf(
  reader: Reader,
  kind: LedgerKind,
  ranges: readonly LeafRange[],
): Promise<readonly Hash[]> {
  const hashes: Hash[] = []
  for (const range of ranges) {
    const parts: Hash[] = []
    for (const subtree of subtreesOf(range)) parts.push(await subtreeHash(reader, kind, subtree))
    hashes.push(rootOf(parts, joinQuickly))
  }
  return hashes
}

async function subtreeHash(reader: Reader, kind: LedgerKind, { level, index }: Subtree): Promise<Hash> {
  const base = level - (level % levelsPerStore)
  const count = 2 ** (level - base)
  const first = index * count
  let row = await nodesAt(reader, kind, { level: base, from: first, to: first + count })
  while (row.length > 1) row = joinPairs(row)
  const [hash] = row
  assert(hash, 'a subtree has a hash')
  return hash
}

function joinPairs(row: readonly Hash[]): readonly Hash[] {
  const joined: Hash[] = []
  for (let at = 0; at < row.length; at += 2) {
    const [left, right] = row.slice(at, at + 2)
    assert(left && right, 'a complete subtree has pairs only')
    joined.push(joinQuickly(left, right))
  }
  return joined
}

async function nodesAt(
  reader: Reader,
  kind: LedgerKind,
  span: { readonly level: number; readonly from: number; readonly to: number },
): Promise<readonly Hash[]> {
  const { level, from, to } = span
  if (level === 0) return leavesFrom(reader, kind, from, to - from)
  const rows: readonly RawRow[] = await reader.raw(
    'subtrees',
    `select index, encode(hash, 'hex') from subtree
      where org_id = $1 and ledger = $2 and level = $3 and index >= $4 and index < $5 order by index`,
    [reader.org, kind, level, from, to],
  )
  assert(rows.length === to - from, `subtrees of level ${level} are missing between ${from} and ${to}`)
  return rows.map(([, hash]) => hashOf(hash ?? ''))
}

/** How many entries a ledger has in the reader's snapshot. Positions are gapless: the last tells. */
export async function sizeOf(reader: Reader, kind: LedgerKind): Promise<number> {
  const rows = await reader.raw(
    `size ${kind}`,
    `select max(position) from ${tableOf(kind)} where org_id = $1`,
    [reader.org],
  )
  const last = rows[0]?.[0]
  return last == null ? 0 : Number(last) + 1
}

function tableOf(kind: LedgerKind): string {
  const tables: Partial<Record<LedgerKind, string>> = leafTables
  const table = tables[kind]
  assert(table, `no ledger ${kind}`)
  return table
}

function hashOf(hex: string): Hash {
  return Buffer.from(hex, 'hex')
}
