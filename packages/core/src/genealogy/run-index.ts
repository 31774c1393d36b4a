import { Chunked } from './chunked.ts'
import { int32Column } from './columns.ts'

/**
 * Tells which run of equal neighbours a number belongs to, in a fifth of a byte a number: one bit says that a run begins, and
 * for each 64 numbers stands how many began before. Numbers are appended in order, from 1.
 */
export class RunIndex {
  readonly #bits: Chunked<Int32Array>
  readonly #before: Chunked<Int32Array>
  /** Runs so far; the first has the index 0. */
  count: number

  constructor(bits: readonly Int32Array[] = [], before: readonly Int32Array[] = [], count = 0) {
    this.#bits = new Chunked(int32Column, bits)
    this.#before = new Chunked(int32Column, before)
    this.count = count
  }

  append(no: number, begins: boolean): void {
    if ((no & 63) === 0 || no === 1) this.#before.set(no >>> 6, this.count)
    const word = no >>> 5
    const bit = 1 << (no & 31)
    // Cleared where no run begins: a file may hold bits of numbers that came while it was written.
    this.#bits.set(word, begins ? this.#bits.at(word) | bit : this.#bits.at(word) & ~bit)
    if (begins) this.count += 1
  }

  /** The index of the run a number belongs to. O(1). */
  runOf(no: number): number {
    const word = no >>> 5
    const upTo = this.#bits.at(word) & (-1 >>> (31 - (no & 31)))
    const whole = (word & 1) === 1 ? ones(this.#bits.at(word - 1)) : 0
    return this.#before.at(no >>> 6) + whole + ones(upTo) - 1
  }

  trim(count: number): void {
    this.#bits.trim((count >>> 5) + 1)
    this.#before.trim((count >>> 6) + 1)
  }

  get columns(): { readonly bits: readonly Int32Array[]; readonly before: readonly Int32Array[] } {
    return { bits: this.#bits.chunks, before: this.#before.chunks }
  }

  get byteLength(): number {
    return this.#bits.byteLength + this.#before.byteLength
  }
}

/** How many bits of a word are set. */
function ones(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
