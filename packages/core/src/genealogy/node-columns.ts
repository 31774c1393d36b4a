import { assert } from '../base/assert.ts'
import { Chunked } from './chunked.ts'
import { float64Column, instantCell, instantOfCell, int32Column } from './columns.ts'
import type { GraphNode, NodeNo, Position } from './engine.ts'
import type { GraphState, KeptColumns, KeptNumbers } from './graph-state.ts'
import { RunIndex } from './run-index.ts'
import type { TraceableNo } from './touch.ts'

/** A node as the columns take it: numbers only, so that a bulk load makes no objects. */
export interface NodeCells {
  no: NodeNo
  isState: boolean
  /** 0 for a process, and for work in process. */
  traceable: TraceableNo
  /** NaN for none. */
  fromMs: number
  position: Position
}

export function nodeCells(node: GraphNode): NodeCells {
  return {
    no: node.no,
    isState: node.kind === 'state',
    traceable: node.traceable ?? 0,
    fromMs: instantCell(node.from),
    position: node.position,
  }
}

/** In the traceables' column: a state that belongs to none. */
const nobodys = -1

/**
 * Nodes by number, and the states of each traceable as a list through a column. Nodes that one event made at one moment
 * follow each other, so position and time stand once for all of them.
 */
export class NodeColumns {
  count: number
  readonly #traceables: Chunked<Int32Array>
  readonly #runs: RunIndex
  readonly #runPositions: Chunked<Int32Array>
  readonly #runStarts: Chunked<Float64Array>
  readonly #earlierStates: Chunked<Int32Array>
  readonly #lastStates: Chunked<Int32Array>

  constructor(from?: GraphState) {
    const { kept, numbers, derived } = from ?? { kept: undefined, numbers: undefined, derived: undefined }
    this.count = numbers?.nodes ?? 0
    this.#traceables = new Chunked(int32Column, kept?.traceables)
    this.#runs = new RunIndex(kept?.nodeRunBits, kept?.nodeRunsBefore, numbers?.nodeRuns)
    this.#runPositions = new Chunked(int32Column, kept?.nodeRunPositions)
    this.#runStarts = new Chunked(float64Column, kept?.nodeRunStarts)
    this.#earlierStates = new Chunked(int32Column, kept?.earlierStates)
    this.#lastStates = new Chunked(int32Column, derived?.lastStates)
    if (from && !derived) this.#findLastStates()
  }

  append(node: Readonly<NodeCells>): void {
    const { no, traceable } = node
    assert(no === this.count + 1, `node ${no} out of order after ${this.count}`)
    this.count = no
    this.#traceables.set(no, node.isState ? traceable || nobodys : 0)
    this.#runs.append(no, this.#beginsRun(node))
    if (traceable === 0 || !node.isState) return
    const earlier = this.#lastStates.at(traceable)
    // Most things have one state, and what was never written takes no memory. A file may hold a state that came while it was
    // written: then another stands there, and is written over.
    if (earlier !== this.#earlierStates.at(no)) this.#earlierStates.set(no, earlier)
    this.#lastStates.set(traceable, no)
  }

  isState(node: NodeNo): boolean {
    return this.#traceables.at(node) !== 0
  }

  at(node: NodeNo): GraphNode | undefined {
    if (node < 1 || node > this.count) return undefined
    const traceable = this.#traceables.at(node)
    const run = this.#runs.runOf(node)
    return {
      no: node,
      kind: traceable === 0 ? 'process' : 'state',
      traceable: traceable > 0 ? traceable : null,
      from: instantOfCell(this.#runStarts.at(run)),
      position: this.#runPositions.at(run),
    }
  }

  /** The traceable of a state; 0 for a process and for work in process. */
  traceableOf(node: NodeNo): TraceableNo {
    return Math.max(this.#traceables.at(node), 0)
  }

  /** States in order of time, the one from before anything known first. O(k log k). */
  statesOf(traceable: TraceableNo): GraphNode[] {
    const states: GraphNode[] = []
    for (let node = this.#lastStates.at(traceable); node > 0; node = this.#earlierStates.at(node)) {
      const state = this.at(node)
      if (state) states.push(state)
    }
    return states.sort(byTime)
  }

  /** Gives back the room that growing left over. */
  trim(): void {
    for (const column of [this.#traceables, this.#earlierStates]) column.trim(this.count + 1)
    this.#runs.trim(this.count)
    this.#runPositions.trim(this.#runs.count)
    this.#runStarts.trim(this.#runs.count)
  }

  kept(): Pick<
    KeptColumns,
    'traceables' | 'earlierStates' | 'nodeRunBits' | 'nodeRunsBefore' | 'nodeRunPositions' | 'nodeRunStarts'
  > {
    const { bits, before } = this.#runs.columns
    return {
      traceables: this.#traceables.chunks,
      earlierStates: this.#earlierStates.chunks,
      nodeRunBits: bits,
      nodeRunsBefore: before,
      nodeRunPositions: this.#runPositions.chunks,
      nodeRunStarts: this.#runStarts.chunks,
    }
  }

  get lastStates(): readonly Int32Array[] {
    return this.#lastStates.chunks
  }

  numbers(): Pick<KeptNumbers, 'nodes' | 'nodeRuns'> {
    return { nodes: this.count, nodeRuns: this.#runs.count }
  }

  #findLastStates(): void {
    for (let node = 1; node <= this.count; node++) {
      const traceable = this.#traceables.at(node)
      if (traceable > 0) this.#lastStates.set(traceable, node)
    }
  }

  #beginsRun(node: Readonly<NodeCells>): boolean {
    const last = this.#runs.count - 1
    const start = this.#runStarts.at(last)
    const isSame = last >= 0 && this.#runPositions.at(last) === node.position && Object.is(start, node.fromMs)
    if (isSame) return false
    this.#runPositions.set(last + 1, node.position)
    this.#runStarts.set(last + 1, node.fromMs)
    return true
  }
}

function byTime(a: GraphNode, b: GraphNode): number {
  const [left, right] = [a.from ?? '', b.from ?? '']
  return left < right ? -1 : left > right ? 1 : a.no - b.no
}
