/** A typed array over shared memory: what worker threads read without a copy. */
export type Column = Int32Array | Float64Array | Uint8Array

const chunkBits = 18
export const chunkLength = 1 << chunkBits
const mask = chunkLength - 1

/**
 * A column that only grows, in chunks of shared memory: growing never copies more than the last, unfinished chunk, so that
 * no append waits for a column of hundreds of megabytes to be moved. What was never written reads as 0.
 */
export class Chunked<Kind extends Column> {
  readonly #make: (length: number) => Kind
  readonly #chunks: Kind[]
  /** How often a chunk was added or moved. */
  moves = 0

  constructor(make: (length: number) => Kind, chunks: readonly Kind[] = []) {
    this.#make = make
    this.#chunks = [...chunks]
  }

  at(index: number): number {
    return this.#chunks[index >>> chunkBits]?.[index & mask] ?? 0
  }

  /** Writes one cell; the column grows to hold it. */
  set(index: number, value: number): void {
    const chunk = this.#chunks[index >>> chunkBits]
    if (chunk && (index & mask) < chunk.length) chunk[index & mask] = value
    else this.#grown(index)[index & mask] = value
  }

  get chunks(): readonly Kind[] {
    return this.#chunks
  }

  get byteLength(): number {
    return this.#chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0)
  }

  /** Gives back the room that growing left over in the last chunk. */
  trim(length: number): void {
    const last = this.#chunks.length - 1
    const used = Math.max(length - last * chunkLength, 1)
    const chunk = this.#chunks[last]
    if (chunk && used < chunk.length) this.#replace(last, used)
  }

  #grown(index: number): Kind {
    const at = index >>> chunkBits
    // Chunks in between stay empty until something is written there.
    while (this.#chunks.length <= at) this.#chunks.push(this.#make(0))
    const needed = (index & mask) + 1
    // A first chunk starts small, for small organisations; later ones are taken whole.
    const doubled = Math.max(needed, (this.#chunks[at]?.length ?? 0) * 2, 1024)
    return this.#replace(at, at > 0 ? chunkLength : Math.min(doubled, chunkLength))
  }

  #replace(at: number, length: number): Kind {
    const fresh = this.#make(length)
    fresh.set(this.#chunks[at]?.subarray(0, length) ?? [])
    this.#chunks[at] = fresh
    this.moves += 1
    return fresh
  }
}

/** The first `length` cells of chunks, copied: a picture of a column that is written over later. */
export function copyOf<Kind extends Column>(
  chunks: readonly Kind[],
  length: number,
  make: (length: number) => Kind,
): Kind[] {
  return chunks.map((chunk, index) => {
    const used = Math.min(Math.max(length - index * chunkLength, 0), chunk.length)
    const copy = make(used)
    copy.set(chunk.subarray(0, used))
    return copy
  })
}
