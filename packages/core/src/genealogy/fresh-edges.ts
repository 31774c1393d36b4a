import type { NewEdges } from './adjacency.ts'
import { Chunked } from './chunked.ts'
import { byteColumn, int32Column, type Traits } from './columns.ts'
import type { Direction, NodeNo } from './engine.ts'
import type { DerivedColumns, GraphState, KeptColumns } from './graph-state.ts'
import { SparseTable } from './sparse-table.ts'

/** The fresh edges of one direction, findable by node: a list per node through a column, newest first. */
export class EdgeLists {
  readonly #heads: SparseTable
  readonly #next: Chunked<Int32Array>
  /** One bit a node, so that a trace asks the table only where there is something. */
  #has: Uint8Array
  /** Edges from this index on are another thread's business: they came after the question. */
  readonly #limit: number

  constructor(
    heads?: Int32Array,
    next?: readonly Int32Array[],
    has: Uint8Array = byteColumn(1024),
    limit = Infinity,
  ) {
    this.#heads = new SparseTable(heads, limit === Infinity ? 0 : limit)
    this.#next = new Chunked(int32Column, next)
    this.#has = has
    this.#limit = limit
  }

  /** Notes that the fresh edge at `index` belongs to `node`. */
  note(node: NodeNo, index: number): void {
    // Stored plus one, so that what was never written means the end.
    this.#next.set(index, this.#heads.get(node) + 1)
    this.#heads.set(node, index)
    const byte = node >> 3
    if (byte >= this.#has.length) {
      const grown = byteColumn(byte * 2)
      grown.set(this.#has)
      this.#has = grown
    }
    this.#has[byte] = (this.#has[byte] ?? 0) | (1 << (node & 7))
  }

  get isEmpty(): boolean {
    return this.#heads.size === 0
  }

  has(node: NodeNo): boolean {
    return ((this.#has[node >> 3] ?? 0) & (1 << (node & 7))) !== 0
  }

  /** Index of the node's newest edge; -1 when it has none. */
  newestOf(node: NodeNo): number {
    if (!this.has(node)) return -1
    let index = this.#heads.get(node)
    while (index >= this.#limit) index = this.before(index)
    return index
  }

  /** Index of the edge of the same node before this one; -1 at the end. */
  before(index: number): number {
    return this.#next.at(index) - 1
  }

  /** How often the column was moved: who reads it in another thread may then have missed the way past newer edges. */
  get moves(): number {
    return this.#next.moves
  }

  get columns(): { heads: readonly Int32Array[]; next: readonly Int32Array[]; has: readonly Uint8Array[] } {
    return { heads: [this.#heads.cells], next: this.#next.chunks, has: [this.#has] }
  }

  get byteLength(): number {
    return this.#heads.byteLength + this.#next.byteLength + this.#has.byteLength
  }
}

/** What is not sealed yet, one direction of it: the columns behind a traversal. */
export interface Appended {
  readonly lists: EdgeLists
  /** Number of the edge at index 0. */
  readonly first: number
  readonly others: Chunked<Int32Array>
  readonly traits: Chunked<Uint8Array>
}

/** Edges appended since the last sealing, by index in order of their number: ends, traits, and lists for both directions. */
export class FreshEdges {
  /** Number of the edge at index 0. */
  readonly first: number
  count: number
  readonly #sources: Chunked<Int32Array>
  readonly #targets: Chunked<Int32Array>
  readonly #traits: Chunked<Uint8Array>
  readonly forward: Appended
  readonly backward: Appended

  constructor(first: number, from?: GraphState) {
    const { kept, derived, numbers } = from ?? { kept: undefined, derived: undefined, numbers: undefined }
    this.first = first
    this.count = numbers ? numbers.edges - numbers.sealedEdges : 0
    this.#sources = new Chunked(int32Column, kept?.freshSources)
    this.#targets = new Chunked(int32Column, kept?.freshTargets)
    this.#traits = new Chunked(byteColumn, kept?.freshTraits)
    const limit = derived ? this.count : Infinity
    const lists = {
      forward: new EdgeLists(derived?.forwardHeads[0], derived?.forwardNext, derived?.forwardHas[0], limit),
      backward: new EdgeLists(
        derived?.backwardHeads[0],
        derived?.backwardNext,
        derived?.backwardHas[0],
        limit,
      ),
    }
    const traits = this.#traits
    this.forward = { lists: lists.forward, first, others: this.#targets, traits }
    this.backward = { lists: lists.backward, first, others: this.#sources, traits }
    if (from && !derived) for (let index = 0; index < this.count; index++) this.#note(index)
  }

  /** Appends one; `isListed` is false in a bulk load, which is sealed before anybody asks. */
  append(source: NodeNo, target: NodeNo, traits: Traits, isListed: boolean): void {
    const index = this.count++
    this.#sources.set(index, source)
    this.#targets.set(index, target)
    this.#traits.set(index, traits)
    if (isListed) this.#note(index)
  }

  appended(direction: Direction): Appended {
    return direction === 'forward' ? this.forward : this.backward
  }

  /** The first `count` of them, as one direction's sealing takes them. */
  toSeal(direction: Direction, count: number): NewEdges {
    const [at, others] =
      direction === 'forward' ? [this.#sources, this.#targets] : [this.#targets, this.#sources]
    return { first: this.first, count, at, others, traits: this.#traits }
  }

  /** What is left when the first `count` are sealed. O(edges left). */
  after(count: number): FreshEdges {
    const rest = new FreshEdges(this.first + count)
    for (let index = count; index < this.count; index++) {
      rest.append(this.#sources.at(index), this.#targets.at(index), this.#traits.at(index), true)
    }
    return rest
  }

  kept(): Pick<KeptColumns, 'freshSources' | 'freshTargets' | 'freshTraits'> {
    return {
      freshSources: this.#sources.chunks,
      freshTargets: this.#targets.chunks,
      freshTraits: this.#traits.chunks,
    }
  }

  derived(): Omit<DerivedColumns, 'lastStates'> {
    const forward = this.forward.lists.columns
    const backward = this.backward.lists.columns
    return {
      forwardHeads: forward.heads,
      forwardNext: forward.next,
      forwardHas: forward.has,
      backwardHeads: backward.heads,
      backwardNext: backward.next,
      backwardHas: backward.has,
    }
  }

  get moves(): number {
    return this.forward.lists.moves + this.backward.lists.moves
  }

  get byteLength(): number {
    const lists = this.forward.lists.byteLength + this.backward.lists.byteLength
    return lists + this.#sources.byteLength + this.#targets.byteLength + this.#traits.byteLength
  }

  #note(index: number): void {
    this.forward.lists.note(this.backward.others.at(index), index)
    this.backward.lists.note(this.forward.others.at(index), index)
  }
}
