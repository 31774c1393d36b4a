import { setImmediate as endOfTurn } from 'node:timers/promises'
import { assert } from '@lotline/core/base/assert'
import type { CivilDate, Instant } from '@lotline/core/base/instant'
import { PostgresView } from '../database/table-store.ts'
import type { Transaction } from '../database/transaction.ts'
import { type Answer, type Answered, findAnswers, replayOf, storeAttempts } from './answers.ts'
import type { Capture, Committed, Outcome, Rules, Together } from './capture.ts'
import { type Known, LedgerBook } from './ledger-book.ts'
import { lockHead } from './ledger-head.ts'
import { settleStretches, type Settled } from './settle.ts'

/** What a batch answers to each of its captures, in order: an outcome, or the fault that our own code had with it. */
export type BatchAnswer = Outcome | { readonly outcome: 'fault'; readonly error: unknown }

export interface BatchResult {
  readonly answers: readonly BatchAnswer[]
  readonly committed: Committed
  /** What the next batch may build on, once this one is committed. */
  readonly known: Known | undefined
}

export interface BatchPlan<Command> {
  readonly rules: Rules<Command>
  readonly orgCode: string
  readonly together: Together
  /** What the batch before this one left. It must not be used again if this one fails. */
  readonly known?: Known
  readonly pastRowsMax?: number
  dateOf(instant: Instant): CivilDate
}

/**
 * Records captures within a transaction: lock the head, find the answers of keys used before, decide and fold the rest in
 * order, and write events, rows and answers set-based, stretch by stretch: while the database writes one, the next is decided.
 * Nothing is written for an all-or-nothing call that is refused, but the attempt.
 */
export async function recordBatch<Command>(
  unsized: Transaction,
  captures: readonly Capture<Command>[],
  plan: BatchPlan<Command>,
): Promise<BatchResult> {
  // Sent together; the third begins after the lock is held, and so sees what the batch before it stored.
  const planning = unsized.query(plannerSettings)
  const locking = lockHead(unsized)
  const finding = findAnswers(unsized, unique(captures.map((capture) => capture.key)))
  const [, head, answered] = await Promise.all([planning, locking, finding])
  const first = firstOfEachKey(captures, answered)
  const fresh = captures.filter((capture, at) => first.get(capture.key) === at)
  const isLevel = head.version === (await plan.known?.version)
  const view = isLevel ? plan.known?.view : undefined
  const book = new LedgerBook(
    unsized,
    head,
    plan.orgCode,
    view ?? new PostgresView('guessing', plan.pastRowsMax),
  )
  const { tx } = book
  if (plan.together === 'all') book.begin()
  const settled = await settleAndWrite(book, fresh, plan)
  const byKey = new Map<string, Settled>()
  fresh.forEach((capture, at) => {
    const each = settled[at]
    if (each) byKey.set(capture.key, each)
  })
  const answers = captures.map((capture, at) => answerOf(at, captures, { answered, settled: byKey, first }))
  const allRefused = plan.together === 'all' && answers.some((answer) => answer.outcome !== 'accepted')
  if (allRefused) await book.takeBack()
  const known = allRefused ? undefined : book.finish()
  tx.leave(storeAttempts(tx, refusedOf(captures, answers), head.now))
  return {
    answers: allRefused ? answers.map(withheld) : answers,
    committed: committedOf(tx.org, head.next, allRefused ? [] : settled),
    known,
  }
}

/** Decides the captures, and hands each stretch to the book as soon as it is settled. */
async function settleAndWrite<Command>(
  book: LedgerBook,
  fresh: readonly Capture<Command>[],
  plan: BatchPlan<Command>,
): Promise<readonly Settled[]> {
  const { view, tx, head } = book
  const { rules, dateOf } = plan
  const settled: Settled[] = []
  const to = { rules, view, reader: tx, position: head.next, recordedAt: head.now, dateOf }
  try {
    for await (const stretch of settleStretches(to, fresh)) {
      const of = fresh.slice(settled.length, settled.length + stretch.length)
      settled.push(...stretch)
      book.write(eventsOf(stretch), answeredOf(of, stretch))
      // What a turn writes is sent at its end: the database shall have this stretch while the next is decided.
      if (settled.length < fresh.length) await endOfTurn()
    }
  } catch (error) {
    // What the database refused of an earlier stretch says more than that its transaction is over.
    await book.settled()
    throw error
  }
  return settled
}

/**
 * Loads go by index, never by scanning: on a young table the planner's statistics say nothing yet. Plans are kept instead of
 * being made anew for each batch.
 */
const plannerSettings = `set local enable_seqscan = off; set local enable_bitmapscan = off;
  set local enable_hashjoin = off; set local enable_mergejoin = off; set local enable_material = off;
  set local plan_cache_mode = force_generic_plan`

/** Where each key that has no answer yet comes first. Later captures of the same key are its twins. */
function firstOfEachKey(
  captures: readonly Capture<unknown>[],
  known: ReadonlyMap<string, Answer>,
): ReadonlyMap<string, number> {
  const first = new Map<string, number>()
  captures.forEach(({ key }, at) => {
    if (!known.has(key) && !first.has(key)) first.set(key, at)
  })
  return first
}

function answerOf(
  at: number,
  captures: readonly Capture<unknown>[],
  by: {
    answered: ReadonlyMap<string, Answer>
    settled: ReadonlyMap<string, Settled>
    first: ReadonlyMap<string, number>
  },
): BatchAnswer {
  const capture = captures[at]
  assert(capture, 'asked for a capture of the batch')
  const stored = by.answered.get(capture.key)
  if (stored) return replayOf(stored, capture)
  const settled = by.settled.get(capture.key)
  assert(settled, 'every key was settled')
  const answer = freshAnswer(settled)
  const original = by.first.get(capture.key) ?? at
  if (original === at || answer.outcome === 'fault') return answer
  return replayOf({ print: captures[original]?.print ?? '', outcome: { ...answer, replay: true } }, capture)
}

function freshAnswer(settled: Settled): Exclude<BatchAnswer, { outcome: 'withheld' }> {
  switch (settled.kind) {
    case 'accepted':
      return { outcome: 'accepted', replay: false, event: settled.event }
    case 'refused':
      return { outcome: 'refused', replay: false, refusal: settled.refusal }
    case 'fault':
      return { outcome: 'fault', error: settled.error }
  }
}

/** In a call that is refused as a whole, what had nothing against it is withheld. Answers of earlier calls stand. */
function withheld(answer: BatchAnswer): BatchAnswer {
  return answer.outcome === 'accepted' && !answer.replay ? { outcome: 'withheld' } : answer
}

function eventsOf(settled: readonly Settled[]) {
  return settled.flatMap((each) => (each.kind === 'accepted' ? [each.event] : []))
}

function answeredOf(captures: readonly Capture<unknown>[], settled: readonly Settled[]): Answered[] {
  return captures.flatMap((capture, at): Answered[] => {
    const each = settled[at]
    if (each?.kind === 'accepted') return [{ capture, event: each.event, refusal: undefined }]
    if (each?.kind === 'refused') return [{ capture, event: undefined, refusal: each.refusal }]
    return []
  })
}

function refusedOf(captures: readonly Capture<unknown>[], answers: readonly BatchAnswer[]) {
  return captures.flatMap((capture, at) => {
    const answer = answers[at]
    return answer?.outcome === 'refused' && !answer.replay ? [{ capture, refusal: answer.refusal }] : []
  })
}

function committedOf(org: number, from: number, settled: readonly Settled[]): Committed {
  const accepted = settled.flatMap((each) => (each.kind === 'accepted' ? [each] : []))
  return {
    org,
    from,
    events: accepted.map((each) => each.event),
    changes: accepted.map((each) => each.change),
  }
}

function unique(keys: readonly string[]): readonly string[] {
  return [...new Set(keys)]
}
