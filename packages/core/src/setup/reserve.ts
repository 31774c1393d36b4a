import type { Static } from 'typebox'
import { amountOf, type Decimal } from '../base/quantity.ts'
import { isRefusal, refuse, type Refusal } from '../base/refusal.ts'
import { findTraceable } from '../identity/lookup.ts'
import type { TraceableRow } from '../identity/rows.ts'
import { measure } from '../identity/unit.ts'
import { commandSchema, Quantity, Reference, Text } from '../ledger/command.ts'
import { type DecisionContext, verb } from '../ledger/decision.ts'
import type { Effect, RecordedEvent } from '../ledger/effects.ts'
import { findOpenOrder, findOrder } from '../ledger/orders.ts'
import { freeAmount, reservationsOf } from '../ledger/reserved.ts'
import { itemOf, sayAmount } from '../ledger/stock.ts'
import { checkUsable } from '../quality/usable.ts'

const reserveSchema = commandSchema('reserve', { order: Text('Order'), what: Reference, quantity: Quantity })
const unreserveSchema = commandSchema('unreserve', { order: Text('Order'), what: Reference })

interface ReservedBody {
  readonly no: number
  readonly order: number
  readonly traceable: number
  readonly code: string
  readonly item: number
  readonly quantity: Decimal
}

interface UnreservedBody {
  readonly order: number
  readonly traceable: number
  readonly reservations: readonly number[]
}

/** Promises some of a lot to an order. A hold beats a reservation. */
export const reserve = verb({
  verb: 'reserve',
  event: 'Reserved',
  version: 1,
  about: 'Promises an amount of a lot to an order; others can no longer take it.',
  schema: reserveSchema,
  decide: decideReserve,
  effectsOf(event: RecordedEvent<string, ReservedBody>): readonly Effect[] {
    const { no, order, item, traceable, quantity } = event.body
    return [{ do: 'reserve', no, order, item, traceable, amount: amountOf(quantity) }]
  },
})

/** Gives a promised lot free again. */
export const unreserve = verb({
  verb: 'unreserve',
  event: 'Unreserved',
  version: 1,
  about: 'Ends the reservations of a lot for an order.',
  schema: unreserveSchema,
  decide(command: Static<typeof unreserveSchema>, context): UnreservedBody | Refusal {
    const order = findOrder(context.view, command.order)
    if (isRefusal(order)) return order
    const row = findTraceable(context.view, command.what, 'what')
    if (isRefusal(row)) return row
    const open = reservationsOf(context.view, row.no).filter((each) => each.orderNo === order.no)
    if (open.length === 0) {
      return refuse('not_reserved', {
        message: `Nothing of ${row.code} is reserved for ${order.code}.`,
        fix: 'Check order and lot.',
        field: 'what',
        value: row.code,
      })
    }
    return { order: order.no, traceable: row.no, reservations: open.map((each) => each.no) }
  },
  effectsOf: (event: RecordedEvent<string, UnreservedBody>): readonly Effect[] =>
    event.body.reservations.map((no) => ({ do: 'unreserve', no })),
})

function decideReserve(
  command: Static<typeof reserveSchema>,
  context: DecisionContext,
): ReservedBody | Refusal {
  const { view } = context
  const order = findOpenOrder(context, command.order)
  if (isRefusal(order)) return order
  const row = findTraceable(view, command.what, 'what')
  if (isRefusal(row)) return row
  const item = itemOf(view, row.item)
  if (!item) return noItem(row)
  const measured = measure(item, command.quantity)
  if (isRefusal(measured)) return measured
  const unusable = checkUsable(context, row, { field: 'what', purpose: 'pack' })
  if (unusable) return unusable
  const free = freeAmount(view, row.no, null)
  if (free < measured.amount) {
    const left = refuse('not_free', {
      message: `${sayAmount(view, row.item, free > 0n ? free : 0n)} of ${row.code} is free.`,
      fix: 'Reserve at most that, or another lot.',
      field: 'quantity',
      value: command.quantity.value,
    })
    if (context.breaks(left, { traceable: row.no })) return left
  }
  const { no: traceable, code } = row
  const no = context.next('reservation')
  return { no, order: order.no, traceable, code, item: item.no, quantity: measured.quantity }
}

function noItem(row: TraceableRow): Refusal<'not_a_material'> {
  return refuse('not_a_material', {
    message: `${row.code} is a ${row.kind}; it has no quantity of its own.`,
    fix: 'Name the lots in it.',
    field: 'what',
    value: row.code,
  })
}
