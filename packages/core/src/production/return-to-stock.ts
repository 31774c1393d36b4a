import { Type } from 'typebox'
import { isRefusal } from '../base/refusal.ts'
import { findPlace } from '../identity/lookup.ts'
import { commandSchema, Quantity, Reference, Text } from '../ledger/command.ts'
import { verb } from '../ledger/decision.ts'
import { handOver, take, type Taken } from '../ledger/draws.ts'
import { findOrExpect, type Seed, seedEffects } from '../ledger/lots.ts'
import { findOrder } from '../ledger/orders.ts'
import type { Witnessed } from '../ledger/touching.ts'

export interface ReturnedToStock extends Witnessed {
  readonly order: number
  readonly orderCode: string
  readonly taken: Taken
  readonly seed?: Seed
  readonly place: number
}

const schema = commandSchema('return-to-stock', {
  order: Text('Work order; it may be closed already'),
  what: Reference,
  quantity: Type.Optional(Quantity),
  to: Text('Place it goes back to'),
})

/** What an order was issued and did not use goes back into store. Held material may go back: it is not used by that. */
export const returnToStock = verb<typeof schema, ReturnedToStock>({
  verb: 'return-to-stock',
  event: 'ReturnedToStock',
  version: 1,
  about: 'Puts back into store what an order was issued and did not use.',
  schema,
  decide(command, context) {
    const order = findOrder(context.view, command.order)
    if (isRefusal(order)) return order
    const found = findOrExpect(context, command.what, { field: 'what', kind: 'lot' })
    if (isRefusal(found)) return found
    const place = findPlace(context.view, command.to, 'to')
    if (isRefusal(place)) return place
    const taken = take(context, found.row, {
      quantity: command.quantity,
      holder: { kind: 'order', no: order.no },
      field: 'what',
    })
    if (isRefusal(taken)) return taken
    const seed = found.seed ? { seed: found.seed } : {}
    return { order: order.no, orderCode: order.code, taken, ...seed, place: place.no }
  },
  effectsOf(event) {
    const { order, taken, seed, place } = event.body
    return [
      ...(seed ? seedEffects(event, seed) : []),
      ...handOver(taken, { kind: 'place', no: place }, order),
    ]
  },
})
