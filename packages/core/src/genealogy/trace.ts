import type { Appended, SealedAdjacency } from './adjacency.ts'
import type { NodeNo, TraceQuery, TraceResult } from './engine.ts'
import { type Follow, followOf, forEachFollowed } from './follow.ts'
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
  queue = new Int32Array(4096)
  /** The ring at which each queue entry was reached, and the depth that began at each level. */
  reachedAs = new Uint8Array(4096)
  readonly levels: number[] = []
  readonly sorting = new SortScratch()

  prepare(nodeCount: number): void {
    if (this.marks.length <= nodeCount) this.marks = new Uint8Array(Math.ceil((nodeCount + 1) * 1.25))
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
  const follow = followOf(graph, query)
  scratch.prepare(graph.nodeCount)
  const search = new Search(graph, query, follow, scratch)
  try {
    search.run()
    return search.result()
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
  #truncated = false

  constructor(graph: Graph, query: TraceQuery, follow: Follow, scratch: TraceScratch) {
    this.#graph = graph
    this.#query = query
    this.#follow = follow
    this.#scratch = scratch
    this.#sealed = graph.sealed(query.direction)
    this.#appended = graph.appended(query.direction)
  }

  run(): void {
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
      begin = end
    }
    this.#truncated = this.#reached > limit
  }

  /** One level: over the columns without a call per edge or node, everything the loop touches in locals. */
  #expand(begin: number, stop: number): void {
    const scratch = this.#scratch
    const { marks } = scratch
    const { offsets, others, edges, traits } = this.#sealed
    const { accepts, isFiltered, overlay } = this.#follow
    const { lists } = this.#appended
    const isColumnsOnly = lists.isEmpty && !overlay
    let { queue, reachedAs } = scratch
    let end = this.#end
    let reached = this.#reached
    for (let index = begin; index < stop; index++) {
      const node = queue[index] ?? 0
      const mark = reachedAs[index] ?? 0
      if (marks[node] !== mark) continue
      const last = offsets[node + 1] ?? 0
      const first = offsets[node] ?? last
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
    const next = lists.next
    for (let index = lists.newestOf(node); index >= 0; index = next[index] ?? -1) {
      const accepted = accepts[traits[index] ?? 0] ?? 0
      if (accepted === 0 || (isFiltered && !this.#follow.isWithin(first + index))) continue
      this.#reach(others[index] ?? 0, accepted > mark ? accepted : mark)
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
    scratch.room(this.#end + 1)
    scratch.marks[node] = become
    scratch.queue[this.#end] = node
    scratch.reachedAs[this.#end] = become
    this.#end += 1
  }

  result(): TraceResult {
    const { marks, queue, reachedAs, levels } = this.#scratch
    // One buffer for the three columns: for the usual small trace, allocating costs more than searching.
    const buffer = new ArrayBuffer(9 * this.#reached)
    const nodes = new Int32Array(buffer, 0, this.#reached)
    const depth = new Int32Array(buffer, 4 * this.#reached, this.#reached)
    const rings = new Uint8Array(buffer, 8 * this.#reached, this.#reached)
    // What was reached again in a stronger ring stands in the queue more than once; only its last entry counts.
    const isQueueItself = this.#end === this.#reached && this.#query.limit === undefined
    if (isQueueItself) {
      nodes.set(queue.subarray(0, this.#end))
      for (let index = 0; index < rings.length; index++) rings[index] = (reachedAs[index] ?? 1) - 1
      for (let level = 1; level + 1 < levels.length; level++)
        depth.fill(level, levels[level], levels[level + 1])
    } else {
      this.#gather(nodes, depth)
      for (let index = 0; index < rings.length; index++) rings[index] = (marks[nodes[index] ?? 0] ?? 1) - 1
    }
    const kept = Math.min(this.#reached, this.#query.limit ?? Infinity)
    const isCut = kept < this.#reached
    const found = isCut ? nodes.slice(0, kept) : nodes
    return {
      nodes: found,
      ring: isCut ? rings.slice(0, kept) : rings,
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
        if (marks[node] === reachedAs[index]) nodes[count++] = node
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
