import type { Amount } from '../base/quantity.ts'
import { refuse } from '../base/refusal.ts'
import { traceableTable } from '../identity/rows.ts'
import type { DecisionContext } from './decision.ts'
import { routingOf } from './definitions.ts'
import type { Effect } from './effects.ts'
import { operationTable } from './record-tables.ts'
import { sayAmount } from './stock.ts'
import { orderLineTable, type OrderRow, reservationTable, stockTable } from './tables.ts'

/** What ends with an order, as the event carries it. */
export interface Closing {
  /** Reservations that end with it. */
  readonly reservations: readonly number[]
}

/** What the order makes in the very event that closes it, and at which step. */
interface LastOutput {
  readonly amount: Amount
  readonly operation: string | null
}

/** Closes an order: what it leaves undone is told, and what is reserved for it is free again (B24). */
export function closing(
  context: DecisionContext,
  order: OrderRow,
  last: LastOutput = { amount: 0n, operation: null },
): Closing {
  warnOfLeftovers(context, order)
  warnOfShortOutput(context, order, last)
  warnOfUnfinishedRoute(context, order, last)
  const open = context.view
    .list(reservationTable, 'byOrder', [order.no])
    .filter((row) => row.endedPosition === null)
  return { reservations: open.map((row) => row.no) }
}

export function closingEffects(order: number, closing: Closing): readonly Effect[] {
  return [
    { do: 'order-closed', order },
    ...closing.reservations.map((no): Effect => ({ do: 'unreserve', no })),
  ]
}

/** A work order that began to make something and made less than it was opened for. */
function warnOfShortOutput(context: DecisionContext, order: OrderRow, last: LastOutput): void {
  const made = order.done + last.amount
  if (order.kind !== 'work' || order.amount === null || made === 0n || made >= order.amount) return
  const [said, wanted] = [made, order.amount].map((amount) => sayAmount(context.view, order.item, amount))
  const short = refuse('order_short', {
    message: `Order ${order.code} was to make ${wanted}; ${said} were made.`,
    fix: 'Check whether scrap explains the rest, or open an order for it.',
    field: 'order',
    value: order.code,
  })
  context.warn(short, { order: order.no })
}

function warnOfLeftovers(context: DecisionContext, order: OrderRow): void {
  const { view } = context
  for (const row of view.list(stockTable, 'byHolder', ['order', order.no])) {
    if (row.onHand === 0n) continue
    const code = view.get(traceableTable, [row.traceable])?.code ?? `number ${row.traceable}`
    const left = refuse('left_in_process', {
      message: `${sayAmount(view, row.item, row.onHand)} of ${code} was issued to ${order.code} and is neither used nor returned.`,
      fix: 'Return it to stock, scrap it, or book its consumption.',
      field: 'order',
      value: order.code,
    })
    context.warn(left, { order: order.no, traceable: row.traceable })
  }
  const short = view.list(orderLineTable, 'byOrder', [order.no]).filter((line) => line.done < line.amount)
  if (order.kind === 'work' || short.length === 0) return
  const unfinished = refuse('lines_unfinished', {
    message: `${short.length} lines of ${order.code} are not complete.`,
    fix: 'Check whether the rest is still to come.',
    field: 'order',
    value: order.code,
  })
  context.warn(unfinished, { order: order.no })
}

/** A step that was completed for no unit at all was left out of whatever the order made. */
function warnOfUnfinishedRoute(context: DecisionContext, order: OrderRow, last: LastOutput): void {
  const routing = order.done + last.amount > 0n ? routingOf(context.view, order) : undefined
  const rows = routing ? context.view.list(operationTable, 'byOrder', [order.no]) : []
  const done = new Set(rows.filter((row) => row.completedAt !== null).map((row) => row.operation))
  const missing = (routing?.operations ?? [])
    .map((one) => one.operation)
    .filter((one) => one !== last.operation && !done.has(one))
  if (missing.length === 0) return
  const unfinished = refuse('route_unfinished', {
    message: `Order ${order.code} was closed without ${missing.join(', ')} of its route.`,
    fix: 'Check whether what it made may be used.',
    field: 'order',
    value: order.code,
    details: { missing },
  })
  context.warn(unfinished, { order: order.no })
}
