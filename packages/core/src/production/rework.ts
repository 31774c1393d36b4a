import { Type } from 'typebox'
import { isRefusal } from '../base/refusal.ts'
import type { ProcessRef } from '../genealogy/touch.ts'
import { commandSchema, LongText, Reference, Text } from '../ledger/command.ts'
import { verb } from '../ledger/decision.ts'
import type { Effect } from '../ledger/effects.ts'
import { findOrExpect, type Seed, seedEffects } from '../ledger/lots.ts'
import { findOpenOrder } from '../ledger/orders.ts'
import {
  type Condition,
  conditionFields,
  conditionsOf,
  factEffects,
  plainFact,
  workFacts,
} from '../ledger/process-facts.ts'
import { captureProcess } from '../ledger/process-key.ts'
import { touchEffect, type Witnessed } from '../ledger/touching.ts'

export interface Reworked extends Witnessed {
  readonly what: number
  readonly seed?: Seed
  readonly order: number | null
  readonly orderCode: string | null
  readonly operation: string | null
  readonly process: ProcessRef
  readonly notes: string | null
  readonly wasRejected: boolean
  readonly conditions: readonly Condition[]
}

const schema = commandSchema('rework', {
  what: Reference,
  order: Type.Optional(Text('Order it is reworked under')),
  operation: Type.Optional(Text('Operation')),
  process: Type.Optional(Text('Name of the rework, to book material on: consume with the same process')),
  reason: LongText('Why'),
  notes: Type.Optional(LongText('What was done')),
  ...conditionFields,
})

/**
 * The same thing went through again and is another state of itself (B13): one history, however often. What is rejected
 * waits for its next inspection from then on. Held things may be reworked; their holds stay.
 */
export const rework = verb<typeof schema, Reworked>({
  verb: 'rework',
  event: 'Reworked',
  version: 1,
  about: 'Sends a lot or serial through work again, keeping its identity.',
  schema,
  decide(command, context) {
    const order = command.order === undefined ? undefined : findOpenOrder(context, command.order)
    if (isRefusal(order)) return order
    const found = findOrExpect(context, command.what, { field: 'what', kind: 'lot' })
    if (isRefusal(found)) return found
    const conditions = conditionsOf(context, command)
    if (isRefusal(conditions)) return conditions
    const named = command.process === undefined ? undefined : `process:${command.process}`
    return {
      what: found.row.no,
      ...(found.seed ? { seed: found.seed } : {}),
      order: order?.no ?? null,
      orderCode: order?.code ?? null,
      operation: command.operation ?? null,
      process: named === undefined ? captureProcess('rework', context.key) : { kind: 'atomic', key: named },
      notes: command.notes ?? null,
      wasRejected: found.row.status === 'rejected',
      conditions,
    }
  },
  effectsOf(event) {
    const { what, seed, order, orderCode, operation, process, notes, wasRejected, conditions } = event.body
    const of = order === null ? null : { no: order, code: orderCode ?? '' }
    const said = notes === null ? [] : [{ ...plainFact('result', null, 'rework'), value: notes }]
    const waits: Effect = { do: 'status', traceable: what, status: 'pending', was: 'rejected' }
    return [
      ...(seed ? seedEffects(event, seed) : []),
      touchEffect(event, { role: 'renew', traceable: what, process }),
      ...(wasRejected ? [waits] : []),
      ...factEffects(event, process.key, [...workFacts(of, operation, false), ...conditions, ...said]),
    ]
  },
})
