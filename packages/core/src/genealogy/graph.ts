import type { Instant } from '../base/instant.ts'
import type { Amount } from '../base/quantity.ts'
import type { SealedAdjacency, VisitEdge } from './adjacency.ts'
import type { Traits } from './columns.ts'
import type { Direction, GraphEdge, GraphNode, NodeNo, Position } from './engine.ts'
import type { Appended } from './fresh-edges.ts'

/**
 * What the algorithms ask of a graph. Iteration by callback is the primitive; only the trace, whose speed people wait for,
 * also reads the sealed columns directly.
 */
export interface Graph {
  readonly position: Position
  /** Node numbers run from 1 to here. */
  readonly nodeCount: number
  /** All edges of a node, retracted ones too. */
  forEachEdge(node: NodeNo, direction: Direction, visit: VisitEdge): void
  sealed(direction: Direction): SealedAdjacency
  /** Edges that are not sealed yet. */
  appended(direction: Direction): Appended
  /** Whether there may be loops at all; then every loop has at least one node that `mayLieOnLoop`. */
  readonly mayHaveLoops: boolean
  mayLieOnLoop(node: NodeNo): boolean
  isState(node: NodeNo): boolean
  node(node: NodeNo): GraphNode | undefined
  amountOf(edge: number): Amount | null
  happenedAtMs(edge: number): number
  /** The first edge number that was appended after this position. */
  firstEdgeAfter(position: Position): number
  isRetracted(edge: number): boolean
  /** The position at which an edge was retracted; undefined while it lives. */
  retractedAt(edge: number): Position | undefined
  /** Whether an edge was retracted after the last sealing, so that traits alone do not tell. */
  readonly hasFreshRetractions: boolean
  edge(source: NodeNo, target: NodeNo, edge: number, traits: Traits): GraphEdge
}

/** The window of a question, in milliseconds, inclusive. */
export function windowOf(happened?: {
  readonly from?: Instant
  readonly to?: Instant
}): [number, number] | undefined {
  if (!happened || (happened.from === undefined && happened.to === undefined)) return undefined
  return [
    happened.from === undefined ? -Infinity : Date.parse(happened.from),
    happened.to === undefined ? Infinity : Date.parse(happened.to),
  ]
}
