import fc from 'fast-check'
import { expect, it } from 'vitest'
import { engineContract } from './engine-contract.testing.ts'
import { MemoryEngine } from './memory-engine.ts'
import { canonicalForm, ledgerOf } from './plant-ledger.testing.ts'
import { randomPlant } from './random-plant.testing.ts'

// Seeds of their own in every run; a failure prints the seed and path that repeat it.
const runs = 10_000
const minutes = 60_000

it(
  '[C4] [I4] ten thousand random plants give the same graph in any order of arrival',
  { timeout: 30 * minutes },
  () => {
    const shuffled = randomPlant({ events: 20 }).chain((events) =>
      fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })),
    )
    fc.assert(
      fc.property(shuffled, ([events, other]) => {
        expect(canonicalForm(ledgerOf(other))).toEqual(canonicalForm(ledgerOf(events)))
      }),
      { numRuns: runs },
    )
  },
)

it(
  '[B18] ten thousand random plants keep no trace of what was voided, whenever it was',
  { timeout: 30 * minutes },
  () => {
    fc.assert(
      fc.property(randomPlant({ events: 20 }), fc.nat({ max: 20 }), (events, voidAfter) => {
        const kept = events.filter((event) => !event.voided)
        expect(canonicalForm(ledgerOf(events, voidAfter))).toEqual(canonicalForm(ledgerOf(kept)))
      }),
      { numRuns: runs },
    )
  },
)

engineContract(
  'memory, on thousands of plants',
  async (changes) => {
    const engine = new MemoryEngine()
    for (const change of changes) engine.apply(change)
    return engine
  },
  { runs: 3_000 },
)
