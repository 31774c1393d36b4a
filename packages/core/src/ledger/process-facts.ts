import { Type, type Static } from 'typebox'
import { isRefusal, refuse, type Refusal } from '../base/refusal.ts'
import { findPlace, findResource } from '../identity/lookup.ts'
import type { ResourceKind } from '../identity/rows.ts'
import { Text } from './command.ts'
import type { DecisionContext } from './decision.ts'
import type { Effect, RecordedEvent } from './effects.ts'
import type { ProcessFactRow } from './record-tables.ts'

const Parameter = Type.Object(
  {
    name: Text('Parameter name'),
    value: Text('Value as read'),
    unit: Type.Optional(Text('Unit')),
    lower: Type.Optional(Text('Lower limit')),
    upper: Type.Optional(Text('Upper limit')),
  },
  { additionalProperties: false },
)
type Parameter = Static<typeof Parameter>

const several = (description: string) => Type.Optional(Type.Array(Text(description), { maxItems: 100 }))
const readings = (description: string) => Type.Optional(Type.Array(Parameter, { maxItems: 500, description }))

/** What an operation can be stamped with (B7). */
export const conditionFields = {
  equipment: Type.Optional(Text('Machine or line')),
  tools: several('Tool'),
  gauges: several('Gauge'),
  operators: several('Person'),
  station: Type.Optional(Text('Station')),
  place: Type.Optional(Text('Place')),
  parameters: readings('Process parameters, with their limits'),
  environment: readings('Room temperature, humidity ...'),
  results: readings('Test results'),
  setup: Type.Optional(Text('Set-up or program, with its version')),
  shift: Type.Optional(Text('Shift')),
}

const conditionSchema = Type.Object(conditionFields)
export type Conditions = Static<typeof conditionSchema>

/** One condition of a process, resolved: what a trace can reach and start from. */
export type Condition = Pick<ProcessFactRow, 'kind' | 'ref' | 'name' | 'value' | 'unit' | 'outOfRange'>

/** Resolves the conditions a command names; unknown resources are refused, in historical facts kept by name. */
export function conditionsOf(context: DecisionContext, given: Conditions): readonly Condition[] | Refusal {
  const conditions: Condition[] = []
  for (const [kind, codes, field] of resourcesIn(given)) {
    for (const code of codes) {
      const condition = resourceCondition(context, kind, code, field)
      if (isRefusal(condition)) return condition
      conditions.push(condition)
    }
  }
  if (given.place !== undefined) {
    const place = findPlace(context.view, given.place)
    if (isRefusal(place)) return place
    conditions.push(plainFact('place', place.no, place.code))
  }
  for (const name of ['setup', 'shift'] as const) {
    const value = given[name]
    if (value !== undefined) conditions.push({ ...plainFact('parameter', null, name), value })
  }
  for (const reading of [...(given.parameters ?? []), ...(given.environment ?? [])])
    conditions.push(readingFact('parameter', reading))
  for (const reading of given.results ?? []) conditions.push(readingFact('result', reading))
  return conditions
}

function resourcesIn(given: Conditions): readonly (readonly [ResourceKind, readonly string[], string])[] {
  return [
    ['equipment', given.equipment === undefined ? [] : [given.equipment], 'equipment'],
    ['tool', given.tools ?? [], 'tools'],
    ['gauge', given.gauges ?? [], 'gauges'],
    ['person', given.operators ?? [], 'operators'],
    ['station', given.station === undefined ? [] : [given.station], 'station'],
  ]
}

function resourceCondition(
  context: DecisionContext,
  kind: ResourceKind,
  code: string,
  field: string,
): Condition | Refusal {
  const row = findResource(context.view, code, field)
  if (isRefusal(row)) return context.breaks(row) ?? plainFact(kind, null, code)
  if (row.kind === kind) return plainFact(kind, row.no, row.code)
  const other = refuse('resource_of_other_kind', {
    message: `${row.code} is a ${row.kind}, not a ${kind}.`,
    fix: `Scan a ${kind}, or name ${row.code} as ${row.kind}.`,
    field,
    value: code,
  })
  return context.breaks(other) ?? plainFact(row.kind, row.no, row.code)
}

/** A condition that is a thing rather than a reading. */
export function plainFact(kind: Condition['kind'], ref: number | null, name: string): Condition {
  return { kind, ref, name, value: null, unit: null, outOfRange: false }
}

function readingFact(kind: 'parameter' | 'result', reading: Parameter): Condition {
  const { name, value, unit, lower, upper } = reading
  return { kind, ref: null, name, value, unit: unit ?? null, outOfRange: isOutside(value, lower, upper) }
}

/** Whether a decimal lies beyond its limits, exactly; what is not a number lies nowhere. */
export function isOutside(value: string, lower: string | undefined, upper: string | undefined): boolean {
  const below = lower !== undefined && compareDecimals(value, lower) === -1
  return below || (upper !== undefined && compareDecimals(value, upper) === 1)
}

/** -1, 0 or 1 for two plain decimals of any length; undefined where one is not a decimal. */
export function compareDecimals(a: string, b: string): -1 | 0 | 1 | undefined {
  const form = /^([+-]?)(\d+)(?:\.(\d+))?$/
  const [left, right] = [form.exec(a.trim()), form.exec(b.trim())]
  if (!left || !right) return undefined
  const digits = Math.max(left[3]?.length ?? 0, right[3]?.length ?? 0)
  const scaled = (parts: RegExpExecArray) => {
    const size = BigInt((parts[2] ?? '0') + (parts[3] ?? '').padEnd(digits, '0'))
    return parts[1] === '-' ? -size : size
  }
  const difference = scaled(left) - scaled(right)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

/** The effects of conditions on a process, from a moment (default: the event's) to the event or still going on. */
export function factEffects(
  event: RecordedEvent<string, unknown>,
  processKey: string,
  conditions: readonly Condition[],
  span: { open?: boolean } = {},
): readonly Effect[] {
  const toAt = span.open ? null : event.happenedAt
  return conditions.map((condition) => ({
    do: 'fact',
    fact: { ...condition, processKey, fromAt: event.happenedAt, toAt },
  }))
}

/**
 * That a process belongs to an order and its operation. On runs the operation carries the order as well, which is how the
 * other runs of an order are found (`process-key.ts`); on a single unit's process it does not.
 */
export function workFacts(
  order: { readonly no: number; readonly code: string } | null,
  operation: string | null,
  isRun: boolean,
): readonly Condition[] {
  if (!order) return []
  const of: Condition[] = [plainFact('order', order.no, order.code)]
  if (isRun) of.push(plainFact('operation', order.no, operation ?? ''))
  else if (operation !== null) of.push(plainFact('operation', null, operation))
  return of
}

/** Values of a run's `operation` fact: whether something went in or came out there. */
export const wentIn = 'input'
export const cameOut = 'output'

/** The work facts of a process that something went into. */
export function inputFacts(
  order: { readonly no: number; readonly code: string } | null,
  operation: string | null,
  isRun: boolean,
): readonly Condition[] {
  return marked(workFacts(order, operation, isRun), isRun ? wentIn : null)
}

/** The work facts of a process that something came out of. */
export function outputFacts(
  order: { readonly no: number; readonly code: string } | null,
  operation: string | null,
  isRun: boolean,
): readonly Condition[] {
  return marked(workFacts(order, operation, isRun), isRun ? cameOut : null)
}

function marked(facts: readonly Condition[], value: string | null): readonly Condition[] {
  return facts.map((fact) => (fact.kind === 'operation' ? { ...fact, value } : fact))
}
