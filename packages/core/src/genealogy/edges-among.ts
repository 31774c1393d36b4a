import type { GraphEdge, Position } from './engine.ts'
import type { Graph } from './graph.ts'

/** Edges that live (as known on a position) among the given nodes, in order of number. O(edges of the nodes). */
export function edgesAmong(graph: Graph, nodes: Int32Array, asKnownOn?: Position): GraphEdge[] {
  const members = new Set(nodes)
  const firstUnknown = asKnownOn === undefined ? Infinity : graph.firstEdgeAfter(asKnownOn)
  const edges: GraphEdge[] = []
  for (const source of members) {
    graph.forEachEdge(source, 'forward', (target, edge, traits) => {
      if (edge >= firstUnknown || !members.has(target)) return
      const goneAt = graph.retractedAt(edge)
      if (goneAt !== undefined && (asKnownOn === undefined || goneAt <= asKnownOn)) return
      edges.push(graph.edge(source, target, edge, traits))
    })
  }
  return edges.sort((a, b) => a.no - b.no)
}
