import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Instant } from '../base/instant.ts'
import { inOrderOfTime, isReachedAt, isReachedNow, isWhole, stateAt } from './intervals.ts'

const at = (hour: number): Instant => `2026-03-01T${String(hour).padStart(2, '0')}:00:00.000Z` as Instant

/** `1@- 2@9 3@12`: states with the hour they began. */
function states(text: string) {
  return text.split(' ').map((word) => {
    const [no, hour] = word.split('@')
    return { no: Number(no), from: hour === '-' ? null : at(Number(hour)) }
  })
}

test.each([
  ['1@- 2@9 3@12', 8, 1],
  ['1@- 2@9 3@12', 9, 2],
  ['1@- 2@9 3@12', 11, 2],
  ['1@- 2@9 3@12', 23, 3],
  ['1@9 2@12', 8, 1],
])('[B11] of the states %s, at hour %i it is in state %i', (text, hour, no) => {
  expect(stateAt(inOrderOfTime(states(text)), at(hour))?.no).toBe(no)
})

test('[B11] a draw before the top-up is out when only the state after it was reached', () => {
  const scope = { states: states('1@6 2@9'), reached: new Set([2]) }
  expect(isReachedAt(scope, at(8))).toBe(false)
  expect(isReachedAt(scope, at(9))).toBe(true)
  expect(isReachedNow(scope)).toBe(true)
  expect(isWhole(scope)).toBe(false)
  expect(isReachedNow({ ...scope, reached: new Set([1]) })).toBe(false)
})

test('[C1] the order in which states are told changes nothing', () => {
  const some = states('1@- 2@9 3@12 4@12 5@20')
  fc.assert(
    fc.property(fc.shuffledSubarray(some, { minLength: some.length }), (shuffled) => {
      expect(inOrderOfTime(shuffled)).toEqual(some)
    }),
  )
})
