import type { Instant } from '../base/instant.ts'
import type { Amount } from '../base/quantity.ts'
import type { TableSpec } from '../base/view.ts'
import type { GraphEdge, GraphNode, NodeNo, Position } from './engine.ts'
import type { EdgeKind, Evidence, TraceableNo } from './touch.ts'

/** A node as it is stored. `startedAt` is `GraphNode.from`. */
export interface NodeRow {
  readonly no: NodeNo
  readonly kind: 'state' | 'process'
  readonly traceable: TraceableNo | null
  readonly startedAt: Instant | null
  /**
   * Processes, and the work in process of a run: the key their touches gave. The step a thing takes from one state to its
   * next has the key of its process and `/heel`, `/renew` or `/install`; the two sides of a removal have `/unit/17`, `/part/18`.
   */
  readonly processKey: string | null
  readonly position: Position
}

export const nodeTable: TableSpec<NodeRow> = {
  name: 'node',
  columns: {
    no: 'int',
    kind: 'text',
    traceable: 'int?',
    startedAt: 'instant?',
    processKey: 'text?',
    position: 'int',
  },
  key: ['no'],
  groups: { byTraceable: ['traceable'], byProcessKey: ['processKey'] },
  numbered: { no: 'node', traceable: 'traceable' },
  isPast: true,
}

/** The node as engines are fed it. */
export function graphNodeOf(row: NodeRow): GraphNode {
  return { no: row.no, kind: row.kind, traceable: row.traceable, from: row.startedAt, position: row.position }
}

/** Live edges have `retractedAt` null; the others stay for *as known on*. */
export const edgeTable: TableSpec<GraphEdge> = {
  name: 'edge',
  columns: {
    no: 'int',
    source: 'int',
    target: 'int',
    kind: 'text',
    evidence: 'text',
    amount: 'amount?',
    happenedAt: 'instant',
    until: 'instant?',
    event: 'int',
    addedAt: 'int',
    retractedAt: 'int?',
  },
  key: ['no'],
  groups: { bySource: ['source'], byTarget: ['target'] },
  numbered: { no: 'edge', source: 'node', target: 'node' },
  isPast: true,
}

/**
 * What a touch does on one timeline. An installation has two rows (`part`, `unit`), a removal three (a contact `draw`, two
 * `apart`).
 */
export type Does = 'draw' | 'add' | 'renew' | 'part' | 'unit' | 'apart' | 'barrier'

/**
 * Why an edge goes to or comes from a further process: the lot is still loaded; an output had no input; clocks are unsure;
 * the lot before overlaps the one that took its place.
 */
export type OtherEnd = readonly [process: NodeNo, why: 'loaded' | 'assumed' | 'window' | 'overlap']

/** An edge inside a run, to or from its hidden work in process. */
export type Link = readonly [source: NodeNo, target: NodeNo, evidence: Evidence]

/** One touch on one timeline, and where `resolve` placed it. Rows of a voided event are removed. */
export interface TouchRow {
  readonly event: Position
  readonly ordinal: number
  readonly does: Does
  readonly traceable: TraceableNo | null
  readonly processKey: string | null
  /** Whether the process is a run, cut into segments. */
  readonly run: boolean
  /** Part side of an installation or removal: the unit. */
  readonly other: TraceableNo | null
  readonly edge: EdgeKind | null
  readonly amount: Amount | null
  readonly sequential: boolean
  /** How long the lot before this one may still come out; null for not at all. */
  readonly overlapMs: number | null
  readonly item: number | null
  readonly vessel: boolean
  readonly at: Instant
  readonly uncertaintyMs: number
  readonly sequence: number | null
  readonly evidence: Evidence
  /** The event's own stable text, a tie-breaker that does not depend on the order of arrival. */
  readonly tie: string

  /** The state drawn from or made. */
  state: NodeNo | null
  /** Whether this touch began that state. */
  begins: boolean
  prior: NodeNo | null
  /** The process between `prior` and `state`, and how sure it is that something went on. */
  step: NodeNo | null
  heel: Evidence | null
  process: NodeNo | null
  until: Instant | null
  otherStates: readonly NodeNo[] | null
  otherProcesses: readonly OtherEnd[] | null
  links: readonly Link[] | null
  /** The live edges this row stands for, in the order of `edgesOf`. */
  edges: readonly number[]
}

export const touchTable: TableSpec<TouchRow> = {
  name: 'touch',
  columns: {
    event: 'int',
    ordinal: 'int',
    does: 'text',
    traceable: 'int?',
    processKey: 'text?',
    run: 'bool',
    other: 'int?',
    edge: 'text?',
    amount: 'amount?',
    sequential: 'bool',
    overlapMs: 'int?',
    item: 'int?',
    vessel: 'bool',
    at: 'instant',
    uncertaintyMs: 'int',
    sequence: 'int?',
    evidence: 'text',
    tie: 'text',
    state: 'int?',
    begins: 'bool',
    prior: 'int?',
    step: 'int?',
    heel: 'text?',
    process: 'int?',
    until: 'instant?',
    otherStates: 'whole?',
    otherProcesses: 'whole?',
    links: 'whole?',
    edges: 'whole',
  },
  key: ['event', 'ordinal'],
  groups: {
    byTraceable: ['traceable'],
    byProcess: ['processKey'],
    byEvent: ['event'],
    byTraceableProcess: ['traceable', 'processKey'],
    byPair: ['traceable', 'other'],
  },
  numbered: { traceable: 'traceable', other: 'traceable' },
  isPast: true,
}

/** What both kinds of timeline remember of their order, so that a fact newer than all of it needs no history. */
export interface OrderTail {
  /** Greatest order key of all, and of those that change the course of things (not mere draws or outputs). */
  lastKey: string
  markKey: string
  /** Latest millisecond any draw (output of a run) may have happened at, and any boundary; 0 when none. */
  reach: number
  boundaryReach: number
  /** Whether any of those, any boundary, has an unsure clock. */
  fuzzy: boolean
  boundaryFuzzy: boolean
}

/** The end of a traceable's timeline. */
export interface TraceableTail extends OrderTail {
  readonly first: NodeNo
  state: NodeNo
  /** The processes that made the present state, and their keys. */
  makers: readonly NodeNo[]
  makerKeys: readonly string[]
  /** Moment and sequence of the `add` that began it. */
  begunAt: string | null
  /** Whether its first `add` is known, and the keys of the atomic processes that were its birth. */
  born: boolean
  birthKeys: readonly string[]
  /** Added less drawn since the last barrier, as decimal digits; null when some amount is not known. */
  balance: string | null
  barrier: boolean
}

/** A lot of a sequential feed that is still loaded: item, when loaded, its touch row, whether in this very segment. */
export type Loaded = readonly [item: number, at: Instant, event: Position, ordinal: number, here: boolean]

/** A lot whose place another has taken, and the last moment it may still come out; its process once something did. */
export type Overlap = readonly [untilMs: number, event: Position, ordinal: number, process: NodeNo | null]

/** The end of a run's timeline. `mix` takes pooled inputs, `make` the sequential ones; outputs leave `make` if it exists. */
export interface RunTail extends OrderTail {
  open: boolean
  /** The touch that opened the segment, by event and ordinal. */
  opener: readonly [event: Position, ordinal: number] | null
  mix: NodeNo | null
  make: NodeNo | null
  /** Whether the segment has outputs, and whether it had them without any input. */
  made: boolean
  orphaned: boolean
  /** The segment before, when it made something out of nothing recorded. */
  orphan: NodeNo | null
  carryState: NodeNo | null
  carryFrom: NodeNo | null
  loaded: readonly Loaded[]
  overlaps?: readonly Overlap[] | undefined
  barrier: boolean
  /** An earlier output may belong to this segment: whatever comes next is worked out from the whole timeline. */
  ambiguous: boolean
}

/** Where the timeline of a traceable ends: one small row for each. */
export interface TraceableTailRow {
  readonly traceable: TraceableNo
  readonly tail: TraceableTail
}

/** `byTraceable` is the key again, so that many can be fetched at once. */
export const traceableTailTable: TableSpec<TraceableTailRow> = {
  name: 'traceable_tail',
  columns: { traceable: 'int', tail: 'whole' },
  key: ['traceable'],
  groups: { byTraceable: ['traceable'] },
  numbered: { traceable: 'traceable' },
}

/** Where the timeline of a run ends. */
export interface RunTailRow {
  readonly processKey: string
  readonly tail: RunTail
}

/** `byProcess` is the key again, so that many can be fetched at once. */
export const runTailTable: TableSpec<RunTailRow> = {
  name: 'run_tail',
  columns: { processKey: 'text', tail: 'whole' },
  key: ['processKey'],
  groups: { byProcess: ['processKey'] },
}
