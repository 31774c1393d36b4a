import type { Readable } from 'node:stream'
import { assert } from '@lotline/core/base/assert'

/** Bytes of the header of a binary COPY without extension: signature, flags, length of the extension. */
const headerBytes = 19
/** No row that is asked for here is longer: 12 fields of at most 8 bytes, each with its length. */
const rowBytesMax = 2 + 12 * 12
const epochMs = Date.UTC(2000, 0, 1)

/**
 * Rows of a binary COPY, read in place: one cursor over the stream's blocks, no object for a row or a field. Fields are taken
 * in order; integers of 32 and 64 bits and moments are all there is.
 */
export class BinaryRows {
  #block: Buffer = Buffer.alloc(0)
  #at = 0

  /** Calls `take` for each row. The stream ends with the trailer; one that ends before it was cut, and throws. */
  async each(stream: Readable, fields: number, take: (rows: BinaryRows) => void): Promise<void> {
    let isBegun = false
    let isEnded = false
    for await (const block of stream) {
      assert(Buffer.isBuffer(block), 'a COPY stream gives bytes')
      this.#block =
        this.#at === this.#block.length ? block : Buffer.concat([this.#block.subarray(this.#at), block])
      this.#at = 0
      if (!isBegun) {
        if (this.#block.length < headerBytes) continue
        isBegun = true
        this.#at = headerBytes
      }
      while (!isEnded && this.#block.length - this.#at >= rowBytesMax) isEnded = !this.#row(fields, take)
    }
    while (isBegun && !isEnded) isEnded = !this.#row(fields, take)
    assert(isEnded, 'the rows of the graph ended before their trailer')
  }

  /** An integer of 32 bits; `none` where the field is null. */
  int(none?: number): number {
    const bytes = this.#number()
    if (bytes === -1) {
      assert(none !== undefined, 'a field that may not be null is null')
      return none
    }
    assert(bytes === 4, `an integer of ${bytes} bytes instead of 4`)
    this.#at += 4
    return this.#block.readInt32BE(this.#at - 4)
  }

  /** An integer of 64 bits within 2^53, where numbers are exact; NaN for null. */
  long(): number {
    const bytes = this.#number()
    if (bytes === -1) return Number.NaN
    assert(bytes === 8, `a long integer of ${bytes} bytes instead of 8`)
    const high = this.#block.readInt32BE(this.#at)
    const low = this.#block.readUInt32BE(this.#at + 4)
    this.#at += 8
    return high * 4_294_967_296 + low
  }

  /** A moment in milliseconds of the epoch; NaN for null. PostgreSQL counts microseconds from 2000. */
  momentMs(): number {
    return Math.floor(this.long() / 1000) + epochMs
  }

  #row(fields: number, take: (rows: BinaryRows) => void): boolean {
    const found = this.#block.readInt16BE(this.#at)
    this.#at += 2
    if (found === -1) return false
    assert(found === fields, `a row of ${found} fields instead of ${fields}`)
    take(this)
    return true
  }

  #number(): number {
    this.#at += 4
    return this.#block.readInt32BE(this.#at - 4)
  }
}
