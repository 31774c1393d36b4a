import fc from 'fast-check'
import { expect, it } from 'vitest'
import { adjusted, fisherEnriched, oddsRatioOf } from './fisher.ts'

/** Binomial coefficients as whole numbers: nothing is rounded. */
function choose(of: bigint, count: bigint): bigint {
  if (count < 0n || count > of) return 0n
  let product = 1n
  for (let step = 1n; step <= count; step++) product = (product * (of - count + step)) / step
  return product
}

it('[C8] gives the exact chance of Fisher’s test, compared with whole numbers', () => {
  const group = fc.integer({ min: 1, max: 60 }).chain((size) => fc.tuple(fc.constant(size), fc.nat(size)))
  fc.assert(
    fc.property(group, group, ([failing, failingWith], [good, goodWith]) => {
      const having = failingWith + goodWith
      let sum = 0n
      for (let count = failingWith; count <= Math.min(failing, having); count++)
        sum += choose(BigInt(failing), BigInt(count)) * choose(BigInt(good), BigInt(having - count))
      const scale = 10n ** 40n
      const exact = Number((sum * scale) / choose(BigInt(failing + good), BigInt(having))) / 1e40
      const chance = fisherEnriched({ failing, failingWith, good, goodWith })
      expect(Math.abs(chance - exact)).toBeLessThanOrEqual(exact * 1e-9 + 1e-39)
    }),
    { numRuns: 500, seed: 20260110 },
  )
})

it('[C8] knows the lady tasting tea', () => {
  expect(fisherEnriched({ failing: 4, failingWith: 3, good: 4, goodWith: 1 })).toBeCloseTo(17 / 70, 12)
  expect(fisherEnriched({ failing: 4, failingWith: 4, good: 4, goodWith: 0 })).toBeCloseTo(1 / 70, 12)
})

it('[C8] gives the odds ratio with its interval, corrected only where a count is zero', () => {
  const plain = oddsRatioOf({ failing: 30, failingWith: 20, good: 100, goodWith: 25 })
  expect(plain.corrected).toBe(false)
  expect(plain.value).toBeCloseTo((20 * 75) / (10 * 25), 12)
  const error = 1.959964 * Math.sqrt(1 / 20 + 1 / 10 + 1 / 25 + 1 / 75)
  expect(Math.log(plain.high / plain.value)).toBeCloseTo(error, 5)
  expect(Math.log(plain.value / plain.low)).toBeCloseTo(error, 5)
  const zero = oddsRatioOf({ failing: 5, failingWith: 5, good: 50, goodWith: 0 })
  expect(zero.corrected).toBe(true)
  expect(zero.value).toBeCloseTo((5.5 * 50.5) / (0.5 * 0.5), 9)
})

it('[C8] adjusts for many tests as Benjamini and Hochberg, and Bonferroni, wrote', () => {
  const { bonferroni, falseDiscovery } = adjusted([0.01, 0.04, 0.03, 0.005, 0.5])
  const rounded = (values: readonly number[]) => values.map((value) => Number(value.toPrecision(6)))
  expect(rounded(bonferroni)).toEqual([0.05, 0.2, 0.15, 0.025, 1])
  expect(rounded(falseDiscovery)).toEqual([0.025, 0.05, 0.05, 0.025, 0.5])
})
