import type { GraphEdge, NodeNo } from '../genealogy/engine.ts'
import { evidences } from '../genealogy/touch.ts'

/** A way between two nodes that are drawn, through nodes that are not. */
export interface LaneLink {
  /** Indexes of its first and last edge; the same where nothing lies between. */
  readonly first: number
  readonly last: number
  readonly from: NodeNo
  readonly to: NodeNo
  /** The weakest evidence on the way, as an index into `evidences`. */
  readonly evidence: number
}

/** What is drawn: states by their traceable, and the processes that stand as a box between what went in and what came out. */
export interface DrawnNodes {
  thingOf(node: NodeNo): number | undefined
  isNamed(process: NodeNo): boolean
  isSupplierLot(thing: number): boolean
}

/** More links than this through one process are drawn through a box of its own. */
const linksThroughMax = 64

/**
 * Processes that get a box: those with a name, but not what only brings a supplier's lot in or leads a thing to its next
 * state; and those without one that join so many to so many that lines would hide everything. O(edges).
 */
export function stepsAmong(edges: readonly GraphEdge[], drawn: DrawnNodes): ReadonlySet<NodeNo> {
  const sides = new Map<NodeNo, { into: Set<number>; out: Set<number>; carried: boolean }>()
  const sideOf = (process: NodeNo) => {
    const known = sides.get(process) ?? { into: new Set(), out: new Set(), carried: false }
    sides.set(process, known)
    return known
  }
  for (const { source, target } of edges) {
    const [from, to] = [drawn.thingOf(source), drawn.thingOf(target)]
    if (from === undefined && to !== undefined) sideOf(source).out.add(to)
    if (to === undefined && from !== undefined) sideOf(target).into.add(from)
    if (to === undefined && from === undefined) sideOf(target).carried = true
  }
  const steps = new Set<NodeNo>()
  for (const [process, { into, out, carried }] of sides) {
    if (into.size === 0 && !carried) continue
    const isMany = into.size * out.size > linksThroughMax && into.size > 1 && out.size > 1
    const isReceipt = into.size > 0 && [...into].every((thing) => drawn.isSupplierLot(thing))
    const isOwn = into.size <= 1 && out.size === 1 && [...into].every((thing) => out.has(thing)) && !carried
    if (isMany || (drawn.isNamed(process) && !isReceipt && !isOwn)) steps.add(process)
  }
  return steps
}

/**
 * The links to draw. What a thing gave to a step that it came out of again is left out, and so is what leads a thing only
 * to itself. O(edges + links).
 */
export function laneLinks(
  edges: readonly GraphEdge[],
  drawn: DrawnNodes,
  steps: ReadonlySet<NodeNo>,
): readonly LaneLink[] {
  const isStop = (node: NodeNo) => drawn.thingOf(node) !== undefined || steps.has(node)
  const leaving = new Map<NodeNo, number[]>()
  const made = new Map<NodeNo, Set<number>>()
  edges.forEach(({ source, target }, index) => {
    if (!isStop(source)) {
      const own = leaving.get(source)
      if (own) own.push(index)
      else leaving.set(source, [index])
    }
    const thing = drawn.thingOf(target)
    if (!steps.has(source) || thing === undefined) return
    const own = made.get(source) ?? new Set()
    made.set(source, own.add(thing))
  })
  const evidenceOf = (index: number) => evidences.indexOf(edges[index]?.evidence ?? 'candidate')
  const links: LaneLink[] = []
  edges.forEach(({ source: from }, first) => {
    if (!isStop(from)) return
    const own = drawn.thingOf(from)
    const waiting = [{ at: first, evidence: evidenceOf(first) }]
    const seen = new Set<NodeNo>()
    for (let step = waiting.pop(); step; step = waiting.pop()) {
      const { at: last, evidence } = step
      const to = edges[last]?.target ?? 0
      if (isStop(to)) {
        const isOwn = own !== undefined && (drawn.thingOf(to) === own || made.get(to)?.has(own) === true)
        if (!isOwn) links.push({ first, last, from, to, evidence })
        continue
      }
      if (seen.has(to)) continue
      seen.add(to)
      for (const next of leaving.get(to) ?? [])
        waiting.push({ at: next, evidence: Math.max(evidence, evidenceOf(next)) })
    }
  })
  return links
}
