import type { Amount } from '../base/quantity.ts'
import { isRefusal } from '../base/refusal.ts'
import type { View } from '../base/view.ts'
import { traceableTable } from '../identity/rows.ts'
import { measure } from '../identity/unit.ts'
import type { Effect } from './effects.ts'
import { itemOf } from './stock.ts'

export type Said = Extract<Effect, { do: 'said' }>

/** A quantity given in words, at the scale of the item; undefined while no item is known or where it cannot measure it. */
export function measuredSaid(view: View, said: Said): { item: number; amount: Amount } | undefined {
  const item = itemOf(view, view.get(traceableTable, [said.traceable])?.item ?? null)
  const measured = item && measure(item, said.quantity)
  return item && measured && !isRefusal(measured) ? { item: item.no, amount: measured.amount } : undefined
}
