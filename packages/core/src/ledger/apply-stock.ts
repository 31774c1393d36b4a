import type { Amount } from '../base/quantity.ts'
import { UNKNOWN_PLACE } from './draws.ts'
import type { Effect, Holder } from './effects.ts'
import type { Fold } from './fold.ts'
import { gapTable } from './record-tables.ts'
import { type Cause, movementTable, stockTable } from './tables.ts'

type StockEffect = Extract<Effect, { do: 'stock' }>

/** Books a change of stock: the movement, and the balance as its positive and negative part. */
export function applyStock(fold: Fold, effect: StockEffect, sign: 1n | -1n = 1n): void {
  const delta = effect.delta * sign
  const wasOwed = book(fold, effect, { holder: effect.holder, delta, cause: effect.cause })
  if (delta > 0n) fillOwed(fold, effect, { delta, wasOwed })
}

/** Changes one balance and says whether it was owed before. */
function book(
  fold: Fold,
  effect: StockEffect,
  change: { holder: Holder; delta: Amount; cause: Cause },
): boolean {
  const { view, position, at } = fold
  const { traceable, item } = effect
  const { holder, delta, cause } = change
  const where = { traceable, holderKind: holder.kind, holder: holder.no }
  const orderNo = effect.order ?? (holder.kind === 'order' ? holder.no : null)
  const moved = { position, ordinal: fold.ordinal(), ...where, item, delta, cause, orderNo, happenedAt: at }
  view.put(movementTable, moved)
  const row = view.get(stockTable, [traceable, holder.kind, holder.no])
  const net = (row ? row.onHand - row.owed : 0n) + delta
  if (net === 0n) view.remove(stockTable, [traceable, holder.kind, holder.no])
  else view.put(stockTable, { ...where, item, onHand: net > 0n ? net : 0n, owed: net < 0n ? -net : 0n })
  return row !== undefined && row.owed > 0n
}

/** What changes its label or its hand only cannot pay back what was used. */
const arriving: ReadonlySet<Cause> = new Set(['received', 'produced', 'returned'])

/**
 * What comes in first pays back what an earlier fact used from nobody knew where; the gap of the shortfall closes when
 * nothing is owed any more. So a receipt recorded late gives the same stock as one recorded in time.
 */
function fillOwed(fold: Fold, effect: StockEffect, is: { delta: Amount; wasOwed: boolean }): void {
  const { view, position } = fold
  const { traceable, holder, cause } = effect
  const elsewhere = arriving.has(cause) && holder.kind === 'place' && holder.no !== UNKNOWN_PLACE.no
  const unknown = elsewhere
    ? view.get(stockTable, [traceable, UNKNOWN_PLACE.kind, UNKNOWN_PLACE.no])
    : undefined
  const owed = unknown?.owed ?? 0n
  if (owed > 0n) {
    const part = owed < is.delta ? owed : is.delta
    book(fold, effect, { holder, delta: -part, cause: 'transferred' })
    book(fold, effect, { holder: UNKNOWN_PLACE, delta: part, cause: 'transferred' })
  }
  if (!is.wasOwed && owed === 0n) return
  if (view.list(stockTable, 'byTraceable', [traceable]).some((row) => row.owed > 0n)) return
  for (const gap of view.list(gapTable, 'byTraceable', [traceable])) {
    if (gap.kind === 'shortfall' && gap.closedPosition === null)
      view.put(gapTable, { ...gap, closedPosition: position })
  }
}
