import { randomBytes } from 'node:crypto'
import type { CivilDate, Instant } from '@lotline/core/base/instant'
import { isRefusal, type Refusal } from '@lotline/core/base/refusal'
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

/** How many captures are tried before their guesses are checked: adapts between these. */
const stretchMin = 16
const stretchMax = 1_024
const stretchFirst = 256

/**
 * Decides and folds captures in order, each on the state the ones before it left, and gives them stretch by stretch. A stretch
 * runs on what is known, taking unknown rows to be absent; then all that was guessed is fetched at once. Captures before the
 * first wrong guess are settled: they saw the true state. From there on everything is undone and tried again, with the rows
 * now known. Usually a stretch needs a handful of tries, however much its captures build on each other.
 *
 * A refused or failed capture leaves no trace in the view, which must be a guessing one. What was given is final: the caller
 * may write it before asking for more.
 */
export async function* settleStretches<Command>(
  plan: SettlePlan<Command>,
  captures: readonly Capture<Command>[],
): AsyncGenerator<readonly Settled[]> {
  const ids = eventIds(plan.recordedAt, captures.length)
  let start = 0
  let position = plan.position
  let stretch = stretchFirst
  while (start < captures.length) {
    const tried = tryStretch(plan, captures.slice(start, start + stretch), {
      position,
      ids: ids.slice(start, start + stretch),
    })
    const good = await checked(plan, tried)
    const settled = tried.slice(0, good).map(({ result }) => result)
    start += good
    position += settled.filter(({ kind }) => kind === 'accepted').length
    stretch = good === tried.length ? Math.min(stretchMax, stretch * 2) : stretch
    if (good < tried.length / 4 && good > 0) stretch = Math.max(stretchMin, stretch >> 1)
    if (good > 0) yield settled
  }
}

/** The same for few captures, or where nothing is written: all at once. */
export async function settle<Command>(
  plan: SettlePlan<Command>,
  captures: readonly Capture<Command>[],
): Promise<readonly Settled[]> {
  const settled: Settled[] = []
  for await (const stretch of settleStretches(plan, captures)) settled.push(...stretch)
  return settled
}

interface Tried {
  readonly result: Settled
  /** The view before it, and the number of guesses made up to its end. */
  readonly mark: number
  readonly guesses: number
}

function tryStretch<Command>(
  plan: SettlePlan<Command>,
  captures: readonly Capture<Command>[],
  from: { readonly position: number; readonly ids: readonly string[] },
): readonly Tried[] {
  const { view } = plan
  let { position } = from
  return captures.map((capture, at) => {
    const mark = view.mark()
    const result = attempt(plan, capture, { position, id: from.ids[at] ?? '' })
    if (result.kind === 'accepted') position++
    else view.rollback(mark)
    return { result, mark, guesses: view.guessCount }
  })
}

/** How many of the tried captures guessed right; the others are undone. */
async function checked<Command>(plan: SettlePlan<Command>, tried: readonly Tried[]): Promise<number> {
  const { view, reader } = plan
  if (view.guessCount === 0) return tried.length
  const wrong = await view.check(reader)
  const good = wrong === undefined ? tried.length : tried.findIndex(({ guesses }) => guesses > wrong)
  const undoFrom = tried[good]?.mark
  if (undoFrom !== undefined) view.rollback(undoFrom)
  view.accept()
  return good
}

/** One capture on the view as it stands. */
function attempt<Command>(
  plan: SettlePlan<Command>,
  capture: Capture<Command>,
  as: { readonly position: number; readonly id: string },
): Settled {
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
    const event: RecordedEvent = { ...draft, ...as, recordedAt }
    return { kind: 'accepted', event, change: rules.apply(view, event) }
  } catch (error) {
    return { kind: 'fault', error }
  }
}

/** UUIDs version 7 (RFC 9562): the record time, then randomness. */
function eventIds(recordedAt: Instant, count: number): readonly string[] {
  const time = Date.parse(recordedAt).toString(16).padStart(12, '0')
  const random = randomBytes(10 * count).toString('hex')
  return Array.from({ length: count }, (_, at) => {
    const own = random.slice(20 * at, 20 * at + 20)
    const variant = ((parseInt(own.slice(3, 4), 16) & 3) | 8).toString(16)
    return `${time.slice(0, 8)}-${time.slice(8)}-7${own.slice(0, 3)}-${variant}${own.slice(4, 7)}-${own.slice(7, 19)}`
  })
}
