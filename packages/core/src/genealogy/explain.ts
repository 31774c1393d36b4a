import { assert } from '../base/assert.ts'
import type { Traits } from './columns.ts'
import type { NodeNo, ProofStep, TraceQuery } from './engine.ts'
import { edgeBehind, type Follow, followOf, forEachFollowed } from './follow.ts'
import type { Graph } from './graph.ts'

interface Entry {
  readonly node: NodeNo
  readonly ring: number
  readonly from: Entry | undefined
  readonly edge: number
  readonly traits: Traits
}

/**
 * The shortest proof, among those of the best ring, that `to` is in the scope of the question: the same search as `trace`,
 * with each node remembering how it was reached. Undefined when it is not in scope; empty when it is a root itself.
 * O(nodes + edges reached).
 */
export function explain(graph: Graph, query: TraceQuery, to: NodeNo): readonly ProofStep[] | undefined {
  const follow = followOf(graph, query)
  const best = new Map<NodeNo, Entry>()
  let level: Entry[] = []
  const reach = (entry: Entry): void => {
    const known = best.get(entry.node)
    if (known && known.ring <= entry.ring) return
    best.set(entry.node, entry)
    level.push(entry)
  }
  for (const node of query.from) {
    if (node >= 1 && node <= graph.nodeCount) reach({ node, ring: 0, from: undefined, edge: 0, traits: 0 })
  }
  while (level.length > 0 && best.get(to)?.ring !== 0) {
    const present = level
    level = []
    for (const from of present) {
      if (best.get(from.node) !== from) continue
      forEachFollowed(
        graph,
        follow,
        { node: from.node, direction: query.direction },
        (node, edge, ring, traits) => reach({ node, ring: Math.max(ring, from.ring), from, edge, traits }),
      )
    }
  }
  const found = best.get(to)
  return found && proofOf(graph, follow, query, found)
}

function proofOf(graph: Graph, follow: Follow, query: TraceQuery, found: Entry): ProofStep[] {
  const steps: ProofStep[] = []
  for (let entry = found; entry.from !== undefined; entry = entry.from) {
    const [from, to] = [entry.from.node, entry.node]
    const ends = query.direction === 'forward' ? { source: from, target: to } : { source: to, target: from }
    steps.push({ edge: edgeBehind(graph, follow, ends, entry.edge, entry.traits), from, to })
    assert(steps.length <= graph.nodeCount, 'a proof visits no node twice')
  }
  return steps.reverse()
}
