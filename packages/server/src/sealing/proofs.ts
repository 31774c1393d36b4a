import { refuse, type Refusal } from '@lotline/core/base/refusal'
import { consistencyPath, inclusionPath } from '@lotline/core/ledger/merkle-proof'
import type { Hash } from '@lotline/core/ledger/merkle-tree'
import type { Reader } from '../database/transaction.ts'
import { hashesOf, leavesFrom, type LedgerKind } from './sealed-ledger.ts'

/** That an entry is in the ledger: its leaf hash and the path that leads from it to the root. Hashes in hex. */
export interface InclusionAnswer {
  readonly position: number
  readonly size: number
  readonly leaf: string
  readonly root: string
  readonly path: readonly string[]
}

/** Proves an entry against the tree of `size` entries, which must have been sealed. O(log n) hashes, some hundred reads. */
export async function inclusionOf(
  reader: Reader,
  kind: LedgerKind,
  position: number,
  size: number,
): Promise<InclusionAnswer> {
  const [leaf] = await leavesFrom(reader, kind, position, 1)
  const path = await hashesOf(reader, kind, inclusionPath(position, size))
  const [root] = await hashesOf(reader, kind, [{ from: 0, to: size }])
  return { position, size, leaf: hex(leaf), root: hex(root), path: path.map(hex) }
}

/** That a newer ledger begins with an older one. */
export interface ConsistencyAnswer {
  readonly from: number
  readonly fromRoot: string
  readonly to: number
  readonly toRoot: string
  readonly path: readonly string[]
}

/** Proves that the first `from` entries are unchanged in the tree of the first `to`. */
export async function consistencyOf(
  reader: Reader,
  kind: LedgerKind,
  from: number,
  to: number,
): Promise<ConsistencyAnswer> {
  const path = await hashesOf(reader, kind, consistencyPath(from, to))
  const [fromRoot, toRoot] = await hashesOf(reader, kind, [
    { from: 0, to: from },
    { from: 0, to },
  ])
  return { from, fromRoot: hex(fromRoot), to, toRoot: hex(toRoot), path: path.map(hex) }
}

/** Why a proof cannot be given for this place and size. */
export function beyondSeal(place: number, size: number, sealed: number): Refusal | undefined {
  if (place < size && size <= sealed) return undefined
  return refuse('not_sealed', {
    message: `The ledger is sealed up to ${sealed} entries; ${place} of ${size} cannot be proven.`,
    fix: 'Seal it now with POST /v1/checkpoints, or name a position below the size, and a size up to the last checkpoint.',
    details: { sealed },
  })
}

function hex(hash: Hash | undefined): string {
  return Buffer.from(hash ?? []).toString('hex')
}
