import { Type } from 'typebox'
import { decimalOf } from '../base/quantity.ts'
import { isRefusal, type Refusal } from '../base/refusal.ts'
import type { View } from '../base/view.ts'
import { findPlace } from '../identity/lookup.ts'
import type { TraceableRow } from '../identity/rows.ts'
import { commandSchema, Reference, Text } from '../ledger/command.ts'
import { type DecisionContext, verb } from '../ledger/decision.ts'
import { findOrExpect, type Seed, seedEffects } from '../ledger/lots.ts'
import { itemOf, stockOf } from '../ledger/stock.ts'
import type { InstallationRow } from '../ledger/tables.ts'
import type { Witnessed } from '../ledger/touching.ts'
import { findInstallation, type PartOut, removeEffects } from './part.ts'

export interface Removed extends Witnessed {
  readonly seeds: readonly Seed[]
  readonly out: PartOut
}

const schema = commandSchema('remove', {
  unit: Reference,
  part: Reference,
  to: Type.Optional(Text('Place it is put; that of the unit if left out')),
})

/** A part leaves a unit (B12). From then on neither is concerned by what happens to the other. */
export const remove = verb<typeof schema, Removed>({
  verb: 'remove',
  event: 'Removed',
  version: 1,
  about: 'Takes a part out of a unit.',
  schema,
  decide(command, context) {
    const unit = findOrExpect(context, command.unit, { field: 'unit', kind: 'serial' })
    if (isRefusal(unit)) return unit
    const part = findOrExpect(context, command.part, { field: 'part', kind: 'serial' })
    if (isRefusal(part)) return part
    const taken = decideRemove(context, unit.row, part.row, command.to)
    if (isRefusal(taken)) return taken
    const seeds = [...(unit.seed ? [unit.seed] : []), ...(part.seed ? [part.seed] : [])]
    return { seeds, out: taken.out }
  },
  effectsOf(event) {
    const { seeds, out } = event.body
    return [...seeds.flatMap((seed) => seedEffects(event, seed)), ...removeEffects(event, out)]
  },
})

/** What comes out, as much of it as went in, and which installation that ends. */
export function decideRemove(
  context: DecisionContext,
  unit: TraceableRow,
  part: TraceableRow,
  to: string | undefined,
): { out: PartOut; ending: InstallationRow | undefined } | Refusal {
  const place = to === undefined ? undefined : findPlace(context.view, to, 'to')
  if (isRefusal(place)) return place
  const ending = findInstallation(context, unit, part)
  if (isRefusal(ending)) return ending
  const scale = itemOf(context.view, part.item)?.scale ?? 0
  const amount = ending ? ending.amount : part.kind === 'serial' ? 10n ** BigInt(scale) : null
  const out: PartOut = {
    unit: unit.no,
    part: part.no,
    item: part.item,
    quantity: amount === null ? null : decimalOf(amount, scale),
    slot: ending?.slot ?? null,
    to: place?.no ?? whereIs(context.view, unit.no),
  }
  return { out, ending }
}

/** The place a unit lies at, where a part that is taken out lies first too; null where it is with somebody else. */
function whereIs(view: View, unit: number): number | null {
  const at = stockOf(view, unit).find((row) => row.holderKind === 'place' && row.onHand > 0n)
  return at?.holder ?? null
}
