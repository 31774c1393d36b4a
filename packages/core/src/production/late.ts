import type { Instant } from '../base/instant.ts'
import { together } from '../base/view.ts'
import { type TouchRow, touchTable } from '../genealogy/rows.ts'
import type { ProcessRef } from '../genealogy/touch.ts'
import { type DecisionContext } from '../ledger/decision.ts'
import { bomOf } from '../ledger/definitions.ts'
import { lineFor } from '../ledger/materials.ts'
import { cameOut, wentIn } from '../ledger/process-facts.ts'
import { runsOf } from '../ledger/process-key.ts'
import { gapTable, type GapRow, processFactTable } from '../ledger/record-tables.ts'
import type { OrderRow } from '../ledger/tables.ts'
import type { Unit } from '../ledger/units.ts'

/** An output on record that an input recorded after it went into, and when it came out. */
export interface Join {
  readonly traceable: number
  readonly at: Instant
}

/**
 * Outputs of the order's other operations that this input is in, although they were recorded before it. `produce` joins
 * them where it comes second; so the same facts give the same genealogy in either order of arrival. Nothing in live work:
 * it reads outputs only where some came out after the input went in.
 */
export function lateJoins(
  context: DecisionContext,
  order: OrderRow | undefined,
  process: ProcessRef | undefined,
): readonly Join[] {
  if (!order || process?.kind !== 'run') return []
  const facts = context.view.list(processFactTable, 'byRef', ['operation', order.no])
  const here = facts.filter((fact) => fact.processKey === process.key)
  if (here.some((fact) => fact.value === cameOut)) return []
  const later = facts.filter(
    (fact) => fact.value === cameOut && fact.processKey !== process.key && fact.fromAt >= context.happenedAt,
  )
  const runs = [...new Set(later.map((fact) => fact.processKey))]
  const known = here.filter((fact) => fact.value === wentIn).map((fact) => fact.fromAt)
  const isJoined = (at: Instant) => known.some((since) => since <= at)
  const joins = new Map<number, Join>()
  for (const touch of together(runs, (key) => context.view.list(touchTable, 'byProcess', [key])).flat()) {
    if (
      touch.does !== 'add' ||
      touch.traceable === null ||
      touch.at < context.happenedAt ||
      isJoined(touch.at)
    )
      continue
    joins.set(touch.traceable, { traceable: touch.traceable, at: touch.at })
  }
  return [...joins.values()]
}

/**
 * When a unit that is made already takes what went into a process of its own that it has no part in yet: as it was made, if
 * that came later than the input; else now, and it is another state of itself from now on.
 */
export function joinOf(context: DecisionContext, unit: Unit, process: ProcessRef): Join | undefined {
  const { row, seed } = unit
  if (seed || row.status === 'expected') return undefined
  if (context.view.list(touchTable, 'byTraceableProcess', [row.no, process.key]).length > 0) return undefined
  const made = context.view
    .list(touchTable, 'byTraceable', [row.no])
    .filter((touch: TouchRow) => touch.does === 'add' && touch.at >= context.happenedAt)
    .map((touch) => touch.at)
    .toSorted()
  return { traceable: row.no, at: made[0] ?? context.happenedAt }
}

/** Gaps that an input fills: those of its processes that asked for it and that it came early enough for. */
export function gapsFilled(
  context: DecisionContext,
  of: { order: OrderRow | undefined; processes: readonly ProcessRef[]; item: number | null },
): readonly number[] {
  const { order, processes, item } = of
  const runs = order && processes.some((process) => process.kind === 'run') ? runsOf(context.view, order) : []
  const keys = [...new Set([...processes.map((process) => process.key), ...runs])]
  const gaps = together(keys, (key) => context.view.list(gapTable, 'byProcess', [key])).flat()
  const isAtomic = (gap: GapRow) => gap.processKey?.startsWith('process:') ?? false
  return gaps
    .filter((gap) => gap.kind === 'input-not-recorded' && gap.closedPosition === null)
    .filter((gap) => isAtomic(gap) || gap.happenedAt >= context.happenedAt)
    .filter((gap) => asksFor(context, gap, order, item))
    .map((gap) => gap.no)
}

/** A gap names the material of its bill of material, or the product itself where nothing at all was recorded. */
function asksFor(
  context: DecisionContext,
  gap: GapRow,
  order: OrderRow | undefined,
  item: number | null,
): boolean {
  const isGeneral =
    gap.item === null || (gap.orderNo === null ? gap.detail.startsWith('nothing') : gap.item === order?.item)
  if (isGeneral || gap.item === item) return true
  const bom = order && bomOf(context.view, order)
  return bom !== undefined && item !== null && lineFor(bom, item)?.item === gap.item
}
