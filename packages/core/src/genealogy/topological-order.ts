import type { SealedAdjacency, VisitEdge } from './adjacency.ts'
import { Chunked } from './chunked.ts'
import { byteColumn, int32Column } from './columns.ts'
import type { Direction, NodeNo } from './engine.ts'
import type { GraphState } from './graph-state.ts'

/** The edges of a node one way, retracted ones included: the order is kept for those too, which costs nothing. */
type ForEachEdge = (node: NodeNo, direction: Direction, visit: VisitEdge) => void

/**
 * Knows at every moment whether the graph has loops, so that a trace looks for them only where there are some.
 *
 * Each node has a label, smaller than those of all it leads to. A new edge that goes against the labels is mended at once by
 * reordering what lies between (Pearce and Kelly, 2006); when that finds a way back, one node of the loop is marked. Marks
 * are never taken off: a mark says look, not that there is a loop. Nearly all facts come in order and cost one comparison;
 * a late one costs the nodes downstream of it.
 */
export class TopologicalOrder {
  #labels: Chunked<Int32Array>
  /** One bit a node. */
  #marks: Chunked<Uint8Array>
  nextLabel: number
  hasMarks: boolean

  constructor(from?: GraphState) {
    this.#labels = new Chunked(int32Column, from?.kept.labels)
    this.#marks = new Chunked(byteColumn, from?.kept.marks)
    this.nextLabel = from?.numbers.nextLabel ?? 1
    this.hasMarks = from?.numbers.hasMarks === 1
  }

  /** Gives a new node, not joined yet, the last place. */
  append(node: NodeNo): void {
    this.#labels.set(node, this.nextLabel++)
  }

  isMarked(node: NodeNo): boolean {
    return (this.#marks.at(node >> 3) & (1 << (node & 7))) !== 0
  }

  /** Takes a new edge into account; it must already be found by `forEachEdge`. */
  join(source: NodeNo, target: NodeNo, forEachEdge: ForEachEdge): void {
    const [low, high] = [this.#label(target), this.#label(source)]
    if (high < low) return
    if (source === target) return this.#mark(source)
    const after = this.#within(target, 'forward', { low, high }, forEachEdge)
    if (after.has(source)) return this.#mark(source)
    const before = this.#within(source, 'backward', { low, high }, forEachEdge)
    const byLabel = (a: NodeNo, b: NodeNo) => this.#label(a) - this.#label(b)
    const ordered = [...[...before].sort(byLabel), ...[...after].sort(byLabel)]
    const labels = ordered.map((node) => this.#label(node)).sort((a, b) => a - b)
    ordered.forEach((node, index) => {
      this.#labels.set(node, labels[index] ?? 0)
    })
  }

  /**
   * Orders a whole graph. Takes away again and again what nothing leads to, then what leads to nothing; what is left over
   * lies on loops or between them, and is marked. O(nodes + edges).
   */
  rebuild(forward: SealedAdjacency, backward: SealedAdjacency, nodeCount: number): void {
    this.#labels = new Chunked(int32Column)
    this.#marks = new Chunked(byteColumn)
    const isPeeled = new Uint8Array(nodeCount + 1)
    const first = peel(forward, backward, isPeeled)
    const last = peel(backward, forward, isPeeled).reverse()
    let label = 1
    for (const node of first) this.#labels.set(node, label++)
    for (let node = 1; node <= nodeCount; node++) {
      if (isPeeled[node] === 1) continue
      this.#labels.set(node, label++)
      this.#mark(node)
    }
    for (const node of last) this.#labels.set(node, label++)
    this.nextLabel = label
    this.#labels.trim(nodeCount + 1)
  }

  get labels(): Chunked<Int32Array> {
    return this.#labels
  }

  get marks(): Chunked<Uint8Array> {
    return this.#marks
  }

  #within(
    start: NodeNo,
    direction: Direction,
    bounds: { low: number; high: number },
    forEachEdge: ForEachEdge,
  ): Set<NodeNo> {
    const found = new Set([start])
    const visit: VisitEdge = (other) => {
      const label = this.#label(other)
      if (label >= bounds.low && label <= bounds.high) found.add(other)
    }
    for (const node of found) forEachEdge(node, direction, visit)
    return found
  }

  #mark(node: NodeNo): void {
    this.#marks.set(node >> 3, this.#marks.at(node >> 3) | (1 << (node & 7)))
    this.hasMarks = true
  }

  #label(node: NodeNo): number {
    return this.#labels.at(node)
  }
}

/** Takes away, one after the other, nodes that no edge enters from what is left. Gives them in that order. */
function peel(leaving: SealedAdjacency, entering: SealedAdjacency, isPeeled: Uint8Array): Int32Array {
  const nodeCount = isPeeled.length - 1
  const open = new Int32Array(nodeCount + 1)
  const queue = new Int32Array(nodeCount)
  let end = 0
  const take = (node: NodeNo): void => {
    isPeeled[node] = 1
    queue[end++] = node
  }
  for (let node = 1; node <= nodeCount; node++) {
    if (isPeeled[node] === 1) continue
    const last = entering.offsets[node + 1] ?? 0
    let count = 0
    for (let slot = entering.offsets[node] ?? 0; slot < last; slot++) {
      if (isPeeled[entering.others[slot] ?? 0] !== 1) count += 1
    }
    open[node] = count
  }
  for (let node = 1; node <= nodeCount; node++) if (open[node] === 0 && isPeeled[node] !== 1) take(node)
  for (let index = 0; index < end; index++) {
    const node = queue[index] ?? 0
    const last = leaving.offsets[node + 1] ?? 0
    for (let slot = leaving.offsets[node] ?? 0; slot < last; slot++) {
      const other = leaving.others[slot] ?? 0
      if (isPeeled[other] === 1) continue
      open[other] = (open[other] ?? 0) - 1
      if (open[other] === 0) take(other)
    }
  }
  return queue.subarray(0, end)
}
