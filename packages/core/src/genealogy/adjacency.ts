import type { Chunked } from './chunked.ts'
import { byteColumn, int32Column, kindOf, retractedTrait, ringOfTraits, type Traits } from './columns.ts'
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
  /** One bit a node: it has an edge that is not plain, so that whoever follows its edges must look at their traits. */
  readonly mixed: Uint8Array
}

export const emptyAdjacency: SealedAdjacency = {
  offsets: int32Column(1),
  others: int32Column(0),
  edges: int32Column(0),
  traits: byteColumn(0),
  mixed: byteColumn(0),
}

/** Edges to seal, in order of number from `first`: each with the node it hangs on and the one at its other end. */
export interface NewEdges {
  readonly first: number
  readonly count: number
  readonly at: Chunked<Int32Array>
  readonly others: Chunked<Int32Array>
  readonly traits: Chunked<Uint8Array>
}

/**
 * Seals new edges together with what was sealed before. Counting sort, O(nodes + edges); a node's edges stay in order of
 * number. Edges retracted by then are marked in their traits, so that a question about today need not look them up.
 */
export function sealAdjacency(
  old: SealedAdjacency,
  fresh: NewEdges,
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
    const slot = fresh.at.at(index) + 1
    offsets[slot] = (offsets[slot] ?? 0) + 1
  }
  for (let node = 0; node <= nodeCount; node++)
    offsets[node + 1] = (offsets[node + 1] ?? 0) + (offsets[node] ?? 0)
  const sealed: SealedAdjacency = {
    offsets,
    others: int32Column(total),
    edges: int32Column(total),
    traits: byteColumn(total),
    mixed: byteColumn((nodeCount >> 3) + 1),
  }
  const next = offsets.slice()
  moveSealed(old, sealed, next, isRetracted)
  for (let index = 0; index < fresh.count; index++) {
    const at = fresh.at.at(index)
    const slot = next[at] ?? 0
    next[at] = slot + 1
    const edge = fresh.first + index
    sealed.others[slot] = fresh.others.at(index)
    sealed.edges[slot] = edge
    sealed.traits[slot] = fresh.traits.at(index) | (isRetracted(edge) ? retractedTrait : 0)
  }
  findMixed(sealed, nodeCount)
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

function findMixed({ offsets, traits, mixed }: SealedAdjacency, nodeCount: number): void {
  for (let node = 1; node <= nodeCount; node++) {
    const end = offsets[node + 1] ?? 0
    for (let slot = offsets[node] ?? 0; slot < end; slot++) {
      if (isPlain[traits[slot] ?? 0] === 1) continue
      mixed[node >> 3] = (mixed[node >> 3] ?? 0) | (1 << (node & 7))
      break
    }
  }
}

/** By traits: edges that every question about today follows, without weakening its ring. */
const isPlain = Uint8Array.from({ length: 256 }, (_, traits) => {
  const isLive = (traits & retractedTrait) === 0
  const kind = kindOf(traits)
  return isLive && ringOfTraits(traits) === 0 && (kind === 'material' || kind === 'identity') ? 1 : 0
})
