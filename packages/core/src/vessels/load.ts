import { Type } from 'typebox'
import { amountOf, type Decimal } from '../base/quantity.ts'
import { isRefusal, refuse, type Refusal } from '../base/refusal.ts'
import { findPlace } from '../identity/lookup.ts'
import type { TraceableRow } from '../identity/rows.ts'
import { commandSchema, Quantity, Reference, Text } from '../ledger/command.ts'
import { verb } from '../ledger/decision.ts'
import { lookAhead, lookAround } from '../ledger/look-ahead.ts'
import { take, type Taken, takenEffects, touchAmount } from '../ledger/draws.ts'
import type { Effect, TraceablePatch } from '../ledger/effects.ts'
import { findOrExpect, type Seed, seedEffects } from '../ledger/lots.ts'
import { captureProcess } from '../ledger/process-key.ts'
import { holderOf, holderText, itemOf, stockEffect } from '../ledger/stock.ts'
import { touchEffect, type Witnessed } from '../ledger/touching.ts'
import { checkUsable } from '../quality/usable.ts'
import { findVessel, inVessel, type Vessel } from './vessel.ts'

export interface Loaded extends Witnessed {
  readonly vessel: number
  readonly seeds: readonly Seed[]
  readonly taken: Taken
  /** The same amount as the vessel counts it. */
  readonly content: Decimal | null
  readonly at: string
  /** What the vessel takes over from its new content: the shortest expiry, owner, export class. */
  readonly learned: { readonly patch: TraceablePatch; readonly was: TraceablePatch } | null
}

const schema = commandSchema('load', {
  vessel: Reference,
  newVessel: Type.Optional(
    Type.Boolean({ description: 'The vessel is named for the first time; needs its place' }),
  ),
  place: Type.Optional(Text('Where a new vessel stands')),
  what: Reference,
  quantity: Type.Optional(Quantity),
  from: Type.Optional(Text('Place the lot is taken from')),
})

/** A lot goes into a tank, silo or hopper: what was drawn before does not get it, what is drawn later does (B11). */
export const load = verb<typeof schema, Loaded>({
  verb: 'load',
  event: 'Loaded',
  version: 1,
  about: 'Fills a lot, or a part of it, into a vessel.',
  schema,
  decide(command, context) {
    const references = [command.vessel, command.what]
    lookAhead(context.view, { places: [command.place, command.from], references })
    const place = command.place === undefined ? undefined : findPlace(context.view, command.place)
    if (isRefusal(place)) return place
    const found = findOrExpect(context, command.what, { field: 'what', kind: 'lot' })
    if (isRefusal(found)) return found
    const { row } = found
    lookAround(context.view, row)
    const item = itemOf(context.view, row.item)
    const vessel = findVessel(context, command.vessel, {
      make: command.newVessel ?? false,
      place: place?.no ?? null,
      item,
    })
    if (isRefusal(vessel)) return vessel
    if (vessel.row.no === row.no) return vesselIntoItself(row)
    const refusal = checkUsable(context, row, { field: 'what', purpose: 'use' })
    if (refusal) return refusal
    const taken = take(context, row, { quantity: command.quantity, from: command.from, field: 'what' })
    if (isRefusal(taken)) return taken
    const content = item && taken.quantity !== null ? inVessel(vessel, item, taken.quantity) : undefined
    if (isRefusal(content)) return content
    return {
      vessel: vessel.row.no,
      seeds: [...(vessel.seed ? [vessel.seed] : []), ...(found.seed ? [found.seed] : [])],
      taken,
      content: content?.quantity ?? null,
      at: holderText(vessel.at),
      learned: takesOver(vessel, row),
    }
  },
  effectsOf(event) {
    const { vessel, seeds, taken, content, at, learned } = event.body
    const process = captureProcess('load', event.key)
    const amount = content === null ? null : amountOf(content)
    const effects: Effect[] = seeds.flatMap((seed) => seedEffects(event, seed))
    effects.push(
      ...takenEffects(taken, 'consumed'),
      touchEffect(event, {
        role: 'draw',
        traceable: taken.traceable,
        ...{ process, edge: 'material', amount: touchAmount(taken), item: taken.item ?? 0 },
      }),
      touchEffect(event, { role: 'add', traceable: vessel, process, edge: 'material', amount, vessel: true }),
    )
    if (amount !== null) {
      const of = { traceable: vessel, item: null }
      effects.push(stockEffect(of, holderOf(at), amount, 'produced'))
    }
    if (learned) effects.push({ do: 'learned', traceable: vessel, ...learned })
    return effects
  },
})

/** The content of a vessel is as short-lived, as owned and as controlled as what is in it; an empty one starts anew. */
function takesOver(vessel: Vessel, lot: TraceableRow): Loaded['learned'] {
  const { row, content } = vessel
  const isEmpty = content <= 0n
  const shorter = [isEmpty ? null : row.expiresOn, lot.expiresOn]
    .filter((date) => date !== null)
    .toSorted()[0]
  const patch: TraceablePatch = {
    ...((shorter ?? null) === row.expiresOn ? {} : { expiresOn: shorter ?? null }),
    ...(lot.owner === null || lot.owner === row.owner ? {} : { owner: lot.owner }),
    ...(lot.exportClass === null || lot.exportClass === row.exportClass
      ? {}
      : { exportClass: lot.exportClass }),
  }
  const fields = Object.keys(patch)
  if (fields.length === 0) return null
  const was = Object.fromEntries(Object.entries(row).filter(([field]) => fields.includes(field)))
  return { patch, was }
}

function vesselIntoItself(row: TraceableRow): Refusal<'vessel_into_itself'> {
  return refuse('vessel_into_itself', {
    message: `${row.code} cannot be loaded into itself.`,
    fix: 'Scan the lot that is filled in.',
    field: 'what',
    value: row.code,
  })
}
