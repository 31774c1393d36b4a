import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { assert } from '@lotline/core/base/assert'
import type { CivilDate, Instant } from '@lotline/core/base/instant'
import type { Organisation } from '../database/organisation.ts'
import { CommitUnknown, inTransaction } from '../database/transaction.ts'
import { type BatchAnswer, type BatchResult, recordBatch } from './batch.ts'
import type { Known } from './ledger-book.ts'
import {
  type Capture,
  type Committed,
  type Outcome,
  LedgerBusy,
  OutcomeUnknown,
  type Rules,
  type Together,
} from './capture.ts'

export interface WriterOptions<Command> {
  readonly pool: pg.Pool
  readonly organisation: Organisation
  readonly rules: Rules<Command>
  /** How many rows of the past are kept in memory for the captures to come; some twenty thousand unless given. */
  readonly pastRowsMax?: number
  /** Civil date of an instant at the organisation's site. */
  dateOf(instant: Instant): CivilDate
  /** Called after each commit, in order of position, before the captures are answered. */
  readonly committed?: (what: Committed) => void
}

interface Waiting<Command> {
  readonly capture: Capture<Command>
  readonly job: Job
  readonly at: number
}

/** One call of `record`: answered as a whole when the last of its captures is. */
interface Job {
  readonly together: Together
  readonly outcomes: Outcome[]
  open: number
  readonly done: () => void
  readonly failed: (error: unknown) => void
}

/** All-or-nothing calls hold at most so many captures. */
export const capturesPerCallMax = 10_000
/** Captures of different calls that share a commit. */
const capturesPerCommit = 1_000
/** How long a lost database is tried again before a caller is told. */
const patienceMs = 15_000

/**
 * The one way into an organisation's ledger. Calls that wait while a batch is being written share the next commit, so the
 * cost of a commit is divided among them; one batch at a time, in order of arrival.
 */
export class Writer<Command> {
  readonly #options: WriterOptions<Command>
  readonly #queue: Waiting<Command>[] = []
  #running: Promise<void> | undefined
  #known: Known | undefined

  constructor(options: WriterOptions<Command>) {
    this.#options = options
  }

  /**
   * Records captures, `each` by itself or `all` or none, and resolves when they are durable. Refusals are outcomes; a fault of
   * our own code rejects, as does `OutcomeUnknown` when the database was lost in mid-commit and did not come back in time.
   */
  record(captures: readonly Capture<Command>[], together: Together): Promise<readonly Outcome[]> {
    assert(captures.length <= capturesPerCallMax, 'the edge bounds a call')
    if (captures.length === 0) return Promise.resolve([])
    return new Promise((resolve, reject) => {
      const outcomes: Outcome[] = []
      const job: Job = {
        together,
        outcomes,
        open: captures.length,
        done: () => resolve(outcomes),
        failed: reject,
      }
      captures.forEach((capture, at) => this.#queue.push({ capture, job, at }))
      this.#running ??= this.#run()
    })
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    await this.#running
  }

  async #run(): Promise<void> {
    // Whatever else arrives in this turn of the event loop shares the first commit.
    await new Promise((resolve) => setImmediate(resolve))
    while (this.#queue.length > 0) {
      const batch = this.#queue.splice(0, batchLength(this.#queue))
      await this.#settleBatch(batch)
    }
    this.#running = undefined
  }

  async #settleBatch(batch: readonly Waiting<Command>[]): Promise<void> {
    const together = batch[0]?.job.together ?? 'each'
    try {
      const result = await this.#persist(batch, together)
      if (result.committed.events.length > 0) this.#options.committed?.(result.committed)
      batch.forEach((waiting, at) => answer(waiting, result.answers[at]))
    } catch (error) {
      if (batch.length === 1 || together === 'all' || !isOfOneRow(error)) {
        for (const { job } of batch) job.failed(error)
        return
      }
      // The database itself refused something: found out by doing them one by one, so that the others are recorded.
      for (const waiting of batch) await this.#settleBatch([waiting])
    }
  }

  /**
   * One batch, whatever happens to the connection. Running it again is harmless: it begins by locking the head (which waits for
   * a commit that is still under way) and looking up the keys, so what did get stored is answered and not stored twice.
   */
  async #persist(batch: readonly Waiting<Command>[], together: Together): Promise<BatchResult> {
    const { pool, organisation, rules, dateOf, pastRowsMax } = this.#options
    const captures = batch.map(({ capture }) => capture)
    const kept = pastRowsMax === undefined ? {} : { pastRowsMax }
    const plan = { rules, orgCode: organisation.code, together, dateOf, ...kept }
    const until = performance.now() + patienceMs
    let unknown = false
    for (;;) {
      try {
        const result = await inTransaction(pool, organisation.org, (tx) => {
          // Taken by the first try: a batch that fails leaves nothing to build on.
          const known = this.#known
          this.#known = undefined
          return recordBatch(tx, captures, { ...plan, ...(known && { known }) })
        })
        this.#known = result.known
        return unknown ? { ...result, answers: result.answers.map(firstAnswer) } : result
      } catch (error) {
        unknown ||= error instanceof CommitUnknown
        if (isLockTimeout(error)) throw new LedgerBusy(busyWords, { cause: error })
        if (!isLost(error) && !(error instanceof CommitUnknown)) throw error
        if (performance.now() > until) throw unknown ? outcomeUnknown(error) : error
        await pause(100)
      }
    }
  }
}

/** An all-or-nothing call goes alone; the others share a commit up to the next such call. */
function batchLength(queue: readonly Waiting<unknown>[]): number {
  const first = queue[0]
  if (first?.job.together === 'all') return first.job.open
  const stop = queue.findIndex(({ job }) => job.together === 'all')
  return Math.min(stop === -1 ? queue.length : stop, capturesPerCommit)
}

function answer(waiting: Waiting<unknown>, given: BatchAnswer | undefined): void {
  const { job, at } = waiting
  assert(given, 'every capture of a batch is answered')
  if (given.outcome === 'fault') {
    job.failed(given.error)
    return
  }
  job.outcomes[at] = given
  job.open--
  if (job.open === 0) job.done()
}

/** After a lost commit the stored answer is the first one the caller gets: not a replay to them. */
function firstAnswer(answer: BatchAnswer): BatchAnswer {
  return answer.outcome === 'accepted' || answer.outcome === 'refused' ? { ...answer, replay: false } : answer
}

function outcomeUnknown(cause: unknown): OutcomeUnknown {
  return new OutcomeUnknown(
    'The database was lost while it stored this. Send the same again with the same key to learn what became of it.',
    { cause },
  )
}

/** The database refused a value or a row (classes 22, 23): one capture's fault, not the batch's. */
function isOfOneRow(error: unknown): boolean {
  return error instanceof pg.DatabaseError && /^2[23]/.test(error.code ?? '')
}

const lostCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  '57P01',
  '57P02',
  '57P03',
  '08006',
])

const busyWords =
  'The ledger is taken by a long piece of work. Send the same again with the same key in a moment.'

function isLockTimeout(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === '55P03'
}

/** Whether the connection was lost, or the server is going down or coming up. */
function isLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if ('code' in error && lostCodes.has(String(error.code))) return true
  return /Connection terminated|timeout exceeded when trying to connect|not queryable/.test(error.message)
}
