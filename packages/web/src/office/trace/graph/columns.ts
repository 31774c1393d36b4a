/** What the layout needs to know of a drawing: boxes in lanes from left to right, and links between them. */
export interface DrawnNode {
  readonly key: string
  /** Index of its lane, from the left. */
  readonly lane: number
  /** In pixels; the usual width of a box if left out. */
  readonly width?: number
}

export interface DrawnEdge {
  readonly from: string
  readonly to: string
}

/**
 * Gives each node its column: lanes in order, and inside a lane one column per step of links within it, so that what is
 * made of something stands right of it. Links that close a loop are left out of the count. O(nodes + edges).
 */
export function columnsOf(nodes: readonly DrawnNode[], edges: readonly DrawnEdge[]): Map<string, number> {
  const steps = stepsWithinLanes(nodes, edges)
  const widths = new Map<number, number>()
  for (const { key, lane } of nodes) {
    widths.set(lane, Math.max(widths.get(lane) ?? 0, (steps.get(key) ?? 0) + 1))
  }
  const starts = new Map<number, number>()
  let next = 0
  for (const lane of [...widths.keys()].toSorted((a, b) => a - b)) {
    starts.set(lane, next)
    next += widths.get(lane) ?? 0
  }
  return new Map(nodes.map(({ key, lane }) => [key, (starts.get(lane) ?? 0) + (steps.get(key) ?? 0)]))
}

/** Length of the longest way to each node that stays in its lane. */
function stepsWithinLanes(nodes: readonly DrawnNode[], edges: readonly DrawnEdge[]): Map<string, number> {
  const laneOf = new Map(nodes.map(({ key, lane }) => [key, lane]))
  const sources = new Map<string, string[]>()
  for (const { from, to } of edges) {
    const lane = laneOf.get(to)
    if (from === to || lane === undefined || laneOf.get(from) !== lane) continue
    sources.set(to, [...(sources.get(to) ?? []), from])
  }
  const steps = new Map<string, number>()
  const open = new Set<string>()
  const visit = (key: string): number => {
    const known = steps.get(key)
    if (known !== undefined) return known
    // A node that is being visited again lies on a loop; that link is not counted.
    if (open.has(key)) return -1
    open.add(key)
    const step = Math.max(0, ...(sources.get(key) ?? []).map((source) => visit(source) + 1))
    open.delete(key)
    steps.set(key, step)
    return step
  }
  for (const { key } of nodes) visit(key)
  return steps
}
