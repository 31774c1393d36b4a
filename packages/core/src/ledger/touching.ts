import type { Evidence, Touch } from '../genealogy/touch.ts'
import type { Effect, RecordedEvent } from './effects.ts'

/** Removes the head fields from each member of the union, so that a verb states only what it touched. */
type WithoutHead<T> = T extends unknown ? Omit<T, 'at' | 'uncertaintyMs' | 'sequence' | 'evidence'> : never
export type BareTouch = WithoutHead<Touch>

/** A body carries the evidence its capture claimed (`decide.ts` puts it there). */
export interface Witnessed {
  readonly evidence?: Evidence
}

/** A touch with the time, clock quality, source order and evidence of its event. */
export function touchEffect(
  event: RecordedEvent<string, Witnessed>,
  touch: BareTouch,
  evidence?: Evidence,
): Effect {
  const head = {
    at: event.happenedAt,
    uncertaintyMs: event.uncertaintyMs,
    sequence: event.source?.sequence ?? null,
    evidence: evidence ?? event.body.evidence ?? 'declared',
  }
  return { do: 'touch', touch: { ...touch, ...head } as Touch }
}
