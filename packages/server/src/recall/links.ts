import type { GraphEdge, NodeNo } from '@lotline/core/genealogy/engine'
import { type Evidence, evidences } from '@lotline/core/genealogy/touch'

/** One traceable state went into another: through processes, or directly. */
export interface Link {
  readonly first: GraphEdge
  readonly last: GraphEdge
  /** The process it went through; null where the edge is direct. */
  readonly process: NodeNo | null
  /** The weakest evidence on the way. */
  readonly evidence: Evidence
}

/**
 * Edges between states made from edges of the bipartite graph: what goes into a process meets what comes out of it, through
 * carried-over work in process too. Stops at `limit` links, because many inputs times many outputs have no bound of their own.
 */
export function linksOf(
  edges: readonly GraphEdge[],
  isState: (node: NodeNo) => boolean,
  limit: number,
): { readonly links: readonly Link[]; readonly cut: boolean } {
  const out = new Map<NodeNo, GraphEdge[]>()
  for (const edge of edges) {
    if (isState(edge.source)) continue
    const known = out.get(edge.source)
    if (known) known.push(edge)
    else out.set(edge.source, [edge])
  }
  const links: Link[] = []
  for (const first of edges) {
    if (!isState(first.source)) continue
    if (isState(first.target)) {
      links.push({ first, last: first, process: null, evidence: first.evidence })
      continue
    }
    follow(first, out, isState, (last, evidence) => {
      links.push({ first, last, process: first.target, evidence })
      return links.length < limit
    })
    if (links.length >= limit) return { links, cut: true }
  }
  return { links, cut: false }
}

/** Walks from a process to the states it leads to, each once. `found` says whether to go on. */
function follow(
  first: GraphEdge,
  out: ReadonlyMap<NodeNo, readonly GraphEdge[]>,
  isState: (node: NodeNo) => boolean,
  found: (last: GraphEdge, evidence: Evidence) => boolean,
): void {
  const seen = new Set([first.target])
  const waiting: (readonly [NodeNo, Evidence])[] = [[first.target, first.evidence]]
  for (let step = waiting.pop(); step; step = waiting.pop()) {
    const [node, evidence] = step
    for (const edge of out.get(node) ?? []) {
      if (seen.has(edge.target)) continue
      seen.add(edge.target)
      const weakest = weaker(evidence, edge.evidence)
      if (!isState(edge.target)) waiting.push([edge.target, weakest])
      else if (!found(edge, weakest)) return
    }
  }
}

/** The list of evidences goes from the surest to the least sure. */
function weaker(a: Evidence, b: Evidence): Evidence {
  return evidences.indexOf(a) > evidences.indexOf(b) ? a : b
}
