import { refuse, type Refusal } from '../base/refusal.ts'
import type { Feed } from '../genealogy/touch.ts'
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

/** How the next lot of a material follows the last, and how long the last may still come out after it. */
export interface FeedSet {
  readonly feed: Feed
  readonly overlapSeconds?: number
}

/** As whoever captures says, else as the line of the bill of material does, else as the item does. */
export function feedSet(
  item: ItemRow | undefined,
  line: BomLine | undefined,
  said: { feed?: Feed | undefined; overlapSeconds?: number | undefined } = {},
): FeedSet {
  const feed = said.feed ?? line?.feed ?? item?.feed ?? 'pooled'
  const overlapSeconds = said.overlapSeconds ?? line?.overlapSeconds ?? item?.overlapSeconds ?? 0
  return feed === 'sequential' && overlapSeconds > 0 ? { feed, overlapSeconds } : { feed }
}

/** The feed part of a draw. */
export function feedTouch({ feed, overlapSeconds = 0 }: FeedSet): { feed: Feed; overlapMs?: number } {
  return overlapSeconds > 0 ? { feed, overlapMs: overlapSeconds * 1000 } : { feed }
}

/** The feed of a material that goes into an order. */
export function feedOf(
  context: DecisionContext,
  of: { order: OrderRow | undefined; item: ItemRow | undefined; operation: string | null },
  said: { feed?: Feed | undefined; overlapSeconds?: number | undefined },
): FeedSet {
  const { order, item, operation } = of
  const bom = order && bomOf(context.view, order)
  return feedSet(item, bom && item && lineFor(bom, item.no, operation), said)
}
