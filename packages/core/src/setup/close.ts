import type { Static } from 'typebox'
import { isRefusal, refuse, type Refusal } from '../base/refusal.ts'
import { traceableTable } from '../identity/rows.ts'
import { commandSchema, Text } from '../ledger/command.ts'
import { type DecisionContext, verb } from '../ledger/decision.ts'
import { routingOf } from '../ledger/definitions.ts'
import type { Effect, RecordedEvent } from '../ledger/effects.ts'
import { findOpenOrder } from '../ledger/orders.ts'
import { operationTable } from '../ledger/record-tables.ts'
import { sayAmount } from '../ledger/stock.ts'
import { orderLineTable, type OrderRow, reservationTable, stockTable } from '../ledger/tables.ts'

const schema = commandSchema('close', { order: Text('Order') })

interface ClosedBody {
  readonly order: number
  readonly code: string
  /** Reservations that end with it. */
  readonly reservations: readonly number[]
}

/** An order is done: it takes no more work. */
export const close = verb({
  verb: 'close',
  event: 'Closed',
  version: 1,
  about:
    'Closes an order; what is still reserved for it is free again, and what is left in process is listed.',
  schema,
  decide(command: Static<typeof schema>, context): ClosedBody | Refusal {
    const order = findOpenOrder(context, command.order)
    if (isRefusal(order)) return order
    warnOfLeftovers(context, order)
    warnOfUnfinishedRoute(context, order)
    const open = context.view
      .list(reservationTable, 'byOrder', [order.no])
      .filter((row) => row.endedPosition === null)
    return { order: order.no, code: order.code, reservations: open.map((row) => row.no) }
  },
  effectsOf: (event: RecordedEvent<string, ClosedBody>): readonly Effect[] => [
    { do: 'order-closed', order: event.body.order },
    ...event.body.reservations.map((no): Effect => ({ do: 'unreserve', no })),
  ],
})

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
function warnOfUnfinishedRoute(context: DecisionContext, order: OrderRow): void {
  const routing = order.done > 0n ? routingOf(context.view, order) : undefined
  const rows = routing ? context.view.list(operationTable, 'byOrder', [order.no]) : []
  const done = new Set(rows.filter((row) => row.completedAt !== null).map((row) => row.operation))
  const missing = (routing?.operations ?? []).map((one) => one.operation).filter((one) => !done.has(one))
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
