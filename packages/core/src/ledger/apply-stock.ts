import type { Effect } from './effects.ts'
import type { Fold } from './fold.ts'
import { movementTable, stockTable } from './tables.ts'

/** Books a change of stock: the movement, and the balance as its positive and negative part. */
export function applyStock(fold: Fold, effect: Extract<Effect, { do: 'stock' }>, sign: 1n | -1n = 1n): void {
  const { view, position, at } = fold
  const { traceable, item, holder, cause } = effect
  const delta = effect.delta * sign
  const where = { traceable, holderKind: holder.kind, holder: holder.no }
  const order = effect.order ?? (holder.kind === 'order' ? holder.no : null)
  view.put(movementTable, {
    position,
    ordinal: fold.ordinal(),
    ...where,
    item,
    delta,
    cause,
    orderNo: order,
    happenedAt: at,
  })
  const row = view.get(stockTable, [traceable, holder.kind, holder.no])
  const net = (row ? row.onHand - row.owed : 0n) + delta
  if (net === 0n) view.remove(stockTable, [traceable, holder.kind, holder.no])
  else view.put(stockTable, { ...where, item, onHand: net > 0n ? net : 0n, owed: net < 0n ? -net : 0n })
}
