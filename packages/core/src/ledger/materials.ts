import { refuse, type Refusal } from '../base/refusal.ts'
import type { ItemRow } from '../identity/rows.ts'
import { itemTable } from '../identity/rows.ts'
import type { DecisionContext } from './decision.ts'
import { bomOf, type Bom, type BomLine } from './definitions.ts'
import type { OrderRow } from './tables.ts'

export type MaterialRefusal = Refusal<'material_not_in_bom'>

/** The line of a bill of material that an item fulfils, as itself or as an approved alternate. */
export function lineFor(bom: Bom, item: number, operation: string | null = null): BomLine | undefined {
  const fitting = bom.lines.filter((line) => line.item === item || line.alternates.includes(item))
  const here = fitting.filter(
    (line) => line.operation === null || operation === null || line.operation === operation,
  )
  return here.find((line) => line.item === item) ?? here[0]
}

/**
 * Whether a material may go into an order: it is in the version of the bill of material the order was opened with, or an
 * approved alternate, or covered by a concession (B5, E3). Orders without a bill of material take anything.
 */
export function checkMaterial(
  context: DecisionContext,
  ask: {
    order: OrderRow | undefined
    operation: string | null
    item: ItemRow | undefined
    concession: string | undefined
    traceable?: number
  },
): MaterialRefusal | undefined {
  const { order, item, operation } = ask
  const bom = order && bomOf(context.view, order)
  if (!order || !bom || !item || ask.concession !== undefined) return undefined
  if (lineFor(bom, item.no, operation)) return undefined
  const needed = bom.lines
    .filter((line) => line.operation === null || operation === null || line.operation === operation)
    .map((line) => context.view.get(itemTable, [line.item])?.code ?? line.code)
  const where = operation === null ? '' : ` at operation ${operation}`
  const wrong = refuse('material_not_in_bom', {
    message: `${item.code} is neither in version ${bom.version} of the bill of material of order ${order.code}${where} nor an approved alternate.`,
    fix: `Take what is needed (${needed.join(', ') || 'nothing more'}), or name the concession that allows it.`,
    field: 'what',
    value: item.code,
    details: { needed },
  })
  return (
    context.breaks(wrong, {
      order: order.no,
      ...(ask.traceable === undefined ? {} : { traceable: ask.traceable }),
    }) && wrong
  )
}

/** How the next lot of a material follows the last: as the bill of material says, else as the item does. */
export function feedOf(
  context: DecisionContext,
  order: OrderRow | undefined,
  item: ItemRow | undefined,
  operation: string | null,
): 'pooled' | 'sequential' {
  const bom = order && bomOf(context.view, order)
  const line = bom && item && lineFor(bom, item.no, operation)
  return line?.feed ?? item?.feed ?? 'pooled'
}
