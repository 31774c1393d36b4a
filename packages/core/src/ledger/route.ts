import { refuse, type Refusal } from '../base/refusal.ts'
import { together, type View } from '../base/view.ts'
import type { DecisionContext } from './decision.ts'
import { routingOf } from './definitions.ts'
import { runKey } from './process-key.ts'
import { operationTable } from './record-tables.ts'
import type { OrderRow } from './tables.ts'

export type RouteRefusal = Refusal<'operation_unknown' | 'route_order'>

/** The key of one operation's life: of the whole order, or of one unit of it. */
export function operationKey(order: number, operation: string | null, unit: number | null): string {
  return unit === null ? runKey(order, operation) : `${runKey(order, operation)}/unit/${unit}`
}

/**
 * Whether an operation may be worked on now: what it requires by the routing version of the order is complete, for the
 * whole order or for each unit named (B8). Orders without a routing have no route to keep.
 */
export function checkRoute(
  context: DecisionContext,
  order: OrderRow | undefined,
  operation: string | null,
  units: readonly number[] = [],
): RouteRefusal | undefined {
  const routing = order && routingOf(context.view, order)
  if (!order || !routing || operation === null) return undefined
  const step = routing.operations.find((one) => one.operation === operation)
  const about = { field: 'operation', value: operation }
  if (!step) {
    const known = routing.operations.map((one) => one.operation).join(', ')
    const unknown = refuse('operation_unknown', {
      message: `Operation ${operation} is not in the routing ${routing.version} of order ${order.code}.`,
      fix: `Book on one of its operations: ${known}.`,
      ...about,
    })
    return context.breaks(unknown, { order: order.no }) && unknown
  }
  const missing = step.requires.filter((needed) => !isDone(context.view, order.no, needed, units))
  if (missing.length === 0) return undefined
  const early = refuse('route_order', {
    message: `Operation ${operation} needs ${missing.join(', ')} done; order ${order.code} is not there yet.`,
    fix: `Complete ${missing.join(', ')} first.`,
    details: { missing },
    ...about,
  })
  return context.breaks(early, { order: order.no }) && early
}

function isDone(view: View, order: number, operation: string, units: readonly number[]): boolean {
  const isComplete = (unit: number | null) =>
    view.get(operationTable, [operationKey(order, operation, unit)])?.completedAt != null
  if (isComplete(null)) return true
  return units.length > 0 && together(units, isComplete).every(Boolean)
}
