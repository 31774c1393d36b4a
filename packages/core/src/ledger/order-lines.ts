import { refuse, type Refusal } from '../base/refusal.ts'
import type { ItemRow, PartyRow } from '../identity/rows.ts'
import type { DecisionContext } from './decision.ts'
import { sayAmount } from './stock.ts'
import { orderLineTable, type OrderLineRow, type OrderRow } from './tables.ts'

export type OrderMatchRefusal = Refusal<'not_ordered' | 'order_of_other_party'>

/**
 * The line of a purchase or customer order that a delivery or shipment fulfils: the one named, else the first of the item
 * that is not complete, else the last. Null: the order has no lines and counts as a whole. More than was ordered is noted.
 */
export function orderLineFor(
  context: DecisionContext,
  order: OrderRow,
  item: ItemRow,
  ask: { amount: bigint; line?: number | undefined; field: string },
): OrderLineRow | null | OrderMatchRefusal {
  const lines = context.view.list(orderLineTable, 'byOrder', [order.no])
  const fitting = lines.filter((row) => row.item === item.no && (ask.line ?? row.line) === row.line)
  const line = fitting.find((row) => row.done < row.amount) ?? fitting.at(-1)
  if (!line && (lines.length > 0 || (order.item !== null && order.item !== item.no))) {
    const wrong = notOrdered(order, item, ask)
    return context.breaks(wrong, { order: order.no }) ? wrong : null
  }
  if (line && line.done + ask.amount > line.amount) {
    const over = refuse('more_than_ordered', {
      message: `${sayAmount(context.view, item.no, line.done + ask.amount)} of ${item.code} on order ${order.code}; ${sayAmount(context.view, item.no, line.amount)} was ordered.`,
      fix: 'Check the quantity, or agree on the difference.',
      field: ask.field,
      value: order.code,
    })
    context.warn(over, { order: order.no })
  }
  return line ?? null
}

function notOrdered(order: OrderRow, item: ItemRow, ask: { line?: number | undefined }): OrderMatchRefusal {
  const where = ask.line === undefined ? '' : ` on line ${ask.line}`
  return refuse('not_ordered', {
    message: `Order ${order.code} does not ask for ${item.code}${where}.`,
    fix: 'Check item and order, or leave the order out.',
    field: 'order',
    value: order.code,
  })
}

/** Refuses a delivery or shipment booked on an order of somebody else. */
export function checkOrderParty(
  context: DecisionContext,
  order: OrderRow,
  party: PartyRow | undefined,
  field: string,
): OrderMatchRefusal | undefined {
  if (!party || order.party === null || order.party === party.no) return undefined
  const other = refuse('order_of_other_party', {
    message: `Order ${order.code} is not with ${party.code}.`,
    fix: 'Check the order number and the party.',
    field,
    value: party.code,
  })
  return context.breaks(other, { order: order.no }) && other
}
