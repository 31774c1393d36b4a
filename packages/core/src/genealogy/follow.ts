import type { VisitEdge } from './adjacency.ts'
import {
  ended,
  evidenceOf,
  kindOf,
  retractedTrait,
  ringIndex,
  ringOfTraits,
  type Traits,
  traitsOf,
} from './columns.ts'
import type { Direction, GraphEdge, NodeNo, TraceQuery } from './engine.ts'
import { type Graph, windowOf } from './graph.ts'

export type OverlayEdge = NonNullable<TraceQuery['overlay']>[number]

/**
 * Which edges a question follows, worked out once: a table over the traits byte, and a check of number and time for the
 * questions that need it. Overlay edges have the numbers -1, -2 and so on.
 */
export interface Follow {
  /** By traits: 0 when not followed, else 1 + the ring's index. */
  readonly accepts: Uint8Array
  /** Whether number and time must be looked at too. */
  readonly isFiltered: boolean
  /** Whether this edge is in the question's time and knowledge. Only asked when `isFiltered`. */
  isWithin(edge: number): boolean
  readonly overlay: Overlay | undefined
}

interface Overlay {
  readonly edges: readonly OverlayEdge[]
  readonly forward: ReadonlyMap<NodeNo, readonly number[]>
  readonly backward: ReadonlyMap<NodeNo, readonly number[]>
}

export function followOf(graph: Graph, query: TraceQuery): Follow {
  const asKnownOn = query.asKnownOn
  const accepts = acceptsOf(query)
  const window = windowOf(query.happened)
  const firstUnknown = asKnownOn === undefined ? Infinity : graph.firstEdgeAfter(asKnownOn)
  const [from, to] = window ?? [-Infinity, Infinity]
  return {
    accepts,
    isFiltered: window !== undefined || asKnownOn !== undefined || graph.hasFreshRetractions,
    isWithin(edge) {
      if (edge >= firstUnknown) return false
      if (graph.isRetracted(edge) && !(asKnownOn !== undefined && (graph.retractedAt(edge) ?? 0) > asKnownOn))
        return false
      if (window === undefined) return true
      const at = graph.happenedAtMs(edge)
      return at >= from && at <= to
    },
    overlay: overlayOf(query, window),
  }
}

const acceptTables = new Map<string, Uint8Array>()

/** The table over the traits byte, kept from question to question: there are a dozen, and making one takes as long as a trace. */
function acceptsOf({ ring = 'cannot-exclude', follow = 'touched', asKnownOn }: TraceQuery): Uint8Array {
  const key = `${ring} ${follow} ${asKnownOn === undefined}`
  let accepts = acceptTables.get(key)
  if (!accepts) {
    accepts = new Uint8Array(256)
    const weakest = ringIndex(ring)
    for (let traits = 0; traits < 256; traits++) {
      const own = ringOfTraits(traits)
      const isGone = (traits & retractedTrait) !== 0 && asKnownOn === undefined
      if (!isGone && own <= weakest && isKindFollowed(traits, follow)) accepts[traits] = own + 1
    }
    acceptTables.set(key, accepts)
  }
  return accepts
}

function isKindFollowed(traits: Traits, follow: TraceQuery['follow']): boolean {
  if (follow !== 'contains') return true
  const kind = kindOf(traits)
  return kind === 'install' ? (traits & ended) === 0 : kind !== 'contact'
}

function overlayOf(query: TraceQuery, window: [number, number] | undefined): Overlay | undefined {
  const edges = query.overlay
  if (!edges || edges.length === 0) return undefined
  const forward = new Map<NodeNo, number[]>()
  const backward = new Map<NodeNo, number[]>()
  edges.forEach((edge, index) => {
    const at = Date.parse(edge.happenedAt)
    if (window && (at < window[0] || at > window[1])) return
    forward.set(edge.source, [...(forward.get(edge.source) ?? []), index])
    backward.set(edge.target, [...(backward.get(edge.target) ?? []), index])
  })
  return { edges, forward, backward }
}

/** Visits the edges of a node that the question follows, overlay included; `ring` is the edge's. */
export function forEachFollowed(
  graph: Graph,
  follow: Follow,
  ask: { readonly node: NodeNo; readonly direction: Direction },
  visit: (other: NodeNo, edge: number, ring: number, traits: Traits) => void,
): void {
  const step: VisitEdge = (other, edge, traits) => {
    const accepted = follow.accepts[traits] ?? 0
    if (accepted !== 0 && (!follow.isFiltered || follow.isWithin(edge)))
      visit(other, edge, accepted - 1, traits)
  }
  graph.forEachEdge(ask.node, ask.direction, step)
  const overlay = follow.overlay
  if (!overlay) return
  for (const index of overlay[ask.direction].get(ask.node) ?? []) {
    const edge = overlay.edges[index]
    if (!edge) continue
    const traits = traitsOf(edge)
    const accepted = follow.accepts[traits] ?? 0
    const other = ask.direction === 'forward' ? edge.target : edge.source
    if (accepted !== 0) visit(other, -1 - index, accepted - 1, traits)
  }
}

/** The whole edge behind a visited number; an overlay edge keeps its negative number and stands at the graph's position. */
export function edgeBehind(
  graph: Graph,
  follow: Follow,
  ends: { readonly source: NodeNo; readonly target: NodeNo },
  edge: number,
  traits: Traits,
): GraphEdge {
  const laid = edge < 0 ? follow.overlay?.edges[-1 - edge] : undefined
  if (!laid) return graph.edge(ends.source, ends.target, edge, traits)
  const at = graph.position
  return { ...laid, evidence: evidenceOf(traits), no: edge, event: at, addedAt: at, retractedAt: null }
}
