import type { GraphEdge, NodeNo } from './engine.ts'
import { type EdgeKind, edgeKinds, type Ring, ringOf, rings } from './touch.ts'

/** At most so many boxes are drawn; more cannot be read. */
export const drawnMax = 250

/** What the drawing must know of a node. */
export interface LaneNode {
  readonly no: NodeNo
  /** Nodes of one label may be folded into one box: the item of a state, the operation of a process. */
  readonly label: string
  /** Index into `rings`. */
  readonly ring: number
}

/** A box: one node, or several alike folded into one. */
export interface LaneBox {
  readonly id: number
  /** Left to right along the flow of material, from 0. */
  readonly lane: number
  readonly label: string
  readonly count: number
  /** The strongest ring among its nodes. */
  readonly ring: Ring
  /** All its nodes, in order of number. */
  readonly nodes: readonly NodeNo[]
}

export interface LaneLink {
  readonly from: number
  readonly to: number
  readonly count: number
  readonly kind: EdgeKind
  /** The strongest ring among its edges. */
  readonly ring: Ring
}

export interface Lanes {
  readonly boxes: readonly LaneBox[]
  readonly links: readonly LaneLink[]
  readonly laneCount: number
  /** Whether boxes had to be joined that are linked to different things: the picture then shows less than the table. */
  readonly coarse: boolean
}

/**
 * A picture of a trace that can be read: lanes by the longest way from the sources, and what is alike folded into one box
 * with a count. Folds as little as the limit allows: first nodes of one label and lane that are linked to exactly the same
 * boxes, then of one label and lane, then of one lane. O((nodes + edges) log nodes) for each of a few rounds.
 */
export function lanes(nodes: readonly LaneNode[], edges: readonly GraphEdge[], limit = drawnMax): Lanes {
  const members = new Map(nodes.map((node) => [node.no, node]))
  const within = edges.filter((edge) => members.has(edge.source) && members.has(edge.target))
  const lane = laneOf(nodes, within)
  const unfolded = new Map<NodeNo, string>(nodes.map((node) => [node.no, `${node.no}`]))
  const folds = [
    () => unfolded,
    () => foldedAlike(nodes, within, lane),
    () => new Map(nodes.map((node) => [node.no, `${lane.get(node.no)} ${node.label}`])),
    () => new Map(nodes.map((node) => [node.no, `${lane.get(node.no)}`])),
    () =>
      new Map(
        nodes.map((node) => [
          node.no,
          `${Math.floor(((lane.get(node.no) ?? 0) * limit) / (nodes.length + 1))}`,
        ]),
      ),
  ]
  let step = 0
  let keys = unfolded
  while (new Set(keys.values()).size > limit && step + 1 < folds.length) keys = folds[++step]?.() ?? keys
  return drawn(nodes, within, { keys, lane, coarse: step > 1 })
}

/** The longest way from a node without sources, in edges. Edges that close a loop are passed over. */
function laneOf(nodes: readonly LaneNode[], edges: readonly GraphEdge[]): Map<NodeNo, number> {
  const open = new Map<NodeNo, number>(nodes.map((node) => [node.no, 0]))
  const out = new Map<NodeNo, NodeNo[]>()
  for (const edge of edges) {
    open.set(edge.target, (open.get(edge.target) ?? 0) + 1)
    const targets = out.get(edge.source)
    if (targets) targets.push(edge.target)
    else out.set(edge.source, [edge.target])
  }
  const lane = new Map<NodeNo, number>()
  const placed = new Set<NodeNo>()
  const ready = nodes.filter((node) => open.get(node.no) === 0).map((node) => node.no)
  const waiting = nodes.map((node) => node.no).sort((a, b) => a - b)
  let nextWaiting = 0
  while (placed.size < nodes.length) {
    let node = ready.pop()
    // Nothing is free of sources: a loop is cut open at its lowest number.
    while (node === undefined) {
      const candidate = waiting[nextWaiting++]
      if (candidate === undefined) return lane
      if (!placed.has(candidate)) node = candidate
    }
    if (placed.has(node)) continue
    placed.add(node)
    const own = lane.get(node) ?? 0
    lane.set(node, own)
    for (const target of out.get(node) ?? []) {
      if (placed.has(target)) continue
      lane.set(target, Math.max(lane.get(target) ?? 0, own + 1))
      const left = (open.get(target) ?? 0) - 1
      open.set(target, left)
      if (left === 0) ready.push(target)
    }
  }
  return lane
}

/** Folds nodes of one lane and label whose neighbours are folded alike; repeated, for folding makes more alike. */
function foldedAlike(
  nodes: readonly LaneNode[],
  edges: readonly GraphEdge[],
  lane: ReadonlyMap<NodeNo, number>,
): Map<NodeNo, string> {
  // Begin with the coarsest folding and split it until neighbours no longer tell members of a box apart.
  let keys = new Map(nodes.map((node) => [node.no, `${lane.get(node.no)} ${node.label} ${node.ring}`]))
  for (let count = -1; ;) {
    const numbers = new Map([...new Set(keys.values())].map((key, index) => [key, index]))
    if (numbers.size === count) return keys
    count = numbers.size
    const around = new Map<NodeNo, Set<string>>(nodes.map((node) => [node.no, new Set()]))
    for (const edge of edges) {
      around.get(edge.source)?.add(`>${numbers.get(keys.get(edge.target) ?? '')}`)
      around.get(edge.target)?.add(`<${numbers.get(keys.get(edge.source) ?? '')}`)
    }
    keys = new Map(
      [...keys].map(([no, key]) => [no, `${numbers.get(key)}:${[...(around.get(no) ?? [])].sort().join()}`]),
    )
  }
}

function drawn(
  nodes: readonly LaneNode[],
  edges: readonly GraphEdge[],
  fold: { keys: ReadonlyMap<NodeNo, string>; lane: ReadonlyMap<NodeNo, number>; coarse: boolean },
): Lanes {
  const groups = new Map<string, LaneNode[]>()
  for (const node of nodes) {
    const key = fold.keys.get(node.no) ?? ''
    const group = groups.get(key)
    if (group) group.push(node)
    else groups.set(key, [node])
  }
  const laneOfGroup = (group: readonly LaneNode[]) => leastOf(group, (node) => fold.lane.get(node.no) ?? 0)
  const ordered = [...groups.values()]
    .map((group) => ({ group: group.sort((a, b) => a.no - b.no), lane: laneOfGroup(group) }))
    .sort((a, b) => a.lane - b.lane || (a.group[0]?.no ?? 0) - (b.group[0]?.no ?? 0))
  const boxOf = new Map<NodeNo, number>()
  const boxes = ordered.map(({ group, lane }, id): LaneBox => {
    for (const node of group) boxOf.set(node.no, id)
    const labels = new Set(group.map((node) => node.label))
    return {
      id,
      lane,
      label: [...labels].slice(0, 3).join(', '),
      count: group.length,
      ring: rings[leastOf(group, (node) => node.ring)] ?? 'cannot-exclude',
      nodes: group.map((node) => node.no),
    }
  })
  const laneCount = boxes.reduce((most, box) => Math.max(most, box.lane + 1), 0)
  return { boxes, links: linksOf(edges, boxOf), laneCount, coarse: fold.coarse }
}

function linksOf(edges: readonly GraphEdge[], boxOf: ReadonlyMap<NodeNo, number>): LaneLink[] {
  const links = new Map<string, { from: number; to: number; count: number; kind: EdgeKind; ring: number }>()
  for (const edge of edges) {
    const [from, to] = [boxOf.get(edge.source) ?? 0, boxOf.get(edge.target) ?? 0]
    if (from === to) continue
    const ring = rings.indexOf(ringOf(edge.evidence))
    const key = `${from} ${to}`
    const link = links.get(key)
    if (!link) links.set(key, { from, to, count: 1, kind: edge.kind, ring })
    else {
      link.count += 1
      link.ring = Math.min(link.ring, ring)
      if (edgeKinds.indexOf(edge.kind) < edgeKinds.indexOf(link.kind)) link.kind = edge.kind
    }
  }
  return [...links.values()]
    .map((link): LaneLink => ({ ...link, ring: rings[link.ring] ?? 'cannot-exclude' }))
    .sort((a, b) => a.from - b.from || a.to - b.to)
}

function leastOf(group: readonly LaneNode[], value: (node: LaneNode) => number): number {
  return group.reduce((least, node) => Math.min(least, value(node)), Infinity)
}
