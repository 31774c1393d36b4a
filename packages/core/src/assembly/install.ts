import { Type } from 'typebox'
import { isRefusal } from '../base/refusal.ts'
import { commandSchema, LongText, Quantity, Reference, Text } from '../ledger/command.ts'
import { verb } from '../ledger/decision.ts'
import { lookAhead, lookAround } from '../ledger/look-ahead.ts'
import { findOrExpect, type Seed, seedEffects } from '../ledger/lots.ts'
import { findOpenOrder } from '../ledger/orders.ts'
import { factEffects, workFacts } from '../ledger/process-facts.ts'
import { bypassField, type Bypassed, checkRoute } from '../ledger/route.ts'
import type { Witnessed } from '../ledger/touching.ts'
import { unitNamed } from '../ledger/units.ts'
import { decideInstall, installEffects, type PartIn } from './part.ts'

export interface Installed extends Witnessed {
  readonly order: number | null
  readonly orderCode: string | null
  readonly operation: string | null
  readonly seeds: readonly Seed[]
  readonly part: PartIn
  readonly bypass?: Bypassed
}

const schema = commandSchema('install', {
  unit: Reference,
  part: Reference,
  slot: Type.Optional(Text('Position in the unit, as the drawing names it')),
  quantity: Type.Optional(Quantity),
  order: Type.Optional(Text('Order')),
  operation: Type.Optional(Text('Operation')),
  from: Type.Optional(Text('Place; what was issued to the order is taken first if left out')),
  concession: Type.Optional(LongText('What allows a part that the bill of material does not name')),
  ...bypassField,
})

/** A part becomes part of a unit, at any level, in making or in the field (B12). */
export const install = verb<typeof schema, Installed>({
  verb: 'install',
  event: 'Installed',
  version: 1,
  about: 'Puts a part into a unit, where it can be taken out again.',
  schema,
  decide(command, context) {
    const references = [command.unit, command.part]
    lookAhead(context.view, { order: command.order, places: [command.from], references })
    const order = command.order === undefined ? undefined : findOpenOrder(context, command.order)
    if (isRefusal(order)) return order
    const unit = unitNamed(context, command.unit, { order, field: 'unit', confirmed: false })
    if (isRefusal(unit)) return unit
    const found = findOrExpect(context, command.part, { field: 'part', kind: 'serial' })
    if (isRefusal(found)) return found
    lookAround(context.view, found.row)
    const operation = command.operation ?? null
    const route = { order, operation, units: [unit.row.no], bypass: command.bypass }
    const bypass = checkRoute(context, route)
    if (isRefusal(bypass)) return bypass
    const { slot, quantity, from, concession } = command
    const ask = { unit: unit.row, part: found.row, order, operation, slot, quantity, from, concession }
    const part = decideInstall(context, ask)
    if (isRefusal(part)) return part
    return {
      order: order?.no ?? null,
      orderCode: order?.code ?? null,
      operation,
      seeds: [...(unit.seed ? [unit.seed] : []), ...(found.seed ? [found.seed] : [])],
      part,
      ...(bypass ? { bypass } : {}),
    }
  },
  effectsOf(event) {
    const { order, orderCode, operation, seeds, part } = event.body
    const of = order === null ? null : { no: order, code: orderCode ?? '' }
    return [
      ...seeds.flatMap((seed) => seedEffects(event, seed)),
      ...installEffects(event, part, order ?? undefined),
      ...factEffects(event, `install:${event.key}`, workFacts(of, operation, false)),
    ]
  },
})
