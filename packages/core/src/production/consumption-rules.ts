import { amountOf } from '../base/quantity.ts'
import { isRefusal, refuse, type Refusal } from '../base/refusal.ts'
import { touchTable } from '../genealogy/rows.ts'
import type { ProcessRef } from '../genealogy/touch.ts'
import type { TraceableRow } from '../identity/rows.ts'
import type { DecisionContext } from '../ledger/decision.ts'
import type { Taken } from '../ledger/draws.ts'
import { checkMaterial } from '../ledger/materials.ts'
import { checkReserved } from '../ledger/reserved.ts'
import { type Bypassed, checkRoute, type RouteAsk } from '../ledger/route.ts'
import { holderOf, itemOf } from '../ledger/stock.ts'
import type { OrderRow } from '../ledger/tables.ts'
import type { Unit } from '../ledger/units.ts'
import { checkUsable } from '../quality/usable.ts'

/** The rules of using material up: the route, the bill of material, hold, expiry and release. */
export function checkConsumption(
  context: DecisionContext,
  about: {
    order: OrderRow | undefined
    operation: string | null
    row: TraceableRow
    concession: string | undefined
    bypass: RouteAsk['bypass']
  },
  units: readonly Unit[] = [],
): Refusal | Bypassed | undefined {
  const { order, operation, row, concession, bypass } = about
  const material = { order, operation, item: itemOf(context.view, row.item), concession, traceable: row.no }
  const route = checkRoute(context, { order, operation, units: units.map((unit) => unit.row.no), bypass })
  if (isRefusal(route)) return route
  return (
    checkMaterial(context, material) ?? checkUsable(context, row, { field: 'what', purpose: 'use' }) ?? route
  )
}

/**
 * Nothing goes into itself: not into the unit it is, and not into a process it came out of. The
 * first makes no sense at any time; the second may stand in old records, where it is an exception.
 */
export function checkNotIntoItself(
  context: DecisionContext,
  row: TraceableRow,
  into: { units: readonly Unit[]; processes: readonly ProcessRef[] },
): Refusal<'into_itself'> | undefined {
  if (
    into.units.some(
      (unit) => unit.row.no === row.no || (unit.row.codeKey === row.codeKey && unit.row.item === row.item),
    )
  ) {
    return intoItself(row)
  }
  const keys = into.processes.map((process) => [row.no, process.key])
  context.view.prefetch(touchTable, 'byTraceableProcess', keys)
  const madeThere = keys.some((key) =>
    context.view.list(touchTable, 'byTraceableProcess', key).some((touch) => touch.does === 'add'),
  )
  return madeThere ? keep(context, row) : undefined
}

function keep(context: DecisionContext, row: TraceableRow): Refusal<'into_itself'> | undefined {
  const refusal = intoItself(row)
  return context.breaks(refusal, { traceable: row.no }) ? refusal : undefined
}

export function intoItself(row: Pick<TraceableRow, 'code'>): Refusal<'into_itself'> {
  return refuse('into_itself', {
    message: `${row.code} cannot go into itself.`,
    fix: 'Scan the material that was used, or record rework if the same thing went through again.',
    field: 'what',
    value: row.code,
  })
}

/** What lies in store and was promised to other orders is not for this one; what was issued to it is its own. */
export function checkPromised(
  context: DecisionContext,
  row: TraceableRow,
  taken: Taken,
  order: OrderRow | undefined,
): Refusal | undefined {
  const amount = taken.from
    .filter(({ holder }) => holderOf(holder).kind === 'place')
    .reduce((sum, { quantity }) => sum + amountOf(quantity), 0n)
  if (amount === 0n) return undefined
  return checkReserved(context, row, { amount, order: order?.no ?? null, field: 'what' })
}
