import { isRefusal, refuse, type Refusal } from '../base/refusal.ts'
import {
  type CheckSignature,
  isSignedBy,
  readNote,
  readVerifierKey,
  type SignedNote,
  type VerifierKey,
  verifierKeyText,
} from './checkpoint-note.ts'

/** The text by which an installation begins to sign, or hands over from one key to the next. */
export function keyChangeText(change: {
  readonly from: VerifierKey | undefined
  readonly to: VerifierKey
  readonly at: string
}): string {
  const { from, to, at } = change
  return `${to.name}/keys\n${from ? `${verifierKeyText(from)}\n` : ''}${verifierKeyText(to)}\ntime ${at}\n`
}

/**
 * The keys of an installation in order, from its notes: the first is signed by itself, each next one by the key before it
 * and by itself. Whoever knows any of them from elsewhere knows that all of them belong together. O(notes).
 */
export function readKeyChain(
  notes: readonly string[],
  check: CheckSignature,
): readonly VerifierKey[] | Refusal {
  const keys: VerifierKey[] = []
  for (const text of notes) {
    const note = readNote(text)
    if (isRefusal(note)) return note
    const named = keysNamedIn(note)
    if (isRefusal(named)) return named
    const to = named.at(-1)
    const from = keys.at(-1)
    if (!to || named.length !== (from ? 2 : 1)) return broken(keys.length, 'names too many or too few keys')
    if (from && verifierKeyText(named[0] ?? to) !== verifierKeyText(from))
      return broken(keys.length, 'hands over from another key than the last')
    if (from && from.name !== to.name) return broken(keys.length, 'hands over to another name')
    if (!isSignedBy(note, to, check) || (from && !isSignedBy(note, from, check)))
      return broken(keys.length, 'lacks a signature')
    keys.push(to)
  }
  return keys
}

function keysNamedIn(note: SignedNote): readonly VerifierKey[] | Refusal {
  const lines = note.text.split('\n').filter((line) => line.includes('+'))
  const keys: VerifierKey[] = []
  for (const line of lines) {
    const key = readVerifierKey(line)
    if (isRefusal(key)) return key
    keys.push(key)
  }
  return keys
}

function broken(at: number, why: string): Refusal<'key_chain_broken'> {
  return refuse('key_chain_broken', {
    message: `Key ${at + 1} of the checkpoints ${why}.`,
    fix: 'Compare the keys with those printed or kept elsewhere; trust only checkpoints signed by a key known from there.',
    details: { key: at + 1 },
  })
}
