import { Type } from 'typebox'
import { amountOf } from '../base/quantity.ts'
import { isRefusal } from '../base/refusal.ts'
import { commandSchema, LongText, Quantity, Reference, Text } from '../ledger/command.ts'
import { type DecisionContext, verb } from '../ledger/decision.ts'
import { lookAhead, lookAround } from '../ledger/look-ahead.ts'
import { handOver, take, type Taken } from '../ledger/draws.ts'
import type { Effect } from '../ledger/effects.ts'
import { findOrExpect, type Seed, seedEffects } from '../ledger/lots.ts'
import { checkMaterial } from '../ledger/materials.ts'
import { findOpenOrder } from '../ledger/orders.ts'
import { itemOf } from '../ledger/stock.ts'
import { reservationTable } from '../ledger/tables.ts'
import type { Witnessed } from '../ledger/touching.ts'
import { checkUsable } from '../quality/usable.ts'
import { checkPromised } from './consumption-rules.ts'

export interface Issued extends Witnessed {
  readonly order: number
  readonly orderCode: string
  readonly taken: Taken
  readonly seed?: Seed
  readonly concession?: string
  /** Reservations of this lot for this order that the issue fulfils. */
  readonly fulfils: readonly number[]
}

const schema = commandSchema('issue', {
  order: Text('Work order'),
  what: Reference,
  quantity: Type.Optional(Quantity),
  from: Type.Optional(Text('Place it is taken from')),
  concession: Type.Optional(LongText('What allows a material that the bill of material does not name')),
})

/** Material goes from store into an order, where consumption will find it. Genealogy begins only when it is consumed. */
export const issue = verb<typeof schema, Issued>({
  verb: 'issue',
  event: 'Issued',
  version: 1,
  about: 'Takes material out of store for a work order.',
  schema,
  decide(command, context) {
    lookAhead(context.view, {
      order: command.order,
      places: [command.from],
      references: [command.what],
    })
    const order = findOpenOrder(context, command.order)
    if (isRefusal(order)) return order
    const found = findOrExpect(context, command.what, { field: 'what', kind: 'lot' })
    if (isRefusal(found)) return found
    const { row, seed } = found
    lookAround(context.view, row)
    const refusal =
      checkMaterial(context, {
        order,
        operation: null,
        item: itemOf(context.view, row.item),
        concession: command.concession,
        traceable: row.no,
      }) ?? checkUsable(context, row, { field: 'what', purpose: 'use' })
    if (refusal) return refusal
    const taken = take(context, row, { quantity: command.quantity, from: command.from, field: 'what' })
    if (isRefusal(taken)) return taken
    const reserved = checkPromised(context, row, taken, order)
    if (reserved) return reserved
    return {
      order: order.no,
      orderCode: order.code,
      taken,
      ...(seed ? { seed } : {}),
      ...(command.concession === undefined ? {} : { concession: command.concession }),
      fulfils: fulfilled(context, order.no, taken),
    }
  },
  effectsOf(event) {
    const { order, taken, seed, fulfils } = event.body
    return [
      ...(seed ? seedEffects(event, seed) : []),
      ...handOver(taken, { kind: 'order', no: order }, order),
      ...fulfils.map((no): Effect => ({ do: 'unreserve', no })),
    ]
  },
})

function fulfilled(context: DecisionContext, order: number, taken: Taken): readonly number[] {
  const amount = taken.quantity === null ? 0n : amountOf(taken.quantity)
  return context.view
    .list(reservationTable, 'byTraceable', [taken.traceable])
    .filter((row) => row.orderNo === order && row.endedPosition === null && row.amount <= amount)
    .map((row) => row.no)
}
