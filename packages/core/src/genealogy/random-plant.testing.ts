import fc from 'fast-check'
import { instantOf } from '../base/instant.ts'
import { type Evidence, evidences, type ProcessRef, type Touch } from './touch.ts'

/** One event of a random plant: a stable id, its touches, and whether a later event voids it. */
export interface PlantEvent {
  readonly id: string
  readonly touches: readonly Touch[]
  readonly voided: boolean
}

const start = Date.UTC(2026, 0, 1)

export interface PlantOptions {
  readonly traceables?: number
  readonly events?: number
  readonly unsureClocks?: boolean
  readonly voids?: boolean
}

/**
 * Events of a small plant, crowded on purpose: few things, few moments, so that late facts, ties, loops, vessels, mixed feeds
 * and swaps meet each other. Traceables 1 and 2 are vessels.
 */
export function randomPlant(options: PlantOptions = {}): fc.Arbitrary<PlantEvent[]> {
  const { traceables = 8, events = 14, unsureClocks = true, voids = true } = options
  const traceable = fc.integer({ min: 1, max: traceables })
  const base = fc.record({
    at: fc.integer({ min: 0, max: 20 }).map((minute) => instantOf(start + minute * 1000)),
    uncertaintyMs: unsureClocks ? fc.constantFrom(0, 0, 0, 0, 500, 1500) : fc.constant(0),
    sequence: fc.constantFrom(null, null, null, 1, 2),
    evidence: fc.constantFrom<Evidence>(...evidences.slice(0, 5)),
  })
  const run = fc.constantFrom('run-a', 'run-b').map((key): ProcessRef => ({ kind: 'run', key }))
  const atomic = fc
    .constantFrom('p1', 'p2', 'p3', 'p4', 'p5')
    .map((key): ProcessRef => ({ kind: 'atomic', key }))
  const process = fc.oneof(run, atomic)
  const amount = fc.constantFrom(null, 5n, 10n, 10n, 25n)
  const role = fc.oneof(
    { weight: 6, arbitrary: drawOf(traceable, process, amount) },
    { weight: 6, arbitrary: addOf(traceable, process, amount) },
    { weight: 1, arbitrary: fc.record({ role: fc.constant('renew' as const), traceable, process }) },
    {
      weight: 2,
      arbitrary: fc
        .record({
          role: fc.constantFrom('install' as const, 'remove' as const),
          unit: traceable,
          part: traceable,
          process: atomic,
          amount,
        })
        .filter((touch) => touch.unit !== touch.part),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        role: fc.constant('barrier' as const),
        on: fc.oneof(
          traceable.map((no) => ({ traceable: no })),
          fc.constantFrom({ run: 'run-a' }, { run: 'run-b' }),
        ),
      }),
    },
  )
  // Mostly, what one event did happened at one moment.
  const touches = fc
    .tuple(base, fc.array(fc.tuple(fc.option(base, { freq: 1 }), role), { minLength: 1, maxLength: 3 }))
    .map(([own, parts]) => parts.map(([other, what]): Touch => ({ ...(other ?? own), ...what })))
  const event = fc.record({
    touches,
    voided: voids ? fc.constantFrom(false, false, false, true) : fc.constant(false),
  })
  return fc
    .array(event, { minLength: 1, maxLength: events })
    .map((list) => list.map((one, index) => ({ id: `event-${index}`, ...one })))
}

function drawOf(
  traceable: fc.Arbitrary<number>,
  process: fc.Arbitrary<ProcessRef>,
  amount: fc.Arbitrary<bigint | null>,
) {
  return fc
    .record({
      role: fc.constant('draw' as const),
      traceable,
      process,
      edge: fc.constantFrom(
        'material' as const,
        'material' as const,
        'identity' as const,
        'contact' as const,
      ),
      amount,
      feed: fc.constantFrom('pooled' as const, 'sequential' as const),
      overlapMs: fc.constantFrom(0, 0, 2_000, 5_000),
    })
    .map((touch) => ({ ...touch, item: touch.traceable % 3 }))
}

function addOf(
  traceable: fc.Arbitrary<number>,
  process: fc.Arbitrary<ProcessRef>,
  amount: fc.Arbitrary<bigint | null>,
) {
  return fc
    .record({
      role: fc.constant('add' as const),
      traceable,
      process,
      edge: fc.constantFrom('material' as const, 'material' as const, 'identity' as const),
      amount,
    })
    .map((touch) => ({ ...touch, vessel: touch.traceable <= 2 }))
}
