import type { Direction, GraphEdge, NodeNo } from './engine.ts'
import { ringOf, rings } from './touch.ts'

/** A node that was reached: `ring` is an index into `rings`, the weakest edge of its best way; `depth` the edges on it. */
export interface ReachedNode {
  readonly node: NodeNo
  readonly ring: number
  readonly depth: number
}

export interface ReachQuery {
  readonly from: readonly NodeNo[]
  readonly direction: Direction
  /** What spread reaches and does not leave: it was cleaned, sterilised, scrapped there. */
  readonly stops: ReadonlySet<NodeNo>
}

/**
 * What is reached over the given edges alone when spread stops at some nodes: the same answer as a trace, of a graph in which
 * nothing leaves those. Roots that are stops are reached and not left. In order of depth, then number. O(nodes + edges).
 */
export function reachWithin(
  edges: readonly Pick<GraphEdge, 'source' | 'target' | 'evidence'>[],
  { from, direction, stops }: ReachQuery,
): readonly ReachedNode[] {
  const leaving = new Map<NodeNo, { to: NodeNo; ring: number }[]>()
  for (const { source, target, evidence } of edges) {
    const [own, to] = direction === 'forward' ? [source, target] : [target, source]
    if (stops.has(own)) continue
    const step = { to, ring: rings.indexOf(ringOf(evidence)) }
    const known = leaving.get(own)
    if (known) known.push(step)
    else leaving.set(own, [step])
  }
  const best = new Map<NodeNo, ReachedNode>()
  let level: ReachedNode[] = []
  const reach = (entry: ReachedNode): void => {
    const known = best.get(entry.node)
    if (known && known.ring <= entry.ring) return
    best.set(entry.node, entry)
    level.push(entry)
  }
  for (const node of from) reach({ node, ring: 0, depth: 0 })
  while (level.length > 0) {
    const present = level
    level = []
    for (const entry of present) {
      if (best.get(entry.node) !== entry) continue
      for (const { to, ring } of leaving.get(entry.node) ?? [])
        reach({ node: to, ring: Math.max(ring, entry.ring), depth: entry.depth + 1 })
    }
  }
  return [...best.values()].sort((a, b) => a.depth - b.depth || a.node - b.node)
}
