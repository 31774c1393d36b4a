import type { MutableView, View } from '../base/view.ts'
import { counterTable } from '../identity/rows.ts'

/** The number a counter gives next; counters start at 1. */
export function peekNumber(view: View, counter: string): number {
  return view.get(counterTable, [counter])?.next ?? 1
}

/** Takes the next number of a counter, within a fold. */
export function nextNumber(view: MutableView, counter: string): number {
  const next = peekNumber(view, counter)
  view.put(counterTable, { name: counter, next: next + 1 })
  return next
}
