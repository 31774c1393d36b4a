import fc from 'fast-check'
import { expect, it } from 'vitest'
import { BitCounters } from './bit-counters.ts'
import { condensedOrder } from './condensed-order.ts'
import type { CountedOnce } from './engine.ts'
import { exposureOf } from './exposure.ts'
import { MemoryEngine } from './memory-engine.ts'
import { tell } from './notation.testing.ts'
import { OracleEngine } from './oracle.testing.ts'
import { ledgerOf } from './plant-ledger.testing.ts'
import { randomPlant } from './random-plant.testing.ts'

it('[C14] tells of every source how many units, customers and how much weight it reaches, each once', async () => {
  const told = tell('A > p | B > p | p > X | p > Y | B > q | q > Z | X > r | r > W')
  const engine = new MemoryEngine()
  for (const change of told.changes) engine.apply(change)
  const states = (name: string) =>
    engine.graph.statesOf(told.traceables.get(name) ?? 0).map((state) => state.no)
  const units = ['X', 'Y', 'Z', 'W'].flatMap(states)
  const [x = 0, y = 0, z = 0, w = 0] = units
  const found = await exposureOf(engine.graph, {
    direction: 'forward',
    sources: ['A', 'B', 'X', 'W'].map(states),
    counted: [
      { nodes: Int32Array.from(units), groups: Int32Array.of(0, 1, 2, 3) },
      // Y and Z went to one customer, W to another.
      { nodes: Int32Array.of(y, z, w), groups: Int32Array.of(0, 0, 1) },
    ],
    weights: { nodes: Int32Array.of(x, z, w), amounts: Float64Array.of(5, 7, 1_000_000_000_000) },
  })
  expect(found.counts.map((counts) => [...counts])).toEqual([
    [3, 4, 2, 1],
    [2, 2, 1, 1],
  ])
  expect([...found.weights]).toEqual([
    1_000_000_000_005, 1_000_000_000_012, 1_000_000_000_005, 1_000_000_000_000,
  ])
})

it('[C14] equals one trace for each source on random plants with loops, retracted edges and questions of time', async () => {
  const question = fc.record(
    {
      follow: fc.constantFrom('contains' as const, 'touched' as const),
      ring: fc.constantFrom('proven' as const, 'possible' as const),
      asKnownOn: fc.nat({ max: 18 }),
    },
    { requiredKeys: [] },
  )
  const groupsOf = fc.array(fc.tuple(fc.nat(60), fc.nat(6)), { maxLength: 30 })
  await fc.assert(
    fc.asyncProperty(
      randomPlant({ events: 24, traceables: 10 }),
      question,
      groupsOf,
      fc.boolean(),
      async (events, asked, pairs, isSealed) => {
        const { changes } = ledgerOf(events)
        const engine = new MemoryEngine()
        for (const change of changes) engine.apply(change)
        if (isSealed) engine.graph.seal()
        const count = engine.graph.nodeCount
        if (count === 0) return
        const sources = Array.from({ length: count }, (_, index) =>
          index % 3 === 0 ? [index + 1, ((index * 7) % count) + 1] : [index + 1],
        )
        const within = pairs.map(([node, group]) => [(node % count) + 1, group] as const)
        const counted: CountedOnce = {
          nodes: Int32Array.from(within, ([node]) => node),
          groups: Int32Array.from(within, ([, group]) => group),
        }
        const each: CountedOnce = {
          nodes: Int32Array.from({ length: count }, (_, index) => index + 1),
          groups: Int32Array.from({ length: count }, (_, index) => index),
        }
        const amounts = Float64Array.from({ length: count }, (_, index) => index * 1_000_003)
        const found = await exposureOf(engine.graph, {
          ...asked,
          direction: 'forward',
          sources,
          counted: [each, counted],
          weights: { nodes: each.nodes, amounts },
        })
        const oracle = new OracleEngine(changes)
        for (const [index, from] of sources.entries()) {
          const reached = new Set((await oracle.trace({ ...asked, direction: 'forward', from })).nodes)
          const groups = new Set(within.flatMap(([node, group]) => (reached.has(node) ? [group] : [])))
          const weight = [...reached].reduce((sum, node) => sum + (node - 1) * 1_000_003, 0)
          expect([found.counts[0]?.[index], found.counts[1]?.[index], found.weights[index]]).toEqual([
            reached.size,
            groups.size,
            weight,
          ])
        }
      },
    ),
    { numRuns: 120, seed: 20260111 },
  )
})

it('[B13][C14] an order leads onward only, and nodes of one loop share a place', () => {
  const told = tell('A > p | p > B | B > q | q > A | B > r | r > C')
  const engine = new MemoryEngine()
  for (const change of told.changes) engine.apply(change)
  const order = condensedOrder(engine.graph, { direction: 'forward' })
  const traced = engine.traceNow({ from: [1], direction: 'forward' })
  expect(traced.loops.length).toBeGreaterThan(0)
  expect(new Set(traced.loops.map((node) => order.placeOf[node])).size).toBe(1)
  for (let place = 0; place < order.places; place++)
    for (const target of order.targets.subarray(order.offsets[place], order.offsets[place + 1]))
      expect(target).toBeGreaterThan(place)
})

it('[C14] counts for many sources at once add up exactly', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(
          fc.integer(),
          fc.maxSafeNat().map((amount) => amount % 2 ** 45),
        ),
        { maxLength: 60 },
      ),
      (steps) => {
        const [ones, sums] = [new BitCounters(31), new BitCounters(53)]
        for (const [mask, amount] of steps) {
          ones.add(mask)
          sums.addTimes(mask, amount)
        }
        for (let source = 0; source < 32; source++) {
          const own = steps.filter(([mask]) => ((mask >>> source) & 1) === 1)
          expect(ones.of(source)).toBe(own.length)
          expect(sums.of(source)).toBe(own.reduce((sum, [, amount]) => sum + amount, 0))
        }
      },
    ),
    { numRuns: 100, seed: 20260112 },
  )
})
