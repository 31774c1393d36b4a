import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { chmod, mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isRefusal } from '@lotline/core/base/refusal'
import { type Instant, instantOf } from '@lotline/core/base/instant'
import {
  type Checkpoint,
  checkpointText,
  isSignedBy,
  keyIdOf,
  type NoteSignature,
  readCheckpoint,
  readNote,
  splitNotes,
  type VerifierKey,
  verifierKeyText,
  writeNote,
} from '@lotline/core/ledger/checkpoint-note'
import { keyChangeText, readKeyChain } from '@lotline/core/ledger/key-chain'
import { provesConsistency } from '@lotline/core/ledger/merkle-proof'
import type { Hash } from '@lotline/core/ledger/merkle-tree'
import { appendDurably, readIfThere, replaceDurably } from './durable-file.ts'
import { checkSignature, rawPublicKey } from './ed25519.ts'

/** The ledger is not a continuation of what was signed before: it was cut, rewritten, or an older copy was put in its place. */
export class SealBroken extends Error {
  override name = 'SealBroken'
}

interface Secret {
  readonly name: string
  readonly key: KeyObject
}

/** Keeps the key and what it has signed, both outside the database, and signs nothing that takes back an earlier signature. */
export interface Signer {
  /** Name of this installation, first part of every origin. */
  readonly name: string
  /** All keys so far, the one in use last, with the notes that hand over. */
  keys(): readonly VerifierKey[]
  keyNotes(): readonly string[]
  /** The last checkpoint signed of this ledger. */
  last(origin: string): Promise<Checkpoint | undefined>
  /** All of them, oldest first. */
  notes(origin: string): Promise<readonly string[]>
  /** Signs and keeps it. `path` proves that it continues the last one; throws `SealBroken` where it does not. */
  sign(next: Omit<Checkpoint, 'signedAt'>, path: readonly Hash[]): Promise<Sealed>
  /** Makes a new key and hands over to it, with the signatures of both. */
  changeKey(): Promise<void>
}

export interface Sealed {
  readonly checkpoint: Checkpoint
  readonly note: string
  readonly keyId: string
  readonly signedAt: Instant
}

export interface SignerPlan {
  /** The data folder: checkpoints are kept in `checkpoints/` in it. */
  readonly folder: string
  /** The key's own file; by default `checkpoint-key` in the data folder. Better on a device that the database does not use. */
  readonly keyFile?: string | undefined
}

/** Opens the signer of a data folder; the first time it makes a key, which only the owner of the file can read. */
export async function openSigner(plan: SignerPlan): Promise<Signer> {
  const folder = join(plan.folder, 'checkpoints')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const keyFile = plan.keyFile ?? join(plan.folder, 'checkpoint-key')
  const keysFile = join(folder, 'keys.txt')
  const notes = [...splitNotes((await readIfThere(keysFile)) ?? '')]
  let secret = (await unfinishedChange(keyFile, notes)) ?? (await secretOf(keyFile))
  if (notes.length === 0) {
    notes.push(handOver(undefined, secret))
    await appendDurably(keysFile, notes.join(''))
  }
  const chain = readKeyChain(notes, checkSignature)
  if (isRefusal(chain)) throw new SealBroken(chain.message)
  const keys = [...chain]
  if (keys.every((key) => keyIdOf(key) !== keyIdOf(publicOf(secret))))
    throw new SealBroken(`The key in ${keyFile} was never handed over to by those in ${keysFile}.`)
  const fileOf = (origin: string) =>
    join(folder, `${origin.slice(secret.name.length + 1).replaceAll('/', '-')}.txt`)
  const signed = new Map<string, Promise<Checkpoint | undefined>>()
  const last = (origin: string) => {
    const known = signed.get(origin) ?? lastIn(fileOf(origin), origin, keys)
    signed.set(origin, known)
    return known
  }
  return {
    name: secret.name,
    keys: () => keys,
    keyNotes: () => notes,
    last,
    notes: async (origin) => splitNotes((await readIfThere(fileOf(origin))) ?? ''),
    sign: async (next, path) => {
      const before = await last(next.origin)
      if (before && !provesConsistency({ old: before, now: next, path })) throw notContinued(before, next)
      const sealed = seal(secret, next)
      await appendDurably(fileOf(next.origin), sealed.note)
      signed.set(next.origin, Promise.resolve(sealed.checkpoint))
      return sealed
    },
    changeKey: async () => {
      const fresh: Secret = { name: secret.name, key: generateKeyPairSync('ed25519').privateKey }
      const note = handOver(secret, fresh)
      // The new key is on disk before anything names it, and takes its place after the hand-over: no kill loses it.
      await replaceDurably(`${keyFile}.next`, secretText(fresh))
      await appendDurably(keysFile, note)
      await replaceDurably(keyFile, secretText(fresh))
      await rm(`${keyFile}.next`, { force: true })
      notes.push(note)
      keys.push(publicOf(fresh))
      secret = fresh
    },
  }
}

async function secretOf(path: string): Promise<Secret> {
  const known = await readIfThere(path)
  if (known !== undefined) {
    await chmod(path, 0o600)
    return readSecret(known)
  }
  const made: Secret = {
    name: `lotline-${randomBytes(4).toString('hex')}`,
    key: generateKeyPairSync('ed25519').privateKey,
  }
  await replaceDurably(path, secretText(made))
  return made
}

/** The new key, where a change of keys was killed after the hand-over and before the key took its place. */
async function unfinishedChange(keyFile: string, notes: readonly string[]): Promise<Secret | undefined> {
  const next = await readIfThere(`${keyFile}.next`)
  if (next === undefined) return undefined
  const secret = readSecret(next)
  if (!notes.at(-1)?.includes(verifierKeyText(publicOf(secret)))) return undefined
  await replaceDurably(keyFile, next)
  return secret
}

function readSecret(text: string): Secret {
  const { name, privateKey }: { name: string; privateKey: string } = JSON.parse(text)
  return { name, key: createPrivateKey(privateKey) }
}

function secretText({ name, key }: Secret): string {
  return `${JSON.stringify({ name, privateKey: key.export({ format: 'pem', type: 'pkcs8' }) })}\n`
}

function publicOf({ name, key }: Secret): VerifierKey {
  return { name, publicKey: rawPublicKey(key) }
}

function handOver(from: Secret | undefined, to: Secret): string {
  const text = keyChangeText({
    from: from && publicOf(from),
    to: publicOf(to),
    at: instantOf(Date.now()),
  })
  return writeNote({ text, signatures: [...(from ? [signatureOf(from, text)] : []), signatureOf(to, text)] })
}

function seal(secret: Secret, next: Omit<Checkpoint, 'signedAt'>): Sealed {
  const signedAt = instantOf(Date.now())
  const checkpoint = { ...next, signedAt }
  const text = checkpointText(checkpoint)
  const signature = signatureOf(secret, text)
  return { checkpoint, note: writeNote({ text, signatures: [signature] }), keyId: signature.keyId, signedAt }
}

function signatureOf(secret: Secret, text: string): NoteSignature {
  const key = publicOf(secret)
  return { name: key.name, keyId: keyIdOf(key), signature: sign(null, Buffer.from(text), secret.key) }
}

async function lastIn(
  path: string,
  origin: string,
  keys: readonly VerifierKey[],
): Promise<Checkpoint | undefined> {
  const file = (await readIfThere(path)) ?? ''
  const notes = splitNotes(file)
  // A power cut may leave half a note, which the next one must not be appended to.
  if (notes.join('') !== file) await replaceDurably(path, notes.join(''))
  const text = notes.at(-1)
  if (text === undefined) return undefined
  const note = readNote(text)
  const checkpoint = isRefusal(note) ? note : readCheckpoint(note.text)
  if (isRefusal(note) || isRefusal(checkpoint))
    throw new SealBroken(`The last checkpoint in ${path} cannot be read.`)
  if (checkpoint.origin !== origin || !keys.some((key) => isSignedBy(note, key, checkSignature)))
    throw new SealBroken(`The last checkpoint in ${path} was not signed by a key of this installation.`)
  return checkpoint
}

function notContinued(before: Checkpoint, next: Omit<Checkpoint, 'signedAt'>): SealBroken {
  return new SealBroken(
    `The ledger ${next.origin} with ${next.size} entries does not continue the ${before.size} that were signed at ${before.signedAt}.`,
  )
}
