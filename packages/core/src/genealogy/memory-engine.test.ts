import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instantOf } from '../base/instant.ts'
import { engineContract } from './engine-contract.testing.ts'
import type { GraphChange, GraphEdge } from './engine.ts'
import { MemoryEngine } from './memory-engine.ts'
import { tell } from './notation.testing.ts'
import { OracleEngine } from './oracle.testing.ts'
import { ledgerOf } from './plant-ledger.testing.ts'
import { randomPlant } from './random-plant.testing.ts'

function fedChangeByChange(changes: readonly GraphChange[]): MemoryEngine {
  const engine = new MemoryEngine()
  for (const change of changes) engine.apply(change)
  return engine
}

function loadedWhole(changes: readonly GraphChange[]): MemoryEngine {
  const goneAt = new Map(
    changes.flatMap((change) => change.retracted.map((no) => [no, change.position] as const)),
  )
  const edges: GraphEdge[] = changes.flatMap((change) =>
    change.added.map((edge) => ({ ...edge, retractedAt: goneAt.get(edge.no) ?? null })),
  )
  const engine = new MemoryEngine()
  engine.load(
    changes.flatMap((change) => change.nodes),
    edges,
    changes.at(-1)?.position ?? -1,
  )
  return engine
}

/** Sealed in the middle, so that both sealed edges and new ones, retracted before and after, take part. */
function sealedHalfway(changes: readonly GraphChange[]): MemoryEngine {
  const engine = new MemoryEngine()
  changes.forEach((change, index) => {
    engine.apply(change)
    if (index === changes.length >> 1) engine.graph.seal()
  })
  return engine
}

engineContract('memory, fed change by change', async (changes) => fedChangeByChange(changes))
engineContract('memory, loaded whole', async (changes) => loadedWhole(changes))
engineContract('memory, sealed halfway', async (changes) => sealedHalfway(changes))

/** As another thread reads it, while the first one goes on: a state of the middle, and the other half applied afterwards. */
function readMeanwhile(changes: readonly GraphChange[], rest: readonly GraphChange[]): MemoryEngine {
  const engine = sealedHalfway(changes)
  const reader = new MemoryEngine(structuredClone(engine.graph.state()))
  const { moves } = engine.graph
  const hasFresh = engine.graph.appended('forward').lists.isEmpty === false
  for (const change of rest) engine.apply(change)
  // Another thread would ask again when columns were moved; with so few edges that is only where there were none before.
  expect(engine.graph.moves === moves || !hasFresh).toBe(true)
  return reader
}

/** Made again from what a file would keep. */
function fromPicture(changes: readonly GraphChange[]): MemoryEngine {
  return new MemoryEngine(structuredClone(sealedHalfway(changes).graph.picture()))
}

engineContract('memory, read by another thread', async (changes) => readMeanwhile(changes, []))
engineContract('memory, from what a file keeps', async (changes) => fromPicture(changes))

describe('a graph that is written while another thread reads it', () => {
  it('[C7] answers the other thread as of the position it was handed', async () => {
    const plants = randomPlant({ traceables: 7, events: 16 })
    fc.assert(
      fc.property(plants, fc.nat({ max: 16 }), (events, cut) => {
        const { changes } = ledgerOf(events)
        const [before, after] = [changes.slice(0, cut), changes.slice(cut)]
        if (before.length === 0) return
        const reader = readMeanwhile(before, after)
        const alone = fedChangeByChange(before)
        const isolated = (engine: MemoryEngine) =>
          Array.from({ length: engine.graph.nodeCount }, (_, index) =>
            (['forward', 'backward'] as const).map((direction) => {
              const found = engine.traceNow({ from: [index + 1], direction })
              const reached = [...found.nodes].map((node, at) => [found.depth[at], node, found.ring[at]])
              return { reached: reached.map(String).sort(), loops: found.loops, position: found.position }
            }),
          )
        expect(isolated(reader)).toEqual(isolated(alone))
      }),
      { numRuns: 150 },
    )
  })

  it('[C1] is merged elsewhere while changes are applied, and loses none of them', async () => {
    const { changes } = ledgerOf(
      fc.sample(randomPlant({ traceables: 9, events: 40 }), { numRuns: 1, seed: 7 })[0] ?? [],
    )
    const half = changes.length >> 1
    const engine = fedChangeByChange(changes.slice(0, half))
    const merged = engine.graph.sealWith(async (state) => {
      for (const change of changes.slice(half)) engine.apply(change)
      return new MemoryEngine(structuredClone(state)).graph.sealing()
    })
    expect(await merged).toBe(true)
    const all = Int32Array.from({ length: engine.graph.nodeCount }, (_, index) => index + 1)
    const plain = fedChangeByChange(changes)
    expect(await engine.edgesAmong(all)).toEqual(await plain.edgesAmong(all))
    expect(engine.graph.edgeCount).toBeGreaterThan(20)
    expect(engine.graph.sealed('forward').others.length).toBeGreaterThan(0)
  })
})

describe('what a file keeps, written while more came', () => {
  it('[C1][K3] says nothing about what came, should the ledger go on otherwise', () => {
    const at = instantOf(0)
    const states = (position: number, ...traceables: number[]): GraphChange => ({
      position,
      nodes: traceables.map((traceable, index) => ({
        ...{ no: 2 * position + index + 1, kind: 'state' as const, traceable, from: at, position },
      })),
      ...{ added: [], retracted: [] },
    })
    const engine = fedChangeByChange([states(0, 1, 1)])
    const picture = structuredClone(engine.graph.picture())
    // While the file is written: two more states of 1. The file has them, beyond what its numbers count.
    engine.apply(states(1, 1, 1))
    const restored = new MemoryEngine(picture)
    restored.apply(states(1, 3, 4))
    const statesOf = (traceable: number) => restored.graph.statesOf(traceable).map((state) => state.no)
    expect([1, 3, 4].map(statesOf)).toEqual([[1, 2], [3], [4]])
  })
})

describe('a trace that is given up when it is wide', () => {
  const makes = (units: number) =>
    tell(['A > p', ...Array.from({ length: units }, (_, index) => `p > B${index}`)].join(' | ')).changes

  it.each([
    ['sealed', loadedWhole],
    ['appended', fedChangeByChange],
  ])('[C1] is given up at the bound and leaves no marks, %s', (_, engineOf) => {
    const engine = engineOf(makes(50))
    const query = { from: [1], direction: 'forward' as const }
    const whole = engine.traceNow(query)
    expect(whole.nodes.length).toBe(52)
    expect(engine.traceWithin(query, 20)).toBeUndefined()
    expect(engine.traceNow(query)).toEqual(whole)
    expect(engine.traceWithin(query, 60)).toEqual(whole)
  })
})

describe('the oracle', () => {
  it('[B13] names the nodes of a loop', async () => {
    const told = tell('A > p | p > B | B > q | q > A')
    const engine = fedChangeByChange(told.changes)
    const query = { from: [1], direction: 'forward' as const }
    const found = await engine.trace(query)
    expect(found.loops.length).toBeGreaterThan(0)
    expect(found.loops).toEqual((await new OracleEngine(told.changes).trace(query)).loops)
  })
})
