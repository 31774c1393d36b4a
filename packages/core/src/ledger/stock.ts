import { decimalOf, plainDecimal, type Amount } from '../base/quantity.ts'
import { refuse, type Refusal } from '../base/refusal.ts'
import type { View } from '../base/view.ts'
import {
  itemTable,
  type ItemRow,
  partyTable,
  placeTable,
  traceableTable,
  type TraceableRow,
} from '../identity/rows.ts'
import type { DecisionContext } from './decision.ts'
import type { Effect, Holder } from './effects.ts'
import { type Cause, type HolderKind, orderTable, stockTable, type StockRow } from './tables.ts'

/** Text of a holder in events: `place:4`. One word, so that a body stays flat and readable. */
export function holderText(holder: Holder): string {
  return `${holder.kind}:${holder.no}`
}

export function holderOf(text: string): Holder {
  const [kind, no] = text.split(':')
  return { kind: kind as HolderKind, no: Number(no) }
}

/** Stock of a traceable wherever it is, open containment included. */
export function stockOf(view: View, traceable: number): readonly StockRow[] {
  return view.list(stockTable, 'byTraceable', [traceable])
}

/** An item row that must exist because a row of ours names it; containers and vessels have none and count pieces. */
export function itemOf(view: View, no: number | null): ItemRow | undefined {
  return no === null ? undefined : view.get(itemTable, [no])
}

/** Writes an amount for people, with its unit. */
export function sayAmount(view: View, item: number | null, amount: Amount): string {
  const row = itemOf(view, item)
  return row ? `${plainDecimal(decimalOf(amount, row.scale))} ${row.unit}` : String(amount)
}

export type StockRefusal = Refusal<'not_enough' | 'not_there' | 'holder_unclear'>

/**
 * Where to take an amount from. `from` given: there. Not given: the only holder among `kinds` that has some. Live: refused
 * when there is less than asked. Historical: the first holder named is used and the rest is owed, with a gap.
 */
export function takeFrom(
  context: DecisionContext,
  traceable: TraceableRow,
  amount: Amount,
  ask: { from?: Holder | undefined; kinds: readonly HolderKind[]; fallback: Holder; field: string },
): Holder | StockRefusal {
  const { view } = context
  const rows = stockOf(view, traceable.no).filter(
    (row) => row.onHand > 0n && ask.kinds.includes(row.holderKind),
  )
  if (!ask.from && rows.length > 1 && !context.historical) {
    const enough = rows.filter((row) => row.onHand >= amount)
    if (enough.length !== 1) {
      return refuse('holder_unclear', {
        message: `${traceable.code} is in ${rows.length} places.`,
        fix: `Say which: ${rows.map((row) => sayHolder(view, row)).join(', ')}.`,
        field: ask.field,
        value: traceable.code,
        details: { places: rows.map((row) => sayHolder(view, row)) },
      })
    }
  }
  const best = [...rows].sort((a, b) => (a.onHand > b.onHand ? -1 : a.onHand < b.onHand ? 1 : 0))[0]
  const holder = ask.from ?? (best ? { kind: best.holderKind, no: best.holder } : ask.fallback)
  const there = rows.find((row) => row.holderKind === holder.kind && row.holder === holder.no)?.onHand ?? 0n
  if (there >= amount) return holder
  if (!context.historical) return lacking(context, traceable, { holder, there, amount, field: ask.field })
  context.gap({
    kind: 'shortfall',
    traceable: traceable.no,
    detail: `used ${sayAmount(view, traceable.item, amount)} of ${traceable.code} where ${sayAmount(view, traceable.item, there)} was on record`,
  })
  return holder
}

function lacking(
  context: DecisionContext,
  traceable: TraceableRow,
  is: { holder: Holder; there: Amount; amount: Amount; field: string },
): StockRefusal {
  const { view } = context
  const others = stockOf(view, traceable.no).filter((row) => row.onHand > 0n)
  const elsewhere = others.map((row) => `${sayAmount(view, row.item, row.onHand)} ${sayHolder(view, row)}`)
  if (is.there === 0n) {
    return refuse('not_there', {
      message: `There is no ${traceable.code} ${sayHolder(view, { holderKind: is.holder.kind, holder: is.holder.no })}.`,
      fix:
        elsewhere.length > 0
          ? `It is: ${elsewhere.join(', ')}. Move it, or name that place.`
          : 'All of it is used up; scan another lot or count it.',
      field: is.field,
      value: traceable.code,
    })
  }
  return refuse('not_enough', {
    message: `${sayAmount(view, traceable.item, is.amount)} of ${traceable.code} was asked for; ${sayAmount(view, traceable.item, is.there)} is there.`,
    fix: `Take at most ${sayAmount(view, traceable.item, is.there)}, add another lot, or count the stock.`,
    field: is.field,
    value: sayAmount(view, traceable.item, is.amount),
    details: { elsewhere },
  })
}

/** A holder in words: `at A-03-2`, `in process on WO-118`, `in container 00123...`. */
export function sayHolder(view: View, row: { holderKind: HolderKind; holder: number }): string {
  const { holder } = row
  switch (row.holderKind) {
    case 'place':
      return `at ${view.get(placeTable, [holder])?.code ?? holder}`
    case 'order':
      return `in process on ${view.get(orderTable, [holder])?.code ?? holder}`
    case 'container':
      return `in container ${view.get(traceableTable, [holder])?.code ?? holder}`
    case 'customer':
    case 'subcontractor':
      return `with ${view.get(partyTable, [holder])?.code ?? holder}`
  }
}

/** A stock effect; the shape most events are made of. */
export function stockEffect(
  of: { traceable: number; item: number | null },
  holder: Holder,
  delta: Amount,
  cause: Cause,
  order?: number,
): Effect {
  return { do: 'stock', traceable: of.traceable, item: of.item, holder, delta, cause, order }
}

/** Out of one hand into another: two effects whose sum is nothing. */
export function transfer(
  of: { traceable: number; item: number | null },
  from: Holder,
  to: Holder,
  amount: Amount,
  order?: number,
): readonly Effect[] {
  return [
    stockEffect(of, from, -amount, 'transferred', order),
    stockEffect(of, to, amount, 'transferred', order),
  ]
}
