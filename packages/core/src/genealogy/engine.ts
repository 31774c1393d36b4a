import type { Instant } from '../base/instant.ts'
import type { Amount } from '../base/quantity.ts'
import type { EdgeKind, Evidence, Ring, TraceableNo } from './touch.ts'

/** Integer identity of a state or a process within its organisation, given in ledger order from 1; both share one number space. */
export type NodeNo = number
/** Gapless order number of an event in its organisation's ledger, from 0. */
export type Position = number

/** A node as every engine is fed it. */
export interface GraphNode {
  readonly no: NodeNo
  readonly kind: 'state' | 'process'
  /** The traceable a state belongs to; null for a process, and for the work in process that a run carries between its segments. */
  readonly traceable: TraceableNo | null
  /** States: when this state began (`null`: before anything known). Processes: when the first touch happened. */
  readonly from: Instant | null
  /** The position whose capture made it. */
  readonly position: Position
}

/** An edge as every engine is fed it. An edge never changes; one that proves wrong is retracted and others are appended. */
export interface GraphEdge {
  /** Integer identity in ledger order from 1. */
  readonly no: number
  readonly source: NodeNo
  readonly target: NodeNo
  readonly kind: EdgeKind
  readonly evidence: Evidence
  readonly amount: Amount | null
  readonly happenedAt: Instant
  /** Install edges: when the part left; null while it is in. */
  readonly until: Instant | null
  /** The event it comes from, by position: every edge opens its event. */
  readonly event: Position
  /** Position of the capture that appended it, and of the one that retracted it. */
  readonly addedAt: Position
  readonly retractedAt: Position | null
}

/** What one capture changed in the graph, in ledger order: the only food of every engine. */
export interface GraphChange {
  readonly position: Position
  readonly nodes: readonly GraphNode[]
  readonly added: readonly GraphEdge[]
  readonly retracted: readonly number[]
}

export type Direction = 'forward' | 'backward'

export interface TraceQuery {
  readonly from: readonly NodeNo[]
  readonly direction: Direction
  /** `contains`: material, identity and open installs. `touched` (default): every edge. */
  readonly follow?: 'contains' | 'touched'
  /** Only edges that happened within; open ends allowed. */
  readonly happened?: { readonly from?: Instant; readonly to?: Instant }
  /** Only what the ledger knew at this position (inclusive). */
  readonly asKnownOn?: Position
  /** Weakest ring to follow; default `cannot-exclude`, i.e. all. */
  readonly ring?: Ring
  /** Only if asked; reaching it sets `truncated`. */
  readonly limit?: number
  /** Edges laid over the graph for this question only: candidates of gaps, what-ifs. */
  readonly overlay?: readonly Omit<GraphEdge, 'no' | 'addedAt' | 'retractedAt' | 'event'>[]
}

/**
 * Columns of equal length, one entry per node reached, roots included (depth 0), in order of depth. Within a depth in order
 * of number where a limit was asked (so that every engine cuts alike), else in no order: sorting takes longer than searching.
 */
export interface TraceResult {
  readonly nodes: Int32Array
  /** Index into `rings`: the weakest edge of the node's best path. */
  readonly ring: Uint8Array
  readonly depth: Int32Array
  /** Nodes that lie on a cycle, reported and never followed twice. */
  readonly loops: readonly NodeNo[]
  readonly truncated: boolean
  /** The position the graph stood at. */
  readonly position: Position
}

/** One step of a proof, from root towards the asked node. */
export interface ProofStep {
  readonly edge: GraphEdge
  readonly from: NodeNo
  readonly to: NodeNo
}

/** How much of the roots' quantity a reached state holds, along all paths, as an exact rational in lowest terms. */
export interface Share {
  readonly node: NodeNo
  readonly numerator: bigint
  readonly denominator: bigint
}

/** What counts once, however many of its nodes are reached: the n-th pair says that node `nodes[n]` belongs to `groups[n]`. */
export interface CountedOnce {
  readonly nodes: Int32Array
  /** Numbers from 0. */
  readonly groups: Int32Array
}

export interface ExposureQuery extends Omit<TraceQuery, 'from' | 'limit'> {
  /** The nodes of each source. */
  readonly sources: readonly (readonly NodeNo[])[]
  /** What is counted, each for itself: units, customers. */
  readonly counted: readonly CountedOnce[]
  /** What reaching a node adds to the weight: whole numbers, their sum below 2^53. */
  readonly weights?: { readonly nodes: Int32Array; readonly amounts: Float64Array }
}

export interface Exposures {
  /** For each counted set, how many of it each source reaches, in the order of the sources. */
  readonly counts: readonly Int32Array[]
  readonly weights: Float64Array
}

/** How much a state held in all, and how much of that nothing has drawn. */
export interface Held {
  readonly total: Amount
  readonly remaining: Amount
}

/** The questions every implementation answers alike: memory, SQL level by level, brute-force oracle. Same answer whatever the order of arrival. */
export interface GenealogyEngine {
  position(): Promise<Position>
  trace(query: TraceQuery): Promise<TraceResult>
  /** Shortest proof that `to` is in the scope of `query.from`, preferring stronger rings; undefined when it is not. */
  explain(query: TraceQuery, to: NodeNo): Promise<readonly ProofStep[] | undefined>
  /** Nodes on any path between the two sets. */
  between(query: TraceQuery, to: readonly NodeNo[]): Promise<TraceResult>
  /** Live edges among the given nodes (as known on a position), for drawing and tables; in order of edge number. */
  edgesAmong(nodes: Int32Array, asKnownOn?: Position): Promise<readonly GraphEdge[]>
  /** States of traceables, in order of state. */
  statesOf(traceables: readonly TraceableNo[], asKnownOn?: Position): Promise<readonly GraphNode[]>
  nodes(nos: Int32Array): Promise<readonly GraphNode[]>
  /** What every source reaches: see `ExposureRun`. `pause` is awaited now and then, so that others get a turn. */
  exposure(query: ExposureQuery, pause?: () => Promise<void>): Promise<Exposures>
  /** What each of these states held, in their order; undefined where an amount was not recorded or a loop feeds itself. */
  held(states: readonly NodeNo[], asKnownOn?: Position): Promise<readonly (Held | undefined)[]>
}
