import type { NodeNo, TraceQuery, TraceResult } from './engine.ts'
import type { Graph } from './graph.ts'
import { trace, TraceScratch } from './trace.ts'

/**
 * Nodes on any path from the question's roots to `to`: what both searches reach. A node's ring is the weaker of its two
 * halves, its depth counts from the roots. Two traces.
 */
export function between(
  graph: Graph,
  query: TraceQuery,
  to: readonly NodeNo[],
  scratch: TraceScratch = new TraceScratch(),
): TraceResult {
  const { limit = Infinity, ...unlimited } = query
  const there = trace(graph, unlimited, scratch)
  const direction = query.direction === 'forward' ? 'backward' : 'forward'
  const back = trace(graph, { ...unlimited, from: to, direction }, scratch)
  const ringBack = new Map<NodeNo, number>()
  back.nodes.forEach((node, index) => ringBack.set(node, back.ring[index] ?? 0))
  const kept: number[] = []
  there.nodes.forEach((node, index) => {
    if (ringBack.has(node)) kept.push(index)
  })
  // A level comes in no order; where a limit cuts, every engine must keep the same ones.
  const inOrder = (a: number, b: number) =>
    (there.depth[a] ?? 0) - (there.depth[b] ?? 0) || (there.nodes[a] ?? 0) - (there.nodes[b] ?? 0)
  const cut = limit < kept.length ? kept.sort(inOrder).slice(0, limit) : kept
  const nodes = Int32Array.from(cut, (index) => there.nodes[index] ?? 0)
  const members = new Set(nodes)
  return {
    nodes,
    ring: Uint8Array.from(cut, (index) => {
      return Math.max(there.ring[index] ?? 0, ringBack.get(there.nodes[index] ?? 0) ?? 0)
    }),
    depth: Int32Array.from(cut, (index) => there.depth[index] ?? 0),
    loops: there.loops.filter((node) => members.has(node)),
    truncated: cut.length < kept.length,
    position: graph.position,
  }
}
