import { Type, type Static } from 'typebox'
import { amountOf } from '../base/quantity.ts'
import { isRefusal, refuse, type Refusal } from '../base/refusal.ts'
import { findItem } from '../identity/lookup.ts'
import { measure } from '../identity/unit.ts'
import { commandSchema, LongText, Quantity, Reference, Text } from '../ledger/command.ts'
import { type DecisionContext, verb } from '../ledger/decision.ts'
import { take, type Taken, takenEffects } from '../ledger/draws.ts'
import type { Effect, Holder } from '../ledger/effects.ts'
import { findOrExpect, newSeed, type Seed, seedEffects } from '../ledger/lots.ts'
import { findOpenOrder } from '../ledger/orders.ts'
import { factEffects, workFacts } from '../ledger/process-facts.ts'
import { runKey } from '../ledger/process-key.ts'
import { itemOf, stockEffect, stockOf } from '../ledger/stock.ts'
import type { OrderRow } from '../ledger/tables.ts'
import { touchEffect, type Witnessed } from '../ledger/touching.ts'
import type { Disposition } from '../identity/rows.ts'

/** Pieces of an order that were spoiled before they had a number. */
interface Spoiled {
  readonly order: number
  readonly orderCode: string
  readonly operation: string | null
  readonly seed: Seed
  readonly quantity: string
}

export interface Scrapped extends Witnessed {
  /** What was scrapped of a lot or serial; its status before, where nothing of it is left. */
  readonly taken: (Taken & { readonly wasStatus: Disposition | null }) | null
  readonly order: number | null
  readonly seed?: Seed
  readonly spoiled: Spoiled | null
}

const schema = commandSchema('scrap', {
  what: Type.Optional(Reference),
  order: Type.Optional(Text('Order; needed where what was spoiled has no number')),
  operation: Type.Optional(Text('Operation')),
  item: Type.Optional(Text("Item; the order's if left out")),
  quantity: Type.Optional(Quantity),
  from: Type.Optional(Text('Place')),
  reason: LongText('Why'),
})
type Scrap = Static<typeof schema>

/** What is thrown away: of a lot or serial, or of an order before it had a number (B9). Held material may be scrapped. */
export const scrap = verb<typeof schema, Scrapped>({
  verb: 'scrap',
  event: 'Scrapped',
  version: 1,
  about: 'Takes what is spoiled out of stock, or out of an order before it had a number.',
  schema,
  decide(command, context) {
    const order = command.order === undefined ? undefined : findOpenOrder(context, command.order)
    if (isRefusal(order)) return order
    if (command.what === undefined) {
      const spoiled = decideSpoiled(context, command, order)
      return isRefusal(spoiled) ? spoiled : { taken: null, order: spoiled.order, spoiled }
    }
    const found = findOrExpect(context, command.what, { field: 'what', kind: 'lot' })
    if (isRefusal(found)) return found
    const { row, seed } = found
    const { quantity, from } = command
    const taken = take(context, row, { quantity, from, order: order?.no, field: 'what' })
    if (isRefusal(taken)) return taken
    const left = stockOf(context.view, row.no).reduce((sum, stock) => sum + stock.onHand - stock.owed, 0n)
    const isGone = row.kind === 'serial' || (taken.quantity !== null && left <= amountOf(taken.quantity))
    const wasStatus = isGone ? row.status : null
    return {
      taken: { ...taken, wasStatus },
      order: order?.no ?? null,
      ...(seed ? { seed } : {}),
      spoiled: null,
    }
  },
  effectsOf(event) {
    const { taken, order, seed, spoiled } = event.body
    const effects: Effect[] = seed ? [...seedEffects(event, seed)] : []
    if (taken) {
      effects.push(...takenEffects(taken, 'scrapped', order ?? undefined))
      const { traceable, wasStatus } = taken
      if (wasStatus !== null) effects.push({ do: 'status', traceable, status: 'scrapped', was: wasStatus })
    }
    if (spoiled) {
      const process = { kind: 'run', key: runKey(spoiled.order, spoiled.operation) } as const
      const amount = amountOf(spoiled.quantity)
      const of = { traceable: spoiled.seed.no, item: spoiled.seed.item }
      const holder: Holder = { kind: 'order', no: spoiled.order }
      effects.push(
        ...seedEffects(event, spoiled.seed),
        touchEffect(event, { role: 'add', traceable: of.traceable, process, edge: 'material', amount }),
        stockEffect(of, holder, amount, 'produced', spoiled.order),
        stockEffect(of, holder, -amount, 'scrapped', spoiled.order),
        ...factEffects(
          event,
          process.key,
          workFacts({ no: spoiled.order, code: spoiled.orderCode }, spoiled.operation, true),
        ),
      )
    }
    return effects
  },
})

/** Spoiled pieces get a lot of their own that is scrap from the start, so that the order's balance explains them. */
function decideSpoiled(
  context: DecisionContext,
  command: Scrap,
  order: OrderRow | undefined,
): Spoiled | Refusal {
  if (!order) return scrapOfWhat()
  const item =
    command.item === undefined ? itemOf(context.view, order.item) : findItem(context.view, command.item)
  if (isRefusal(item)) return item
  if (!item || command.quantity === undefined) return scrapOfWhat()
  const measured = measure(item, command.quantity)
  if (isRefusal(measured)) return measured
  const running = context.next(`scrap:${order.no}`)
  const code = `${order.code}/scrap/${running}`
  const seed = newSeed(context, {
    kind: 'lot',
    item,
    code,
    field: 'order',
    status: 'scrapped',
    confirmed: true,
  })
  if (isRefusal(seed)) return seed
  const operation = command.operation ?? null
  return { order: order.no, orderCode: order.code, operation, seed, quantity: measured.quantity }
}

function scrapOfWhat(): Refusal<'scrap_of_what'> {
  return refuse('scrap_of_what', {
    message: 'It is not said what was scrapped.',
    fix: 'Scan the lot or serial, or name the order, and the quantity where it has no number.',
    field: 'what',
  })
}
