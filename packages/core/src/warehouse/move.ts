import { Type, type Static } from 'typebox'
import { isRefusal, refuse, type Refusal } from '../base/refusal.ts'
import { findPlace } from '../identity/lookup.ts'
import { commandSchema, Quantity, Reference, Text } from '../ledger/command.ts'
import { type DecisionContext, verb } from '../ledger/decision.ts'
import { handOver, take, type Taken } from '../ledger/draws.ts'
import type { Effect, RecordedEvent } from '../ledger/effects.ts'
import { findOrExpect, type Seed, seedEffects } from '../ledger/lots.ts'
import { checkPlace } from '../ledger/placing.ts'
import { holderText, stockEffect } from '../ledger/stock.ts'

const schema = commandSchema('move', {
  what: Reference,
  quantity: Type.Optional(Quantity),
  from: Type.Optional(Text('Place it is taken from; the only one if left out')),
  to: Text('Place it is put'),
})
type Move = Static<typeof schema>

interface MovedBody {
  readonly code: string
  readonly seed: Seed | null
  readonly taken: Taken
  readonly to: number
  readonly toCode: string
}

/** Takes stock or a whole container from one place to another. Held stock may be moved: into the hold area, for one. */
export const move = verb({
  verb: 'move',
  event: 'Moved',
  version: 1,
  about: 'Moves some or all of a lot, or a container with all that is in it, to another place.',
  schema,
  decide: decideMove,
  effectsOf: (event: RecordedEvent<string, MovedBody>): readonly Effect[] => {
    const { seed, taken, to } = event.body
    const place = { kind: 'place', no: to } as const
    if (!seed) return handOver(taken, place)
    // A container that nobody knew stands here from now on, one piece of itself; it was lacking nowhere.
    const stands =
      seed.kind === 'container' ? [stockEffect(taken, place, 1n, 'adjusted')] : handOver(taken, place)
    return [...seedEffects(event, seed), ...stands]
  },
})

function decideMove(command: Move, context: DecisionContext): MovedBody | Refusal {
  const to = findPlace(context.view, command.to, 'to')
  if (isRefusal(to)) return to
  const found = findOrExpect(context, command.what, { field: 'what', kind: 'lot', needsNoOrigin: true })
  if (isRefusal(found)) return found
  const { row, seed = null } = found
  const taken =
    seed?.kind === 'container'
      ? { traceable: row.no, item: null, quantity: '1', from: [] }
      : take(context, row, { quantity: command.quantity, from: command.from, field: 'what' })
  if (isRefusal(taken)) return taken
  if (taken.from.some((source) => source.holder === holderText({ kind: 'place', no: to.no }))) {
    const same = refuse('already_there', {
      message: `${row.code} is at ${to.code} already.`,
      fix: 'Scan the place it goes to.',
      field: 'to',
      value: to.code,
    })
    // An old record that says again where a thing is says nothing wrong.
    if (!context.historical) return same
  }
  const occupied = checkPlace(context, to, [row.no], { field: 'to' })
  if (occupied) return occupied
  return { code: row.code, seed, taken, to: to.no, toCode: to.code }
}
