import { Type } from 'typebox'
import { amountOf, type Decimal, decimalOf, plainDecimal } from '../base/quantity.ts'
import { isRefusal, refuse, type Refusal } from '../base/refusal.ts'
import { commandSchema, Reference, Text } from '../ledger/command.ts'
import { type DecisionContext, verb } from '../ledger/decision.ts'
import type { Effect } from '../ledger/effects.ts'
import { type Seed, seedEffects } from '../ledger/lots.ts'
import { findOrder } from '../ledger/orders.ts'
import { type Condition, factEffects, plainFact } from '../ledger/process-facts.ts'
import { runKey } from '../ledger/process-key.ts'
import { holderOf, holderText, stockEffect } from '../ledger/stock.ts'
import { touchEffect, type Witnessed } from '../ledger/touching.ts'
import { findVessel, type Vessel } from './vessel.ts'

export interface Cleaned extends Witnessed {
  readonly vessel: { readonly no: number; readonly at: string } | null
  readonly seed?: Seed
  readonly run: string | null
  /** What was declared gone, as the vessel counts it. */
  readonly discarded: Decimal | null
  readonly facts: readonly Condition[]
}

const schema = commandSchema('clean', {
  vessel: Type.Optional(Reference),
  order: Type.Optional(Text('Order whose line was cleaned')),
  operation: Type.Optional(Text('Operation')),
  empty: Type.Optional(
    Type.Boolean({ description: 'What was still in it is gone; adjusted to nothing, with the reason' }),
  ),
  method: Type.Optional(Text('How')),
})

/** Cleaning ends carry-over: nothing of the earlier content is in what comes after (B11). */
export const clean = verb<typeof schema, Cleaned>({
  verb: 'clean',
  event: 'Cleaned',
  version: 1,
  about: 'Records that a vessel or a line was cleaned, or emptied.',
  schema,
  decide(command, context) {
    const facts =
      command.method === undefined
        ? []
        : [{ ...plainFact('parameter', null, 'cleaning'), value: command.method }]
    if (command.vessel !== undefined) {
      const vessel = findVessel(context, command.vessel, { make: false, place: null, item: undefined })
      if (isRefusal(vessel)) return vessel
      const discarded = restOf(context, vessel, command.empty ?? false)
      if (isRefusal(discarded)) return discarded
      const seed = vessel.seed ? { seed: vessel.seed } : {}
      return {
        vessel: { no: vessel.row.no, at: holderText(vessel.at) },
        ...seed,
        run: null,
        discarded,
        facts,
      }
    }
    if (command.order === undefined) return cleanedWhat()
    const order = findOrder(context.view, command.order)
    if (isRefusal(order)) return order
    return { vessel: null, run: runKey(order.no, command.operation ?? null), discarded: null, facts }
  },
  effectsOf(event) {
    const { vessel, seed, run, discarded, facts } = event.body
    if (run !== null)
      return [touchEffect(event, { role: 'barrier', on: { run } }), ...factEffects(event, run, facts)]
    if (!vessel) return []
    const effects: Effect[] = seed ? [...seedEffects(event, seed)] : []
    effects.push(touchEffect(event, { role: 'barrier', on: { traceable: vessel.no } }))
    if (discarded !== null) {
      const of = { traceable: vessel.no, item: null }
      effects.push(stockEffect(of, holderOf(vessel.at), -amountOf(discarded), 'adjusted'))
    }
    return effects
  },
})

/** What is left at a cleaning must be said to be gone: else the next load would be told from a heel that is still there. */
function restOf(context: DecisionContext, vessel: Vessel, empty: boolean): Decimal | null | Refusal {
  const { row, content, holds } = vessel
  if (content <= 0n) return null
  const rest = decimalOf(content, holds.scale)
  if (!empty) {
    const refusal = refuse('vessel_not_empty', {
      message: `${row.code} still holds ${plainDecimal(rest)} ${holds.unit}.`,
      fix: 'Draw it off first, or declare it gone (empty) with the reason.',
      field: 'empty',
      value: row.code,
    })
    return context.breaks(refusal, { traceable: row.no }) ?? null
  }
  if (context.reason !== null || context.historical) return rest
  return refuse('reason_missing', {
    message: `${plainDecimal(rest)} ${holds.unit} in ${row.code} would be gone without a reason.`,
    fix: 'Say why.',
    field: 'reason',
  })
}

function cleanedWhat(): Refusal<'cleaned_what'> {
  return refuse('cleaned_what', {
    message: 'It is not said what was cleaned.',
    fix: 'Name the vessel, or the order whose line was cleaned.',
    field: 'vessel',
  })
}
