import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { refuse, type Refusal } from '../base/refusal.ts'
import { fromBase64, toBase64 } from './base64.ts'
import type { Hash } from './merkle-tree.ts'

/** What a ledger was at a moment: its name, how many entries it had, and the root of the tree over them. */
export interface Checkpoint {
  /** Whose ledger: `lotline-1f2e3d4c/main`. */
  readonly origin: string
  readonly size: number
  readonly root: Hash
  /** When it was signed, by the clock of the signer. */
  readonly signedAt: string | undefined
}

/** A text with its signatures, in the form of C2SP signed-note. */
export interface SignedNote {
  readonly text: string
  readonly signatures: readonly NoteSignature[]
}

export interface NoteSignature {
  readonly name: string
  /** First four bytes of the key's hash, in hex: tells keys of one name apart. */
  readonly keyId: string
  readonly signature: Uint8Array
}

/** A public Ed25519 key and the name it signs by. */
export interface VerifierKey {
  readonly name: string
  readonly publicKey: Uint8Array
}

/** Checks an Ed25519 signature; given by whoever has the means. */
export type CheckSignature = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean

/** The text of a checkpoint in the form of C2SP tlog-checkpoint; the moment is an extension line. */
export function checkpointText({ origin, size, root, signedAt }: Checkpoint): string {
  return `${origin}\n${size}\n${toBase64(root)}\n${signedAt === undefined ? '' : `time ${signedAt}\n`}`
}

/** Reads a checkpoint's text back. */
export function readCheckpoint(text: string): Checkpoint | Refusal {
  const [origin = '', count = '', rootText = '', ...extensions] = text.replace(/\n$/, '').split('\n')
  const root = fromBase64(rootText)
  const size = Number(count)
  if (
    origin === '' ||
    !/^(0|[1-9]\d{0,15})$/.test(count) ||
    !Number.isSafeInteger(size) ||
    root?.length !== 32
  )
    return unreadable('its first three lines are not a name, a size and a root')
  const time = extensions.find((line) => line.startsWith('time '))
  return { origin, size, root, signedAt: time?.slice('time '.length) }
}

/** Puts signatures under a text. */
export function writeNote({ text, signatures }: SignedNote): string {
  const lines = signatures.map(
    ({ name, keyId, signature }) => `— ${name} ${toBase64(concatBytes(bytesOfHex(keyId), signature))}\n`,
  )
  return `${text}\n${lines.join('')}`
}

/** Takes a note apart; says nothing yet about its signatures. */
export function readNote(note: string): SignedNote | Refusal {
  const apart = note.lastIndexOf('\n\n')
  if (apart === -1 || !note.endsWith('\n')) return unreadable('it has no empty line before its signatures')
  const signatures: NoteSignature[] = []
  for (const line of note.slice(apart + 2, -1).split('\n')) {
    const [, name, encoded = ''] = /^— (\S+) (\S+)$/.exec(line) ?? []
    const bytes = fromBase64(encoded)
    if (name === undefined || !bytes || bytes.length < 5) return unreadable('a line under it is no signature')
    signatures.push({ name, keyId: bytesToHex(bytes.subarray(0, 4)), signature: bytes.subarray(4) })
  }
  return { text: note.slice(0, apart + 1), signatures }
}

/** Notes that stand one after the other in a file, as they were appended. A last one that was cut short is left out. */
export function splitNotes(file: string): readonly string[] {
  return [...file.matchAll(/(?:[^\n]+\n)+\n(?:— [^\n]+\n)+/g)].map(([note]) => note)
}

/** Whether the key has signed the note. */
export function isSignedBy(note: SignedNote, key: VerifierKey, check: CheckSignature): boolean {
  const id = keyIdOf(key)
  return note.signatures.some(
    ({ name, keyId, signature }) =>
      name === key.name && keyId === id && check(key.publicKey, utf8ToBytes(note.text), signature),
  )
}

/** The four bytes by which a signature says which key made it, in hex. */
export function keyIdOf({ name, publicKey }: VerifierKey): string {
  return bytesToHex(sha256(concatBytes(utf8ToBytes(`${name}\n`), algorithm, publicKey)).subarray(0, 4))
}

/** A public key as one line: `lotline-1f2e3d4c+8a7b6c5d+AbCd...`. */
export function verifierKeyText(key: VerifierKey): string {
  return `${key.name}+${keyIdOf(key)}+${toBase64(concatBytes(algorithm, key.publicKey))}`
}

export function readVerifierKey(text: string): VerifierKey | Refusal {
  const [, name = '', id, encoded = ''] = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(text.trim()) ?? []
  const bytes = fromBase64(encoded)
  const key = { name, publicKey: bytes?.subarray(1) ?? new Uint8Array() }
  if (bytes?.length === 33 && bytes[0] === 1 && keyIdOf(key) === id) return key
  return refuse('checkpoint_key_unreadable', {
    message: `${JSON.stringify(text.trim().slice(0, 100))} is not a public key for checkpoints.`,
    fix: 'Take the line as GET /v1/checkpoint-keys shows it: name, eight hex digits and Base64, joined by +.',
    value: text.slice(0, 200),
  })
}

/** Signature type Ed25519 of C2SP signed-note. */
const algorithm = Uint8Array.of(1)

function bytesOfHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16))
}

function unreadable(why: string): Refusal<'checkpoint_unreadable'> {
  return refuse('checkpoint_unreadable', {
    message: `This is not a signed checkpoint: ${why}.`,
    fix: 'Give it unchanged, as it was shown or stands in the checkpoint file, with its signature lines.',
  })
}
