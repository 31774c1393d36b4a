import { together } from '../base/view.ts'
import { definitionTable, gapTable, processFactTable } from '../ledger/record-tables.ts'
import type { ItemRow, TraceableRow } from '../identity/rows.ts'
import type { DecisionContext } from '../ledger/decision.ts'
import { bomOf, type Bom } from '../ledger/definitions.ts'
import { inputsOf } from '../ledger/inputs.ts'
import { itemOf } from '../ledger/stock.ts'
import { cameOut, wentIn } from '../ledger/process-facts.ts'
import type { OrderRow } from '../ledger/tables.ts'

/**
 * The other runs of an order whose inputs have gone nowhere yet: what was consumed at operation 10 is in what comes out at
 * operation 30, unless operation 10 had outputs of its own that carry it on.
 */
export function unfinishedRuns(context: DecisionContext, order: OrderRow, own: string): readonly string[] {
  const facts = context.view
    .list(processFactTable, 'byRef', ['operation', order.no])
    .filter((fact) => fact.fromAt <= context.happenedAt)
  const withInput = new Set(facts.filter((fact) => fact.value === wentIn).map((fact) => fact.processKey))
  for (const fact of facts) if (fact.value === cameOut) withInput.delete(fact.processKey)
  withInput.delete(own)
  return [...withInput]
}

/**
 * Notes what should have gone into an output and is not on record: by its bill of material, each material that is lacking;
 * without one, that nothing is recorded at all. Noted once per process while it is open.
 */
export function noteMissingInputs(
  context: DecisionContext,
  of: {
    item: ItemRow
    order: OrderRow | undefined
    processKey: string
    place: number
    inputs: readonly TraceableRow[]
    operation: string | null
    what: string
  },
): void {
  const { item, order, processKey, place, inputs, operation, what } = of
  const bom = billOf(context, item, order)
  const items = new Set(inputs.map((input) => input.item))
  const lacking = (bom?.lines ?? []).filter(
    (line) =>
      (line.operation === null || operation === null || line.operation === operation) &&
      ![line.item, ...line.alternates].some((each) => items.has(each)) &&
      !comesLater(context, item, line.item),
  )
  const open = context.view.list(gapTable, 'byProcess', [processKey])
  const isNoted = (no: number) => open.some((gap) => gap.closedPosition === null && gap.item === no)
  const about = {
    kind: 'input-not-recorded',
    processKey,
    place,
    ...(order ? { order: order.no } : {}),
  } as const
  for (const line of lacking) {
    if (isNoted(line.item)) continue
    context.gap({ ...about, item: line.item, detail: `no ${line.code} is on record that went into ${what}` })
  }
  if (inputs.length > 0 || lacking.length > 0 || isNoted(item.no)) return
  context.gap({ ...about, item: item.no, detail: `nothing is on record that went into ${what}` })
}

/** Parts with serials of their own are installed into a unit that has one, often after it was made. */
function comesLater(context: DecisionContext, product: ItemRow, part: number): boolean {
  return product.tracking === 'serial' && itemOf(context.view, part)?.tracking === 'serial'
}

/** The bill of material of the order if it is for this item, else the one in force on the day. */
function billOf(context: DecisionContext, item: ItemRow, order: OrderRow | undefined): Bom | undefined {
  if (order && order.item === item.no && order.bom !== null) return bomOf(context.view, order)
  const inForce = context.view
    .list(definitionTable, 'byItem', ['bom', item.no])
    .filter(
      (row) =>
        !row.retired &&
        (row.effectiveFrom ?? '') <= context.today &&
        (row.effectiveTo === null || row.effectiveTo >= context.today),
    )
    .at(-1)
  return inForce && bomOf(context.view, { bom: inForce.no })
}

/** What went into each of these processes, for units that have one of their own. One round of reading for all. */
export function inputsOfEach(
  context: DecisionContext,
  processKeys: readonly (string | null)[],
): readonly (readonly TraceableRow[])[] {
  return together(processKeys, (key) => (key === null ? [] : inputsOf(context.view, [key])))
}
