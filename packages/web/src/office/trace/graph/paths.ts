import type { DrawnEdge } from './columns.ts'

/** What lies on the paths through some boxes: their ancestors, their descendants and themselves, and the links between. */
export interface PathSet {
  readonly nodes: ReadonlySet<string>
  /** Indexes into the edges given. */
  readonly edges: ReadonlySet<number>
}

/** Everything on a path that runs through any of `keys`. O(nodes + edges); loops end. */
export function pathsThrough(keys: Iterable<string>, edges: readonly DrawnEdge[]): PathSet {
  const nodes = new Set<string>()
  const found = new Set<number>()
  for (const key of keys) {
    walk(key, indexed(edges, 'from'), edges, 'to', nodes, found)
    walk(key, indexed(edges, 'to'), edges, 'from', nodes, found)
  }
  return { nodes, edges: found }
}

function walk(
  start: string,
  leaving: ReadonlyMap<string, readonly number[]>,
  edges: readonly DrawnEdge[],
  end: 'from' | 'to',
  nodes: Set<string>,
  found: Set<number>,
): void {
  const seen = new Set([start])
  const waiting = [start]
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    nodes.add(key)
    for (const index of leaving.get(key) ?? []) {
      found.add(index)
      const next = edges[index]?.[end]
      if (next === undefined || seen.has(next)) continue
      seen.add(next)
      waiting.push(next)
    }
  }
}

function indexed(edges: readonly DrawnEdge[], end: 'from' | 'to'): Map<string, number[]> {
  const byEnd = new Map<string, number[]>()
  for (const [index, edge] of edges.entries()) {
    const list = byEnd.get(edge[end])
    if (list) list.push(index)
    else byEnd.set(edge[end], [index])
  }
  return byEnd
}

/** Which box an arrow key goes to from `key`: along a link to the nearest in height, or up and down its column. */
export function neighbourOf(
  key: string,
  arrow: 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown',
  edges: readonly DrawnEdge[],
  boxes: ReadonlyMap<string, { readonly y: number; readonly column: number }>,
): string | undefined {
  const own = boxes.get(key)
  if (!own) return undefined
  const distance = (other: string): number => Math.abs((boxes.get(other)?.y ?? 0) - own.y)
  const nearest = (keys: readonly string[]): string | undefined =>
    keys.filter((other) => boxes.has(other)).toSorted((a, b) => distance(a) - distance(b))[0]
  switch (arrow) {
    case 'ArrowRight':
      return nearest(edges.filter(({ from, to }) => from === key && to !== key).map(({ to }) => to))
    case 'ArrowLeft':
      return nearest(edges.filter(({ from, to }) => to === key && from !== key).map(({ from }) => from))
    default: {
      const below = arrow === 'ArrowDown'
      const column = [...boxes].filter(
        ([, box]) => box.column === own.column && (below ? box.y > own.y : box.y < own.y),
      )
      return nearest(column.map(([other]) => other))
    }
  }
}
