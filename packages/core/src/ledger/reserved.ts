import { refuse, type Refusal } from '../base/refusal.ts'
import type { Amount } from '../base/quantity.ts'
import type { View } from '../base/view.ts'
import type { TraceableRow } from '../identity/rows.ts'
import type { DecisionContext } from './decision.ts'
import { sayAmount, stockOf } from './stock.ts'
import { orderTable, type ReservationRow, reservationTable } from './tables.ts'

/** Open promises of a traceable. */
export function reservationsOf(view: View, traceable: number): readonly ReservationRow[] {
  return view.list(reservationTable, 'byTraceable', [traceable]).filter((row) => row.endedPosition === null)
}

/** What is in store or packed of a traceable and not promised to another order; below zero where too much is promised. */
export function freeAmount(view: View, traceable: number, order: number | null): Amount {
  const here = stockOf(view, traceable).filter(
    (row) => row.holderKind === 'place' || row.holderKind === 'container',
  )
  const promised = reservationsOf(view, traceable).filter((row) => row.orderNo !== order)
  return here.reduce((sum, row) => sum + row.onHand, 0n) - promised.reduce((sum, row) => sum + row.amount, 0n)
}

/** Whether an amount may leave although other orders were promised some of it. */
export function checkReserved(
  context: DecisionContext,
  traceable: TraceableRow,
  ask: { amount: Amount; order: number | null; field: string },
): Refusal<'lot_reserved'> | undefined {
  const { view } = context
  if (reservationsOf(view, traceable.no).every((row) => row.orderNo === ask.order)) return undefined
  const free = freeAmount(view, traceable.no, ask.order)
  if (free >= ask.amount) return undefined
  const others = reservationsOf(view, traceable.no).filter((row) => row.orderNo !== ask.order)
  const orders = others.map((row) => view.get(orderTable, [row.orderNo])?.code ?? `number ${row.orderNo}`)
  const left = sayAmount(view, traceable.item, free > 0n ? free : 0n)
  const reserved = refuse('lot_reserved', {
    message: `${left} of ${traceable.code} is free; the rest is reserved for ${orders.join(', ')}.`,
    fix: 'Take another lot, or end the reservation first.',
    field: ask.field,
    value: traceable.code,
    details: { traceable: traceable.no, orders },
  })
  return context.breaks(reserved, { traceable: traceable.no }) && reserved
}
