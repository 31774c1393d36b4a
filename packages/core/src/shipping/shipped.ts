import { amountOf } from '../base/quantity.ts'
import { codeKeyOf } from '../identity/code.ts'
import type { Effect, Holder, RecordedEvent } from '../ledger/effects.ts'
import { seedEffects } from '../ledger/lots.ts'
import { holderOf, stockEffect } from '../ledger/stock.ts'
import type { LineShipped, LinesShipped } from './lines-shipped.ts'
import type { ShipmentUsed } from './shipment.ts'

/** The fact that goods left to a customer. */
export interface ShippedBody extends ShipmentUsed, LinesShipped {
  readonly customer: number
  readonly customerCode: string
}

type Event = RecordedEvent<string, ShippedBody>

/**
 * What a shipment does: each traceable goes from its holder to the customer, a shipment line is written for it, the order
 * moves on. What is packed stays packed: the containment goes on at the customer. No genealogy: a shipment is a place.
 */
export function shippedEffects(event: Event): readonly Effect[] {
  const { shipment: no, code, isNew, reservations, lines } = event.body
  const name: Effect = {
    do: 'named',
    row: { scheme: 'code', valueKey: codeKeyOf(code), names: 'shipment', no, value: code },
  }
  return [
    { do: 'shipment', row: shipmentRow(event) },
    ...(isNew ? [name] : []),
    ...lines.flatMap((line) => lineEffects(event, line)),
    ...reservations.map((reservation): Effect => ({ do: 'unreserve', no: reservation })),
  ]
}

function shipmentRow(event: Event): Extract<Effect, { do: 'shipment' }>['row'] {
  const { shipment: no, code, customer, order, carrier, reference } = event.body
  return {
    no,
    code,
    codeKey: codeKeyOf(code),
    customer,
    orderNo: order?.no ?? null,
    shippedAt: event.happenedAt,
    deliveredAt: null,
    carrier,
    reference,
  }
}

function lineEffects(event: Event, line: LineShipped): readonly Effect[] {
  const { shipment, customer, order } = event.body
  const { taken, seed, container, orderLine, isGoods } = line
  const to: Holder = { kind: 'customer', no: customer }
  const amount = taken.quantity === null ? 0n : amountOf(taken.quantity)
  const effects: Effect[] = seed ? [...seedEffects(event, seed)] : []
  for (const { holder, quantity } of taken.from) {
    effects.push(stockEffect(taken, holderOf(holder), -amountOf(quantity), 'shipped', order?.no))
    effects.push(stockEffect(taken, to, amountOf(quantity), 'shipped', order?.no))
  }
  effects.push({ do: 'shipped', shipment, traceable: taken.traceable, container, amount })
  if (order && isGoods) effects.push({ do: 'progress', order: order.no, line: orderLine, delta: amount })
  return effects
}
