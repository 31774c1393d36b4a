import { createHash } from 'node:crypto'
import type { Command } from '@lotline/core/catalogue'
import type { Json } from '@lotline/core/identity/rows'
import { canonicalJson } from '@lotline/core/ledger/canonical'

/** A command without the head that the import adds; its fields are those of its verb. */
export type BareCommand = Command extends infer Each
  ? Each extends Command
    ? Omit<Each, 'key' | 'historical' | 'source'>
    : never
  : never

/** One record of a file: what it is called where it comes from, and the commands that say the same to the ledger. */
export interface ImportRecord {
  /** Where it stands in the file, for people: `line 12`. */
  readonly place: string
  /** Identity in its source; never made of file, job or line. */
  readonly id: string
  readonly system: string
  readonly sequence?: number
  /** The record as it was given; kept unchanged on the first of its events. */
  readonly content?: Json
  readonly commands: readonly BareCommand[]
  /** Refusals with these codes say that it is on record already; they count as known. */
  readonly settledBy?: readonly string[]
  /** The source itself takes the record back: its events are voided once they are recorded. */
  readonly takenBack?: { readonly reason: string; readonly happenedAt: string }
}

/** Leaves room for what is put behind a key: number of the command, of the try, the correction. */
const keyLengthMax = 180

/**
 * The idempotency key of one command of a record: source system, identity, and which of its commands. Long identities are
 * hashed, so that any URI fits.
 */
export function recordKey(record: Pick<ImportRecord, 'system' | 'id'>, index: number): string {
  const plain = `${record.system}:${record.id}${index === 0 ? '' : `#${index}`}`
  if (plain.length <= keyLengthMax && plain.length >= 8) return plain
  const hash = createHash('sha256').update(`${record.system}\u0000${record.id}`).digest('hex')
  return `${record.system.slice(0, 40)}:sha256-${hash}${index === 0 ? '' : `#${index}`}`
}

/** The commands of a record with head, key and source, as they are captured. */
export function commandsOf(record: ImportRecord): readonly Command[] {
  return record.commands.map((bare, index) => {
    const source = {
      system: record.system,
      id: record.id.length <= keyLengthMax ? record.id : `sha256-${contentHash(record.id)}`,
      ...(record.sequence === undefined ? {} : { sequence: record.sequence }),
      ...(record.content === undefined || index > 0 ? {} : { content: record.content }),
    }
    return { ...bare, key: recordKey(record, index), historical: true, source } as Command
  })
}

/** A party, place or item may have been set up before, by somebody else or in other words: that is as good. */
const definedAlready = ['already_defined', 'uri_taken', 'key_reused']

/** What must be there before the facts, as a record whose identity is the thing it sets up. */
export function definitionRecord(system: string, command: BareCommand & { verb: 'define' }): ImportRecord {
  const id = `define:${command.thing}:${command.code ?? `${command.item ?? ''} ${command.version ?? ''}`}`
  return { place: id, id, system, commands: [command], settledBy: definedAlready }
}

/** SHA-256 of a record's canonical form, in hex. */
export function contentHash(content: Json): string {
  return createHash('sha256').update(canonicalJson(content)).digest('hex')
}

/**
 * Gives records without an identity of their own one: the hash of their content, and for equal ones which it is. Equal rows
 * are counted, so a file that is imported again, whole or in part, names the same records again.
 */
export class ContentIdentities {
  readonly #seen = new Map<string, number>()

  of(content: Json): string {
    const hash = contentHash(content)
    const ordinal = (this.#seen.get(hash) ?? 0) + 1
    this.#seen.set(hash, ordinal)
    return ordinal === 1 ? `sha256-${hash}` : `sha256-${hash}-${ordinal}`
  }
}
