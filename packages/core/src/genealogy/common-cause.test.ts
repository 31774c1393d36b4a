import { expect, it } from 'vitest'
import { commonCauses, significance } from './common-cause.ts'

/** Numbers that look like chance, the same in each run. */
function dice(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
}

interface Plant {
  readonly units: number
  /** Factors that make a unit fail, most of the time. */
  readonly causes?: readonly number[]
  readonly baseRate?: number
}

/**
 * Units made of one of ten lots in each of twelve places; lot 1000 + n is the supplier's lot behind lots n and n + 1 of a
 * place, and 9000 is the plant, which all have.
 */
function plant(seed: number, { units, causes = [], baseRate = 0.08 }: Plant) {
  const random = dice(seed)
  const [failing, good]: [Set<number>[], Set<number>[]] = [[], []]
  for (let unit = 0; unit < units; unit++) {
    const factors = new Set([9000])
    for (let place = 0; place < 12; place++) {
      const lot = place * 10 + Math.floor(random() * 10)
      factors.add(lot)
      factors.add(1000 + (lot >> 1))
    }
    const isBad = causes.some((cause) => factors.has(cause)) ? random() < 0.8 : random() < baseRate
    if (isBad) failing.push(factors)
    else good.push(factors)
  }
  return commonCauses(failing, good)
}

it('[C8] a planted cause comes first in every plant, and nothing else remains unexplained', () => {
  let falseOnes = 0
  for (let seed = 1; seed <= 60; seed++) {
    const { causes } = plant(seed, { units: 600, causes: [37] })
    expect(causes[0]?.factor, `seed ${seed}`).toBe(37)
    expect(causes[0]?.bonferroni).toBeLessThan(0.001)
    const unexplained = causes.filter(
      ({ bonferroni, explainedBy }) => bonferroni <= significance && explainedBy === undefined,
    )
    falseOnes += unexplained.length - 1
  }
  // The supplier's lot behind the planted one is significant too, and is told to have come along with it.
  expect(falseOnes).toBeLessThanOrEqual(60 * significance)
})

it('[C8] two planted causes come before everything that is not behind them', () => {
  for (let seed = 1; seed <= 30; seed++) {
    const { causes } = plant(seed, { units: 900, causes: [37, 81] })
    const first = causes.filter(({ explainedBy }) => explainedBy === undefined).slice(0, 2)
    expect(
      first.map(({ factor }) => factor).toSorted((a, b) => a - b),
      `seed ${seed}`,
    ).toEqual([37, 81])
  }
})

it('[C8] where nothing was planted, at most one plant in twenty shows anything', () => {
  let alarms = 0
  const plants = 200
  for (let seed = 1; seed <= plants; seed++) {
    const { causes, tested } = plant(seed * 7919, { units: 300, baseRate: 0.2 })
    expect(tested).toBe(180)
    if (causes.some(({ bonferroni }) => bonferroni <= significance)) alarms += 1
  }
  expect(alarms).toBeLessThanOrEqual(plants * significance)
})

it('[C8] what exactly the same units have is told together', () => {
  const unit = (...factors: number[]) => new Set(factors)
  const failing = [unit(1, 2, 5), unit(1, 2, 6), unit(1, 2)]
  const good = [unit(3, 5), unit(3, 6), unit(3), unit(3)]
  const { causes, tested } = commonCauses(failing, good)
  expect(causes[0]).toMatchObject({ factor: 1, same: [2], failingWith: 3, goodWith: 0, failing: 3, good: 4 })
  expect(tested).toBe(4)
  expect(causes.find(({ factor }) => factor === 3)).toBeUndefined()
})

it('[C8] counts like going through all units for each factor', () => {
  const random = dice(42)
  const unit = () => new Set(Array.from({ length: 6 }, () => Math.floor(random() * 15)))
  const [failing, good] = [Array.from({ length: 9 }, unit), Array.from({ length: 25 }, unit)]
  for (const { factor, same, failingWith, goodWith } of commonCauses(failing, good).causes) {
    for (const each of [factor, ...same]) {
      expect(failing.filter((factors) => factors.has(each)).length).toBe(failingWith)
      expect(good.filter((factors) => factors.has(each)).length).toBe(goodWith)
    }
  }
})
