import { amountOf } from '../base/quantity.ts'
import { allAccepted, isRefusal, refuse, type Refusal } from '../base/refusal.ts'
import { together } from '../base/view.ts'
import type { PartyRow, TraceableRow } from '../identity/rows.ts'
import type { DecisionContext } from '../ledger/decision.ts'
import type { Taken } from '../ledger/draws.ts'
import type { Seed } from '../ledger/lots.ts'
import { orderLineFor } from '../ledger/order-lines.ts'
import { checkReserved, reservationsOf } from '../ledger/reserved.ts'
import { itemOf } from '../ledger/stock.ts'
import type { OrderRow } from '../ledger/tables.ts'
import { capturedIn, checkCapture } from '../quality/capture-rules.ts'
import type { Leaving } from './going-out.ts'
import type { Ship } from './fields.ts'

/** One traceable that left, as the event carries it. */
export interface LineShipped {
  readonly code: string
  readonly seed: Seed | null
  readonly taken: Taken
  /** The container it travels in; null when loose. */
  readonly container: number | null
  readonly containerCode: string | null
  /** Line of the customer order it fulfils. */
  readonly orderLine: number | null
  /** Counts towards the order: containers do not. */
  readonly isGoods: boolean
}

export interface LinesShipped {
  readonly lines: readonly LineShipped[]
  /** Reservations for this order that the shipment fulfils. */
  readonly reservations: readonly number[]
  readonly missing: readonly string[]
}

/** What each line is checked against beside its quality: owner, promises, order, capture rules. */
export function linesShipped(
  context: DecisionContext,
  of: { going: readonly Leaving[]; order: OrderRow | undefined; customer: PartyRow; command: Ship },
): LinesShipped | Refusal {
  const lines = allAccepted(together(of.going, (each) => lineShipped(context, each, of)))
  if (isRefusal(lines)) return lines
  const missing = allAccepted(together(of.going, (each) => rulesOf(context, each, of)))
  if (isRefusal(missing)) return missing
  const promised = of.going.flatMap((each) => reservationsOf(context.view, each.row.no))
  const own = promised.filter((row) => row.orderNo === of.order?.no).map((row) => row.no)
  return { lines, reservations: [...new Set(own)], missing: [...new Set(missing.flat())] }
}

function lineShipped(
  context: DecisionContext,
  each: Leaving,
  of: { order: OrderRow | undefined; customer: PartyRow },
): LineShipped | Refusal {
  const { row, taken, seed, container, field } = each
  const foreign = checkOwner(context, row, of.customer, field)
  if (foreign) return foreign
  const amount = taken.quantity === null ? 0n : amountOf(taken.quantity)
  const reserved = checkReserved(context, row, { amount, order: of.order?.no ?? null, field })
  if (reserved) return reserved
  const item = itemOf(context.view, row.item)
  const line = item && of.order ? orderLineFor(context, of.order, item, { amount, field }) : null
  if (isRefusal(line)) return line
  return {
    code: row.code,
    seed,
    taken,
    container: container?.no ?? null,
    containerCode: container?.code ?? null,
    orderLine: line?.line ?? null,
    isGoods: row.kind !== 'container',
  }
}

/** What belongs to somebody goes to nobody else. */
function checkOwner(
  context: DecisionContext,
  row: TraceableRow,
  customer: PartyRow,
  field: string,
): Refusal<'owned_by_another'> | undefined {
  if (row.owner === null || row.owner === customer.no) return undefined
  const foreign = refuse('owned_by_another', {
    message: `${row.code} does not belong to us and not to ${customer.code}.`,
    fix: 'Ship it to its owner, or change its owner first.',
    field,
    value: row.code,
  })
  return context.breaks(foreign, { traceable: row.no }) && foreign
}

/** What item, customer and order ask of what leaves: what is on record of it counts, and what the shipment says. */
function rulesOf(
  context: DecisionContext,
  each: Leaving,
  of: { order: OrderRow | undefined; customer: PartyRow; command: Ship },
): readonly string[] | Refusal {
  const item = itemOf(context.view, each.row.item)
  if (!item) return []
  const { order, customer: party } = of
  const captured = capturedIn({ carrier: of.command.carrier, reference: of.command.reference })
  return checkCapture(context, { at: 'shipment', item, captured, party, order, lot: each.row })
}
