import { byteColumn, int32Column, retractedTrait, type Traits } from './columns.ts'
import type { NodeNo } from './engine.ts'

/** Called for each edge of a node: the node at its other end, the edge's number, its traits. */
export type VisitEdge = (other: NodeNo, edge: number, traits: Traits) => void

/** The edges of one direction, of all nodes, one node after the other: nine bytes an edge and four a node. */
export interface SealedAdjacency {
  /** Edges of node n lie from `offsets[n]` up to `offsets[n + 1]`, in order of their number. */
  readonly offsets: Int32Array
  readonly others: Int32Array
  readonly edges: Int32Array
  readonly traits: Uint8Array
}

export const emptyAdjacency: SealedAdjacency = {
  offsets: int32Column(1),
  others: int32Column(0),
  edges: int32Column(0),
  traits: byteColumn(0),
}

/** Edges not sealed yet, in order of number from `first`. */
export interface NewEdges {
  readonly first: number
  readonly count: number
  readonly traits: Uint8Array
}

/**
 * Seals new edges together with what was sealed before. Counting sort, O(nodes + edges); a node's edges stay in order of
 * number. Edges retracted by then are marked in their traits, so that a question about today need not look them up.
 */
export function sealAdjacency(
  old: SealedAdjacency,
  fresh: NewEdges & { readonly at: Int32Array; readonly others: Int32Array },
  nodeCount: number,
  isRetracted: (edge: number) => boolean,
): SealedAdjacency {
  const oldNodes = old.offsets.length - 1
  const total = (old.offsets[oldNodes] ?? 0) + fresh.count
  const offsets = int32Column(nodeCount + 2)
  for (let node = 0; node < oldNodes; node++) {
    offsets[node + 1] = (old.offsets[node + 1] ?? 0) - (old.offsets[node] ?? 0)
  }
  for (let index = 0; index < fresh.count; index++) {
    const slot = (fresh.at[index] ?? 0) + 1
    offsets[slot] = (offsets[slot] ?? 0) + 1
  }
  for (let node = 0; node <= nodeCount; node++)
    offsets[node + 1] = (offsets[node + 1] ?? 0) + (offsets[node] ?? 0)
  const sealed = { offsets, others: int32Column(total), edges: int32Column(total), traits: byteColumn(total) }
  const next = offsets.slice()
  moveSealed(old, sealed, next, isRetracted)
  for (let index = 0; index < fresh.count; index++) {
    const at = fresh.at[index] ?? 0
    const slot = next[at] ?? 0
    next[at] = slot + 1
    const edge = fresh.first + index
    sealed.others[slot] = fresh.others[index] ?? 0
    sealed.edges[slot] = edge
    sealed.traits[slot] = (fresh.traits[index] ?? 0) | (isRetracted(edge) ? retractedTrait : 0)
  }
  return sealed
}

function moveSealed(
  old: SealedAdjacency,
  sealed: SealedAdjacency,
  next: Int32Array,
  isRetracted: (edge: number) => boolean,
): void {
  const oldNodes = old.offsets.length - 1
  for (let node = 0; node < oldNodes; node++) {
    let slot = next[node] ?? 0
    const end = old.offsets[node + 1] ?? 0
    for (let from = old.offsets[node] ?? 0; from < end; from++) {
      const edge = old.edges[from] ?? 0
      sealed.others[slot] = old.others[from] ?? 0
      sealed.edges[slot] = edge
      sealed.traits[slot] = (old.traits[from] ?? 0) | (isRetracted(edge) ? retractedTrait : 0)
      slot += 1
    }
    next[node] = slot
  }
}

/** Edges appended since the last sealing, findable by node: a list per node through a column, newest first. */
export class AppendedEdges {
  readonly #heads = new Map<NodeNo, number>()
  /** One bit a node, so that a trace asks the map only where there is something. */
  #bits = new Uint8Array(1024)
  /** The node's edge before this one; -1 at the end. */
  next = new Int32Array(1024)

  /** Notes that the new edge at `index` belongs to `node`. */
  note(node: NodeNo, index: number): void {
    if (index >= this.next.length) this.next = copiedInto(new Int32Array(index * 2), this.next)
    this.next[index] = this.#heads.get(node) ?? -1
    this.#heads.set(node, index)
    const byte = node >> 3
    if (byte >= this.#bits.length) this.#bits = copiedInto(new Uint8Array(byte * 2), this.#bits)
    this.#bits[byte] = (this.#bits[byte] ?? 0) | (1 << (node & 7))
  }

  /** Index of the node's newest edge; -1 when it has none. */
  newestOf(node: NodeNo): number {
    return this.has(node) ? (this.#heads.get(node) ?? -1) : -1
  }

  get isEmpty(): boolean {
    return this.#heads.size === 0
  }

  has(node: NodeNo): boolean {
    return ((this.#bits[node >> 3] ?? 0) & (1 << (node & 7))) !== 0
  }

  clear(): void {
    this.#heads.clear()
    this.#bits.fill(0)
  }
}

function copiedInto<Column extends Int32Array | Uint8Array>(larger: Column, column: Column): Column {
  larger.set(column)
  return larger
}

/** What is not sealed yet, one direction of it: the columns behind a traversal. */
export interface Appended {
  readonly lists: AppendedEdges
  /** Number of the edge at index 0. */
  readonly first: number
  readonly others: Int32Array
  readonly traits: Uint8Array
}
