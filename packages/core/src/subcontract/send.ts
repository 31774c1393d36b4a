import { Type } from 'typebox'
import { isRefusal } from '../base/refusal.ts'
import { findParty } from '../identity/lookup.ts'
import { commandSchema, Quantity, Reference, Text } from '../ledger/command.ts'
import { verb } from '../ledger/decision.ts'
import { handOver, take, type Taken } from '../ledger/draws.ts'
import { findOrExpect, type Seed, seedEffects } from '../ledger/lots.ts'
import { findOpenOrder } from '../ledger/orders.ts'
import type { Witnessed } from '../ledger/touching.ts'
import { checkUsable } from '../quality/usable.ts'
import { checkApproval } from './approvals.ts'

export interface SentToSubcontractor extends Witnessed {
  readonly order: number | null
  readonly orderCode: string | null
  readonly subcontractor: number
  readonly subcontractorCode: string
  readonly process: string
  readonly taken: Taken
  readonly seed?: Seed
}

const schema = commandSchema('subcontract-send', {
  order: Type.Optional(Text('Order it is done under')),
  subcontractor: Text('Subcontractor'),
  what: Reference,
  quantity: Type.Optional(Quantity),
  process: Text('What is done there: heat treatment, plating ...'),
  from: Type.Optional(Text('Place')),
})

/** Work goes outside with its identity; a special process only to whom is approved for it today (B14). */
export const send = verb<typeof schema, SentToSubcontractor>({
  verb: 'subcontract-send',
  event: 'SentToSubcontractor',
  version: 1,
  about: 'Sends a lot or serial to a subcontractor.',
  schema,
  decide(command, context) {
    const order = command.order === undefined ? undefined : findOpenOrder(context, command.order)
    if (isRefusal(order)) return order
    const party = findParty(context.view, command.subcontractor, 'subcontractor')
    if (isRefusal(party)) return party
    const found = findOrExpect(context, command.what, { field: 'what', kind: 'lot' })
    if (isRefusal(found)) return found
    const { row, seed } = found
    const refusal =
      checkApproval(context, party, command.process) ??
      checkUsable(context, row, { field: 'what', purpose: 'use' })
    if (refusal) return refusal
    const { quantity, from } = command
    const taken = take(context, row, { quantity, from, order: order?.no, field: 'what' })
    if (isRefusal(taken)) return taken
    return {
      order: order?.no ?? null,
      orderCode: order?.code ?? null,
      subcontractor: party.no,
      subcontractorCode: party.code,
      process: command.process,
      taken,
      ...(seed ? { seed } : {}),
    }
  },
  effectsOf(event) {
    const { order, subcontractor, taken, seed } = event.body
    return [
      ...(seed ? seedEffects(event, seed) : []),
      ...handOver(taken, { kind: 'subcontractor', no: subcontractor }, order ?? undefined),
    ]
  },
})
