import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Share } from './engine.ts'
import { MemoryEngine } from './memory-engine.ts'
import { tell } from './notation.testing.ts'
import { ledgerOf } from './plant-ledger.testing.ts'
import { randomPlant } from './random-plant.testing.ts'
import { nothing, plus } from './rational.ts'
import { shareOfSource, shareOfTarget } from './share.ts'
import { statesNamed } from './reach.testing.ts'

async function told(story: string) {
  const told = tell(story)
  const engine = new MemoryEngine()
  for (const change of told.changes) engine.apply(change)
  const names = new Map<number, string>()
  for (const [name, no] of told.traceables) {
    for (const [index, state] of (await engine.statesOf([no])).entries())
      names.set(state.no, index ? `${name}.${index}` : name)
  }
  const no = async (name: string) => (await statesNamed(engine, told, name))[0]?.no ?? 0
  const text = (shares: readonly Share[]) =>
    shares
      .map((share) => `${names.get(share.node) ?? 'process'} ${share.numerator}/${share.denominator}`)
      .sort()
      .join(', ')
  const unknown = (nodes: readonly number[]) =>
    nodes
      .flatMap((node) => names.get(node) ?? [])
      .sort()
      .join(' ')
  return { graph: engine.graph, no, text, unknown }
}

it('[C6] gives each state its exact share of the source, and what remains', async () => {
  const { graph, no, text } = await told('in > A 12 | A 4 > p | p > X 1 | p > Y 2 | A 5 > q | q > Z 7')
  const share = shareOfSource(graph, { root: await no('A') })
  expect(text(share.reached)).toBe('A 1/1, X 1/9, Y 2/9, Z 5/12')
  expect(text(share.resting)).toBe('A 1/4, X 1/9, Y 2/9, Z 5/12')
  expect(share.unknown).toEqual([])
})

it('[C6][B11] the heel takes along what was left before the top-up', async () => {
  const { graph, no, text } = await told(
    'in > M 10 | M 10 > f1 | f1 > T! 10 | T 4 > b1 | b1 > C1 1 | f2 > T! 6 | T 3 > b2 | b2 > C2 1',
  )
  const share = shareOfSource(graph, { root: await no('M') })
  // 6 of 10 were left; of these and 6 new ones, 3 of 12 went into C2.
  expect(text(share.resting)).toBe('C1 2/5, C2 3/20, T.2 9/20')
})

it('[C6] says unknown where an amount was not recorded, never zero', async () => {
  const { graph, no, text, unknown } = await told(
    'in > A 10 | A 4 > p | p > X 1 | A > q | q > Y 1 | X 1 > r | r > Z',
  )
  const share = shareOfSource(graph, { root: await no('A') })
  expect(text(share.reached)).toBe('A 1/1')
  expect(unknown(share.unknown)).toBe('X Y Z')
})

it('[C6][B13] says unknown behind a loop', async () => {
  const { graph, no, unknown } = await told('A 1 > p | p > B 1 | B 1 > q | q > C 1 | C 1 > p')
  const share = shareOfSource(graph, { root: await no('A') })
  expect(unknown(share.unknown)).toBe('B C')
})

it('[C6] does not add up pieces and kilograms', async () => {
  const { graph, no, unknown } = await told('in > A 10 | A 10 > p | p > X 1 | p > Y 500')
  const root = await no('A')
  const x = await no('X')
  expect(unknown(shareOfSource(graph, { root, itemOf: (node) => (node === x ? 1 : 2) }).unknown)).toBe('X Y')
  expect(unknown(shareOfSource(graph, { root, itemOf: () => 1 }).unknown)).toBe('')
})

it('[C6] tells what a lot was made of, by item', async () => {
  const { graph, no, text } = await told('A 3 > p | B 1 > p | Salt 9 > p | p > X 10')
  const salt = await no('Salt')
  const share = shareOfTarget(graph, { state: await no('X'), itemOf: (node) => (node === salt ? 2 : 1) })
  expect(text(share.inputs)).toBe('A 3/4, B 1/4, Salt 1/1')
})

it('[C6] shares and remainders sum to 100 % on random plants', () => {
  const plants = randomPlant({ traceables: 6, events: 18, unsureClocks: false })
  let summed = 0
  fc.assert(
    fc.property(plants, (events) => {
      const engine = new MemoryEngine()
      for (const change of ledgerOf(events).changes) engine.apply(change)
      for (let root = 1; root <= engine.graph.nodeCount; root++) {
        if (!engine.graph.isState(root)) continue
        const share = shareOfSource(engine.graph, { root })
        if (share.unknown.length > 0) continue
        const sum = share.resting.reduce(plus, nothing)
        expect([sum.numerator, sum.denominator]).toEqual([1n, 1n])
        summed += 1
      }
    }),
    { numRuns: 150, seed: 20260106 },
  )
  expect(summed).toBeGreaterThan(300)
})
