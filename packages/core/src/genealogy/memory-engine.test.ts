import { describe, expect, it } from 'vitest'
import { engineContract } from './engine-contract.testing.ts'
import type { GraphChange, GraphEdge } from './engine.ts'
import { MemoryEngine } from './memory-engine.ts'
import { tell } from './notation.testing.ts'
import { OracleEngine } from './oracle.testing.ts'

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
