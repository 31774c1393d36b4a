import { together } from '../base/view.ts'
import { applyStock } from './apply-stock.ts'
import { eventFrom, type Fold } from './fold.ts'
import { eventTable, mentionTable } from './record-tables.ts'
import { measuredSaid, type Said } from './said.ts'

/**
 * Books a quantity given in words on the scale of the item. Where the item is still unknown it waits for `settleSaid`; where
 * the item cannot measure it, nothing is booked and the gap that the fact opened stays.
 */
export function bookSaid(fold: Fold, effect: Said, sign: 1n | -1n = 1n): void {
  const { traceable, holder, cause, order } = effect
  const measured = measuredSaid(fold.view, effect)
  if (!measured) return
  const { item, amount } = measured
  const delta = effect.goes === 'out' ? -amount : amount
  applyStock(fold, { do: 'stock', traceable, item, holder, delta, cause, order }, sign)
}

/** The item of a thing became known, or unknown again: books what facts said of it before, or takes it back. O(its history). */
export function settleSaid(fold: Fold, traceable: number, sign: 1n | -1n = 1n): void {
  const { view } = fold
  const mentions = view.list(mentionTable, 'byTraceable', [traceable])
  const events = together(mentions, ({ position }) => view.get(eventTable, [position]))
  for (const row of events) {
    if (!row || row.voidedBy !== null || row.position === fold.position) continue
    for (const effect of fold.effectsOf(eventFrom(row))) {
      if (effect.do !== 'said' || effect.traceable !== traceable) continue
      bookSaid({ ...fold, at: row.happenedAt }, effect, sign)
    }
  }
}
