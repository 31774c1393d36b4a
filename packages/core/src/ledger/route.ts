import { Type, type Static } from 'typebox'
import { isRefusal, refuse, type Refusal } from '../base/refusal.ts'
import { together, type View } from '../base/view.ts'
import { LongText } from './command.ts'
import type { DecisionContext } from './decision.ts'
import { routingOf, type Routing, type RoutingOperation } from './definitions.ts'
import { runKey } from './process-key.ts'
import { inspectionTable, operationTable } from './record-tables.ts'
import type { OrderRow } from './tables.ts'

export type RouteRefusal = Refusal<'operation_unknown' | 'route_order'>

const Bypass = Type.Object(
  { reason: LongText('Why the work goes on all the same') },
  {
    additionalProperties: false,
    description: 'Leaves the route on purpose; needs the right to, and marks the unit or order for ever',
  },
)

/** The field by which a verb that keeps the route can be told to leave it. */
export const bypassField = { bypass: Type.Optional(Bypass) }

/** The route was left on purpose: what was lacking, and why it went on. Stands in the event for ever (B8). */
export interface Bypassed {
  readonly missing: readonly string[]
  /** The refusal that it overrode, in words. */
  readonly what: string
  readonly reason: string
  /** The electronic signature under the bypass; null until signatures are asked for. */
  readonly signature: null
}

/** The code of the mark that a bypass leaves on units and orders. */
export const bypassMark = 'route_bypassed'

export interface RouteAsk {
  readonly order: OrderRow | undefined
  readonly operation: string | null
  /** The units that are worked on, where they are told apart. */
  readonly units?: readonly number[]
  /** What the verb does there: an operation may be worked on before its inspection, and ends only after it. */
  readonly ends?: boolean
  /** The whole order or unit is done with this: all of its operations must be. */
  readonly wholeRoute?: boolean
  readonly bypass?: Static<typeof Bypass> | undefined
}

/** The key of one operation's life: of the whole order, or of one unit of it. */
export function operationKey(order: number, operation: string | null, unit: number | null): string {
  return unit === null ? runKey(order, operation) : `${runKey(order, operation)}/unit/${unit}`
}

/** As `followRoute`; a bypass leaves its mark on each unit, or on the order where no unit is named. */
export function checkRoute(context: DecisionContext, ask: RouteAsk): RouteRefusal | Bypassed | undefined {
  const followed = followRoute(context, ask)
  if (followed && !isRefusal(followed)) markBypass(context, followed, { order: ask.order, units: ask.units })
  return followed
}

/**
 * Whether an operation may be worked on now: what it requires by the routing version of the order is complete, for the
 * whole order or for each unit named (B8). Orders without a routing have no route to keep.
 */
export function followRoute(context: DecisionContext, ask: RouteAsk): RouteRefusal | Bypassed | undefined {
  const { order, operation } = ask
  const routing = order && routingOf(context.view, order)
  if (!order || !routing) return undefined
  const step = routing.operations.find((one) => one.operation === operation)
  if (!step && operation !== null) {
    const unknown = operationUnknown(order, routing, operation)
    return context.breaks(unknown, { order: order.no }) && unknown
  }
  const missing = missingOf(context.view, order.no, routing, step, ask)
  if (missing.length === 0) return undefined
  const early = tooEarly(order, operation, missing)
  if (ask.bypass === undefined) return context.breaks(early, { order: order.no }) && early
  return { missing, what: early.message, reason: ask.bypass.reason, signature: null }
}

/** Leaves the mark of a bypass that nothing takes away but the correction of the whole event. */
export function markBypass(
  context: DecisionContext,
  { what, reason }: Bypassed,
  on: { order: OrderRow | undefined; units?: readonly number[] | undefined },
): void {
  const mark = refuse('route_bypassed', {
    message: `The route was bypassed by ${context.actor}. ${what} Reason: ${reason}`,
    fix: 'Judge whether what was left out matters; the mark stays.',
    field: 'bypass',
  })
  const order = on.order ? { order: on.order.no } : {}
  const units = on.units ?? []
  if (units.length === 0) context.warn(mark, order)
  for (const traceable of units) context.warn(mark, { ...order, traceable })
}

function missingOf(
  view: View,
  order: number,
  routing: Routing,
  step: RoutingOperation | undefined,
  ask: RouteAsk,
): readonly string[] {
  const { units = [] } = ask
  const needed = step?.requires ?? (ask.wholeRoute ? routing.operations.map((one) => one.operation) : [])
  const missing = needed.filter((operation) => !isDone(view, order, operation, units))
  const uninspected = step?.inspection && ask.ends && !isInspected(view, runKey(order, step.operation), units)
  return uninspected ? [...missing, `the passed inspection of ${step.operation}`] : missing
}

function isDone(view: View, order: number, operation: string, units: readonly number[]): boolean {
  const isComplete = (unit: number | null) =>
    view.get(operationTable, [operationKey(order, operation, unit)])?.completedAt != null
  if (isComplete(null)) return true
  return units.length > 0 && together(units, isComplete).every(Boolean)
}

/** The last inspection of the operation, of each unit named, passed it. */
function isInspected(view: View, processKey: string, units: readonly number[]): boolean {
  const inspections = view.list(inspectionTable, 'byProcess', [processKey])
  const passed = (unit: number | null) =>
    inspections.filter((row) => row.traceable === null || row.traceable === unit).at(-1)?.verdict === 'pass'
  return units.length === 0 ? inspections.at(-1)?.verdict === 'pass' : units.every(passed)
}

function operationUnknown(order: OrderRow, routing: Routing, operation: string): RouteRefusal {
  const known = routing.operations.map((one) => one.operation).join(', ')
  return refuse('operation_unknown', {
    message: `Operation ${operation} is not in the routing ${routing.version} of order ${order.code}.`,
    fix: `Book on one of its operations: ${known}.`,
    field: 'operation',
    value: operation,
  })
}

function tooEarly(order: OrderRow, operation: string | null, missing: readonly string[]): RouteRefusal {
  const lacks = missing.join(', ')
  return refuse('route_order', {
    message:
      operation === null
        ? `Order ${order.code} is not through its route: ${lacks} is not done.`
        : `Operation ${operation} needs ${lacks} done; order ${order.code} is not there yet.`,
    fix: `Complete ${lacks} first. Who has the right may bypass it with a reason; that leaves a mark for ever.`,
    details: { missing },
    field: 'operation',
    ...(operation === null ? {} : { value: operation }),
  })
}
