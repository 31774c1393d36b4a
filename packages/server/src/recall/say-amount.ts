import { type Amount, decimalOf, plainDecimal } from '@lotline/core/base/quantity'
import type { ItemCount, QuantityText } from '@lotline/core/recall/shapes'
import type { ItemName, Measure } from './named-rows.ts'

/** A quantity with its unit; containers have no measure and count pieces. */
export function sayQuantity(amount: Amount, measure: Measure | undefined): QuantityText {
  return { value: sayAmount(amount, measure), unit: measure?.unit ?? 'pc' }
}

export function sayAmount(amount: Amount, measure: Measure | undefined): string {
  return plainDecimal(decimalOf(amount, measure?.scale ?? 0))
}

/** What a quantity is of: an item, or the content of a vessel in the vessel's own measure. */
export interface Counted {
  readonly item: number | null
  readonly measure?: Measure | undefined
}

/** Sums by item, in order of item code; vessels, which have no item, by how they count. */
export class ItemSums {
  readonly #sums = new Map<string, { of: Counted; traceables: Set<number>; amount: Amount }>()

  add(of: Counted, traceable: number, amount: Amount): void {
    const key = of.item === null ? `${of.measure?.unit} ${of.measure?.scale}` : String(of.item)
    const known = this.#sums.get(key)
    if (!known) this.#sums.set(key, { of, traceables: new Set([traceable]), amount })
    else {
      known.traceables.add(traceable)
      known.amount += amount
    }
  }

  traceables(): number {
    const all = new Set<number>()
    for (const { traceables } of this.#sums.values()) for (const no of traceables) all.add(no)
    return all.size
  }

  say(items: ReadonlyMap<number, ItemName>): ItemCount[] {
    return [...this.#sums.values()]
      .map(({ of, traceables, amount }) =>
        countOf(of.item === null ? undefined : items.get(of.item), traceables.size, amount, of.measure),
      )
      .sort((a, b) => (a.item < b.item ? -1 : 1))
  }
}

/** How many and how much of an item; of none, in the measure of the vessels that hold it. */
export function countOf(
  item: ItemName | undefined,
  count: number,
  amount: Amount,
  measure?: Measure,
): ItemCount {
  const { value, unit } = sayQuantity(amount, item ?? measure)
  return { item: item?.code ?? '', name: item?.name ?? '', unit, count, quantity: value }
}
