import { refuse, type Refusal } from '../base/refusal.ts'
import { type PlaceRow, traceableTable } from '../identity/rows.ts'
import type { DecisionContext } from './decision.ts'
import { stockTable } from './tables.ts'

export type PlaceRefusal = Refusal<'place_occupied'>

/**
 * Whether these traceables may be put here: a single-lot place that holds another lot takes none (B10). What leaves in the
 * same capture is named in `leaving`.
 */
export function checkPlace(
  context: DecisionContext,
  place: PlaceRow,
  traceables: readonly number[],
  ask: { field: string; leaving?: readonly number[] },
): PlaceRefusal | undefined {
  if (place.kind !== 'single-lot') return undefined
  const { view } = context
  const there = view
    .list(stockTable, 'byHolder', ['place', place.no])
    .filter((row) => row.onHand > 0n && !ask.leaving?.includes(row.traceable))
    .map((row) => row.traceable)
  const other =
    there.find((no) => !traceables.includes(no)) ??
    traceables.find((no, at) => at > 0 && no !== traceables[0])
  if (other === undefined) return undefined
  const code = view.get(traceableTable, [other])?.code ?? `number ${other}`
  const occupied = refuse('place_occupied', {
    message: `${place.code} takes one lot at a time and would hold ${code} as well.`,
    fix: `Put it elsewhere, or merge it with ${code} into one composite lot.`,
    field: ask.field,
    value: place.code,
    details: { place: place.no, traceable: other },
  })
  return context.breaks(occupied) && occupied
}
