import { amountOf, decimalOf, type Amount, type Decimal } from '../base/quantity.ts'
import { isRefusal, refuse, type Refusal } from '../base/refusal.ts'
import type { View } from '../base/view.ts'
import { findPlace } from '../identity/lookup.ts'
import type { TraceableRow } from '../identity/rows.ts'
import { measure } from '../identity/unit.ts'
import type { Quantity } from './command.ts'
import type { DecisionContext } from './decision.ts'
import type { Effect, Holder } from './effects.ts'
import { holderOf, holderText, itemOf, stockEffect, stockOf, takeFrom } from './stock.ts'
import type { Cause } from './tables.ts'

/** An amount of one traceable and out of whose hands it came, as events carry it. */
export interface Taken {
  readonly traceable: number
  readonly item: number | null
  /** Null where a historical fact does not say how much: then no stock changes. */
  readonly quantity: Decimal | null
  readonly given?: { readonly value: string; readonly unit: string } | undefined
  readonly from: readonly { readonly holder: string; readonly quantity: Decimal }[]
  /** What a historical fact counted of a thing whose item is not known yet: it is booked once the item is. */
  readonly said?: { readonly holder: string; readonly quantity: Quantity } | undefined
}

/** The place a historical fact took from when it names none and nothing is on record. */
export const UNKNOWN_PLACE: Holder = { kind: 'place', no: 0 }

export interface TakeAsk {
  readonly quantity: Quantity | undefined
  /** Code of the place, where the command names one. */
  readonly from?: string | undefined
  /** The one hand it is in: an order that gives back, a subcontractor. */
  readonly holder?: Holder | undefined
  /** Taken first from what was issued to this order. */
  readonly order?: number | undefined
  readonly field: string
}

/**
 * Takes an amount of a traceable out of stock: first what was issued to the order, then what lies at the place given or at
 * the only place that has enough. Live: never more than there is; without a quantity, a serial is one piece and anything
 * else all of it. Historical: what is missing is owed.
 */
export function take(context: DecisionContext, row: TraceableRow, ask: TakeAsk): Taken | Refusal {
  const place = ask.from === undefined ? undefined : findPlace(context.view, ask.from, 'from')
  if (isRefusal(place)) return place
  const hands: Hands = {
    from: ask.holder ?? (place && { kind: 'place', no: place.no }),
    order: ask.order === undefined ? undefined : { kind: 'order', no: ask.order },
    field: ask.field,
  }
  const measured = amountFor(context, row, ask.quantity, hands)
  if (isRefusal(measured)) return measured
  const of = { traceable: row.no, item: row.item }
  if (measured.amount === null) {
    const isUnscaled = row.item === null && (row.kind === 'lot' || row.kind === 'batch')
    if (!isUnscaled || ask.quantity === undefined) return { ...of, quantity: null, from: [] }
    return { ...of, quantity: null, from: [], said: saidOf(context, row, ask.quantity, hands) }
  }
  const scale = itemOf(context.view, row.item)?.scale ?? 0
  const isOutside = context.historical && !hands.from && !hands.order && keepsNoStock(context.view, row)
  const sources = isOutside ? [] : sourcesOf(context, row, measured.amount, hands)
  if (isRefusal(sources)) return sources
  return {
    ...of,
    quantity: decimalOf(measured.amount, scale),
    ...(measured.given ? { given: measured.given } : {}),
    from: sources.map(([holder, amount]) => ({
      holder: holderText(holder),
      quantity: decimalOf(amount, scale),
    })),
  }
}

/** Keeps a quantity whose scale nobody knows in the words it was given in, with a gap until stock covers it. */
function saidOf(
  context: DecisionContext,
  row: TraceableRow,
  quantity: Quantity,
  hands: Hands,
): NonNullable<Taken['said']> {
  const words = [quantity.value, quantity.unit].filter((word) => word !== undefined).join(' ')
  context.gap({
    kind: 'shortfall',
    traceable: row.no,
    detail: `used ${words} of ${row.code}, whose item is not on record, so that its stock cannot be booked yet`,
  })
  return { holder: holderText(hands.from ?? UNKNOWN_PLACE), quantity }
}

/** A lot that came without saying how much has no stock on record, so nothing can be lacking. */
function keepsNoStock(view: View, row: TraceableRow): boolean {
  return row.status !== 'expected' && stockOf(view, row.no).length === 0
}

/** What one holder has of a traceable now. */
export function heldBy(view: View, traceable: number, holder: Holder): Amount {
  const rows = stockOf(view, traceable)
  return rows.find((row) => row.holderKind === holder.kind && row.holder === holder.no)?.onHand ?? 0n
}

interface Hands {
  readonly from: Holder | undefined
  readonly order: Holder | undefined
  readonly field: string
}

function sourcesOf(
  context: DecisionContext,
  row: TraceableRow,
  amount: Amount,
  hands: Hands,
): (readonly [Holder, Amount])[] | Refusal {
  const { from, order, field } = hands
  const issued = order && !from ? heldBy(context.view, row.no, order) : 0n
  if (order && issued >= amount) return [[order, amount]]
  const fallback = from ?? order ?? UNKNOWN_PLACE
  const holder = takeFrom(context, row, amount - issued, {
    ...{ from, fallback, field },
    kinds: [from?.kind ?? 'place'],
  })
  if (isRefusal(holder)) return holder
  const rest: readonly [Holder, Amount] = [holder, amount - issued]
  return order && issued > 0n ? [[order, issued], rest] : [rest]
}

type Asked = { amount: Amount; given?: { value: string; unit: string } } | { amount: null; given?: never }

function amountFor(
  context: DecisionContext,
  row: TraceableRow,
  quantity: Quantity | undefined,
  hands: Hands,
): Asked | Refusal {
  const item = itemOf(context.view, row.item)
  const one = 10n ** BigInt(item?.scale ?? 0)
  if (quantity !== undefined && item) {
    const measured = measure(item, quantity)
    const isPiece = row.kind === 'serial' && !isRefusal(measured) && measured.amount !== one
    const refusal = isPiece ? serialIsOne(row) : measured
    if (!isRefusal(refusal)) return refusal
    if (!isAboutUnit(refusal) || context.breaks(refusal, { traceable: row.no })) return refusal
    return { amount: row.kind === 'serial' ? one : null }
  }
  if (row.kind === 'serial') return { amount: one }
  if (!item) return { amount: context.historical && quantity !== undefined ? null : one }
  if (context.historical) return { amount: null }
  return { amount: allOf(context.view, row, hands) ?? one }
}

/** Old records count in units of their own: then that something went is known, and how much is not. */
function isAboutUnit(refusal: Refusal): boolean {
  return ['unit_unknown', 'unit_inexact', 'quantity_too_precise', 'serial_is_one'].includes(refusal.code)
}

/** All that a live capture can mean by leaving the quantity out; undefined where it lies in several places or nowhere. */
function allOf(view: View, row: TraceableRow, { from, order }: Hands): Amount | undefined {
  if (from) return heldBy(view, row.no, from) || undefined
  const issued = order ? heldBy(view, row.no, order) : 0n
  if (issued > 0n) return issued
  const there = stockOf(view, row.no).filter((stock) => stock.holderKind === 'place' && stock.onHand > 0n)
  return there.length === 1 ? there[0]?.onHand : undefined
}

function serialIsOne(row: TraceableRow): Refusal<'serial_is_one'> {
  return refuse('serial_is_one', {
    message: `${row.code} is one piece with a number of its own.`,
    fix: 'Leave the quantity out, or name each serial.',
    field: 'quantity',
    value: row.code,
  })
}

/** Out of the hands it was in; the cause says what became of it. */
export function takenEffects(taken: Taken, cause: Cause, order?: number): readonly Effect[] {
  const stock = taken.from.map(({ holder, quantity }) =>
    stockEffect(taken, holderOf(holder), -amountOf(quantity), cause, order),
  )
  const said = saidEffect(taken, { goes: 'out', cause, order })
  return said ? [...stock, said] : stock
}

/** Out of the hands it was in, into another's. */
export function handOver(taken: Taken, to: Holder, order?: number): readonly Effect[] {
  const stock = taken.from.flatMap(({ holder, quantity }) => [
    stockEffect(taken, holderOf(holder), -amountOf(quantity), 'transferred', order),
    stockEffect(taken, to, amountOf(quantity), 'transferred', order),
  ])
  const out = saidEffect(taken, { goes: 'out', cause: 'transferred', order })
  return out ? [...stock, out, { ...out, goes: 'in', holder: to }] : stock
}

function saidEffect(
  { traceable, said }: Taken,
  how: { goes: 'in' | 'out'; cause: Cause; order: number | undefined },
): Extract<Effect, { do: 'said' }> | undefined {
  return said && { do: 'said', traceable, holder: holderOf(said.holder), quantity: said.quantity, ...how }
}

/** The amount of a touch; null where it was not recorded. */
export function touchAmount(taken: Pick<Taken, 'quantity'>): Amount | null {
  return taken.quantity === null ? null : amountOf(taken.quantity)
}
