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
import { fault, type Found, type IntegrityFault } from './integrity-fault.ts'
import { checkSignature } from './ed25519.ts'
import { isStored, joinQuickly, type LedgerKind } from './sealed-ledger.ts'

/** Where a checkpoint was found: each is checked, whatever the others say. */
type Source = 'the table' | 'the file' | 'the checkpoint given'

interface Claim extends Checkpoint {
  readonly source: Source
}

/** What the data folder holds beside the database. */
export interface KeptSeals {
  readonly keys: readonly string[]
  /** Signed notes of each ledger, by its file's name without ending. */
  readonly notes: ReadonlyMap<string, readonly string[]>
}

/**
 * Reads the checkpoint files of a data folder. To be done before the ledger's snapshot is opened: what is signed later is of a
 * ledger that has grown meanwhile, and must not look as if the snapshot had been cut.
 */
export async function keptSeals(folder: string | undefined): Promise<KeptSeals> {
  const notes = new Map<string, readonly string[]>()
  if (folder === undefined) return { keys: [], notes }
  const place = join(folder, 'checkpoints')
  const names: readonly string[] = await readdir(place).catch(() => [])
  for (const name of names) {
    if (name.endsWith('.txt'))
      notes.set(name.slice(0, -'.txt'.length), splitNotes(await readFile(join(place, name), 'utf8')))
  }
  const keys = notes.get('keys') ?? []
  notes.delete('keys')
  return { keys, notes }
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
  readonly kept: KeptSeals
  /** Signed notes from outside. */
  readonly given: readonly string[]
  readonly found: Found
}

/** Reads every checkpoint of a ledger and checks its signature; the roots are compared as the leaves come. */
export async function startSealCheck(plan: SealPlan): Promise<SealCheck> {
  const { found } = plan
  const claims = new Map<number, Claim[]>()
  for (const claim of await claimsOf(plan)) claims.set(claim.size, [...(claims.get(claim.size) ?? []), claim])
  const tree = new GrowingTree(0, [], joinQuickly)
  const subtrees: Completed[] = []
  const all = [...claims.values()].flat()
  // Subtrees are stored before the checkpoint that rests on them.
  const signedInTable = all.reduce(
    (most, { size, source }) => (source === 'the table' && size > most ? size : most),
    0,
  )
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
      await checkSubtrees(plan, subtrees, signedInTable)
      return { checkpoints: all.length }
    },
  }
}

async function claimsOf(plan: SealPlan): Promise<readonly Claim[]> {
  const { reader, kind, path, kept, given, found } = plan
  const keys = await keysOf(plan)
  const rows = await reader.query<{ size: string; root: string; note: string }>(
    `select size, encode(root, 'hex') as root, note from checkpoint where org_id = $1 and ledger = $2 order by size`,
    [reader.org, kind],
  )
  // Most notes stand both in the table and in the file; their signature is checked once.
  const read = new Map<string, Checkpoint | string>()
  const claims: Claim[] = []
  const take = (text: string, source: Source) => {
    const checkpoint = read.get(text) ?? readSigned(text, keys)
    read.set(text, checkpoint)
    if (typeof checkpoint === 'string') found(fault('checkpoint_unsigned', null, `${source}: ${checkpoint}`))
    else if (pathOf(checkpoint.origin) === path) claims.push({ ...checkpoint, source })
    return checkpoint
  }
  for (const { size, root, note } of rows) {
    const checkpoint = take(note, 'the table')
    if (typeof checkpoint === 'string') continue
    const isSame = String(checkpoint.size) === size && Buffer.from(checkpoint.root).toString('hex') === root
    if (isSame && pathOf(checkpoint.origin) === path) continue
    const words = `The row of checkpoint ${size} is not what its note says.`
    found(fault('checkpoint_differs', Number(size), words))
  }
  for (const text of kept.notes.get(path.replaceAll('/', '-')) ?? []) take(text, 'the file')
  for (const text of given) take(text, 'the checkpoint given')
  return claims
}

/** The name of a ledger behind that of the installation. */
function pathOf(origin: string): string {
  return origin.slice(origin.indexOf('/') + 1)
}

/** The checkpoint of a note, or in words why it is none that counts here. */
function readSigned(text: string, keys: readonly VerifierKey[]): Checkpoint | string {
  const note = readNote(text)
  const checkpoint = isRefusal(note) ? note : readCheckpoint(note.text)
  if (isRefusal(note) || isRefusal(checkpoint)) return 'a checkpoint cannot be read.'
  if (!keys.some((key) => isSignedBy(note, key, checkSignature)))
    return `the checkpoint over ${checkpoint.size} entries is not signed by a key that is known here.`
  return checkpoint
}

/**
 * The keys that checkpoints may be signed with: those of this installation, from file and table, whichever chain is the longer,
 * and those of every other installation that has sealed this database, such as the one whose folder was lost.
 */
async function keysOf({ reader, kept, found }: SealPlan): Promise<readonly VerifierKey[]> {
  const rows = await reader.query<{ installation: string; note: string }>(
    'select installation, note from checkpoint_key order by installation, ordinal',
  )
  const chains = new Map<string, readonly string[]>()
  for (const { installation, note } of rows)
    chains.set(installation, [...(chains.get(installation) ?? []), note])
  const inFile = kept.keys
  const [first] = inFile
  if (first !== undefined) {
    const own = first.slice(0, first.indexOf('/'))
    const inTable = chains.get(own) ?? []
    const [short, long] = inFile.length < inTable.length ? [inFile, inTable] : [inTable, inFile]
    if (short.some((note, at) => note !== long[at]))
      found(fault('keys_broken', null, 'The public keys of the file and of the table are not the same.'))
    // A longer chain of the table can be trusted: each key is handed over to by the one before. A different one cannot.
    chains.set(own, short.every((note, at) => note === long[at]) ? long : inFile)
  }
  return [...chains.values()].flatMap((notes) => {
    const chain = readKeyChain(notes, checkSignature)
    if (!isRefusal(chain)) return chain
    found(fault('keys_broken', null, chain.message))
    return []
  })
}

/** Ledgers that were signed, by the folder's files or a note given, and that are none of `paths`: they were taken away whole. */
export function missingLedgers(
  kept: KeptSeals,
  given: readonly string[],
  paths: readonly string[],
): readonly IntegrityFault[] {
  const notes = [...[...kept.notes.values()].map(([note = '']) => note), ...given]
  const origins = new Set(notes.map((note) => note.split('\n', 1)[0] ?? ''))
  return [...origins]
    .filter((origin) => origin.includes('/') && !paths.includes(pathOf(origin)))
    .map((origin) =>
      fault('ledger_missing', null, `The ledger ${origin} was signed and is not in this database.`),
    )
}

/** Stored subtrees are those of the leaves, and none that a proof over what was signed needs is missing. */
async function checkSubtrees(
  { reader, kind, found }: SealPlan,
  made: readonly Completed[],
  signed: number,
): Promise<void> {
  const expected = new Map(made.map((subtree) => [`${subtree.level}/${subtree.index}`, subtree]))
  const wrong = (name: string, position: number, words: string) =>
    found(fault('subtree_wrong', position, `The stored subtree ${name} ${words}.`, 'subtree'))
  const rows = await reader.query<{ level: number; index: string; hash: string }>(
    `select level, index, encode(hash, 'hex') as hash from subtree where org_id = $1 and ledger = $2`,
    [reader.org, kind],
  )
  for (const { level, index, hash } of rows) {
    const name = `${level}/${index}`
    const subtree = expected.get(name)
    expected.delete(name)
    if (!subtree || Buffer.from(subtree.hash).toString('hex') !== hash)
      wrong(name, Number(index) * 2 ** level, 'is not that of its leaves')
  }
  for (const [name, { level, index }] of expected) {
    if ((index + 1) * 2 ** level <= signed) wrong(name, index * 2 ** level, 'is missing')
  }
}
