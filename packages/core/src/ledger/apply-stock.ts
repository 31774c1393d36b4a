import type { Amount } from '../base/quantity.ts'
import { UNKNOWN_PLACE } from './draws.ts'
import type { Effect, Holder } from './effects.ts'
import { eventFrom, type Fold } from './fold.ts'
import { measuredSaid } from './said.ts'
import { eventTable, gapTable } from './record-tables.ts'
import { type Cause, movementTable, type MovementRow, stockTable } from './tables.ts'

type StockEffect = Extract<Effect, { do: 'stock' }>

/** Books a change of stock: the movement, and the balance as its positive and negative part. */
export function applyStock(fold: Fold, effect: StockEffect, sign: 1n | -1n = 1n): void {
  const delta = effect.delta * sign
  const wasOwed = book(fold, effect, { holder: effect.holder, delta, cause: effect.cause })
  if (delta > 0n) fillOwed(fold, effect, { delta, wasOwed })
}

/**
 * Takes a change of stock back. Where goods that paid back what was owed from nowhere are gone again, it is owed from nowhere
 * again, and the gap that they closed is open.
 */
export function undoStock(fold: Fold, effect: StockEffect, voided: number): void {
  const { view } = fold
  const { traceable, holder } = effect
  applyStock(fold, effect, -1n)
  if (effect.delta <= 0n) return
  const owed = view.get(stockTable, [traceable, holder.kind, holder.no])?.owed ?? 0n
  const filled = view
    .list(movementTable, 'byTraceable', [traceable])
    .filter((moved) => moved.position === voided && isFill(moved))
    .reduce((sum, moved) => sum + moved.delta, 0n)
  const part = owed < filled ? owed : filled
  if (part > 0n) {
    book(fold, effect, { holder, delta: part, cause: 'transferred' })
    book(fold, effect, { holder: UNKNOWN_PLACE, delta: -part, cause: 'transferred' })
  }
  reopenShortfalls(fold, traceable, [voided])
}

/** Opens the shortfalls again that these positions closed, where something is owed or cannot be booked once more. */
export function reopenShortfalls(fold: Fold, traceable: number, closedBy: readonly number[]): void {
  const { view } = fold
  const owes = view.list(stockTable, 'byTraceable', [traceable]).some((row) => row.owed > 0n)
  for (const gap of view.list(gapTable, 'byTraceable', [traceable])) {
    const { kind, closedPosition, position } = gap
    if (kind !== 'shortfall' || closedPosition === null || !closedBy.includes(closedPosition)) continue
    const stands = view.get(eventTable, [position])?.voidedBy === null
    if (stands && (owes || isUnmeasured(fold, traceable, position)))
      view.put(gapTable, { ...gap, closedPosition: null })
  }
}

/** Whether what that event counted still cannot be booked, so that no stock settles it. */
function isUnmeasured(fold: Fold, traceable: number, position: number): boolean {
  const row = fold.view.get(eventTable, [position])
  const effects = row && position !== fold.position ? fold.effectsOf(eventFrom(row)) : []
  return effects.some(
    (effect) => effect.do === 'said' && effect.traceable === traceable && !measuredSaid(fold.view, effect),
  )
}

/** What `fillOwed` paid to nobody knew where. */
function isFill(moved: MovementRow): boolean {
  const isUnknown = moved.holderKind === UNKNOWN_PLACE.kind && moved.holder === UNKNOWN_PLACE.no
  return isUnknown && moved.cause === 'transferred' && moved.delta > 0n
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
    const isOpen = gap.kind === 'shortfall' && gap.closedPosition === null
    if (isOpen && !isUnmeasured(fold, traceable, gap.position))
      view.put(gapTable, { ...gap, closedPosition: position })
  }
}
