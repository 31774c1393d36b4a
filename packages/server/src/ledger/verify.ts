import type pg from 'pg'
import { MemoryView } from '@lotline/core/base/memory-view'
import type { RecordedEvent } from '@lotline/core/ledger/effects'
import { envelopeBytes, GENESIS, leafHash, readEnvelope } from '@lotline/core/ledger/envelope'
import { missingGuards } from '../database/guards.ts'
import { listOrganisations, type Organisation } from '../database/organisation.ts'
import { type Reader, reading } from '../database/transaction.ts'
import { compareTables } from './compare.ts'
import type { Rules } from './capture.ts'
import { readHead } from './ledger-head.ts'
import { everyStoredEvent, type StoredEvent } from './stored-events.ts'

/** What is wrong, where, in one word for programs and one sentence for people. */
export interface IntegrityFault {
  readonly kind:
    | 'guard_missing'
    | 'position_gap'
    | 'chain_broken'
    | 'bytes_changed'
    | 'bytes_missing'
    | 'not_canonical'
    | 'envelope_wrong'
    | 'head_wrong'
    | 'replay_failed'
    | 'row_missing'
    | 'row_extra'
    | 'row_changed'
    | 'answer_wrong'
  /** Position in the ledger, where it has one. */
  readonly position: number | null
  readonly table: string | null
  readonly message: string
}

export interface LedgerReport {
  readonly organisation: string
  readonly events: number
  /** Leaf hash of the last event, to compare with one noted elsewhere. */
  readonly leaf: string
  /** The first faults, in order of finding; `faultCount` counts all. */
  readonly faults: readonly IntegrityFault[]
  readonly faultCount: number
}

export interface VerifyReport {
  readonly whole: boolean
  readonly guards: readonly IntegrityFault[]
  readonly ledgers: readonly LedgerReport[]
}

const faultsShownMax = 100

/**
 * Checks every ledger of a database: guards, gaps, chain, hashes, canonical form, answers of keys, and every table against a
 * replay of the events. Reads one snapshot per ledger and changes nothing; `pool` should connect as `lotline_verify`.
 * Throws when it could not check; what it found wrong is in the report.
 */
export async function verify(pool: pg.Pool, rules: Pick<Rules<never>, 'apply'>): Promise<VerifyReport> {
  const guards = (await missingGuards(pool)).map((message) => fault('guard_missing', null, `${message}.`))
  const ledgers: LedgerReport[] = []
  for (const organisation of await organisationsOf(pool)) {
    ledgers.push(await reading(pool, organisation.org, (reader) => verifyLedger(reader, organisation, rules)))
  }
  return {
    whole: guards.length === 0 && ledgers.every(({ faultCount }) => faultCount === 0),
    guards,
    ledgers,
  }
}

/** Only those that have a ledger: one whose maker was killed half way has nothing to check yet. */
async function organisationsOf(pool: pg.Pool): Promise<readonly Organisation[]> {
  const found: Organisation[] = []
  for (const organisation of await listOrganisations(pool)) {
    const [row] = await reading(pool, organisation.org, (reader) =>
      reader.query('select 1 from ledger_head where org_id = $1', [organisation.org]),
    )
    if (row) found.push(organisation)
  }
  return found
}

async function verifyLedger(
  reader: Reader,
  organisation: Organisation,
  rules: Pick<Rules<never>, 'apply'>,
): Promise<LedgerReport> {
  const faults: IntegrityFault[] = []
  let faultCount = 0
  const found = (each: IntegrityFault): void => {
    faultCount++
    if (faults.length < faultsShownMax) faults.push(each)
  }
  const walked = await walk(reader, organisation.code, rules, found)
  const head = await readHead(reader)
  if (head.next !== walked.next || head.leaf !== walked.leaf) {
    found(fault('head_wrong', head.next, `The head says ${head.next}, the chain ends before ${walked.next}.`))
  }
  await checkAnswers(reader, found)
  if (walked.view) {
    await compareTables(reader, walked.view, ({ table, key, kind }) => {
      const words = {
        missing: 'is missing',
        extra: 'comes from no event',
        changed: 'is not what the events say',
      }
      found({ ...fault(`row_${kind}`, null, `${table} ${key} ${words[kind]}.`), table })
    })
  }
  return { organisation: organisation.code, events: walked.next, leaf: walked.leaf, faults, faultCount }
}

interface Walked {
  readonly next: number
  readonly leaf: string
  /** The replayed tables; undefined when the events could not be replayed. */
  readonly view: MemoryView | undefined
}

/** Goes through the ledger once: chain and hashes of each event, and its fold. */
async function walk(
  reader: Reader,
  code: string,
  rules: Pick<Rules<never>, 'apply'>,
  found: (fault: IntegrityFault) => void,
): Promise<Walked> {
  let next = 0
  let leaf = GENESIS
  let view: MemoryView | undefined = new MemoryView()
  await everyStoredEvent(reader, (stored) => {
    for (const each of faultsOf(stored, { position: next, leaf, code })) found(each)
    if (view && !folded(view, stored, rules, found)) view = undefined
    next = stored.position + 1
    leaf = stored.leaf
    return true
  })
  return { next, leaf, view }
}

function faultsOf(
  stored: StoredEvent,
  expected: { position: number; leaf: string; code: string },
): IntegrityFault[] {
  const { position, text } = stored
  const faults: IntegrityFault[] = []
  if (position !== expected.position) {
    faults.push(
      fault(
        'position_gap',
        expected.position,
        `Positions ${expected.position} to ${position - 1} are missing.`,
      ),
    )
  } else if (stored.prev !== expected.leaf) {
    faults.push(fault('chain_broken', position, `Position ${position} does not name the leaf before it.`))
  }
  if (text === null)
    return [...faults, fault('bytes_missing', position, `The content of position ${position} is missing.`)]
  if (leafHash(new TextEncoder().encode(text)) !== stored.leaf) {
    faults.push(
      fault('bytes_changed', position, `The content of position ${position} is not what was hashed.`),
    )
  }
  return faults.concat(envelopeFaults(stored, text, expected.code))
}

function envelopeFaults(stored: StoredEvent, text: string, code: string): IntegrityFault[] {
  const { position } = stored
  try {
    const { event, sealing } = readEnvelope(text)
    if (new TextDecoder().decode(envelopeBytes(event, sealing)) !== text) {
      return [
        fault('not_canonical', position, `The content of position ${position} is not in canonical form.`),
      ]
    }
    if (event.position !== position || sealing.prev !== stored.prev || sealing.org !== code) {
      return [
        fault('envelope_wrong', position, `The content of position ${position} says it belongs elsewhere.`),
      ]
    }
    return []
  } catch {
    return [fault('not_canonical', position, `The content of position ${position} is not an event.`)]
  }
}

function folded(
  view: MemoryView,
  stored: StoredEvent,
  rules: Pick<Rules<never>, 'apply'>,
  found: (fault: IntegrityFault) => void,
): boolean {
  if (stored.text === null) return false
  try {
    rules.apply(view, readEnvelope(stored.text).event as RecordedEvent)
    return true
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    found(fault('replay_failed', stored.position, `Position ${stored.position} cannot be replayed: ${said}.`))
    return false
  }
}

/** Every event has the answer of its key, and every accepted answer its event. */
async function checkAnswers(reader: Reader, found: (fault: IntegrityFault) => void): Promise<void> {
  const rows = await reader.query<{ position: string }>(
    `select coalesce(l.position, k.first_position) as position
       from (select position from ledger_leaf where org_id = $1) l
       full join (select first_position from capture_key where org_id = $1 and first_position is not null) k
         on k.first_position = l.position
      where l.position is null or k.first_position is null
      order by 1`,
    [reader.org],
  )
  for (const { position } of rows) {
    found(
      fault('answer_wrong', Number(position), `Position ${position} and the answer of its key do not agree.`),
    )
  }
}

function fault(kind: IntegrityFault['kind'], position: number | null, message: string): IntegrityFault {
  return { kind, position, table: null, message }
}
