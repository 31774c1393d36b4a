import type { Refusal } from '../base/refusal.ts'
import { placeTable, type TraceableRow } from '../identity/rows.ts'
import type { DecisionContext } from '../ledger/decision.ts'
import type { Taken } from '../ledger/draws.ts'
import { siteOf } from '../ledger/new-codes.ts'
import { holderOf, itemOf } from '../ledger/stock.ts'
import type { OrderRow } from '../ledger/tables.ts'
import { capturedIn, checkCapture } from './capture-rules.ts'

/**
 * What material, order, contract and customer ask to be captured where a lot or part is used; what is on record of it
 * counts.
 */
export function checkConsumed(
  context: DecisionContext,
  lot: TraceableRow,
  ask: {
    command: { readonly [field: string]: unknown }
    order: OrderRow | undefined
    operation: string | null
    from: Taken['from']
  },
): readonly string[] | Refusal {
  const item = itemOf(context.view, lot.item)
  if (!item) return []
  const { order, operation } = ask
  const captured = capturedIn(ask.command)
  const site = () => siteOfUse(context, order, ask.from)
  return checkCapture(context, { at: 'consumption', item, captured, order, operation, site, lot })
}

/** The site of the place that material is taken from, else that of the order. */
function siteOfUse(
  context: DecisionContext,
  order: OrderRow | undefined,
  from: Taken['from'],
): string | undefined {
  const holder = from.map((each) => holderOf(each.holder)).find(({ kind }) => kind === 'place')
  const no = holder?.no ?? order?.place ?? null
  const place = no === null ? undefined : context.view.get(placeTable, [no])
  return place && siteOf(context.view, place)?.code
}
