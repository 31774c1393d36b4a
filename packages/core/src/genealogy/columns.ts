import { assert } from '../base/assert.ts'
import { type Instant, instantOf, millisecondsOf } from '../base/instant.ts'
import { type Amount, AMOUNT_MAX } from '../base/quantity.ts'
import type { GraphEdge } from './engine.ts'
import { type EdgeKind, edgeKinds, type Evidence, evidences, type Ring, ringOf, rings } from './touch.ts'

/**
 * The engine's columns: typed arrays over shared memory, so that worker threads read the same graph without a copy. The
 * one place where an amount or a moment is a JavaScript number; what leaves here is an `Amount` or an `Instant` again.
 */
export function int32Column(length: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(length * 4))
}

export function byteColumn(length: number): Uint8Array {
  return new Uint8Array(new SharedArrayBuffer(length))
}

export function float64Column(length: number): Float64Array {
  return new Float64Array(new SharedArrayBuffer(length * 8))
}

/** An amount as a column holds it; not recorded is NaN. Items keep amounts below 2^53, where doubles are exact. */
export function amountCell(amount: Amount | null): number {
  if (amount === null) return Number.NaN
  assert(amount <= AMOUNT_MAX && amount >= -AMOUNT_MAX, `an amount beyond 2^53 - 1: ${amount}`)
  return Number(amount)
}

export function amountOfCell(cell: number): Amount | null {
  return Number.isNaN(cell) ? null : BigInt(cell)
}

/** A moment as a column holds it, in milliseconds; none is NaN. */
export function instantCell(instant: Instant | null): number {
  return instant === null ? Number.NaN : millisecondsOf(instant)
}

export function instantOfCell(cell: number): Instant | null {
  return Number.isNaN(cell) ? null : instantOf(cell)
}

/**
 * What a traversal asks of an edge, in one byte: evidence in bits 0 to 2, kind in bits 3 and 4, bit 5 when an installation
 * has ended, bit 6 when the edge was retracted before the adjacency was last sealed.
 */
export type Traits = number
export const ended = 32
export const retractedTrait = 64

export function traitsOf(edge: Pick<GraphEdge, 'kind' | 'evidence' | 'until'>): Traits {
  const base = evidences.indexOf(edge.evidence) | (edgeKinds.indexOf(edge.kind) << 3)
  return edge.until === null ? base : base | ended
}

const evidenceOfTraits = Array.from({ length: 8 }, (_, index) => evidences[index] ?? 'candidate')
const kindOfTraits = Array.from({ length: 4 }, (_, index) => edgeKinds[index] ?? 'contact')

export function evidenceOf(traits: Traits): Evidence {
  return evidenceOfTraits[traits & 7] ?? 'candidate'
}

export function kindOf(traits: Traits): EdgeKind {
  return kindOfTraits[(traits >> 3) & 3] ?? 'contact'
}

/** Strength of a ring as an index: 0 proven, 1 possible, 2 cannot be excluded. */
export function ringIndex(ring: Ring): number {
  return rings.indexOf(ring)
}

export function ringOfTraits(traits: Traits): number {
  return ringIndex(ringOf(evidenceOf(traits)))
}
