import { type SealedAdjacency, sealAdjacency } from './adjacency.ts'
import type { EdgeColumns } from './edge-columns.ts'
import type { Direction } from './engine.ts'
import type { FreshEdges } from './fresh-edges.ts'
import type { GraphState, KeptColumns } from './graph-state.ts'

/** What merging the fresh edges of a graph into the sealed ones gives. */
export interface Sealing {
  readonly forward: SealedAdjacency
  readonly backward: SealedAdjacency
  /** The last edge in it. */
  readonly upTo: number
  /** How many fresh retractions are marked in it. */
  readonly retractions: number
}

/** Merges elsewhere, on another thread, over the same memory. */
export type SealElsewhere = (state: GraphState) => Promise<Sealing>

/** The parts of a graph that are merged. */
export interface ToSeal {
  readonly forward: SealedAdjacency
  readonly backward: SealedAdjacency
  readonly fresh: FreshEdges
  readonly edges: EdgeColumns
  readonly nodeCount: number
  readonly position: number
}

/** Merges the fresh edges into the sealed ones. O(nodes + edges). */
export function sealingOf(graph: ToSeal): Sealing {
  const { fresh, edges, nodeCount, position } = graph
  const { count } = fresh
  const retractions = edges.freshRetractions
  const isRetracted = (edge: number) => edges.isRetracted(edge, position)
  return {
    forward: sealAdjacency(graph.forward, fresh.toSeal('forward', count), nodeCount, isRetracted),
    backward: sealAdjacency(graph.backward, fresh.toSeal('backward', count), nodeCount, isRetracted),
    upTo: fresh.first + count - 1,
    retractions,
  }
}

type SealedColumns = Pick<KeptColumns, Extract<keyof KeptColumns, `forward${string}` | `backward${string}`>>

/** Sealed adjacency as columns of a state. */
export function sealedColumns(forward: SealedAdjacency, backward: SealedAdjacency): SealedColumns {
  return {
    forwardOffsets: [forward.offsets],
    forwardOthers: [forward.others],
    forwardEdges: [forward.edges],
    forwardTraits: [forward.traits],
    forwardMixed: [forward.mixed],
    backwardOffsets: [backward.offsets],
    backwardOthers: [backward.others],
    backwardEdges: [backward.edges],
    backwardTraits: [backward.traits],
    backwardMixed: [backward.mixed],
  }
}

/** The sealed adjacency that stands in a state. */
export function sealedOf({ kept }: GraphState, direction: Direction): SealedAdjacency {
  const [offsets, others, edges, traits, mixed] =
    direction === 'forward'
      ? [
          kept.forwardOffsets[0],
          kept.forwardOthers[0],
          kept.forwardEdges[0],
          kept.forwardTraits[0],
          kept.forwardMixed[0],
        ]
      : [
          kept.backwardOffsets[0],
          kept.backwardOthers[0],
          kept.backwardEdges[0],
          kept.backwardTraits[0],
          kept.backwardMixed[0],
        ]
  if (!offsets || !others || !edges || !traits || !mixed) throw new Error('a state without adjacency')
  return { offsets, others, edges, traits, mixed }
}
