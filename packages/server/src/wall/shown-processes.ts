import type { GraphEdge, NodeNo } from '@lotline/core/genealogy/engine'
import type { Sight } from './sight.ts'

/**
 * Processes that had to do with what is theirs, and those that lead from something seen to something seen, through other
 * processes at most (the segments of a run carry over into each other). O(edges).
 */
export function shownProcesses(edges: readonly GraphEdge[], sight: Sight): ReadonlySet<NodeNo> {
  const fed = reached(edges, sight, ({ source, target }) => [source, target])
  const feeding = reached(edges, sight, ({ source, target }) => [target, source])
  const shown = new Set([...fed].filter((no) => feeding.has(no)))
  for (const { source, target } of edges) {
    if (sight.owns(source) && sight.isProcess(target)) shown.add(target)
    if (sight.owns(target) && sight.isProcess(source)) shown.add(source)
  }
  return shown
}

/** The processes that are reached from seen states without passing another state. */
function reached(
  edges: readonly GraphEdge[],
  sight: Sight,
  ends: (edge: GraphEdge) => readonly [from: NodeNo, to: NodeNo],
): ReadonlySet<NodeNo> {
  const next = new Map<NodeNo, NodeNo[]>()
  const waiting: NodeNo[] = []
  for (const edge of edges) {
    const [from, to] = ends(edge)
    if (!sight.isProcess(to)) continue
    if (sight.sees(from)) waiting.push(to)
    else if (sight.isProcess(from)) next.set(from, [...(next.get(from) ?? []), to])
  }
  const found = new Set<NodeNo>()
  for (let no = waiting.pop(); no !== undefined; no = waiting.pop()) {
    if (found.has(no)) continue
    found.add(no)
    waiting.push(...(next.get(no) ?? []))
  }
  return found
}
