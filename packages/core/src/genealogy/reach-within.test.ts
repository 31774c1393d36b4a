import fc from 'fast-check'
import { expect, it } from 'vitest'
import { OracleEngine } from './oracle.testing.ts'
import { ledgerOf } from './plant-ledger.testing.ts'
import { randomPlant } from './random-plant.testing.ts'
import { reachWithin } from './reach-within.ts'

it('[C11] stops spread like a graph in which nothing leaves those nodes, on random plants', async () => {
  const asked = fc.record({
    from: fc.array(fc.nat(30), { minLength: 1, maxLength: 2 }),
    stops: fc.array(fc.nat(30), { maxLength: 4 }),
    direction: fc.constantFrom('forward' as const, 'backward' as const),
  })
  let cut = 0
  await fc.assert(
    fc.asyncProperty(
      randomPlant({ events: 18, voids: false }),
      asked,
      async (events, { direction, ...numbers }) => {
        const { changes } = ledgerOf(events)
        const nodes = changes.flatMap((change) => change.nodes).length
        if (nodes === 0) return
        const [from, stopped] = [numbers.from, numbers.stops].map((all) => all.map((no) => (no % nodes) + 1))
        const stops = new Set(stopped)
        const leaves = (edge: { source: number; target: number }) =>
          stops.has(direction === 'forward' ? edge.source : edge.target)
        const kept = changes.map((change) => ({
          ...change,
          added: change.added.filter((edge) => !leaves(edge)),
        }))
        const whole = new OracleEngine(changes)
        const expected = await new OracleEngine(kept).trace({ from: from ?? [], direction })
        const all = Int32Array.from({ length: nodes }, (_, index) => index + 1)
        const found = reachWithin(await whole.edgesAmong(all), { from: from ?? [], direction, stops })
        expect(found.map(({ node, ring, depth }) => [node, ring, depth])).toEqual(
          [...expected.nodes].map((node, at) => [node, expected.ring[at], expected.depth[at]]),
        )
        if (found.length < (await whole.trace({ from: from ?? [], direction })).nodes.length) cut += 1
      },
    ),
    { numRuns: 150, seed: 20260113 },
  )
  expect(cut).toBeGreaterThan(10)
})
