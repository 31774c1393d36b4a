import { int32Column } from './columns.ts'

/**
 * What few numbers have: a hash table from positive integers to integers in shared memory, with open addressing. One thread
 * writes, others may read meanwhile; they find whatever was there when their question began. Nothing is ever taken out.
 */
export class SparseTable {
  #cells: Int32Array
  #mask: number
  size = 0

  constructor(cells: Int32Array = int32Column(32), size = 0) {
    this.#cells = cells
    this.#mask = cells.length / 2 - 1
    this.size = size
  }

  /** The value of a key; -1 when it has none. */
  get(key: number): number {
    const cells = this.#cells
    for (let slot = spread(key) & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const found = Atomics.load(cells, slot * 2)
      if (found === key) return Atomics.load(cells, slot * 2 + 1)
      if (found === 0) return -1
    }
  }

  set(key: number, value: number): void {
    if ((this.size + 1) * 2 > this.#mask + 1) this.#grow()
    const cells = this.#cells
    let slot = spread(key) & this.#mask
    while (cells[slot * 2] !== key && cells[slot * 2] !== 0) slot = (slot + 1) & this.#mask
    const isNew = cells[slot * 2] === 0
    // The value goes in before its key, so that a reader never finds a key without one.
    Atomics.store(cells, slot * 2 + 1, value)
    if (!isNew) return
    Atomics.store(cells, slot * 2, key)
    this.size += 1
  }

  forEach(visit: (key: number, value: number) => void): void {
    const cells = this.#cells
    for (let at = 0; at < cells.length; at += 2) {
      const key = cells[at] ?? 0
      if (key !== 0) visit(key, cells[at + 1] ?? 0)
    }
  }

  get cells(): Int32Array {
    return this.#cells
  }

  get byteLength(): number {
    return this.#cells.byteLength
  }

  /** Readers keep the old cells, which stay as they are. */
  #grow(): void {
    const old = this.#cells
    this.#cells = int32Column(old.length * 2)
    this.#mask = this.#cells.length / 2 - 1
    this.size = 0
    for (let at = 0; at < old.length; at += 2) {
      const key = old[at] ?? 0
      if (key !== 0) this.set(key, old[at + 1] ?? 0)
    }
  }
}

function spread(key: number): number {
  return Math.imul(key, 0x9e3779b1) >>> 7
}
