import { describe, expect, test } from 'vitest'
import { amountsInWords, countOf } from './amounts-in-words.ts'

const of = (item: string, quantity: string, unit: string, count = 1) => ({
  ...{ item, name: item, quantity, unit, count },
})

describe('[C1 D3] amounts in words', () => {
  test('[C1 D3] name what is counted, each item in its own unit', () => {
    const byItem = [of('BAR-4140', '32', 'kg', 3), of('GEARBOX-G2', '36', 'pc', 36)]
    expect(amountsInWords(byItem)).toBe('32 kg BAR-4140, 36 pc GEARBOX-G2')
  })

  test('[C1 B11] what vessels hold is told as such', () => {
    expect(amountsInWords([of('', '150', 'kg', 1)])).toBe('150 kg in 1 vessel')
  })

  test('[C1] nothing is said to be nothing, and many items are counted', () => {
    expect(amountsInWords([])).toBe('nothing')
    const many = ['A', 'B', 'C', 'D', 'E', 'F'].map((item) => of(item, '1', 'pc'))
    expect(amountsInWords(many)).toBe('1 pc A, 1 pc B, 1 pc C, 1 pc D, 2 more items')
    expect(countOf(1, 'place')).toBe('1 place')
  })
})
