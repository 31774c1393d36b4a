import { type CivilDate, instantOf, millisecondsOf, parseInstant, type Instant } from '../base/instant.ts'
import { isRefusal, refuse, type Refusal } from '../base/refusal.ts'
import type { View } from '../base/view.ts'
import type { Json } from '../identity/rows.ts'
import type { CommandHead } from './command.ts'
import type { DecisionContext, GapNote, LearnedNote } from './decision.ts'
import type { Effect, RecordedEvent } from './effects.ts'
import { peekNumber } from './numbers.ts'

/** A clock may run ahead of the server's by this much before its captures are refused. */
export const CLOCK_AHEAD_MS = 5 * 60_000

/** What the server knows of a capture beside its command. */
export interface Environment {
  readonly view: View
  readonly now: Instant
  readonly key: string
  readonly actor: string
  readonly sentBy: string
  /** Civil date of an instant at the organisation's site. */
  dateOf(instant: Instant): CivilDate
}

/** An accepted fact before the ledger gives it position, identity and hashes. */
export type Draft = Omit<RecordedEvent, 'position' | 'id' | 'recordedAt'>

/** Beside a body: what the decision noted and which numbers it handed out. Folded by `noteEffects` for every type alike. */
export interface Notes {
  readonly numbers?: Readonly<Record<string, number>>
  readonly gaps?: readonly (GapNote & { readonly no: number })[]
  readonly exceptions?: readonly ExceptionNote[]
  readonly learned?: readonly LearnedNote[]
}

interface ExceptionNote {
  readonly no: number
  readonly code: string
  readonly message: string
  readonly fix: string
  readonly traceable?: number
  readonly order?: number
}

interface Decider {
  readonly event: string
  readonly version: number
  decide(command: never, context: DecisionContext): unknown
}

/**
 * Runs one decision: reads the head of the command, gives the verb its context, and wraps what it says as a draft event.
 * Pure; may throw `NotLoaded` from the view, after which it is run again from the start.
 */
export function decideWith(
  decider: Decider,
  command: CommandHead,
  environment: Environment,
): Draft | Refusal {
  const happenedAt = timeOf(command, environment.now)
  if (typeof happenedAt !== 'string') return happenedAt
  const numbers = new Map<string, number>()
  const gaps: (GapNote & { no: number })[] = []
  const exceptions: ExceptionNote[] = []
  const learned: LearnedNote[] = []
  const next = (counter: string): number => {
    const no = numbers.get(counter) ?? peekNumber(environment.view, counter)
    numbers.set(counter, no + 1)
    return no
  }
  const historical = command.historical ?? false
  const warn: DecisionContext['warn'] = ({ code, message, fix }, about) => {
    exceptions.push({ no: next('exception'), code, message, fix, ...about })
  }
  const context: DecisionContext = {
    view: environment.view,
    happenedAt,
    now: environment.now,
    today: environment.dateOf(happenedAt),
    // Who did it is what the session says; only a historical record may name somebody else.
    actor: historical ? (command.by ?? environment.actor) : environment.actor,
    historical,
    evidence: command.evidence ?? (historical ? 'declared' : 'scanned'),
    source: sourceOf(command),
    reason: command.reason ?? null,
    key: environment.key,
    next,
    breaks: (refusal, about) => {
      if (!historical) return refusal
      warn(refusal, about)
      return undefined
    },
    warn,
    learn: (note) => learned.push(note),
    gap: (note) => gaps.push({ no: next('gap'), ...note }),
  }
  const body = decider.decide(command as never, context)
  if (isRefusal(body)) return body
  const notes: Notes = {
    ...(numbers.size > 0 ? { numbers: Object.fromEntries(numbers) } : {}),
    ...(gaps.length > 0 ? { gaps } : {}),
    ...(exceptions.length > 0 ? { exceptions } : {}),
    ...(learned.length > 0 ? { learned } : {}),
  }
  return {
    type: decider.event,
    version: decider.version,
    key: environment.key,
    actor: context.actor,
    sentBy: environment.sentBy,
    device: command.device ?? null,
    deviceSeq: command.deviceSeq ?? null,
    happenedAt,
    happenedAtGiven: command.happenedAt ?? environment.now,
    uncertaintyMs: command.uncertaintyMs ?? 0,
    receivedAt: environment.now,
    historical,
    source: context.source,
    reason: context.reason,
    body: { ...(body as object), evidence: context.evidence, notes } as never,
  }
}

/** The effects every event has whatever its type: numbers handed out, gaps, exceptions and what was learned. */
export function noteEffects(notes: Notes | undefined): readonly Effect[] {
  if (!notes) return []
  const counts = Object.entries(notes.numbers ?? {}).map(([counter, next]): Effect => ({
    do: 'count',
    counter,
    next,
  }))
  const gaps = (notes.gaps ?? []).map((gap): Effect => ({ do: 'gap', ...gap }))
  const exceptions = (notes.exceptions ?? []).map((note): Effect => ({ do: 'exception', ...note }))
  const learned = (notes.learned ?? []).map((note): Effect => ({ do: 'learned', ...note }))
  return [...counts, ...gaps, ...exceptions, ...learned]
}

function timeOf(command: CommandHead, now: Instant): Instant | Refusal<'time_malformed' | 'clock_ahead'> {
  if (command.happenedAt === undefined) return now
  const instant = parseInstant(command.happenedAt)
  const about = { field: 'happenedAt', value: command.happenedAt }
  if (!instant) {
    return refuse('time_malformed', {
      message: `${JSON.stringify(command.happenedAt)} is not a date and time with its offset.`,
      fix: 'Write it as 2026-03-01T14:05:00+01:00.',
      ...about,
    })
  }
  const ahead = millisecondsOf(instant) - millisecondsOf(now)
  if (ahead > CLOCK_AHEAD_MS) {
    return refuse('clock_ahead', {
      message: `The capture says ${command.happenedAt}; the server's clock says ${instantOf(millisecondsOf(now))}.`,
      fix: 'Set the clock of the device, then capture again.',
      ...about,
    })
  }
  return instant
}

function sourceOf(command: CommandHead) {
  if (!command.source) return null
  const { system, id, sequence, content } = command.source
  return {
    system,
    id,
    sequence: sequence ?? null,
    ...(content === undefined ? {} : { content: content as Json }),
  }
}
