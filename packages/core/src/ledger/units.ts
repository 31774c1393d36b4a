import { isRefusal, refuse, type Refusal } from '../base/refusal.ts'
import { candidatesOf, findItem, findTraceable, textOf } from '../identity/lookup.ts'
import type { TraceableRow } from '../identity/rows.ts'
import type { Reference } from './command.ts'
import type { DecisionContext } from './decision.ts'
import { claimNamed, namedCode, newSeed, rowOf, type Seed } from './lots.ts'
import { together } from '../base/view.ts'
import { prefetchOutputs } from './outputs.ts'
import { itemOf } from './stock.ts'
import type { OrderRow } from './tables.ts'

export interface Unit {
  readonly row: TraceableRow
  /** Present where the unit is named for the first time, before it is made. */
  readonly seed?: Seed
}

/**
 * The units of an order that work is booked on, one by one. A unit not yet made may be named: it comes to exist as
 * expected, and its making completes it. Its item is the reference's, else the order's.
 */
export function unitsNamed(
  context: DecisionContext,
  references: readonly Reference[],
  ask: { order: OrderRow | undefined; field: string; confirmed: boolean },
): readonly Unit[] | Refusal {
  prefetchOutputs(context.view, references.map(textOf))
  const named = together(references, (reference, index) =>
    unitNamed(context, reference, {
      ...ask,
      field: references.length > 1 ? `${ask.field}/${index}` : ask.field,
    }),
  )
  const units: Unit[] = []
  const seen = new Set<number>()
  const codes = new Set<string>()
  for (const unit of named) {
    if (isRefusal(unit)) return unit
    if (seen.has(unit.row.no) || codes.has(unit.row.codeKey)) return namedTwice(unit.row, ask.field)
    seen.add(unit.row.no)
    if (unit.seed) codes.add(unit.row.codeKey)
    units.push(unit)
  }
  return units
}

/** One unit, which may be named before it is made. */
export function unitNamed(
  context: DecisionContext,
  reference: Reference,
  ask: { order: OrderRow | undefined; field: string; confirmed: boolean },
): Unit | Refusal {
  const found = findTraceable(context.view, reference, ask.field)
  if (!isRefusal(found)) return { row: found }
  if (found.code !== 'lot_unknown' || candidatesOf(context.view, reference).length > 0) return found
  const named = typeof reference === 'string' ? undefined : reference.item
  const item =
    named === undefined ? itemOf(context.view, ask.order?.item ?? null) : findItem(context.view, named)
  if (isRefusal(item)) return item
  if (!item) return found
  const kind = item.tracking === 'serial' ? 'serial' : 'lot'
  const claimed = context.historical
    ? claimNamed(context, { kind, item, code: namedCode(reference) })
    : undefined
  if (claimed) return { row: claimed }
  const seed = newSeed(context, {
    kind,
    item,
    code: namedCode(reference),
    field: ask.field,
    status: 'expected',
    uri: typeof reference === 'string' ? null : (reference.uri ?? null),
    confirmed: ask.confirmed,
  })
  return isRefusal(seed) ? seed : { row: rowOf(seed, context), seed }
}

function namedTwice(row: TraceableRow, field: string): Refusal<'unit_repeated'> {
  return refuse('unit_repeated', {
    message: `${row.code} is named twice.`,
    fix: 'Name each unit once.',
    field,
    value: row.code,
  })
}
