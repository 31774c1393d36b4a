import { assert } from '../base/assert.ts'
import type { Instant } from '../base/instant.ts'
import type { Amount } from '../base/quantity.ts'
import { Chunked } from './chunked.ts'
import {
  amountCell,
  amountOfCell,
  byteColumn,
  float64Column,
  instantCell,
  instantOfCell,
  int32Column,
} from './columns.ts'
import type { GraphEdge, Position } from './engine.ts'
import type { GraphState, KeptColumns, KeptNumbers } from './graph-state.ts'
import { RunIndex } from './run-index.ts'
import { SparseTable } from './sparse-table.ts'

/** An edge as the columns take it, beside its ends: numbers only, so that a bulk load makes no objects. */
export interface EdgeCells {
  no: number
  /** NaN when not recorded. */
  amount: number
  addedAt: Position
  event: Position
  happenedAtMs: number
  /** NaN while there is no end. */
  untilMs: number
}

export function edgeCells(edge: GraphEdge): EdgeCells {
  return {
    no: edge.no,
    amount: amountCell(edge.amount),
    addedAt: edge.addedAt,
    event: edge.event,
    happenedAtMs: instantCell(edge.happenedAt),
    untilMs: instantCell(edge.until),
  }
}

/** Amounts from here on stand in a column of their own, and the cell says where. */
const largeFrom = 1 << 30
const noAmount = -(2 ** 31)

/**
 * What an edge carries beside its ends, by edge number. Edges of one event that happened at one moment follow each other, so
 * position, event and time stand once for all of them in the table of origins. Amounts below 2^30 take four bytes, larger
 * ones twelve. What few edges have is sparse.
 */
export class EdgeColumns {
  count: number
  /** Retractions since the last sealing. */
  freshRetractions: number
  readonly #amounts: Chunked<Int32Array>
  readonly #large: Chunked<Float64Array>
  #largeCount: number
  readonly #origins: RunIndex
  readonly #originAdded: Chunked<Int32Array>
  readonly #originEvents: Chunked<Int32Array>
  readonly #originTimes: Chunked<Float64Array>
  /** Edges whose installation has ended, in order of number, and when. */
  readonly #untilEdges: Chunked<Int32Array>
  readonly #untilTimes: Chunked<Float64Array>
  #untilCount: number
  /** One bit an edge, so that a trace asks the table below only for the few that it holds. */
  readonly #retractedBits: Chunked<Uint8Array>
  readonly #retractions: SparseTable

  constructor(from?: GraphState) {
    const { kept, numbers } = from ?? { kept: undefined, numbers: undefined }
    this.count = numbers?.edges ?? 0
    this.freshRetractions = numbers?.freshRetractions ?? 0
    this.#amounts = new Chunked(int32Column, kept?.amounts)
    this.#large = new Chunked(float64Column, kept?.largeAmounts)
    this.#largeCount = numbers?.largeAmountCount ?? 0
    this.#origins = new RunIndex(kept?.originBits, kept?.originsBefore, numbers?.origins)
    this.#originAdded = new Chunked(int32Column, kept?.originAdded)
    this.#originEvents = new Chunked(int32Column, kept?.originEvents)
    this.#originTimes = new Chunked(float64Column, kept?.originTimes)
    this.#untilEdges = new Chunked(int32Column, kept?.untilEdges)
    this.#untilTimes = new Chunked(float64Column, kept?.untilTimes)
    this.#untilCount = numbers?.untils ?? 0
    this.#retractedBits = new Chunked(byteColumn, kept?.retractedBits)
    this.#retractions = new SparseTable(kept?.retractions[0], numbers?.retractionCount)
  }

  append(edge: Readonly<EdgeCells>): void {
    const { no, amount } = edge
    assert(no === this.count + 1, `edge ${no} out of order after ${this.count}`)
    this.count = no
    if (Number.isNaN(amount)) this.#amounts.set(no, noAmount)
    else if (amount < largeFrom && amount > noAmount) this.#amounts.set(no, amount)
    else {
      this.#amounts.set(no, largeFrom + this.#largeCount)
      this.#large.set(this.#largeCount++, amount)
    }
    this.#origins.append(no, this.#beginsOrigin(edge))
    if (Number.isNaN(edge.untilMs)) return
    this.#untilEdges.set(this.#untilCount, no)
    this.#untilTimes.set(this.#untilCount++, edge.untilMs)
  }

  retract(edge: number, position: Position): void {
    assert(edge >= 1 && edge <= this.count, `no edge ${edge} to retract`)
    this.#retractions.set(edge, position)
    this.#retractedBits.set(edge >> 3, this.#retractedBits.at(edge >> 3) | (1 << (edge & 7)))
    this.freshRetractions += 1
  }

  /** NaN when not recorded. Exact: amounts are below 2^53. */
  amountCell(edge: number): number {
    const cell = this.#amounts.at(edge)
    if (cell < largeFrom) return cell === noAmount ? Number.NaN : cell
    return this.#large.at(cell - largeFrom)
  }

  amountOf(edge: number): Amount | null {
    return amountOfCell(this.amountCell(edge))
  }

  happenedAtMs(edge: number): number {
    return this.#originTimes.at(this.#origins.runOf(edge))
  }

  eventOf(edge: number): Position {
    return this.#originEvents.at(this.#origins.runOf(edge))
  }

  addedAt(edge: number): Position {
    return this.#originAdded.at(this.#origins.runOf(edge))
  }

  /** O(log installations that ended). */
  untilOf(edge: number): Instant | null {
    const index = firstOf(this.#untilCount, (at) => this.#untilEdges.at(at) >= edge)
    const isEnded = index < this.#untilCount && this.#untilEdges.at(index) === edge
    return isEnded ? instantOfCell(this.#untilTimes.at(index)) : null
  }

  /** Whether an edge is retracted as of `position`. */
  isRetracted(edge: number, position: Position): boolean {
    if ((this.#retractedBits.at(edge >> 3) & (1 << (edge & 7))) === 0) return false
    return this.retractedAt(edge, position) !== undefined
  }

  /** Retractions beyond `position` are those another thread adds while this one reads. */
  retractedAt(edge: number, position: Position): Position | undefined {
    const at = this.#retractions.get(edge)
    return at < 0 || at > position ? undefined : at
  }

  /** The first edge number appended after a position: edges are numbered in ledger order. O(log edges). */
  firstAfter(position: Position): number {
    return 1 + firstOf(this.count, (index) => this.addedAt(index + 1) > position)
  }

  /** Gives back the room that growing left over. */
  trim(): void {
    this.#amounts.trim(this.count + 1)
    this.#origins.trim(this.count)
    this.#retractedBits.trim((this.count >> 3) + 1)
    for (const column of [this.#originAdded, this.#originEvents, this.#originTimes])
      column.trim(this.#origins.count)
  }

  /** The columns as they are; `retractedBits` and `retractions` are written further, the rest only appended to. */
  kept(): Pick<
    KeptColumns,
    | 'amounts'
    | 'largeAmounts'
    | 'originBits'
    | 'originsBefore'
    | 'originAdded'
    | 'originEvents'
    | 'originTimes'
    | 'untilEdges'
    | 'untilTimes'
    | 'retractedBits'
    | 'retractions'
  > {
    const { bits, before } = this.#origins.columns
    return {
      amounts: this.#amounts.chunks,
      largeAmounts: this.#large.chunks,
      originBits: bits,
      originsBefore: before,
      originAdded: this.#originAdded.chunks,
      originEvents: this.#originEvents.chunks,
      originTimes: this.#originTimes.chunks,
      untilEdges: this.#untilEdges.chunks,
      untilTimes: this.#untilTimes.chunks,
      retractedBits: this.#retractedBits.chunks,
      retractions: [this.#retractions.cells],
    }
  }

  numbers(): Pick<
    KeptNumbers,
    'edges' | 'origins' | 'untils' | 'largeAmountCount' | 'retractionCount' | 'freshRetractions'
  > {
    return {
      edges: this.count,
      origins: this.#origins.count,
      untils: this.#untilCount,
      largeAmountCount: this.#largeCount,
      retractionCount: this.#retractions.size,
      freshRetractions: this.freshRetractions,
    }
  }

  #beginsOrigin(edge: Readonly<EdgeCells>): boolean {
    const last = this.#origins.count - 1
    const lastAdded = last >= 0 ? this.#originAdded.at(last) : -1
    assert(edge.addedAt >= lastAdded, `edge ${edge.no} was added before the one before it`)
    const isSame =
      lastAdded === edge.addedAt &&
      this.#originEvents.at(last) === edge.event &&
      this.#originTimes.at(last) === edge.happenedAtMs
    if (isSame) return false
    this.#originAdded.set(last + 1, edge.addedAt)
    this.#originEvents.set(last + 1, edge.event)
    this.#originTimes.set(last + 1, edge.happenedAtMs)
    return true
  }
}

/** The first index below `count` for which `holds`, where it holds for all after it too; `count` when for none. */
function firstOf(count: number, holds: (index: number) => boolean): number {
  let [low, high] = [0, count]
  while (low < high) {
    const middle = (low + high) >> 1
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low
}
