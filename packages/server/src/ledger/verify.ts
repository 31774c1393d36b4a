import type pg from 'pg'
import { missingGuards } from '../database/guards.ts'
import { listOrganisations, type Organisation } from '../database/organisation.ts'
import { type Reader, reading } from '../database/transaction.ts'
import { fault, type Found, type IntegrityFault } from '../sealing/integrity-fault.ts'
import { keptSeals, type KeptSeals, missingLedgers, startSealCheck } from '../sealing/verify-seals.ts'
import { compareTables } from './compare.ts'
import type { Rules } from './capture.ts'
import { readHead } from './ledger-head.ts'
import { PageFile } from './page-file.ts'
import { SpilledView } from './spilled-view.ts'
import { checkDocuments } from './verify-documents.ts'
import { checkEvents } from './verify-events.ts'

export interface LedgerReport {
  readonly organisation: string
  readonly events: number
  /** Leaf hash of the last event, to compare with one noted elsewhere. */
  readonly leaf: string
  /** Signed checkpoints it was compared with. */
  readonly checkpoints: number
  /** Files that events name and that were read; null where they are not at hand. */
  readonly documents: number | null
  /** Whether every table was compared with a replay of the events. Not with `since`. */
  readonly tablesCompared: boolean
  /** The first faults, in order of finding; `faultCount` counts all. */
  readonly faults: readonly IntegrityFault[]
  readonly faultCount: number
}

export interface VerifyReport {
  readonly whole: boolean
  readonly guards: readonly IntegrityFault[]
  /** Ledgers that were signed and are not there. */
  readonly missing: readonly IntegrityFault[]
  readonly ledgers: readonly LedgerReport[]
}

export interface VerifyOptions {
  /** Data folder: checkpoint files and attached files. */
  readonly folder?: string | undefined
  /** Signed checkpoints kept elsewhere. */
  readonly given?: readonly string[]
  /** Events before this position are taken as checked; their leaves must still give the root that was signed. */
  readonly since?: number
  /** Rows and group members of the replay that are held in memory; the rest lies in a file meanwhile. */
  readonly entriesMax?: number
}

interface VerifyPlan extends VerifyOptions {
  readonly kept: KeptSeals
  readonly tables: SpilledView
}

const faultsShownMax = 100

/**
 * Checks every ledger of a database: guards, gaps, chain, hashes, canonical form, everything that was signed, attached files,
 * answers of keys, and every table against a replay of the events. Reads one snapshot per ledger and changes nothing; `pool`
 * should connect as `lotline_verify`. Throws when it could not check; what it found wrong is in the report.
 */
export async function verify(
  pool: pg.Pool,
  rules: Pick<Rules<never>, 'apply'>,
  options: VerifyOptions = {},
): Promise<VerifyReport> {
  const guards = (await missingGuards(pool)).map((message) => fault('guard_missing', null, `${message}.`))
  const organisations = await organisationsOf(pool)
  const kept = await keptSeals(options.folder)
  const paths = organisations.map(({ code }) => code)
  const missing = missingLedgers(kept, options.given ?? [], paths)
  const ledgers: LedgerReport[] = []
  for (const organisation of organisations) {
    ledgers.push(
      await reading(pool, organisation.org, async (reader) => {
        await reader.query('set local statement_timeout = 0')
        const pages = new PageFile(options.folder)
        try {
          const tables = new SpilledView(pages, options.entriesMax)
          return await verifyLedger(reader, organisation, rules, { ...options, kept, tables })
        } finally {
          pages.close()
        }
      }),
    )
  }
  const isWhole = guards.length + missing.length === 0 && ledgers.every(({ faultCount }) => faultCount === 0)
  return { whole: isWhole, guards, missing, ledgers }
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
  { code }: Organisation,
  rules: Pick<Rules<never>, 'apply'>,
  { folder, kept, tables, given = [], since = 0 }: VerifyPlan,
): Promise<LedgerReport> {
  const faults: IntegrityFault[] = []
  let faultCount = 0
  const found: Found = (each) => {
    faultCount++
    if (faults.length < faultsShownMax) faults.push(each)
  }
  const seals = await startSealCheck({ reader, kind: 'facts', path: code, kept, given, found })
  const walked = await checkEvents(reader, { code, rules, seals, tables, found, since })
  const head = await readHead(reader)
  if (head.next !== walked.next || head.leaf !== walked.leaf) {
    found(fault('head_wrong', head.next, `The head says ${head.next}, the chain ends before ${walked.next}.`))
  }
  const { checkpoints } = await seals.finish()
  await checkAnswers(reader, found)
  const documents = folder === undefined ? null : await checkDocuments(reader, folder, found)
  if (walked.view) {
    await compareTables(reader, walked.view, ({ table, key, kind }) => {
      found(fault(`row_${kind}`, null, `${table} ${key} ${differenceWords[kind]}.`, table))
    })
  }
  const tablesCompared = walked.view !== undefined
  return {
    organisation: code,
    events: walked.next,
    leaf: walked.leaf,
    checkpoints,
    documents,
    tablesCompared,
    faults,
    faultCount,
  }
}

const differenceWords = {
  missing: 'is missing',
  extra: 'comes from no event',
  changed: 'is not what the events say',
}

/** Every event has the answer of its key, and every accepted answer its event. */
async function checkAnswers(reader: Reader, found: Found): Promise<void> {
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
