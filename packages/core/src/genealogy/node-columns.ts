import { assert } from '../base/assert.ts'
import {
  grownBytes,
  grownFloat64,
  grownInt32,
  instantCell,
  instantOfCell,
  trimmedFloat64,
  trimmedInt32,
} from './columns.ts'
import type { GraphNode, NodeNo } from './engine.ts'
import type { TraceableNo } from './touch.ts'

/** Nodes by number, and the states of each traceable as a list through a column. */
export class NodeColumns {
  count = 0
  #kinds = grownBytes(new Uint8Array(0), 1024)
  #traceables = grownInt32(new Int32Array(0), 1024)
  #starts = grownFloat64(new Float64Array(0), 1024)
  #positions = grownInt32(new Int32Array(0), 1024)
  #earlierState = grownInt32(new Int32Array(0), 1024)
  #lastState = grownInt32(new Int32Array(0), 1024)

  append(node: GraphNode): void {
    assert(node.no === this.count + 1, `node ${node.no} out of order after ${this.count}`)
    this.count = node.no
    const needed = node.no + 1
    this.#kinds = grownBytes(this.#kinds, needed)
    this.#traceables = grownInt32(this.#traceables, needed)
    this.#starts = grownFloat64(this.#starts, needed)
    this.#positions = grownInt32(this.#positions, needed)
    this.#earlierState = grownInt32(this.#earlierState, needed)
    this.#kinds[node.no] = node.kind === 'state' ? 1 : 0
    this.#traceables[node.no] = node.traceable ?? 0
    this.#starts[node.no] = instantCell(node.from)
    this.#positions[node.no] = node.position
    if (node.kind !== 'state' || node.traceable === null) return
    this.#lastState = grownInt32(this.#lastState, node.traceable + 1)
    this.#earlierState[node.no] = this.#lastState[node.traceable] ?? 0
    this.#lastState[node.traceable] = node.no
  }

  isState(node: NodeNo): boolean {
    return this.#kinds[node] === 1
  }

  at(node: NodeNo): GraphNode | undefined {
    if (node < 1 || node > this.count) return undefined
    return {
      no: node,
      kind: this.#kinds[node] === 1 ? 'state' : 'process',
      traceable: this.#traceables[node] || null,
      from: instantOfCell(this.#starts[node] ?? Number.NaN),
      position: this.#positions[node] ?? 0,
    }
  }

  /** The traceable of a state; 0 for a process and for work in process. */
  traceableOf(node: NodeNo): TraceableNo {
    return this.#traceables[node] ?? 0
  }

  /** States in order of time, the one from before anything known first. O(k log k). */
  statesOf(traceable: TraceableNo): GraphNode[] {
    const states: GraphNode[] = []
    for (let node = this.#lastState[traceable] ?? 0; node > 0; node = this.#earlierState[node] ?? 0) {
      const state = this.at(node)
      if (state) states.push(state)
    }
    return states.sort(byTime)
  }

  /** Gives back the room that growing left over. */
  trim(): void {
    this.#traceables = trimmedInt32(this.#traceables, this.count + 1)
    this.#starts = trimmedFloat64(this.#starts, this.count + 1)
    this.#positions = trimmedInt32(this.#positions, this.count + 1)
    this.#earlierState = trimmedInt32(this.#earlierState, this.count + 1)
  }

  get byteLength(): number {
    const columns = [this.#traceables, this.#positions, this.#earlierState, this.#lastState]
    return columns.reduce(
      (sum, column) => sum + column.byteLength,
      this.#kinds.byteLength + this.#starts.byteLength,
    )
  }
}

function byTime(a: GraphNode, b: GraphNode): number {
  const [left, right] = [a.from ?? '', b.from ?? '']
  return left < right ? -1 : left > right ? 1 : a.no - b.no
}
