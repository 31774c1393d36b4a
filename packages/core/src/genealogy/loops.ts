import type { NodeNo } from './engine.ts'
import { type Follow, forEachFollowed } from './follow.ts'
import type { Graph } from './graph.ts'

/**
 * The nodes that lie on a cycle within the given ones, in order of number. Wrong records can make one; a trace says so and
 * goes on. Strongly connected components after Tarjan (1972), with an explicit stack: chains are long. O(nodes + edges).
 */
export function loopsAmong(graph: Graph, follow: Follow, nodes: Int32Array): NodeNo[] {
  const indexOf = new Map<NodeNo, number>()
  nodes.forEach((node, index) => indexOf.set(node, index))
  const targets = targetsWithin(graph, follow, nodes, indexOf)
  const onLoop = new Uint8Array(nodes.length)
  const order = new Int32Array(nodes.length)
  const low = new Int32Array(nodes.length)
  const isOpen = new Uint8Array(nodes.length)
  const path: { at: number; next: number }[] = []
  const open: number[] = []
  let count = 0
  const enter = (at: number): void => {
    count += 1
    order[at] = count
    low[at] = count
    isOpen[at] = 1
    open.push(at)
    path.push({ at, next: 0 })
  }
  const close = (at: number): void => {
    const members = open.splice(open.lastIndexOf(at))
    const isLoop = members.length > 1 || (targets[at] ?? []).includes(at)
    for (const member of members) {
      isOpen[member] = 0
      if (isLoop) onLoop[member] = 1
    }
  }
  const lower = (at: number, to: number): void => {
    if (to < (low[at] ?? 0)) low[at] = to
  }
  for (let start = 0; start < nodes.length; start++) {
    if (order[start] !== 0) continue
    enter(start)
    for (let step = path.at(-1); step; step = path.at(-1)) {
      const { at } = step
      const target = targets[at]?.[step.next++]
      if (target !== undefined) {
        if (order[target] === 0) enter(target)
        else if (isOpen[target] === 1) lower(at, order[target] ?? 0)
        continue
      }
      path.pop()
      const parent = path.at(-1)
      if (parent) lower(parent.at, low[at] ?? 0)
      if (low[at] === order[at]) close(at)
    }
  }
  return [...nodes].filter((_, index) => onLoop[index] === 1).sort((a, b) => a - b)
}

function targetsWithin(
  graph: Graph,
  follow: Follow,
  nodes: Int32Array,
  indexOf: ReadonlyMap<NodeNo, number>,
): number[][] {
  return Array.from(nodes, (node) => {
    const targets: number[] = []
    forEachFollowed(graph, follow, { node, direction: 'forward' }, (other) => {
      const index = indexOf.get(other)
      if (index !== undefined) targets.push(index)
    })
    return targets
  })
}
