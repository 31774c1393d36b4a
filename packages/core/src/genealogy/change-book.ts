import type { Instant } from '../base/instant.ts'
import { type KeyPart, type MutableView, together } from '../base/view.ts'
import { type EdgeShape, edgesOf } from './edges-of.ts'
import type { GraphChange, GraphEdge, GraphNode, NodeNo, Position } from './engine.ts'
import { edgeTable, graphNodeOf, type NodeRow, nodeTable, type TouchRow, touchTable } from './rows.ts'
import type { TraceableNo } from './touch.ts'

/** Gives the next integer identity of an organisation's nodes and edges, from 1. */
export type Counters = (name: 'node' | 'edge') => number

/** The groups of touches that make up a timeline, or a part of one. */
export type LineGroup = 'byTraceable' | 'byProcess' | 'byPair' | 'byTraceableProcess'

interface Draft {
  readonly row: TouchRow
  /** As it was stored; undefined for a touch of this capture. */
  readonly stored: TouchRow | undefined
}

/**
 * What one capture does to the genealogy, gathered before anything is written: placements may be worked out twice (by
 * the tail, then from the whole timeline), and only the difference from what was stored becomes edges.
 */
export class ChangeBook {
  readonly #view: MutableView
  readonly #position: Position
  readonly #next: Counters
  readonly #drafts = new Map<string, Draft>()
  readonly #nodes: GraphNode[] = []
  readonly #added: GraphEdge[] = []
  readonly #retracted: number[] = []
  readonly #leaving: number[] = []
  readonly #atomic = new Map<string, NodeNo>()
  #newOnLine: Map<string, TouchRow[]> | undefined

  constructor(view: MutableView, position: Position, next: Counters) {
    this.#view = view
    this.#position = position
    this.#next = next
  }

  newState(traceable: TraceableNo | null, from: Instant | null, processKey: string | null = null): NodeNo {
    return this.#newNode('state', traceable, from, processKey)
  }

  newProcess(processKey: string, from: Instant): NodeNo {
    return this.#newNode('process', null, from, processKey)
  }

  /** The one node of an atomic process, made when first heard of. */
  atomic(processKey: string, from: Instant): NodeNo {
    let no = this.#atomic.get(processKey)
    if (no === undefined) {
      no =
        this.#view.list(nodeTable, 'byProcessKey', [processKey])[0]?.no ?? this.newProcess(processKey, from)
      this.#atomic.set(processKey, no)
    }
    return no
  }

  /** Takes in the rows of this capture. */
  begin(rows: readonly TouchRow[]): void {
    for (const row of rows) this.#drafts.set(draftKey(row), { row, stored: undefined })
  }

  /** Rows that may be changed, by their keys; all that must be loaded are asked for at once. */
  rowsAt(keys: readonly (readonly [event: Position, ordinal: number])[]): readonly TouchRow[] {
    const rows = together(keys, ([event, ordinal]) => {
      const draft = this.#drafts.get(draftKey({ event, ordinal }))
      if (draft) return draft.row
      const stored = this.#view.get(touchTable, [event, ordinal])
      return stored && this.#draftOf(stored)
    })
    return rows.filter((row) => row !== undefined)
  }

  /** All rows of a timeline, those of this capture included, each free to be changed. Unordered. */
  rowsOn(group: LineGroup, of: readonly KeyPart[]): TouchRow[] {
    const stored = this.#view.list(touchTable, group, of).map((row) => this.#draftOf(row))
    return [...stored, ...this.newRowsOn(group, of)]
  }

  /** The rows of this capture on a timeline. */
  newRowsOn(group: LineGroup, of: readonly KeyPart[]): readonly TouchRow[] {
    return this.#indexOfNew().get(lineKey(group, of)) ?? []
  }

  /** Takes a row of a voided event away. */
  discard(row: TouchRow): void {
    this.#leaving.push(...row.edges)
    this.#view.remove(touchTable, [row.event, row.ordinal])
  }

  /** Writes nodes, edges and touch rows, and says what changed. */
  finish(): GraphChange {
    for (const { row, stored } of this.#drafts.values()) {
      const edges = this.#diff(row, stored)
      if (!stored || edges || !samePlacement(row, stored)) {
        if (edges) row.edges = edges
        this.#view.put(touchTable, row)
      }
    }
    this.#retract()
    return { position: this.#position, nodes: this.#nodes, added: this.#added, retracted: this.#retracted }
  }

  /** The numbers of the row's edges when they changed; what stays keeps its number. */
  #diff(row: TouchRow, stored: TouchRow | undefined): number[] | undefined {
    const after = edgesOf(row)
    if (!stored) return after.map((shape) => this.#append(row, shape))
    const kept = new Map<string, number[]>()
    edgesOf(stored).forEach((shape, index) => {
      const no = stored.edges[index] ?? 0
      const same = kept.get(shapeKey(shape))
      if (same) same.push(no)
      else kept.set(shapeKey(shape), [no])
    })
    const edges = after.map((shape) => kept.get(shapeKey(shape))?.shift() ?? this.#append(row, shape))
    for (const left of kept.values()) this.#leaving.push(...left)
    return edges.length === stored.edges.length && edges.every((no, index) => no === stored.edges[index])
      ? undefined
      : edges
  }

  #append(row: TouchRow, shape: EdgeShape): number {
    const edge: GraphEdge = {
      no: this.#next('edge'),
      ...shape,
      happenedAt: row.at,
      event: row.event,
      addedAt: this.#position,
      retractedAt: null,
    }
    this.#view.put(edgeTable, edge)
    this.#added.push(edge)
    return edge.no
  }

  #retract(): void {
    const edges = together(this.#leaving, (no) => this.#view.get(edgeTable, [no]))
    for (const edge of edges) {
      if (!edge || edge.retractedAt !== null) continue
      this.#view.put(edgeTable, { ...edge, retractedAt: this.#position })
      this.#retracted.push(edge.no)
    }
  }

  #newNode(
    kind: 'state' | 'process',
    traceable: TraceableNo | null,
    startedAt: Instant | null,
    processKey: string | null,
  ): NodeNo {
    const row: NodeRow = {
      no: this.#next('node'),
      kind,
      traceable,
      startedAt,
      processKey,
      position: this.#position,
    }
    this.#view.put(nodeTable, row)
    this.#nodes.push(graphNodeOf(row))
    return row.no
  }

  #draftOf(stored: TouchRow): TouchRow {
    const key = draftKey(stored)
    const known = this.#drafts.get(key)
    if (known) return known.row
    const row = { ...stored }
    this.#drafts.set(key, { row, stored })
    return row
  }

  #indexOfNew(): Map<string, TouchRow[]> {
    if (this.#newOnLine) return this.#newOnLine
    const index = new Map<string, TouchRow[]>()
    const note = (key: string, row: TouchRow) => {
      const rows = index.get(key)
      if (rows) rows.push(row)
      else index.set(key, [row])
    }
    for (const { row, stored } of this.#drafts.values()) {
      if (stored) continue
      if (row.traceable !== null) note(lineKey('byTraceable', [row.traceable]), row)
      if (row.run && row.processKey !== null) note(lineKey('byProcess', [row.processKey]), row)
      if (row.traceable !== null && row.processKey !== null) {
        note(lineKey('byTraceableProcess', [row.traceable, row.processKey]), row)
      }
      if (row.traceable !== null && row.other !== null)
        note(lineKey('byPair', [row.traceable, row.other]), row)
    }
    this.#newOnLine = index
    return index
  }
}

function draftKey(row: { event: Position; ordinal: number }): string {
  return `${row.event}/${row.ordinal}`
}

function lineKey(group: string, of: readonly KeyPart[]): string {
  return `${group} ${of.join(' ')}`
}

function shapeKey(shape: EdgeShape): string {
  return `${shape.source}>${shape.target} ${shape.kind} ${shape.evidence} ${shape.amount} ${shape.until}`
}

const placementFields = ['state', 'begins', 'prior', 'step', 'heel', 'process', 'until'] as const
const placementLists = ['otherStates', 'otherProcesses', 'links'] as const

function samePlacement(a: TouchRow, b: TouchRow): boolean {
  return (
    placementFields.every((field) => a[field] === b[field]) &&
    placementLists.every(
      (field) => a[field] === b[field] || JSON.stringify(a[field]) === JSON.stringify(b[field]),
    )
  )
}
