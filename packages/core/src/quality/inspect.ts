import { Type, type Static } from 'typebox'
import { isRefusal, refuse, type Refusal } from '../base/refusal.ts'
import { findResource } from '../identity/lookup.ts'
import type { Disposition, JsonObject, ResourceRow, TraceableRow } from '../identity/rows.ts'
import { commandSchema, Reference, Text } from '../ledger/command.ts'
import { type DecisionContext, verb } from '../ledger/decision.ts'
import type { Effect, RecordedEvent } from '../ledger/effects.ts'
import { findOrExpect, type Seed, seedEffects } from '../ledger/lots.ts'
import { findOrder } from '../ledger/orders.ts'
import { compareDecimals, isOutside } from '../ledger/process-facts.ts'
import { runKey } from '../ledger/process-key.ts'

const Result = Type.Object(
  {
    characteristic: Text('What was measured'),
    value: Text('What was found'),
    unit: Type.Optional(Text('Unit')),
    lower: Type.Optional(Text('Lower limit')),
    upper: Type.Optional(Text('Upper limit')),
  },
  { additionalProperties: false },
)
type Result = Static<typeof Result>

const schema = commandSchema('inspect', {
  what: Type.Optional(Reference),
  order: Type.Optional(Text('Order')),
  operation: Type.Optional(Text('Operation')),
  kind: Type.Enum(['incoming', 'first-article', 'in-process', 'final'], {
    description: 'Kind of inspection',
  }),
  verdict: Type.Enum(['pass', 'fail', 'conditional'], { description: 'Verdict of the inspector' }),
  results: Type.Optional(Type.Array(Result, { maxItems: 1000 })),
  gauge: Type.Optional(Text('Gauge it was measured with')),
  release: Type.Optional(Type.Boolean({ description: 'false: a pass does not yet release it' })),
})
type Inspect = Static<typeof schema>

interface InspectedBody {
  readonly traceable: number | null
  readonly code: string | null
  readonly seed: Seed | null
  readonly processKey: string | null
  readonly order: number | null
  readonly operation: string | null
  readonly kind: Inspect['kind']
  readonly verdict: Inspect['verdict']
  readonly results: readonly JsonObject[]
  readonly gauge: number | null
  readonly gaugeCode: string | null
  readonly status: { readonly from: Disposition; readonly to: Disposition } | null
}

/** Quality looks at a lot, a serial or an operation and says what it found. */
export const inspect = verb({
  verb: 'inspect',
  event: 'Inspected',
  version: 1,
  about:
    'Records an inspection with its results. A fail rejects the lot, a pass releases one that was waiting; a value beyond its limits cannot pass.',
  schema,
  decide: decideInspect,
  effectsOf,
})

function decideInspect(command: Inspect, context: DecisionContext): InspectedBody | Refusal {
  const of = subjectOf(context, command)
  if (isRefusal(of)) return of
  const wrong = checkResults(context, command)
  if (wrong) return wrong
  const gauge = gaugeOf(context, command)
  if (isRefusal(gauge)) return gauge
  const { kind, verdict, operation = null } = command
  return {
    traceable: of.row?.no ?? null,
    code: of.row?.code ?? null,
    seed: of.seed,
    processKey: of.order === null ? null : runKey(of.order, operation),
    order: of.order,
    operation,
    kind,
    verdict,
    results: (command.results ?? []).map(resultRow),
    gauge: gauge?.no ?? null,
    gaugeCode: gauge?.code ?? null,
    status: of.row ? verdictStatus(of.row, command) : null,
  }
}

interface Subject {
  readonly row: TraceableRow | undefined
  readonly seed: Seed | null
  readonly order: number | null
}

function subjectOf(context: DecisionContext, command: Inspect): Subject | Refusal {
  const order = command.order === undefined ? undefined : findOrder(context.view, command.order)
  if (isRefusal(order)) return order
  if (command.what === undefined) {
    return order ? { row: undefined, seed: null, order: order.no } : nothingInspected()
  }
  const found = findOrExpect(context, command.what, { field: 'what', kind: 'lot' })
  if (isRefusal(found)) return found
  return { row: found.row, seed: found.seed ?? null, order: order?.no ?? null }
}

function nothingInspected(): Refusal<'nothing_inspected'> {
  return refuse('nothing_inspected', {
    message: 'It is not said what was inspected.',
    fix: 'Name the lot or serial (what), or the order and operation.',
    field: 'what',
  })
}

/** A value beyond its limits stops a pass (B3): the inspector decides on the verdict, not on arithmetic. */
function checkResults(context: DecisionContext, command: Inspect): Refusal | undefined {
  for (const [index, result] of (command.results ?? []).entries()) {
    const limits = [result.lower, result.upper].filter((limit) => limit !== undefined)
    const unreadable = limits.find((limit) => compareDecimals(result.value, limit) === undefined)
    const field = `results/${index}/value`
    if (unreadable !== undefined) return notComparable(result, field)
    if (command.verdict !== 'pass' || !isOutside(result.value, result.lower, result.upper)) continue
    const outside = outOfLimits(result, field)
    if (context.breaks(outside)) return outside
  }
  return undefined
}

function notComparable(result: Result, field: string): Refusal<'result_malformed'> {
  return refuse('result_malformed', {
    message: `${result.characteristic}: ${JSON.stringify(result.value)} cannot be compared with its limits.`,
    fix: 'Write value and limits as plain decimals, such as -0.25; leave limits out where a word is found.',
    field,
    value: result.value,
  })
}

function outOfLimits(result: Result, field: string): Refusal<'out_of_limits'> {
  const { characteristic, value, unit = '', lower = 'any', upper = 'any' } = result
  return refuse('out_of_limits', {
    message: `${characteristic} is ${value} ${unit}, outside ${lower} to ${upper}; this cannot pass.`.replace(
      '  ',
      ' ',
    ),
    fix: 'Measure again, or give the verdict fail or conditional.',
    field,
    value,
  })
}

function gaugeOf(context: DecisionContext, command: Inspect): ResourceRow | undefined | Refusal {
  if (command.gauge === undefined) return undefined
  const row = findResource(context.view, command.gauge, 'gauge')
  return isRefusal(row) ? context.breaks(row) : row
}

function verdictStatus(row: TraceableRow, command: Inspect): InspectedBody['status'] {
  const { status: from } = row
  if (command.verdict === 'fail' && (from === 'released' || from === 'pending'))
    return { from, to: 'rejected' }
  const releases = command.verdict === 'pass' && from === 'pending' && command.release !== false
  return releases ? { from, to: 'released' } : null
}

function resultRow(result: Result): JsonObject {
  return Object.fromEntries(Object.entries(result).filter(([, value]) => value !== undefined))
}

function effectsOf(event: RecordedEvent<string, InspectedBody>): readonly Effect[] {
  const { seed, traceable, processKey, kind, verdict, gauge, results, status } = event.body
  const effects: Effect[] = seed ? [...seedEffects(event, seed)] : []
  effects.push({ do: 'inspected', row: { traceable, processKey, kind, verdict, gauge, results } })
  if (traceable !== null && status)
    effects.push({ do: 'status', traceable, status: status.to, was: status.from })
  return effects
}
