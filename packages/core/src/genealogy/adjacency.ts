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

/** Edges appended since the last sealing, findable by node: a list per node, newest first. */
export class AppendedEdges {
  readonly #heads = new Map<NodeNo, number>()
  #next = new Int32Array(1024)

  /** Notes that the new edge at `index` belongs to `node`. */
  note(node: NodeNo, index: number): void {
    if (index >= this.#next.length) {
      const grown = new Int32Array(this.#next.length * 2)
      grown.set(this.#next)
      this.#next = grown
    }
    this.#next[index] = this.#heads.get(node) ?? -1
    this.#heads.set(node, index)
  }

  /** Indexes of the node's new edges, newest first. */
  forEach(node: NodeNo, visit: (index: number) => void): void {
    for (let index = this.#heads.get(node) ?? -1; index >= 0; index = this.#next[index] ?? -1) visit(index)
  }

  has(node: NodeNo): boolean {
    return this.#heads.has(node)
  }

  get isEmpty(): boolean {
    return this.#heads.size === 0
  }

  clear(): void {
    this.#heads.clear()
  }
}
