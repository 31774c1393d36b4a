import { assert } from '../base/assert.ts'
import type { SealedAdjacency } from './adjacency.ts'
import type { NodeNo, TraceQuery, TraceResult } from './engine.ts'
import { type Follow, followOf, forEachFollowed } from './follow.ts'
import type { Appended } from './fresh-edges.ts'
import type { Graph } from './graph.ts'
import { loopsAmong } from './loops.ts'
import { SortScratch, sortNumbers } from './sort-numbers.ts'

/**
 * Working memory of traces over one graph, kept from question to question: a byte for each node, cleared by walking what
 * was visited. One trace at a time; each worker thread has its own.
 */
export class TraceScratch {
  /** 0 not visited, else 1 + the best ring so far. */
  marks = new Uint8Array(0)
  queue = new Int32Array(0)
  /** The ring at which each queue entry was reached, and the depth that began at each level. */
  reachedAs = new Uint8Array(0)
  readonly levels: number[] = []
  readonly sorting = new SortScratch()

  prepare(nodeCount: number): void {
    if (this.marks.length <= nodeCount) {
      const room = Math.ceil((nodeCount + 1) * 1.25)
      this.marks = new Uint8Array(room)
      // As long as all is proven each node is queued once, so that this is room enough; untouched memory costs nothing.
      this.queue = new Int32Array(room)
      this.reachedAs = new Uint8Array(room)
    }
    this.levels.length = 0
  }

  /** Makes room for as many more queue entries. */
  room(needed: number): void {
    if (needed <= this.queue.length) return
    const queue = new Int32Array(Math.max(needed, this.queue.length * 2))
    queue.set(this.queue)
    this.queue = queue
    const reachedAs = new Uint8Array(queue.length)
    reachedAs.set(this.reachedAs)
    this.reachedAs = reachedAs
  }
}

/**
 * Everything reachable from the roots, each node with its ring and depth.
 *
 * Level by level. A node is queued when it is first reached and again when a longer path reaches it in a stronger ring, so
 * at most three times; what counts is its last entry. So `ring` is the best over all paths, and `depth` the length of the
 * shortest path of that ring. With a limit, the search ends with the level in which more nodes than that are known.
 *
 * O(nodes + edges reached) time; no allocation per edge. Where a limit cuts, each level is sorted by number first.
 */
export function trace(
  graph: Graph,
  query: TraceQuery,
  scratch: TraceScratch = new TraceScratch(),
): TraceResult {
  const found = traceWithin(graph, query, Infinity, scratch)
  assert(found, 'a trace without a bound ends')
  return found
}

/**
 * The same, unless it is wide: it is given up before a node whose edges might lead to more than `nodesMax` nodes in all, and
 * undefined says so. What was done by then is bounded by `nodesMax`, however many edges that node has.
 */
export function traceWithin(
  graph: Graph,
  query: TraceQuery,
  nodesMax: number,
  scratch: TraceScratch,
): TraceResult | undefined {
  const follow = followOf(graph, query)
  scratch.prepare(graph.nodeCount)
  const search = new Search(graph, query, follow, scratch)
  try {
    return search.run(nodesMax) ? search.result() : undefined
  } finally {
    search.clear()
  }
}

class Search {
  readonly #graph: Graph
  readonly #query: TraceQuery
  readonly #follow: Follow
  readonly #scratch: TraceScratch
  readonly #sealed: SealedAdjacency
  readonly #appended: Appended
  #end = 0
  #reached = 0
  /** Nothing weaker was reached so far, and nothing but the edges' traits decides which are followed. */
  #isAllProven: boolean
  #truncated = false
  #nodesMax = Infinity
  #isGivenUp = false

  constructor(graph: Graph, query: TraceQuery, follow: Follow, scratch: TraceScratch) {
    this.#graph = graph
    this.#query = query
    this.#follow = follow
    this.#scratch = scratch
    this.#sealed = graph.sealed(query.direction)
    this.#appended = graph.appended(query.direction)
    this.#isAllProven = !follow.isFiltered && !follow.overlay
  }

  /** Whether it came to its end and was not given up as wide. */
  run(nodesMax: number): boolean {
    this.#nodesMax = nodesMax
    const { levels } = this.#scratch
    for (const root of this.#query.from) if (root >= 1 && root <= this.#graph.nodeCount) this.#reach(root, 1)
    const limit = this.#query.limit ?? Infinity
    levels.push(0)
    let begin = 0
    while (begin < this.#end) {
      const end = this.#end
      levels.push(end)
      if (this.#reached > limit) break
      this.#expand(begin, end)
      if (this.#isGivenUp) return false
      begin = end
    }
    this.#truncated = this.#reached > limit
    return true
  }

  /** One level. As long as all that was reached is proven, by the shorter loop. */
  #expand(begin: number, stop: number): void {
    const from = this.#isAllProven ? this.#expandProven(begin, stop) : begin
    if (from < stop) this.#expandByRing(from, stop)
  }

  /**
   * Where everything reached is proven, no ring need be kept, and most nodes have plain edges only, whose traits need not be
   * read. Gives the queue index at which a weaker edge was met; the rest of the level is for the longer loop.
   */
  #expandProven(begin: number, stop: number): number {
    const scratch = this.#scratch
    const { marks } = scratch
    const { offsets, others, traits, mixed } = this.#sealed
    const { accepts } = this.#follow
    const { lists } = this.#appended
    const isSealedOnly = lists.isEmpty
    const { queue } = scratch
    const nodesMax = this.#nodesMax
    let end = this.#end
    for (let index = begin; index < stop; index++) {
      const node = queue[index] ?? 0
      const last = offsets[node + 1] ?? 0
      const first = offsets[node] ?? last
      if (end + last - first > nodesMax) {
        this.#giveUp(end, end)
        return stop
      }
      const isMixed = ((mixed[node >> 3] ?? 0) & (1 << (node & 7))) !== 0
      for (let slot = first; slot < last; slot++) {
        if (isMixed) {
          const accepted = accepts[traits[slot] ?? 0] ?? 0
          if (accepted === 0) continue
          if (accepted > 1) return this.#provenUpTo(index, end)
        }
        const other = others[slot] ?? 0
        if (marks[other] !== 0) continue
        marks[other] = 1
        queue[end++] = other
      }
      if (isSealedOnly || !lists.has(node)) continue
      this.#end = end
      this.#reached = end
      this.#expandAppended(node, 1)
      if (!this.#isAllProven) return this.#provenUpTo(index + 1, end)
      end = this.#end
    }
    this.#end = end
    this.#reached = end
    return stop
  }

  /** Ends the search as wide. What was queued is noted, so that its marks can be taken off. */
  #giveUp(end: number, reached: number): void {
    this.#end = end
    this.#reached = reached
    this.#isGivenUp = true
  }

  /** Leaves the shorter loop: what it queued is written down as proven. */
  #provenUpTo(index: number, end: number): number {
    this.#scratch.reachedAs.fill(1, 0, end)
    if (this.#isAllProven) {
      this.#isAllProven = false
      this.#end = end
      this.#reached = end
    }
    return index
  }

  /** One level where rings differ, over the columns without a call per edge, everything the loop touches in locals. */
  #expandByRing(begin: number, stop: number): void {
    const scratch = this.#scratch
    const { marks } = scratch
    const { offsets, others, edges, traits } = this.#sealed
    const { accepts, isFiltered, overlay } = this.#follow
    const { lists } = this.#appended
    const isColumnsOnly = lists.isEmpty && !overlay
    const nodesMax = this.#nodesMax
    let { queue, reachedAs } = scratch
    let end = this.#end
    let reached = this.#reached
    for (let index = begin; index < stop; index++) {
      const node = queue[index] ?? 0
      const mark = reachedAs[index] ?? 0
      if (marks[node] !== mark) continue
      const last = offsets[node + 1] ?? 0
      const first = offsets[node] ?? last
      if (end + last - first > nodesMax) return this.#giveUp(end, reached)
      if (end + last - first > queue.length) {
        scratch.room(end + last - first)
        ;({ queue, reachedAs } = scratch)
      }
      for (let slot = overlay ? last : first; slot < last; slot++) {
        const accepted = accepts[traits[slot] ?? 0] ?? 0
        if (accepted === 0 || (isFiltered && !this.#follow.isWithin(edges[slot] ?? 0))) continue
        const other = others[slot] ?? 0
        const become = accepted > mark ? accepted : mark
        const known = marks[other] ?? 0
        if (known !== 0 && known <= become) continue
        if (known === 0) reached += 1
        marks[other] = become
        queue[end] = other
        reachedAs[end] = become
        end += 1
      }
      if (isColumnsOnly || (!overlay && !lists.has(node))) continue
      this.#end = end
      this.#reached = reached
      if (overlay) this.#expandWithOverlay(node, mark)
      else this.#expandAppended(node, mark)
      ;({ queue, reachedAs } = scratch)
      end = this.#end
      reached = this.#reached
    }
    this.#end = end
    this.#reached = reached
  }

  #expandAppended(node: NodeNo, mark: number): void {
    const { lists, first, others, traits } = this.#appended
    const { accepts, isFiltered } = this.#follow
    for (let index = lists.newestOf(node); index >= 0; index = lists.before(index)) {
      const accepted = accepts[traits.at(index)] ?? 0
      if (accepted === 0 || (isFiltered && !this.#follow.isWithin(first + index))) continue
      this.#reach(others.at(index), accepted > mark ? accepted : mark)
    }
  }

  #expandWithOverlay(node: NodeNo, mark: number): void {
    const ask = { node, direction: this.#query.direction }
    forEachFollowed(this.#graph, this.#follow, ask, (other, _edge, ring) => {
      this.#reach(other, Math.max(ring + 1, mark))
    })
  }

  #reach(node: NodeNo, become: number): void {
    const scratch = this.#scratch
    const known = scratch.marks[node] ?? 0
    if (known !== 0 && known <= become) return
    if (known === 0) this.#reached += 1
    if (become > 1) this.#isAllProven = false
    scratch.room(this.#end + 1)
    scratch.marks[node] = become
    scratch.queue[this.#end] = node
    scratch.reachedAs[this.#end] = become
    this.#end += 1
  }

  result(): TraceResult {
    const { marks, queue, reachedAs, levels } = this.#scratch
    const { nodes, depth, ring } = resultColumns(this.#reached)
    // What was reached again in a stronger ring stands in the queue more than once; only its last entry counts.
    const isQueueItself = this.#end === this.#reached && this.#query.limit === undefined
    if (isQueueItself) {
      for (let index = 0; index < nodes.length; index++) nodes[index] = queue[index] ?? 0
      for (let level = 1; level + 1 < levels.length; level++)
        depth.fill(level, levels[level], levels[level + 1])
    } else {
      this.#gather(nodes, depth)
    }
    if (!this.#isAllProven) {
      const rings = isQueueItself ? reachedAs : undefined
      for (let index = 0; index < ring.length; index++)
        ring[index] = (rings ? (rings[index] ?? 1) : (marks[nodes[index] ?? 0] ?? 1)) - 1
    }
    const kept = Math.min(this.#reached, this.#query.limit ?? Infinity)
    const isCut = kept < this.#reached
    const found = isCut ? nodes.slice(0, kept) : nodes
    return {
      nodes: found,
      ring: isCut ? ring.slice(0, kept) : ring,
      depth: isCut ? depth.slice(0, kept) : depth,
      loops: this.#mayLoop(found) ? loopsAmong(this.#graph, this.#follow, found) : [],
      truncated: this.#truncated,
      position: this.#graph.position,
    }
  }

  /** Each node once, at the level of its strongest ring; in order of number where a limit will cut. */
  #gather(nodes: Int32Array, depth: Int32Array): void {
    const { marks, queue, reachedAs, levels, sorting } = this.#scratch
    let count = 0
    for (let level = 0; level + 1 < levels.length; level++) {
      const begin = count
      for (let index = levels[level] ?? 0; index < (levels[level + 1] ?? 0); index++) {
        const node = queue[index] ?? 0
        if (this.#isAllProven || marks[node] === reachedAs[index]) nodes[count++] = node
      }
      if (this.#query.limit !== undefined) sortNumbers(nodes, begin, count, sorting)
      depth.fill(level, begin, count)
    }
  }

  #mayLoop(nodes: Int32Array): boolean {
    if (this.#follow.overlay) return true
    return this.#graph.mayHaveLoops && nodes.some((node) => this.#graph.mayLieOnLoop(node))
  }

  clear(): void {
    const { marks, queue } = this.#scratch
    for (let index = 0; index < this.#end; index++) marks[queue[index] ?? 0] = 0
  }
}

/** The three columns of an answer. The usual small one takes its memory from a pool: allocating would cost more than searching. */
function resultColumns(count: number): { nodes: Int32Array; depth: Int32Array; ring: Uint8Array } {
  const bytes = (9 * count + 7) & ~7
  if (bytes > poolBytes / 4) {
    const buffer = new ArrayBuffer(bytes)
    return columnsAt(buffer, 0, count)
  }
  if (poolUsed + bytes > poolBytes) {
    pool = new ArrayBuffer(poolBytes)
    poolUsed = 0
  }
  poolUsed += bytes
  return columnsAt(pool, poolUsed - bytes, count)
}

const poolBytes = 131_072
let pool = new ArrayBuffer(poolBytes)
let poolUsed = 0

function columnsAt(buffer: ArrayBuffer, at: number, count: number) {
  return {
    nodes: new Int32Array(buffer, at, count),
    depth: new Int32Array(buffer, at + 4 * count, count),
    ring: new Uint8Array(buffer, at + 8 * count, count),
  }
}
