import { isRefusal, refuse, type Refusal } from '../base/refusal.ts'
import type { View } from '../base/view.ts'
import { codeKeyOf } from '../identity/code.ts'
import type { DecisionContext } from './decision.ts'
import { orderTable, type OrderRow } from './tables.ts'

/** The order of this code, closed ones included. */
export function findOrder(view: View, code: string, field = 'order'): OrderRow | Refusal<'order_unknown'> {
  const [row] = view.list(orderTable, 'byCode', [codeKeyOf(code)])
  return (
    row ??
    refuse('order_unknown', {
      message: `There is no order ${JSON.stringify(code)}.`,
      fix: 'Check the number, or open the order first.',
      field,
      value: code,
    })
  )
}

/** An order that work may be booked on. Live: it must be open. Historical: a closed one is an exception. */
export function findOpenOrder(
  context: DecisionContext,
  code: string,
  field = 'order',
): OrderRow | Refusal<'order_unknown' | 'order_closed'> {
  const order = findOrder(context.view, code, field)
  if (isRefusal(order) || order.status === 'open') return order
  const closed = refuse('order_closed', {
    message: `Order ${order.code} is closed.`,
    fix: 'Book on an open order, or open this one again.',
    field,
    value: code,
  })
  return context.breaks(closed, { order: order.no }) ? closed : order
}
