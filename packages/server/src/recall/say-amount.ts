import { type Amount, decimalOf, plainDecimal } from '@lotline/core/base/quantity'
import type { ItemCount, QuantityText } from '@lotline/core/recall/shapes'
import type { ItemName } from './named-rows.ts'

/** A quantity with its unit; containers and vessels have no item and count pieces. */
export function sayQuantity(amount: Amount, item: ItemName | undefined): QuantityText {
  return { value: sayAmount(amount, item), unit: item?.unit ?? 'pc' }
}

export function sayAmount(amount: Amount, item: ItemName | undefined): string {
  return plainDecimal(decimalOf(amount, item?.scale ?? 0))
}

/** Sums by item, in order of item code. */
export class ItemSums {
  readonly #sums = new Map<number, { traceables: Set<number>; amount: Amount }>()

  add(item: number | null, traceable: number, amount: Amount): void {
    const of = item ?? 0
    const known = this.#sums.get(of)
    if (!known) this.#sums.set(of, { traceables: new Set([traceable]), amount })
    else {
      known.traceables.add(traceable)
      known.amount += amount
    }
  }

  items(): Iterable<number> {
    return this.#sums.keys()
  }

  traceables(): number {
    const all = new Set<number>()
    for (const { traceables } of this.#sums.values()) for (const no of traceables) all.add(no)
    return all.size
  }

  say(items: ReadonlyMap<number, ItemName>): ItemCount[] {
    return [...this.#sums]
      .map(([no, { traceables, amount }]) => countOf(items.get(no), traceables.size, amount))
      .sort((a, b) => (a.item < b.item ? -1 : 1))
  }
}

export function countOf(item: ItemName | undefined, count: number, amount: Amount): ItemCount {
  const { value, unit } = sayQuantity(amount, item)
  return { item: item?.code ?? '', name: item?.name ?? '', unit, count, quantity: value }
}
