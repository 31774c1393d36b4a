import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isRefusal } from '@lotline/core/base/refusal'
import {
  type Checkpoint,
  isSignedBy,
  readCheckpoint,
  readNote,
  splitNotes,
  type VerifierKey,
} from '@lotline/core/ledger/checkpoint-note'
import { readKeyChain } from '@lotline/core/ledger/key-chain'
import { type Completed, GrowingTree, sameHash } from '@lotline/core/ledger/merkle-tree'
import type { Reader } from '../database/transaction.ts'
import { fault, type Found } from './integrity-fault.ts'
import { checkSignature } from './ed25519.ts'
import { isStored, joinQuickly, type LedgerKind } from './sealed-ledger.ts'

/** Where a checkpoint was found: each is checked, whatever the others say. */
type Source = 'the table' | 'the file' | 'the checkpoint given'

interface Claim extends Checkpoint {
  readonly source: Source
}

/** The tree over the leaves as they pass, compared with everything that was signed. */
export interface SealCheck {
  /** Takes the next leaf. */
  leaf(hash: Uint8Array): void
  /** After the last leaf: what was signed beyond it, and stored subtrees that do not follow. */
  finish(): Promise<{ readonly checkpoints: number }>
}

export interface SealPlan {
  readonly reader: Reader
  readonly kind: LedgerKind
  /** Last parts of the origin: `main`, `main/audit`. */
  readonly path: string
  /** Data folder, for the checkpoint files and keys; none where only the database is at hand. */
  readonly folder: string | undefined
  /** Signed notes from outside. */
  readonly given: readonly string[]
  readonly found: Found
}

/** Reads every checkpoint of a ledger and checks its signature; the roots are compared as the leaves come. */
export async function startSealCheck(plan: SealPlan): Promise<SealCheck> {
  const { reader, kind, found } = plan
  const claims = new Map<number, Claim[]>()
  for (const claim of await claimsOf(plan)) claims.set(claim.size, [...(claims.get(claim.size) ?? []), claim])
  const tree = new GrowingTree(0, [], joinQuickly)
  const subtrees: Completed[] = []
  let checkpoints = 0
  for (const same of claims.values()) checkpoints += same.length
  return {
    leaf: (hash) => {
      for (const each of tree.append(hash)) if (isStored(each)) subtrees.push(each)
      const signed = claims.get(tree.size)
      if (!signed) return
      claims.delete(tree.size)
      const root = tree.root()
      for (const claim of signed) {
        if (!sameHash(root, claim.root)) {
          const words = `The first ${claim.size} entries are not those that ${claim.source} signed at ${claim.signedAt}.`
          found(fault('checkpoint_differs', claim.size, words))
        }
      }
    },
    finish: async () => {
      for (const claim of [...claims.values()].flat()) {
        const words = `The ledger has ${tree.size} entries; ${claim.source} signed ${claim.size} at ${claim.signedAt}.`
        found(fault('checkpoint_ahead', tree.size, words))
      }
      await checkSubtrees(reader, kind, subtrees, found)
      return { checkpoints }
    },
  }
}

async function claimsOf(plan: SealPlan): Promise<readonly Claim[]> {
  const { reader, kind, path, folder, given, found } = plan
  const keys = await keysOf(plan)
  const rows = await reader.query<{ size: string; root: string; note: string }>(
    `select size, encode(root, 'hex') as root, note from checkpoint where org_id = $1 and ledger = $2 order by size`,
    [reader.org, kind],
  )
  const claims: Claim[] = []
  const take = (text: string, source: Source) => {
    const claim = readClaim(text, source, keys)
    if (typeof claim === 'string') found(fault('checkpoint_unsigned', null, claim))
    else if (claim.origin.endsWith(`/${path}`)) claims.push(claim)
    return claim
  }
  for (const { size, root, note } of rows) {
    const claim = take(note, 'the table')
    if (typeof claim === 'string') continue
    if (String(claim.size) !== size || Buffer.from(claim.root).toString('hex') !== root)
      found(
        fault('checkpoint_differs', Number(size), `The row of checkpoint ${size} is not what its note says.`),
      )
  }
  for (const text of await notesIn(folder, `${path.replaceAll('/', '-')}.txt`)) take(text, 'the file')
  for (const text of given) take(text, 'the checkpoint given')
  return claims
}

/** The checkpoint of a note, or in words why it is none of this installation. */
function readClaim(text: string, source: Source, keys: readonly VerifierKey[]): Claim | string {
  const note = readNote(text)
  const checkpoint = isRefusal(note) ? note : readCheckpoint(note.text)
  if (isRefusal(note) || isRefusal(checkpoint)) return `A checkpoint of ${source} cannot be read.`
  if (!keys.some((key) => isSignedBy(note, key, checkSignature)))
    return `The checkpoint of ${source} over ${checkpoint.size} entries is not signed by a key of this installation.`
  return { ...checkpoint, source }
}

/** The keys of file and table: one chain, as long as the longer of the two. */
async function keysOf({ reader, folder, found }: SealPlan): Promise<readonly VerifierKey[]> {
  const rows = await reader.query<{ note: string }>('select note from checkpoint_key order by ordinal')
  const inTable = rows.map(({ note }) => note)
  const inFile = await notesIn(folder, 'keys.txt')
  const [short, long] = inFile.length < inTable.length ? [inFile, inTable] : [inTable, inFile]
  if (short.some((note, at) => note !== long[at]))
    found(fault('keys_broken', null, 'The public keys of the file and of the table are not the same.'))
  // The file is trusted before the table: it is outside the database.
  const chain = readKeyChain(inFile.length > 0 ? inFile : inTable, checkSignature)
  if (!isRefusal(chain)) return chain
  found(fault('keys_broken', null, chain.message))
  return []
}

async function notesIn(folder: string | undefined, name: string): Promise<readonly string[]> {
  if (folder === undefined) return []
  const place = join(folder, 'checkpoints')
  const names: readonly string[] = await readdir(place).catch(() => [])
  return names.includes(name) ? splitNotes(await readFile(join(place, name), 'utf8')) : []
}

async function checkSubtrees(
  reader: Reader,
  kind: LedgerKind,
  made: readonly Completed[],
  found: Found,
): Promise<void> {
  const expected = new Map(
    made.map(({ level, index, hash }) => [`${level}/${index}`, Buffer.from(hash).toString('hex')]),
  )
  const rows = await reader.query<{ level: number; index: string; hash: string }>(
    `select level, index, encode(hash, 'hex') as hash from subtree where org_id = $1 and ledger = $2`,
    [reader.org, kind],
  )
  for (const { level, index, hash } of rows) {
    if (expected.get(`${level}/${index}`) === hash) continue
    const position = Number(index) * 2 ** level
    found(
      fault(
        'subtree_wrong',
        position,
        `The stored subtree ${level}/${index} is not that of its leaves.`,
        'subtree',
      ),
    )
  }
}
