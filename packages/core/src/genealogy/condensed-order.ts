import type { NodeNo, TraceQuery } from './engine.ts'
import { followOf, forEachFollowed } from './follow.ts'
import type { Graph } from './graph.ts'

/** A graph with its loops drawn together, in an order in which every edge goes onward: what sweeps over all of it work on. */
export interface CondensedOrder {
  /** Place of each node, by its number; nodes of one loop share a place. -1 for number 0. */
  readonly placeOf: Int32Array
  readonly places: number
  /** Edges that leave a place lie from `offsets[place]` to `offsets[place + 1]`, and lead to later places only. */
  readonly offsets: Int32Array
  readonly targets: Int32Array
}

/**
 * Puts the followed edges of a graph into one order. What no edge enters is taken away again and again, then what none
 * leaves; only what is left over can lie on loops, and is searched for them (Tarjan, 1972). Places go by how many steps a
 * node lies behind the sources, and by number within, so that what is made together stands together.
 * O(nodes + edges) time; four bytes an edge and sixteen a node.
 */
export function condensedOrder(graph: Graph, query: Omit<TraceQuery, 'from' | 'limit'>): CondensedOrder {
  const { nodeCount } = graph
  const edges = followedEdges(graph, query)
  const loopOf = loopsOf(edges, nodeCount)
  const entering = new Int32Array(nodeCount + 1)
  forEachEdge(edges, nodeCount, (source, target) => {
    const [from, to] = [loopOf[source] ?? 0, loopOf[target] ?? 0]
    if (from !== to) entering[to] = (entering[to] ?? 0) + 1
  })
  const members = membersOf(loopOf, nodeCount)
  const placeOf = new Int32Array(nodeCount + 1).fill(-1)
  const queue = new Int32Array(nodeCount)
  let end = 0
  for (let node = 1; node <= nodeCount; node++)
    if (loopOf[node] === node && entering[node] === 0) queue[end++] = node
  for (let place = 0; place < end; place++) {
    const first = queue[place] ?? 0
    for (let node = first; node > 0; node = members[node] ?? 0) {
      placeOf[node] = place
      for (let slot = edges.offsets[node] ?? 0; slot < (edges.offsets[node + 1] ?? 0); slot++) {
        const to = loopOf[edges.targets[slot] ?? 0] ?? 0
        if (to === first) continue
        entering[to] = (entering[to] ?? 0) - 1
        if (entering[to] === 0) queue[end++] = to
      }
    }
  }
  return { placeOf, places: end, ...edgesByPlace(edges, { placeOf, queue, end, members }) }
}

interface Edges {
  readonly offsets: Int32Array
  readonly targets: Int32Array
}

/** The edges that the question follows, by source: filtered once, so that sweeps need not look at them again. */
function followedEdges(graph: Graph, query: Omit<TraceQuery, 'from' | 'limit'>): Edges {
  const follow = followOf(graph, { ...query, from: [] })
  const { direction } = query
  const offsets = new Int32Array(graph.nodeCount + 2)
  let targets = new Int32Array(1 << 16)
  let end = 0
  const take = (other: NodeNo): void => {
    if (end === targets.length) {
      const grown = new Int32Array(Math.ceil(end * 1.5))
      grown.set(targets)
      targets = grown
    }
    targets[end++] = other
  }
  if (follow.overlay || follow.isFiltered || !graph.appended(direction).lists.isEmpty) {
    for (let node = 1; node <= graph.nodeCount; node++) {
      offsets[node] = end
      forEachFollowed(graph, follow, { node, direction }, take)
    }
  } else {
    // Everything sealed and nothing to ask of number or time: straight over the columns.
    const { offsets: from, others, traits } = graph.sealed(direction)
    targets = new Int32Array(others.length)
    for (let node = 1; node <= graph.nodeCount; node++) {
      offsets[node] = end
      const last = from[node + 1] ?? 0
      for (let slot = from[node] ?? last; slot < last; slot++)
        if (follow.accepts[traits[slot] ?? 0] !== 0) targets[end++] = others[slot] ?? 0
    }
  }
  offsets[graph.nodeCount + 1] = end
  return { offsets, targets: targets.subarray(0, end) }
}

function forEachEdge(
  { offsets, targets }: Edges,
  nodeCount: number,
  visit: (source: NodeNo, target: NodeNo) => void,
): void {
  for (let node = 1; node <= nodeCount; node++)
    for (let slot = offsets[node] ?? 0; slot < (offsets[node + 1] ?? 0); slot++)
      visit(node, targets[slot] ?? 0)
}

/** For each node the lowest number of the loop that it lies on; its own number where it lies on none. */
function loopsOf(edges: Edges, nodeCount: number): Int32Array {
  const loopOf = Int32Array.from({ length: nodeCount + 1 }, (_, node) => node)
  const suspects = leftOver(edges, nodeCount)
  if (suspects.length === 0) return loopOf
  const isSuspect = new Uint8Array(nodeCount + 1)
  for (const node of suspects) isSuspect[node] = 1
  const [order, low] = [new Int32Array(nodeCount + 1), new Int32Array(nodeCount + 1)]
  const isOpen = new Uint8Array(nodeCount + 1)
  const open: NodeNo[] = []
  let count = 0
  const enter = (node: NodeNo, path: { node: NodeNo; slot: number }[]): void => {
    order[node] = low[node] = ++count
    isOpen[node] = 1
    open.push(node)
    path.push({ node, slot: edges.offsets[node] ?? 0 })
  }
  const close = (node: NodeNo): void => {
    const members = open.splice(open.lastIndexOf(node))
    const lowest = members.reduce((least, member) => Math.min(least, member), node)
    for (const member of members) {
      isOpen[member] = 0
      loopOf[member] = lowest
    }
  }
  for (const start of suspects) {
    if (order[start] !== 0) continue
    const path: { node: NodeNo; slot: number }[] = []
    enter(start, path)
    for (let step = path.at(-1); step; step = path.at(-1)) {
      const { node } = step
      if (step.slot < (edges.offsets[node + 1] ?? 0)) {
        const target = edges.targets[step.slot++] ?? 0
        if (isSuspect[target] === 0) continue
        if (order[target] === 0) enter(target, path)
        else if (isOpen[target] === 1) low[node] = Math.min(low[node] ?? 0, order[target] ?? 0)
        continue
      }
      path.pop()
      const parent = path.at(-1)?.node
      if (parent !== undefined) low[parent] = Math.min(low[parent] ?? 0, low[node] ?? 0)
      if (low[node] === order[node]) close(node)
    }
  }
  return loopOf
}

/** What is still there when everything was taken away that no edge enters: all loops, and what lies behind them. */
function leftOver(edges: Edges, nodeCount: number): readonly NodeNo[] {
  const entering = new Int32Array(nodeCount + 1)
  for (const target of edges.targets) entering[target] = (entering[target] ?? 0) + 1
  const queue = new Int32Array(nodeCount)
  let end = 0
  for (let node = 1; node <= nodeCount; node++) if (entering[node] === 0) queue[end++] = node
  for (let index = 0; index < end; index++) {
    const node = queue[index] ?? 0
    for (let slot = edges.offsets[node] ?? 0; slot < (edges.offsets[node + 1] ?? 0); slot++) {
      const target = edges.targets[slot] ?? 0
      entering[target] = (entering[target] ?? 0) - 1
      if (entering[target] === 0) queue[end++] = target
    }
  }
  const left: NodeNo[] = []
  if (end < nodeCount)
    for (let node = 1; node <= nodeCount; node++) if ((entering[node] ?? 0) > 0) left.push(node)
  return left
}

/** Lists through a column: after each node the next one of its loop, beginning with the lowest; 0 at the end. */
function membersOf(loopOf: Int32Array, nodeCount: number): Int32Array {
  const next = new Int32Array(nodeCount + 1)
  for (let node = nodeCount; node >= 1; node--) {
    const first = loopOf[node] ?? node
    if (first === node) continue
    next[node] = next[first] ?? 0
    next[first] = node
  }
  return next
}

function edgesByPlace(
  edges: Edges,
  is: { placeOf: Int32Array; queue: Int32Array; end: number; members: Int32Array },
): Edges {
  const offsets = new Int32Array(is.end + 1)
  const targets = new Int32Array(edges.targets.length)
  let end = 0
  for (let place = 0; place < is.end; place++) {
    offsets[place] = end
    for (let node = is.queue[place] ?? 0; node > 0; node = is.members[node] ?? 0) {
      for (let slot = edges.offsets[node] ?? 0; slot < (edges.offsets[node + 1] ?? 0); slot++) {
        const target = is.placeOf[edges.targets[slot] ?? 0] ?? 0
        if (target !== place) targets[end++] = target
      }
    }
  }
  offsets[is.end] = end
  return { offsets, targets: targets.subarray(0, end) }
}
