import type { LaneEdge, LaneNode } from '@lotline/core/recall/lanes-shape'
import type { Drawing } from './graph/drawing.ts'
import type { Direction } from './trace-query.ts'

/** A row of the tree that says the same as the graph: a box, and the link it was reached by. */
export interface TreeRow {
  /** The way from the root, which makes a box that hangs in two places two rows. */
  readonly key: string
  readonly node: LaneNode
  readonly edge: LaneEdge | undefined
  readonly level: number
  /** Its branches stand at an earlier row, and are not said twice. */
  readonly seenAbove: boolean
  readonly expanded: boolean | undefined
}

/**
 * The graph as a tree in the order people read it: each root, below it what it leads to. A box met again is one row that
 * points above. Closed branches are left out. O(boxes + links).
 */
export function treeRows(lanes: Drawing, direction: Direction, closed: ReadonlySet<string>): TreeRow[] {
  const nodes = new Map(lanes.nodes.map((node) => [node.key, node]))
  const rows: TreeRow[] = []
  const ways = direction === 'both' ? (['forward', 'backward'] as const) : [direction]
  for (const way of ways) {
    const next = linksBy(lanes.edges, way === 'forward' ? 'from' : 'to')
    const seen = new Set<string>()
    const add = (node: LaneNode, edge: LaneEdge | undefined, path: string, level: number): void => {
      const links = (next.get(node.key) ?? []).filter(({ from, to }) => from !== to)
      const again = seen.has(node.key)
      seen.add(node.key)
      const key = `${path}/${node.key}`
      const branches = !again && links.length > 0
      const expanded = branches ? !closed.has(key) : undefined
      rows.push({ key, node, edge, level, seenAbove: again && links.length > 0, expanded })
      if (!expanded) return
      for (const link of links) {
        const other = nodes.get(way === 'forward' ? link.to : link.from)
        if (other) add(other, link, key, level + 1)
      }
    }
    for (const root of rootsOf(lanes, way)) add(root, undefined, way, 1)
  }
  return rows
}

function rootsOf(lanes: Drawing, way: 'forward' | 'backward'): readonly LaneNode[] {
  const asked = lanes.nodes.filter(({ root }) => root)
  if (asked.length > 0) return asked
  const reached = new Set(lanes.edges.map(({ from, to }) => (way === 'forward' ? to : from)))
  return lanes.nodes.filter(({ key }) => !reached.has(key))
}

function linksBy(edges: readonly LaneEdge[], end: 'from' | 'to'): Map<string, LaneEdge[]> {
  const links = new Map<string, LaneEdge[]>()
  for (const edge of edges) {
    const list = links.get(edge[end])
    if (list) list.push(edge)
    else links.set(edge[end], [edge])
  }
  return links
}
