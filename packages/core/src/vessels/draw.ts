import { Type, type Static } from 'typebox'
import { amountOf, type Decimal, decimalOf, plainDecimal } from '../base/quantity.ts'
import { isRefusal, refuse, type Refusal } from '../base/refusal.ts'
import type { ProcessRef } from '../genealogy/touch.ts'
import { findItem, findPlace } from '../identity/lookup.ts'
import type { ItemRow } from '../identity/rows.ts'
import { measure } from '../identity/unit.ts'
import { commandSchema, DateText, LongText, Quantity, Reference, Text } from '../ledger/command.ts'
import { type DecisionContext, verb } from '../ledger/decision.ts'
import type { Effect } from '../ledger/effects.ts'
import { inherit } from '../ledger/inherit.ts'
import { lotLines } from '../ledger/lot-lines.ts'
import { type Seed, seedEffects } from '../ledger/lots.ts'
import { checkMaterial } from '../ledger/materials.ts'
import { findOpenOrder } from '../ledger/orders.ts'
import { newOutput, numberOf, type Output, outputEffects } from '../ledger/outputs.ts'
import { checkPlace } from '../ledger/placing.ts'
import { type Condition, factEffects, inputFacts } from '../ledger/process-facts.ts'
import { captureProcess, runKey } from '../ledger/process-key.ts'
import { bypassField, type Bypassed, checkRoute } from '../ledger/route.ts'
import { holderOf, holderText, stockEffect } from '../ledger/stock.ts'
import { touchEffect, type Witnessed } from '../ledger/touching.ts'
import { checkUsable } from '../quality/usable.ts'
import { findVessel, inVessel, measurable, type Vessel } from './vessel.ts'

/** The lot that what was drawn became. */
interface DrawnLot {
  readonly output: Output
  readonly item: number
  readonly quantity: Decimal
  readonly given?: { readonly value: string; readonly unit: string } | undefined
  readonly place: number
}

export interface Drawn extends Witnessed {
  readonly vessel: number
  readonly seed?: Seed
  readonly at: string
  /** As the vessel counts it. */
  readonly content: Decimal
  readonly item: number
  readonly process: ProcessRef
  readonly order: number | null
  readonly facts: readonly Condition[]
  readonly lot: DrawnLot | null
  readonly bypass?: Bypassed
}

const schema = commandSchema('draw', {
  vessel: Reference,
  quantity: Quantity,
  item: Type.Optional(Text('What is drawn; needed unless it goes straight into an order')),
  lot: Type.Optional(Text('Lot it becomes; numbered by rule if left out')),
  place: Type.Optional(Text('Place of that lot')),
  order: Type.Optional(Text('Order it goes straight into')),
  operation: Type.Optional(Text('Operation')),
  expiresOn: Type.Optional(DateText('Expiry')),
  manufacturedOn: Type.Optional(DateText('Date of manufacture')),
  concession: Type.Optional(LongText('What allows a material that the bill of material does not name')),
  confirmNew: Type.Optional(
    Type.Boolean({ description: 'A code that looks like another one is new all the same' }),
  ),
  ...bypassField,
})
type Draw = Static<typeof schema>

/** What leaves a vessel, as a lot of its own or straight into an order; it holds all that was in the vessel then (B11). */
export const draw = verb<typeof schema, Drawn>({
  verb: 'draw',
  event: 'Drawn',
  version: 1,
  about: 'Takes from a vessel, into a lot or into an order.',
  schema,
  decide(command, context) {
    const item = command.item === undefined ? undefined : findItem(context.view, command.item)
    if (isRefusal(item)) return item
    const vessel = findVessel(context, command.vessel, { make: false, place: null, item })
    if (isRefusal(vessel)) return vessel
    const held = checkUsable(context, vessel.row, { field: 'vessel', purpose: 'use' })
    if (held) return held
    const head = {
      vessel: vessel.row.no,
      ...(vessel.seed ? { seed: vessel.seed } : {}),
      at: holderText(vessel.at),
      item: item?.no ?? 0,
    }
    const rest =
      command.order === undefined
        ? intoLot(command, context, vessel, item)
        : intoOrder(command, context, vessel, item)
    return isRefusal(rest) ? rest : { ...head, ...rest }
  },
  effectsOf(event) {
    const { vessel, seed, at, content, item, process, order, facts, lot } = event.body
    const amount = amountOf(content)
    const effects: Effect[] = [
      ...(seed ? seedEffects(event, seed) : []),
      stockEffect({ traceable: vessel, item: null }, holderOf(at), -amount, 'consumed', order ?? undefined),
      touchEffect(event, { role: 'draw', traceable: vessel, process, edge: 'material', amount, item }),
      ...factEffects(event, process.key, facts),
    ]
    if (lot) {
      const traceable = numberOf(lot.output)
      const made = amountOf(lot.quantity)
      effects.push(
        ...outputEffects(event, lot.output),
        touchEffect(event, { role: 'add', traceable, process, edge: 'material', amount: made }),
        stockEffect({ traceable, item: lot.item }, { kind: 'place', no: lot.place }, made, 'produced'),
      )
    }
    return effects
  },
})

type Rest = Pick<Drawn, 'content' | 'process' | 'order' | 'facts' | 'lot' | 'bypass'>

function intoOrder(
  command: Draw,
  context: DecisionContext,
  vessel: Vessel,
  item: ItemRow | undefined,
): Rest | Refusal {
  const order = findOpenOrder(context, command.order ?? '')
  if (isRefusal(order)) return order
  const operation = command.operation ?? null
  const bypass = checkRoute(context, { order, operation, bypass: command.bypass })
  if (isRefusal(bypass)) return bypass
  const refusal = checkMaterial(context, { order, operation, item, concession: command.concession })
  if (refusal) return refusal
  const measured = measure(measurable(vessel, item), command.quantity)
  if (isRefusal(measured)) return measured
  const lacking = checkContent(context, vessel, measured.amount, measured.quantity)
  if (lacking) return lacking
  return {
    content: measured.quantity,
    process: { kind: 'run', key: runKey(order.no, operation) },
    order: order.no,
    facts: inputFacts(order, operation, true),
    lot: null,
    ...(bypass ? { bypass } : {}),
  }
}

function intoLot(
  command: Draw,
  context: DecisionContext,
  vessel: Vessel,
  item: ItemRow | undefined,
): Rest | Refusal {
  if (!item || command.place === undefined) return drawnIntoWhat()
  const place = findPlace(context.view, command.place)
  if (isRefusal(place)) return place
  const lines = lotLines(context, item, command, { place })
  if (isRefusal(lines)) return lines
  const [line] = lines
  if (!line || lines.length > 1) return drawnIntoWhat()
  const content = inVessel(vessel, item, line.quantity)
  if (isRefusal(content)) return content
  const lacking = checkContent(context, vessel, content.amount, content.quantity)
  if (lacking) return lacking
  const inherited = inherit(context, item, [vessel.row], command)
  if (isRefusal(inherited)) return inherited
  const output = newOutput(context, {
    ...inherited,
    ...{
      item,
      kind: item.tracking === 'batch' ? 'batch' : 'lot',
      code: line.code,
      field: 'lot',
      status: 'released',
    },
    place,
    confirmed: line.numbered || (command.confirmNew ?? false),
  })
  if (isRefusal(output)) return output
  const occupied = checkPlace(context, place, [numberOf(output)], { field: 'place' })
  if (occupied) return occupied
  const { quantity, given } = line
  return {
    content: content.quantity,
    process: captureProcess('draw', context.key),
    order: null,
    facts: [],
    lot: { output, item: item.no, quantity, given, place: place.no },
  }
}

/** Live: no more comes out than went in. Historical: what is lacking is owed, and a gap. */
function checkContent(
  context: DecisionContext,
  vessel: Vessel,
  amount: bigint,
  quantity: Decimal,
): Refusal<'vessel_holds_less'> | undefined {
  const { row, holds, content } = vessel
  if (content >= amount) return undefined
  if (context.historical) {
    context.gap({
      kind: 'shortfall',
      traceable: row.no,
      detail: `drew ${plainDecimal(quantity)} ${holds.unit} from ${row.code}, more than was on record`,
    })
    return undefined
  }
  const left = plainDecimal(content <= 0n ? '0' : decimalOf(content, holds.scale))
  return refuse('vessel_holds_less', {
    message: `${row.code} holds ${left} ${holds.unit}; ${plainDecimal(quantity)} were asked for.`,
    fix: 'Draw less, record what was loaded, or count the vessel.',
    field: 'quantity',
    value: plainDecimal(quantity),
  })
}

function drawnIntoWhat(): Refusal<'drawn_into_what'> {
  return refuse('drawn_into_what', {
    message: 'It is not said what the drawn content became.',
    fix: 'Name the item and the place of the lot, or the order it goes into. A vessel is not drawn into serials.',
    field: 'item',
  })
}
