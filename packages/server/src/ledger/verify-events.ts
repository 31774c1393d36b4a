import { createHash } from 'node:crypto'
import type { RecordedEvent } from '@lotline/core/ledger/effects'
import { envelopeText, GENESIS, readEnvelope } from '@lotline/core/ledger/envelope'
import type { Reader } from '../database/transaction.ts'
import type { SealCheck } from '../sealing/verify-seals.ts'
import type { Rules } from './capture.ts'
import { fault, type Found } from '../sealing/integrity-fault.ts'
import type { SpilledView } from './spilled-view.ts'
import { everyStoredEvent, type StoredEvent } from './stored-events.ts'

export interface EventCheck {
  /** Code of the organisation the events must name. */
  readonly code: string
  readonly rules: Pick<Rules<never>, 'apply'>
  readonly seals: SealCheck
  /** Where the events are folded; empty as yet. */
  readonly tables: SpilledView
  readonly found: Found
  /** Entries below were checked when they were sealed: only their leaves are read, and nothing is replayed. */
  readonly since: number
}

export interface Walked {
  readonly next: number
  readonly leaf: string
  /** The replayed tables; undefined when the events were not or could not be replayed. */
  readonly view: SpilledView | undefined
}

/** Goes through the ledger once: chain, hash and canonical form of each event, the tree over them, and their fold. */
export async function checkEvents(reader: Reader, check: EventCheck): Promise<Walked> {
  const { found, seals, since } = check
  let { next, leaf } = since > 0 ? await checkLeaves(reader, check) : { next: 0, leaf: GENESIS }
  let view = since > 0 ? undefined : check.tables
  await everyStoredEvent(
    reader,
    (stored) => {
      checkPlace(stored, { next, leaf }, found)
      const made = checkBytes(stored, check)
      if (view && !(made.event && folded(view, made.event, check))) view = undefined
      seals.leaf(made.leaf)
      next = stored.position + 1
      leaf = stored.leaf
      return true
    },
    since - 1,
  )
  return { next, leaf, view }
}

/** The leaves of entries that are taken as checked: the tree over them must still have the root that was signed. */
async function checkLeaves(reader: Reader, { since, seals, found }: EventCheck) {
  let next = 0
  let leaf = GENESIS
  while (next < since) {
    const rows = await reader.raw(
      'leaves to check',
      `select position, encode(prev, 'hex'), encode(leaf, 'hex') from ledger_leaf
        where org_id = $1 and position >= $2 and position < $3 order by position limit 10000`,
      [reader.org, next, since],
    )
    for (const [position, prev, own] of rows) {
      checkPlace({ position: Number(position), prev: prev ?? '' }, { next, leaf }, found)
      leaf = own ?? ''
      next = Number(position) + 1
      seals.leaf(Buffer.from(leaf, 'hex'))
    }
    if (rows.length === 0) break
  }
  return { next, leaf }
}

function checkPlace(
  { position, prev }: Pick<StoredEvent, 'position' | 'prev'>,
  expected: { readonly next: number; readonly leaf: string },
  found: Found,
): void {
  if (position !== expected.next) {
    const missing = `Positions ${expected.next} to ${position - 1} are missing.`
    found(fault('position_gap', expected.next, missing))
  } else if (prev !== expected.leaf) {
    found(fault('chain_broken', position, `Position ${position} does not name the leaf before it.`))
  }
}

/** Checks one event by itself. Its leaf is that of its bytes, so that a changed leaf cannot hide in the tree. */
function checkBytes(
  stored: StoredEvent,
  { code, found }: EventCheck,
): { readonly leaf: Uint8Array; readonly event: RecordedEvent | undefined } {
  const { position, text } = stored
  if (text === null) {
    found(fault('bytes_missing', position, `The content of position ${position} is missing.`))
    return { leaf: Buffer.from(stored.leaf, 'hex'), event: undefined }
  }
  const leaf = createHash('sha256').update(leafPrefix).update(text).digest()
  if (leaf.toString('hex') !== stored.leaf) {
    found(fault('bytes_changed', position, `The content of position ${position} is not what was hashed.`))
  }
  return { leaf, event: readEvent(stored, text, code, found) }
}

const leafPrefix = Uint8Array.of(0)

function readEvent(stored: StoredEvent, text: string, code: string, found: Found): RecordedEvent | undefined {
  const { position } = stored
  try {
    const { event, sealing } = readEnvelope(text)
    if (envelopeText(event, sealing) !== text) {
      found(fault('not_canonical', position, `The content of position ${position} is not in canonical form.`))
    } else if (event.position !== position || sealing.prev !== stored.prev || sealing.org !== code) {
      found(
        fault('envelope_wrong', position, `The content of position ${position} says it belongs elsewhere.`),
      )
    }
    return event as RecordedEvent
  } catch {
    found(fault('not_canonical', position, `The content of position ${position} is not an event.`))
    return undefined
  }
}

function folded(view: SpilledView, event: RecordedEvent, { rules, found }: EventCheck): boolean {
  try {
    rules.apply(view, event)
    return true
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    const { position } = event
    found(fault('replay_failed', position, `Position ${position} cannot be replayed: ${said}.`))
    return false
  }
}
