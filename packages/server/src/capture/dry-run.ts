import type pg from 'pg'
import type { CivilDate, Instant } from '@lotline/core/base/instant'
import { apply, type Command, decide } from '@lotline/core/catalogue'
import { capturesOf, type Sender } from './intake.ts'
import type { Organisation } from '../database/organisation.ts'
import { PostgresView } from '../database/table-store.ts'
import { reading } from '../database/transaction.ts'
import { type Answer, findAnswers, replayOf } from '../ledger/answers.ts'
import type { Capture, Outcome } from '../ledger/capture.ts'
import { readHead } from '../ledger/ledger-head.ts'
import { settle } from '../ledger/settle.ts'

export interface DryRunPlan {
  readonly pool: pg.Pool
  readonly organisation: Organisation
  dateOf(instant: Instant): CivilDate
}

/**
 * A capture that records nothing: it reads the stored answers of known keys, and decides and folds all others on the tables as
 * they are, keeping what would be written in memory, so that each chunk is decided on what the ones before it did. The very
 * rules of a real capture, without its lock: the floor goes on meanwhile.
 */
export function dryRunCapture(
  plan: DryRunPlan,
  sender: Sender,
): (commands: readonly Command[]) => Promise<readonly Outcome[]> {
  const view = new PostgresView('guessing')
  const answered = new Map<string, Answer>()
  let decided = 0
  return (commands) => {
    const captures = capturesOf(commands, sender)
    return reading(plan.pool, plan.organisation.org, async (reader) => {
      const keys = [...new Set(captures.map(({ key }) => key))]
      for (const [key, answer] of await findAnswers(reader, keys))
        if (!answered.has(key)) answered.set(key, answer)
      const known = new Set(answered.keys())
      const fresh = firstOfEach(captures.filter(({ key }) => !known.has(key)))
      const head = await readHead(reader)
      const settled = await settle(
        {
          rules: { decide, apply },
          view,
          reader,
          position: head.next + decided,
          recordedAt: head.now,
          dateOf: plan.dateOf,
        },
        fresh,
      )
      decided += settled.filter(({ kind }) => kind === 'accepted').length
      settled.forEach((each, at) => {
        const capture = fresh[at]
        if (capture) answered.set(capture.key, answerOf(each, capture))
      })
      return captures.map((capture) => outcomeOf(capture, answered, known))
    })
  }
}

function firstOfEach(captures: readonly Capture<Command>[]): readonly Capture<Command>[] {
  const first = new Map<string, Capture<Command>>()
  for (const capture of captures) if (!first.has(capture.key)) first.set(capture.key, capture)
  return [...first.values()]
}

function answerOf(settled: Awaited<ReturnType<typeof settle>>[number], { print }: Capture<Command>): Answer {
  if (settled.kind === 'fault') throw settled.error
  return settled.kind === 'accepted'
    ? { print, outcome: { outcome: 'accepted', replay: false, event: settled.event } }
    : { print, outcome: { outcome: 'refused', replay: false, refusal: settled.refusal } }
}

/** A key of this run was answered just now; one of an earlier run gets its answer again. */
function outcomeOf(
  capture: Capture<Command>,
  answered: ReadonlyMap<string, Answer>,
  known: ReadonlySet<string>,
): Outcome {
  const answer = answered.get(capture.key)
  if (!answer) throw new Error(`the key ${capture.key} was not decided`)
  if (!known.has(capture.key)) return answer.outcome
  return replayOf({ ...answer, outcome: { ...answer.outcome, replay: true } }, capture)
}
