import type { ItemCount } from '@lotline/core/recall/shapes'

/** Items named in a line at most; more than these are counted. */
const itemsNamedMax = 4

/** Amounts of each item as people say them: `36 pc GEARBOX-G2, 32 kg BAR-4140`; what vessels hold has no item. */
export function amountsInWords(byItem: readonly ItemCount[]): string {
  const there = byItem.filter((each) => each.count > 0)
  if (there.length === 0) return 'nothing'
  const named = there.slice(0, itemsNamedMax).map(({ quantity, unit, item, count }) => {
    return `${quantity} ${unit} ${item === '' ? `in ${countOf(count, 'vessel')}` : item}`
  })
  const more = there.length - named.length
  return [...named, ...(more > 0 ? [countOf(more, 'more item')] : [])].join(', ')
}

/** `1 place`, `2 places`. */
export function countOf(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}
