import type { Amount, Decimal } from '../base/quantity.ts'
import { isRefusal, refuse, type Refusal } from '../base/refusal.ts'
import type { View } from '../base/view.ts'
import { findTraceable, textOf, candidatesOf } from '../identity/lookup.ts'
import type { ItemRow, TraceableRow } from '../identity/rows.ts'
import { type Measurable, measure, type Measured } from '../identity/unit.ts'
import type { Reference } from '../ledger/command.ts'
import type { DecisionContext } from '../ledger/decision.ts'
import { UNKNOWN_PLACE } from '../ledger/draws.ts'
import type { Holder } from '../ledger/effects.ts'
import { newSeed, rowOf, type Seed } from '../ledger/lots.ts'
import { stockOf } from '../ledger/stock.ts'

/** How a vessel counts its content: whatever is in it, in one unit, fixed by its first load. */
export interface VesselUnit {
  readonly unit: string
  readonly scale: number
}

export interface Vessel {
  readonly row: TraceableRow
  /** Present where this capture brings the vessel into being. */
  readonly seed?: Seed
  readonly holds: VesselUnit
  /** Where it stands. */
  readonly at: Holder
  readonly content: Amount
}

/** The unit and scale a vessel keeps in its attributes; undefined for one that was never loaded. */
function unitOf(row: Pick<TraceableRow, 'attributes'>): VesselUnit | undefined {
  const { unit, scale } = row.attributes
  return typeof unit === 'string' && typeof scale === 'number' ? { unit, scale } : undefined
}

/** What is in a vessel now, heel included. */
export function contentOf(view: View, vessel: number): Amount {
  return stockOf(view, vessel).reduce((sum, row) => sum + row.onHand - row.owed, 0n)
}

/** The vessel a reference names. Live: it is there. Historical: an unknown one comes to exist by being named. */
export function findVessel(
  context: DecisionContext,
  reference: Reference,
  ask: { make: boolean; place: number | null; item: ItemRow | undefined },
): Vessel | Refusal {
  const found = findTraceable(context.view, reference, 'vessel')
  if (!isRefusal(found)) return isVessel(context, found, ask.item)
  const isUnknown = found.code === 'lot_unknown' && candidatesOf(context.view, reference).length === 0
  if (!isUnknown) return found
  if (!ask.make && !context.historical) {
    return refuse('vessel_unknown', {
      message: `There is no vessel ${JSON.stringify(textOf(reference))}.`,
      fix: 'Check the code, or load it for the first time with newVessel and its place.',
      field: 'vessel',
      value: textOf(reference),
    })
  }
  if (ask.place === null && !context.historical) return vesselNeedsPlace(textOf(reference))
  const holds = { unit: ask.item?.unit ?? 'kg', scale: ask.item?.scale ?? 3 }
  const seed = newSeed(context, {
    kind: 'vessel',
    item: undefined,
    code: typeof reference === 'string' ? reference : (reference.code ?? textOf(reference)),
    field: 'vessel',
    attributes: { ...holds, place: ask.place ?? UNKNOWN_PLACE.no },
  })
  if (isRefusal(seed)) return seed
  const at: Holder = { kind: 'place', no: ask.place ?? UNKNOWN_PLACE.no }
  return { row: rowOf(seed, context), seed, holds, at, content: 0n }
}

function isVessel(context: DecisionContext, row: TraceableRow, item: ItemRow | undefined): Vessel | Refusal {
  if (row.kind !== 'vessel') {
    return refuse('not_a_vessel', {
      message: `${row.code} is a ${row.kind}, not a vessel.`,
      fix: 'Scan the tank, silo or hopper.',
      field: 'vessel',
      value: row.code,
    })
  }
  const holds = unitOf(row) ?? { unit: item?.unit ?? 'kg', scale: item?.scale ?? 3 }
  const place = row.attributes['place']
  const at: Holder = { kind: 'place', no: typeof place === 'number' ? place : UNKNOWN_PLACE.no }
  return { row, holds, at, content: contentOf(context.view, row.no) }
}

function vesselNeedsPlace(code: string): Refusal<'vessel_place_missing'> {
  return refuse('vessel_place_missing', {
    message: `It is not said where the new vessel ${code} stands.`,
    fix: 'Name its place.',
    field: 'place',
    value: code,
  })
}

/** The vessel as something quantities are read for: in its own unit, or by an item's conversions. */
export function measurable(vessel: Vessel, item: ItemRow | undefined): Measurable {
  const { unit, scale } = vessel.holds
  const known = item?.conversions.find((conversion) => conversion.unit === unit)
  const back = item &&
    known && { unit: item.unit, numerator: known.denominator, denominator: known.numerator }
  return { code: vessel.row.code, unit, scale, conversions: back ? [back] : [] }
}

/** An amount of an item as the vessel counts it; exact, or refused. */
export function inVessel(vessel: Vessel, item: ItemRow, quantity: Decimal): Measured | Refusal {
  return measure(measurable(vessel, item), { value: quantity, unit: item.unit })
}
