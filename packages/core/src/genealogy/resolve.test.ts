import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalForm, ledgerOf } from './plant-ledger.testing.ts'
import { randomPlant } from './random-plant.testing.ts'
import { edgeTable } from './rows.ts'

describe('resolve', () => {
  it('[C4][I4] gives the same graph whatever the order of arrival', () => {
    const shuffled = randomPlant().chain((events) =>
      fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })),
    )
    fc.assert(
      fc.property(shuffled, ([events, other]) => {
        expect(canonicalForm(ledgerOf(other))).toEqual(canonicalForm(ledgerOf(events)))
      }),
      { numRuns: 300, seed: 20260101 },
    )
  })

  it('[B18] leaves no trace of a voided event in the live graph, whenever it is voided', () => {
    fc.assert(
      fc.property(randomPlant(), fc.nat({ max: 13 }), (events, voidAfter) => {
        const kept = events.filter((event) => !event.voided)
        expect(canonicalForm(ledgerOf(events, voidAfter))).toEqual(canonicalForm(ledgerOf(kept)))
      }),
      { numRuns: 150, seed: 20260102 },
    )
  })

  it('[B13][B11] never has the same state on both sides of a process', () => {
    fc.assert(
      fc.property(randomPlant(), (events) => {
        const live = ledgerOf(events)
          .view.all(edgeTable)
          .filter((edge) => edge.retractedAt === null)
        const ways = new Set(live.map((edge) => `${edge.source}>${edge.target}`))
        expect(live.filter((edge) => ways.has(`${edge.target}>${edge.source}`))).toEqual([])
      }),
      { numRuns: 150, seed: 20260103 },
    )
  })
})
