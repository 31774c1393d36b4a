import { allAccepted, isRefusal, type Refusal } from '../base/refusal.ts'
import { together } from '../base/view.ts'
import type { TraceableRow } from '../identity/rows.ts'
import type { ReferenceLike } from '../identity/lookup.ts'
import { everythingIn } from '../ledger/containers.ts'
import type { DecisionContext } from '../ledger/decision.ts'
import { findOrExpect, type Seed } from '../ledger/lots.ts'

/** A traceable that a hold or release names, as the event carries it. */
export interface Named {
  readonly no: number
  readonly code: string
  readonly seed: Seed | null
}

/**
 * The traceables that references stand for. A container stands for everything in it at that moment: it is the goods that are
 * held, wherever they are put next. O(contents).
 */
export function named(
  context: DecisionContext,
  references: readonly ReferenceLike[],
): readonly Named[] | Refusal {
  const found = allAccepted(
    together(references, (reference, index) => {
      const ask = { field: `what/${index}`, kind: 'lot' } as const
      return findOrExpect(context, reference, ask)
    }),
  )
  if (isRefusal(found)) return found
  const goods = together(found, ({ row, seed = null }) =>
    goodsOf(context, row).map(({ no, code }) => ({ no, code, seed })),
  )
  return [...new Map(goods.flat().map((each) => [each.no, each])).values()]
}

/** A lot stands for itself, a container for the goods in it; an empty container for itself. */
function goodsOf(context: DecisionContext, row: TraceableRow): readonly TraceableRow[] {
  if (row.kind !== 'container') return [row]
  const inside = everythingIn(context.view, row).map((each) => each.row)
  const goods = inside.filter((each) => each.kind !== 'container')
  return goods.length > 0 ? goods : [row]
}
