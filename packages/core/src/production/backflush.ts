import { Type } from 'typebox'
import { amountOf, decimalOf } from '../base/quantity.ts'
import { isRefusal, refuse, type Refusal } from '../base/refusal.ts'
import { together } from '../base/view.ts'
import { findItem, findPlace } from '../identity/lookup.ts'
import { type ItemRow, type PlaceRow, traceableTable, type TraceableRow } from '../identity/rows.ts'
import { measure } from '../identity/unit.ts'
import { commandSchema, Quantity, Text } from '../ledger/command.ts'
import { type DecisionContext, verb } from '../ledger/decision.ts'
import { bomOf, type BomLine } from '../ledger/definitions.ts'
import { type Taken, takenEffects, touchAmount } from '../ledger/draws.ts'
import { feedSet, type FeedSet, feedTouch } from '../ledger/materials.ts'
import { findOpenOrder } from '../ledger/orders.ts'
import { factEffects, inputFacts } from '../ledger/process-facts.ts'
import { runKey } from '../ledger/process-key.ts'
import { bypassField, type Bypassed, checkRoute } from '../ledger/route.ts'
import { holderText, itemOf, sayAmount } from '../ledger/stock.ts'
import { type OrderRow, stockTable } from '../ledger/tables.ts'
import { touchEffect, type Witnessed } from '../ledger/touching.ts'
import { checkConsumed } from '../quality/consumed.ts'
import { holdsOn } from '../quality/usable.ts'

export interface Backflushed extends Witnessed {
  readonly order: number
  readonly orderCode: string
  readonly operation: string | null
  readonly place: number
  readonly taken: readonly (Taken & FeedSet)[]
  readonly bypass?: Bypassed
}

const schema = commandSchema('backflush', {
  order: Text('Order with a bill of material'),
  operation: Type.Optional(Text('Operation; only its lines then')),
  quantity: Quantity,
  place: Text('Place the materials are taken from'),
  only: Type.Optional(Type.Array(Text('Item'), { minItems: 1, maxItems: 100 })),
  ...bypassField,
})

/**
 * What the bill of material says was used, taken from the place without a scan: first what expires first, then what came
 * first. Marked as such: its edges are possible, never proven (B6).
 */
export const backflush = verb<typeof schema, Backflushed>({
  verb: 'backflush',
  event: 'Backflushed',
  version: 1,
  about: 'Books off materials by the bill of material; evidence: backflushed.',
  schema,
  decide(command, context) {
    const order = findOpenOrder(context, command.order)
    if (isRefusal(order)) return order
    const place = findPlace(context.view, command.place)
    if (isRefusal(place)) return place
    const operation = command.operation ?? null
    const bypass = checkRoute(context, { order, operation, bypass: command.bypass })
    if (isRefusal(bypass)) return bypass
    const needs = needsOf(context, order, { operation, quantity: command.quantity, only: command.only })
    if (isRefusal(needs)) return needs
    const taken: Backflushed['taken'][number][] = []
    for (const need of needs) {
      const lots = takeOldest(context, need, place)
      if (isRefusal(lots)) return lots
      const lacking = checkLots(context, lots, { order, operation })
      if (lacking) return lacking
      taken.push(...lots)
    }
    const left = bypass ? { bypass } : {}
    return { order: order.no, orderCode: order.code, operation, place: place.no, taken, ...left }
  },
  effectsOf(event) {
    const { order, orderCode, operation, taken } = event.body
    const process = { kind: 'run', key: runKey(order, operation) } as const
    const facts = inputFacts({ no: order, code: orderCode }, operation, true)
    const draws = taken.flatMap((each) => [
      ...takenEffects(each, 'consumed', order),
      touchEffect(
        event,
        {
          role: 'draw',
          traceable: each.traceable,
          ...{
            process,
            edge: 'material',
            amount: touchAmount(each),
            ...feedTouch(each),
            item: each.item ?? 0,
          },
        },
        'backflushed',
      ),
    ])
    return [...draws, ...factEffects(event, process.key, facts)]
  },
})

interface Need {
  readonly line: BomLine
  readonly item: ItemRow
  readonly amount: bigint
}

/** How much of each material so many units need, exactly; what does not come out even is rounded up by a grain. */
function needsOf(
  context: DecisionContext,
  order: OrderRow,
  ask: { operation: string | null; quantity: Quantity; only: readonly string[] | undefined },
): readonly Need[] | Refusal {
  const bom = bomOf(context.view, order)
  const product = itemOf(context.view, order.item)
  if (!bom || !product) return noBom(order)
  const measured = measure(product, ask.quantity)
  if (isRefusal(measured)) return measured
  const only = ask.only && together(ask.only, (code, index) => findItem(context.view, code, `only/${index}`))
  const wrong = only?.find((item) => isRefusal(item))
  if (isRefusal(wrong)) return wrong
  const wanted = only?.flatMap((item) => (isRefusal(item) ? [] : [item.no]))
  const per = bom.output === null ? 10n ** BigInt(product.scale) : amountOf(bom.output)
  return bom.lines
    .filter((line) => line.operation === null || ask.operation === null || line.operation === ask.operation)
    .filter((line) => !wanted || wanted.includes(line.item))
    .flatMap((line) => {
      const item = itemOf(context.view, line.item)
      const total = amountOf(line.quantity) * measured.amount
      return item ? [{ line, item, amount: (total + per - 1n) / per }] : []
    })
}

/** Lots at the place, of the item or an approved alternate: what may be used, first what expires first, then the oldest. */
function takeOldest(
  context: DecisionContext,
  need: Need,
  place: PlaceRow,
): Backflushed['taken'] | Refusal<'backflush_short'> {
  const { view } = context
  const rows = [need.line.item, ...need.line.alternates].flatMap((item) =>
    view.list(stockTable, 'byItemAndHolder', [item, 'place', place.no]).filter((row) => row.onHand > 0n),
  )
  const lots = together(rows, (row) => view.get(traceableTable, [row.traceable]))
  const usable = together(lots, (lot) => lot !== undefined && isUsable(context, lot))
  const ranked = rows
    .map((row, index) => ({ row, lot: lots[index], usable: usable[index] ?? false }))
    .filter((each) => each.usable)
    .toSorted((a, b) => (rankOf(a.lot) < rankOf(b.lot) ? -1 : 1))
  let left = need.amount
  const taken: Backflushed['taken'][number][] = []
  for (const { row } of ranked) {
    const part = row.onHand < left ? row.onHand : left
    if (part <= 0n) break
    left -= part
    taken.push(portion(need, { traceable: row.traceable, item: row.item }, part, place))
  }
  if (left <= 0n) return taken
  const refusal = short(context, need, place, left)
  if (context.breaks(refusal)) return refusal
  context.gap({
    kind: 'shortfall',
    item: need.item.no,
    place: place.no,
    detail: `${sayAmount(view, need.item.no, left)} of ${need.item.code} were booked off by rule and not on record at ${place.code}`,
  })
  return taken
}

/** What is booked off without a scan can only be what is on record with all that rules ask for. */
function checkLots(
  context: DecisionContext,
  lots: Backflushed['taken'],
  of: { order: OrderRow; operation: string | null },
): Refusal | undefined {
  const rows = together(lots, ({ traceable }) => context.view.get(traceableTable, [traceable]))
  const looks = together(lots, ({ from }, index) => {
    const row = rows[index]
    return row && checkConsumed(context, row, { ...of, command: {}, from })
  })
  return looks.find((look) => isRefusal(look))
}

function portion(need: Need, of: { traceable: number; item: number | null }, part: bigint, place: PlaceRow) {
  const quantity = decimalOf(part, need.item.scale)
  const holder = holderText({ kind: 'place', no: place.no })
  return { ...of, quantity, from: [{ holder, quantity }], ...feedSet(need.item, need.line) }
}

function isUsable(context: DecisionContext, lot: TraceableRow): boolean {
  if (context.historical) return true
  const expired = lot.expiresOn !== null && lot.expiresOn < context.today
  return lot.status === 'released' && !expired && holdsOn(context.view, lot.no).length === 0
}

/** First expired first out, then first in first out. */
function rankOf(lot: TraceableRow | undefined): string {
  return `${lot?.expiresOn ?? '9999-12-31'} ${lot?.happenedAt} ${String(lot?.no).padStart(12, '0')}`
}

function short(
  context: DecisionContext,
  need: Need,
  place: PlaceRow,
  left: bigint,
): Refusal<'backflush_short'> {
  const missing = sayAmount(context.view, need.item.no, left)
  return refuse('backflush_short', {
    message: `${missing} of ${need.item.code} are lacking at ${place.code}, held and expired lots left out.`,
    fix: 'Move material there, count the place, or scan what was really used.',
    field: 'place',
    value: place.code,
    details: { item: need.item.code, missing },
  })
}

function noBom(order: OrderRow): Refusal<'bom_missing'> {
  return refuse('bom_missing', {
    message: `Order ${order.code} has no bill of material to book off by.`,
    fix: 'Scan what was used, or open the order for an item with a bill of material.',
    field: 'order',
    value: order.code,
  })
}
