import type { NodeNo, TraceQuery, TraceResult, Position } from '@lotline/core/genealogy/engine'
import type { FollowedEdge, FollowedEdges } from './followed-edges.ts'

/** How a node was reached: `ring` is the weakest edge on the way, `depth` the number of edges. */
export interface Reached {
  readonly node: NodeNo
  readonly ring: number
  readonly depth: number
  readonly from: Reached | undefined
  readonly by: FollowedEdge | undefined
}

/**
 * Everything reachable from the roots, level by level: one query a level. A node is looked at again when a longer path
 * reaches it in a stronger ring, so at most three times; its last entry has the best ring over all paths, and the shortest
 * length in that ring. With a limit, the search ends with the level in which more nodes than that are known.
 */
export async function levelSearch(
  edges: FollowedEdges,
  roots: readonly NodeNo[],
  limit = Infinity,
): Promise<ReadonlyMap<NodeNo, Reached>> {
  const best = new Map<NodeNo, Reached>()
  let level = roots.map((node): Reached => ({ node, ring: 0, depth: 0, from: undefined, by: undefined }))
  for (const root of level) best.set(root.node, root)
  while (level.length > 0 && best.size <= limit) {
    await edges.fetch(level.map(({ node }) => node))
    const next = new Map<NodeNo, Reached>()
    for (const from of level) {
      for (const by of edges.of(from.node)) {
        const ring = Math.max(from.ring, by.ring)
        const known = best.get(by.other)
        if (known && known.ring <= ring) continue
        const reached = { node: by.other, ring, depth: from.depth + 1, from, by }
        best.set(by.other, reached)
        next.set(by.other, reached)
      }
    }
    level = [...next.values()]
  }
  return best
}

/** The answer: nodes by depth and number, cut at the limit, with the loops among them. */
export async function resultOf(
  edges: FollowedEdges,
  reached: readonly Reached[],
  query: TraceQuery,
  position: Position,
): Promise<TraceResult> {
  const sorted = [...reached].sort((a, b) => a.depth - b.depth || a.node - b.node)
  const kept = sorted.slice(0, query.limit ?? sorted.length)
  return {
    nodes: Int32Array.from(kept, ({ node }) => node),
    ring: Uint8Array.from(kept, ({ ring }) => ring),
    depth: Int32Array.from(kept, ({ depth }) => depth),
    loops: await loopsAmong(
      edges,
      kept.map(({ node }) => node),
    ),
    truncated: kept.length < sorted.length,
    position,
  }
}

/**
 * The nodes that reach themselves within the given ones, in order of number. What has no way in or no way out is peeled off
 * until nothing more falls; almost always that leaves nothing, and else little enough to look at node by node.
 */
export async function loopsAmong(edges: FollowedEdges, nodes: readonly NodeNo[]): Promise<NodeNo[]> {
  await edges.fetch(nodes)
  const left = new Set(nodes)
  const into = new Map<NodeNo, NodeNo[]>()
  for (const node of nodes) {
    for (const { other } of edges.of(node)) {
      const sources = into.get(other)
      if (sources) sources.push(node)
      else into.set(other, [node])
    }
  }
  const onward = (node: NodeNo): NodeNo[] => edges.of(node).map(({ other }) => other)
  peel(left, (node) => into.get(node) ?? [], onward)
  peel(left, onward, (node) => into.get(node) ?? [])
  return [...left].filter((node) => reachesItself(node, left, onward)).sort((a, b) => a - b)
}

/** Takes away, again and again, what has nothing before it. Each node is looked at once more for every node taken before it. */
function peel(
  left: Set<NodeNo>,
  before: (node: NodeNo) => NodeNo[],
  after: (node: NodeNo) => NodeNo[],
): void {
  const waiting = [...left]
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (!left.has(node) || before(node).some((other) => left.has(other))) continue
    left.delete(node)
    waiting.push(...after(node))
  }
}

function reachesItself(
  start: NodeNo,
  within: ReadonlySet<NodeNo>,
  onward: (node: NodeNo) => NodeNo[],
): boolean {
  const seen = new Set<NodeNo>()
  const waiting = [...onward(start)]
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node === start) return true
    if (seen.has(node) || !within.has(node)) continue
    seen.add(node)
    waiting.push(...onward(node))
  }
  return false
}
