import { together, type View } from '../base/view.ts'
import { traceableTable } from '../identity/rows.ts'
import type { Effect } from './effects.ts'
import { eventTable, mentionTable } from './record-tables.ts'
import { stockTable } from './tables.ts'

/**
 * Asks in one round for the rows that effects will change one after the other: a pallet of a thousand serials is read in one
 * trip instead of a thousand. Rows of things that the same event makes need no reading.
 */
export function preload(view: View, effects: readonly Effect[]): void {
  const born = new Set(effects.flatMap((effect) => (effect.do === 'born' ? [effect.row.no] : [])))
  const changes = effects.filter(
    (effect) => 'traceable' in effect && typeof effect.traceable === 'number' && !born.has(effect.traceable),
  )
  if (changes.length < 2) return
  together(changes, (effect) => {
    if (effect.do === 'stock') view.get(stockTable, [effect.traceable, effect.holder.kind, effect.holder.no])
    else if (effect.do === 'status' || effect.do === 'learned') view.get(traceableTable, [effect.traceable])
  })
}

/** As `preload`, for taking effects back: what else names the things that the voided event made. */
export function preloadUndo(view: View, effects: readonly Effect[]): void {
  const born = effects.flatMap((effect) => (effect.do === 'born' ? [effect.row.no] : []))
  together(effects, (effect) => {
    if (effect.do === 'stock') view.get(stockTable, [effect.traceable, effect.holder.kind, effect.holder.no])
    else if (effect.do === 'born') view.get(traceableTable, [effect.row.no])
    else if (effect.do === 'status' || effect.do === 'learned') view.get(traceableTable, [effect.traceable])
  })
  const mentions = together(born, (no) => view.list(mentionTable, 'byTraceable', [no])).flat()
  const positions = [...new Set(mentions.map((mention) => mention.position))]
  together(positions, (position) => view.get(eventTable, [position]))
}
