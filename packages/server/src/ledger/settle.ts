import { randomBytes } from 'node:crypto'
import { assert } from '@lotline/core/base/assert'
import type { CivilDate, Instant } from '@lotline/core/base/instant'
import { isRefusal, type Refusal } from '@lotline/core/base/refusal'
import { NotLoaded } from '@lotline/core/base/view'
import type { GraphChange } from '@lotline/core/genealogy/engine'
import type { RecordedEvent } from '@lotline/core/ledger/effects'
import type { PostgresView } from '../database/table-store.ts'
import type { Reader } from '../database/transaction.ts'
import type { Capture, Rules } from './capture.ts'

/** What the rules said to one capture, before anything is written. */
export type Settled =
  | { readonly kind: 'accepted'; readonly event: RecordedEvent; readonly change: GraphChange }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** Our own code failed on it; it alone is answered with a fault. */
  | { readonly kind: 'fault'; readonly error: unknown }

export interface SettlePlan<Command> {
  readonly rules: Rules<Command>
  readonly view: PostgresView
  readonly reader: Reader
  /** Position of the first event. */
  readonly position: number
  readonly recordedAt: Instant
  dateOf(instant: Instant): CivilDate
}

/** How far the speculation runs ahead of the first capture that lacks rows: adapts between these. */
const aheadMin = 16
const aheadMax = 10_000

/**
 * Decides and folds captures in order, each on the state the ones before it left. A capture that lacks rows is undone, and
 * those behind it run on as a mere rehearsal, to find out what they will lack; then the rehearsal is undone, everything
 * missing is loaded at once, and the work goes on from the first that lacked. So independent captures cost a handful of round
 * trips together, and a chain of captures that each need the one before is still decided exactly in order.
 *
 * A refused or failed capture leaves no trace in the view.
 */
export async function settle<Command>(
  plan: SettlePlan<Command>,
  captures: readonly Capture<Command>[],
): Promise<readonly Settled[]> {
  const { view, reader } = plan
  const settled: Settled[] = []
  let position = plan.position
  let ahead = 1_000
  while (settled.length < captures.length) {
    const start = settled.length
    let rehearsal: { mark: number; until: number } | undefined
    for (let at = start; at < (rehearsal?.until ?? captures.length); at++) {
      const capture = captures[at]
      if (!capture) break
      const mark = view.mark()
      const result = attempt(plan, capture, position + (rehearsal ? at - settled.length : 0))
      if (result === undefined || result.kind !== 'accepted') view.rollback(mark)
      if (rehearsal) continue
      if (result === undefined) rehearsal = { mark, until: Math.min(captures.length, at + ahead) }
      else {
        settled.push(result)
        if (result.kind === 'accepted') position++
      }
    }
    if (!rehearsal) break
    view.rollback(rehearsal.mark)
    assert(view.lacks, 'a capture lacks rows, but none are missing')
    await view.load(reader)
    ahead = nextAhead(ahead, settled.length - start)
  }
  return settled
}

/** Little progress behind a long rehearsal means that the captures need each other's results: rehearse fewer of them. */
function nextAhead(ahead: number, progress: number): number {
  if (progress === 0) return ahead
  return progress < ahead / 8 ? Math.max(aheadMin, ahead >> 1) : Math.min(aheadMax, ahead * 2)
}

/** One capture on the view as it stands; undefined when rows must be loaded first. */
function attempt<Command>(
  plan: SettlePlan<Command>,
  capture: Capture<Command>,
  position: number,
): Settled | undefined {
  const { rules, view, recordedAt } = plan
  try {
    const draft = rules.decide(capture.command, {
      view,
      now: capture.receivedAt,
      key: capture.key,
      actor: capture.actor,
      sentBy: capture.sentBy,
      dateOf: plan.dateOf,
    })
    if (isRefusal(draft)) return { kind: 'refused', refusal: draft }
    const event: RecordedEvent = { ...draft, position, id: eventId(recordedAt), recordedAt }
    return { kind: 'accepted', event, change: rules.apply(view, event) }
  } catch (error) {
    return error instanceof NotLoaded ? undefined : { kind: 'fault', error }
  }
}

/** UUID version 7 (RFC 9562): the record time, then randomness. */
function eventId(recordedAt: Instant): string {
  const time = Date.parse(recordedAt).toString(16).padStart(12, '0')
  const random = randomBytes(10).toString('hex')
  const variant = ((parseInt(random.slice(3, 4), 16) & 3) | 8).toString(16)
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-${variant}${random.slice(4, 7)}-${random.slice(7, 19)}`
}
