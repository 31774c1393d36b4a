import type { CivilDate, Instant } from '../base/instant.ts'
import type { Refusal } from '../base/refusal.ts'
import type { View } from '../base/view.ts'
import type { Evidence } from '../genealogy/touch.ts'
import type { Effect, EventSource, RecordedEvent, TraceablePatch } from './effects.ts'
import type { GapKind } from './record-tables.ts'
import type { Static, TObject, TSchema } from 'typebox'

/**
 * What every decision is given beside its command: the tables, time, person, and numbers to hand out. Nothing else may
 * influence it, so the writer may run it again after loading what it asked for.
 */
export interface DecisionContext {
  readonly view: View
  /** When the shop says it happened. */
  readonly happenedAt: Instant
  readonly now: Instant
  /** The civil date of `happenedAt`, for expiry and numbering. */
  readonly today: CivilDate
  readonly actor: string
  /** Taken in whatever today's rules say: a shortfall is a gap, a broken rule an exception. */
  readonly historical: boolean
  readonly evidence: Evidence
  readonly source: EventSource | null
  readonly reason: string | null
  /** The capture's idempotency key: unique in the organisation, so process keys can be made of it. */
  readonly key: string
  /** The next number of a counter (`traceable`, `item`, `hold`, `gap` ...). Given back when the decision refuses. */
  next(counter: string): number
  /**
   * A rule of today is not kept. Live: gives the refusal back, to be returned. Historical: notes an exception beside the
   * event and gives undefined, to go on.
   */
  breaks(refusal: Refusal, about?: { traceable?: number; order?: number }): Refusal | undefined
  /** Something a person should look at, though it stops nobody: an exception beside the event, live and historical. */
  warn(about: Refusal, of?: { traceable?: number; order?: number }): void
  /** Something became known of a traceable by the way it is named: folded before what the event itself does. */
  learn(note: LearnedNote): void
  /** Names a hole in the record, kept beside the event. */
  gap(gap: GapNote): void
}

export interface LearnedNote {
  readonly traceable: number
  readonly patch: TraceablePatch
  readonly was: TraceablePatch
}

export interface GapNote {
  readonly kind: GapKind
  readonly traceable?: number
  readonly processKey?: string
  readonly item?: number
  readonly order?: number
  readonly place?: number
  readonly detail: string
}

/**
 * One verb of the floor or the office: what may be asked, whether it may happen, what the fact is, and what the fact does.
 * One accepted command is one event.
 */
export interface Verb<Schema extends TSchema, Body> {
  /** Imperative, as in the API: `receive`. */
  readonly verb: string
  /** Past tense, as in the ledger: `Received`. */
  readonly event: string
  readonly version: number
  /** One sentence for the API reference. */
  readonly about: string
  readonly schema: Schema
  /** The fact's body, or why not. Pure. */
  decide(command: Static<Schema>, context: DecisionContext): Body | Refusal
  /** What the fact does to tables and genealogy. Pure, from the event alone. */
  effectsOf(event: RecordedEvent<string, Body>): readonly Effect[]
}

/** Declares a verb; the types of command and body are inferred once and used everywhere. */
export function verb<Schema extends TObject, Body>(definition: Verb<Schema, Body>): Verb<Schema, Body> {
  return definition
}
