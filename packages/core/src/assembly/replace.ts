import { Type } from 'typebox'
import { isRefusal } from '../base/refusal.ts'
import { commandSchema, LongText, Quantity, Reference, Text } from '../ledger/command.ts'
import { verb } from '../ledger/decision.ts'
import { findOrExpect, type Seed, seedEffects } from '../ledger/lots.ts'
import { findOpenOrder } from '../ledger/orders.ts'
import type { Witnessed } from '../ledger/touching.ts'
import { decideInstall, installEffects, type PartIn, type PartOut, removeEffects } from './part.ts'
import { decideRemove } from './remove.ts'

export interface Replaced extends Witnessed {
  readonly order: number | null
  readonly seeds: readonly Seed[]
  readonly out: PartOut
  readonly part: PartIn
}

const schema = commandSchema('replace', {
  unit: Reference,
  remove: Reference,
  install: Reference,
  slot: Type.Optional(Text('Position; that of the part taken out if left out')),
  to: Type.Optional(Text('Place the old part is put')),
  from: Type.Optional(Text('Place the new part is taken from')),
  quantity: Type.Optional(Quantity),
  order: Type.Optional(Text('Order')),
  concession: Type.Optional(LongText('What allows a part that the bill of material does not name')),
})

/** One part for another, in one fact: there is no moment in which the unit has both or none (B12). */
export const replace = verb<typeof schema, Replaced>({
  verb: 'replace',
  event: 'Replaced',
  version: 1,
  about: 'Puts one part of a unit in the place of another.',
  schema,
  decide(command, context) {
    const order = command.order === undefined ? undefined : findOpenOrder(context, command.order)
    if (isRefusal(order)) return order
    const unit = findOrExpect(context, command.unit, { field: 'unit', kind: 'serial' })
    if (isRefusal(unit)) return unit
    const old = findOrExpect(context, command.remove, { field: 'remove', kind: 'serial' })
    if (isRefusal(old)) return old
    const next = findOrExpect(context, command.install, { field: 'install', kind: 'serial' })
    if (isRefusal(next)) return next
    const removed = decideRemove(context, unit.row, old.row, command.to)
    if (isRefusal(removed)) return removed
    const part = decideInstall(context, {
      ...{ unit: unit.row, part: next.row, order, operation: null, ending: removed.ending },
      slot: command.slot ?? removed.out.slot ?? undefined,
      ...{ quantity: command.quantity, from: command.from, concession: command.concession },
    })
    if (isRefusal(part)) return part
    const seeds = [unit.seed, old.seed, next.seed].filter((seed) => seed !== undefined)
    return { order: order?.no ?? null, seeds, out: removed.out, part }
  },
  effectsOf(event) {
    const { order, seeds, out, part } = event.body
    return [
      ...seeds.flatMap((seed) => seedEffects(event, seed)),
      ...removeEffects(event, out),
      ...installEffects(event, part, order ?? undefined),
    ]
  },
})
