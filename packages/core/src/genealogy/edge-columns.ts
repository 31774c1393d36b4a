import { assert } from '../base/assert.ts'
import type { Instant } from '../base/instant.ts'
import type { Amount } from '../base/quantity.ts'
import {
  amountCell,
  amountOfCell,
  grownBytes,
  grownFloat64,
  grownInt32,
  instantCell,
  trimmedFloat64,
  trimmedInt32,
} from './columns.ts'
import type { GraphEdge, Position } from './engine.ts'

/**
 * What an edge carries beside its ends, by edge number. Edges of one event that happened at one moment follow each other, so
 * position, event and time stand once for all of them in the table of origins. What few edges have is sparse.
 */
export class EdgeColumns {
  count = 0
  /** Retractions since the last sealing. */
  freshRetractions = 0
  #amounts = grownFloat64(new Float64Array(0), 1024)
  #origins = grownInt32(new Int32Array(0), 1024)
  #originCount = 0
  #originFirst = grownInt32(new Int32Array(0), 256)
  #originAdded = grownInt32(new Int32Array(0), 256)
  #originEvent = grownInt32(new Int32Array(0), 256)
  #originTime = grownFloat64(new Float64Array(0), 256)
  readonly #untils = new Map<number, Instant>()
  /** One bit an edge, so that a trace asks the table below only for the few that it holds. */
  #retractedBits = grownBytes(new Uint8Array(0), 1024)
  readonly #retractions = new Map<number, Position>()

  append(edge: GraphEdge): void {
    assert(edge.no === this.count + 1, `edge ${edge.no} out of order after ${this.count}`)
    this.count = edge.no
    this.#amounts = grownFloat64(this.#amounts, edge.no + 1)
    this.#origins = grownInt32(this.#origins, edge.no + 1)
    this.#retractedBits = grownBytes(this.#retractedBits, (edge.no >> 3) + 1)
    this.#amounts[edge.no] = amountCell(edge.amount)
    this.#origins[edge.no] = this.#originOf(edge)
    if (edge.until !== null) this.#untils.set(edge.no, edge.until)
  }

  retract(edge: number, position: Position): void {
    assert(edge >= 1 && edge <= this.count, `no edge ${edge} to retract`)
    this.#retractions.set(edge, position)
    const byte = edge >> 3
    this.#retractedBits[byte] = (this.#retractedBits[byte] ?? 0) | (1 << (edge & 7))
    this.freshRetractions += 1
  }

  amountOf(edge: number): Amount | null {
    return amountOfCell(this.#amounts[edge] ?? Number.NaN)
  }

  happenedAtMs(edge: number): number {
    return this.#originTime[this.#origins[edge] ?? 0] ?? Number.NaN
  }

  eventOf(edge: number): Position {
    return this.#originEvent[this.#origins[edge] ?? 0] ?? 0
  }

  addedAt(edge: number): Position {
    return this.#originAdded[this.#origins[edge] ?? 0] ?? 0
  }

  untilOf(edge: number): Instant | null {
    return this.#untils.get(edge) ?? null
  }

  isRetracted(edge: number): boolean {
    return ((this.#retractedBits[edge >> 3] ?? 0) & (1 << (edge & 7))) !== 0
  }

  retractedAt(edge: number): Position | undefined {
    return this.#retractions.get(edge)
  }

  /** The first edge number appended after a position: edges are numbered in ledger order. O(log origins). */
  firstAfter(position: Position): number {
    let [low, high] = [0, this.#originCount]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#originAdded[middle] ?? 0) <= position) low = middle + 1
      else high = middle
    }
    return low < this.#originCount ? (this.#originFirst[low] ?? 0) : this.count + 1
  }

  /** Gives back the room that growing left over. */
  trim(): void {
    this.#amounts = trimmedFloat64(this.#amounts, this.count + 1)
    this.#origins = trimmedInt32(this.#origins, this.count + 1)
    this.#originFirst = trimmedInt32(this.#originFirst, this.#originCount)
    this.#originAdded = trimmedInt32(this.#originAdded, this.#originCount)
    this.#originEvent = trimmedInt32(this.#originEvent, this.#originCount)
    this.#originTime = trimmedFloat64(this.#originTime, this.#originCount)
  }

  get byteLength(): number {
    const columns = [this.#amounts, this.#origins, this.#originFirst, this.#originAdded, this.#originEvent]
    const sparse = (this.#untils.size + this.#retractions.size) * 40
    return columns.reduce(
      (sum, column) => sum + column.byteLength,
      this.#originTime.byteLength + this.#retractedBits.byteLength + sparse,
    )
  }

  #originOf(edge: GraphEdge): number {
    const last = this.#originCount - 1
    const time = instantCell(edge.happenedAt)
    const lastAdded = this.#originAdded[last] ?? -1
    if (last >= 0) assert(edge.addedAt >= lastAdded, `edge ${edge.no} was added before the one before it`)
    const isSame =
      last >= 0 &&
      lastAdded === edge.addedAt &&
      this.#originEvent[last] === edge.event &&
      this.#originTime[last] === time
    if (isSame) return last
    const origin = this.#originCount++
    this.#originFirst = grownInt32(this.#originFirst, origin + 1)
    this.#originAdded = grownInt32(this.#originAdded, origin + 1)
    this.#originEvent = grownInt32(this.#originEvent, origin + 1)
    this.#originTime = grownFloat64(this.#originTime, origin + 1)
    this.#originFirst[origin] = edge.no
    this.#originAdded[origin] = edge.addedAt
    this.#originEvent[origin] = edge.event
    this.#originTime[origin] = time
    return origin
  }
}
