import { BitCounters } from './bit-counters.ts'
import { type CondensedOrder, condensedOrder } from './condensed-order.ts'
import type { CountedOnce, ExposureQuery, Exposures } from './engine.ts'
import type { Graph } from './graph.ts'

const batchSize = 32

/**
 * What every source reaches, exactly: units, customers and weight, all sources of a plant in one run.
 *
 * Loops are drawn together and the rest put into one order, so that every edge goes onward. Then 32 neighbouring sources
 * sweep together: each place has a mask of the sources that reach it, is looked at once when its mask is whole, and hands
 * it on. Places that wait are bits of a bitmap with a summary, which finds the next one without a queue. What counts once is
 * a place of its own behind its nodes. Counts are kept in binary planes, 32 at a time.
 *
 * O(nodes + edges) once, and for each batch the edges that any of its sources reaches: neighbours reach nearly the same, so
 * a batch costs little more than one trace. Memory: 4 bytes an edge, about 24 a node.
 */
export class ExposureRun {
  readonly batches: number
  readonly result: { readonly counts: readonly Int32Array[]; readonly weights: Float64Array }
  readonly #order: CondensedOrder
  readonly #starts: readonly Int32Array[]
  readonly #turn: Int32Array
  readonly #marks: Uint8Array
  readonly #weights: Float64Array | undefined
  readonly #masks: Int32Array
  readonly #waiting: Int32Array
  readonly #summary: Int32Array
  readonly #counters: readonly BitCounters[]
  readonly #weight = new BitCounters(53)

  constructor(graph: Graph, query: ExposureQuery) {
    const { sources, counted, weights } = query
    const { order, marks } = withCollectors(condensedOrder(graph, query), counted)
    this.#order = order
    this.#marks = marks
    this.#weights = weights && weightsByPlace(order, weights)
    this.#starts = sources.map((nodes) => Int32Array.from(nodes, (node) => order.placeOf[node] ?? -1))
    const first = this.#starts.map((places) =>
      places.reduce((least, place) => Math.min(least, place), order.places),
    )
    this.#turn = Int32Array.from(sources.keys()).sort((a, b) => (first[a] ?? 0) - (first[b] ?? 0) || a - b)
    this.#masks = new Int32Array(order.places)
    this.#waiting = new Int32Array((order.places >> 5) + 1)
    this.#summary = new Int32Array((order.places >> 10) + 1)
    this.#counters = counted.map(() => new BitCounters(31))
    this.batches = Math.ceil(sources.length / batchSize)
    this.result = {
      counts: counted.map(() => new Int32Array(sources.length)),
      weights: new Float64Array(sources.length),
    }
  }

  /** Works out one batch; all of them in any order give the result. */
  run(batch: number): void {
    const first = batch * batchSize
    const members = this.#turn.subarray(first, first + batchSize)
    members.forEach((source, bit) => {
      for (const place of this.#starts[source] ?? []) if (place >= 0) this.#reach(place, 1 << bit)
    })
    this.#sweep()
    members.forEach((source, bit) => {
      this.#counters.forEach((counter, set) => {
        const counts = this.result.counts[set]
        if (counts) counts[source] = counter.of(bit)
      })
      this.result.weights[source] = this.#weight.of(bit)
    })
    for (const counter of this.#counters) counter.clear()
    this.#weight.clear()
  }

  #reach(place: number, mask: number): void {
    this.#masks[place] = (this.#masks[place] ?? 0) | mask
    const word = place >> 5
    this.#waiting[word] = (this.#waiting[word] ?? 0) | (1 << (place & 31))
    this.#summary[word >> 5] = (this.#summary[word >> 5] ?? 0) | (1 << (word & 31))
  }

  /** Takes the first waiting place again and again. What it reaches lies behind it, so it is never looked at twice. */
  #sweep(): void {
    const [masks, waiting, summary] = [this.#masks, this.#waiting, this.#summary]
    const { offsets, targets } = this.#order
    for (let group = 0; group < summary.length; group++) {
      for (let words = summary[group] ?? 0; words !== 0; words = summary[group] ?? 0) {
        const word = (group << 5) | lowestBit(words)
        for (let places = waiting[word] ?? 0; places !== 0; places = waiting[word] ?? 0) {
          const bit = lowestBit(places)
          const place = (word << 5) | bit
          waiting[word] = places & ~(1 << bit)
          const mask = masks[place] ?? 0
          masks[place] = 0
          const last = offsets[place + 1] ?? 0
          for (let slot = offsets[place] ?? last; slot < last; slot++) {
            const target = targets[slot] ?? 0
            const before = masks[target] ?? 0
            masks[target] = before | mask
            if (before !== 0) continue
            const at = target >> 5
            waiting[at] = (waiting[at] ?? 0) | (1 << (target & 31))
            summary[at >> 5] = (summary[at >> 5] ?? 0) | (1 << (at & 31))
          }
          this.#count(place, mask)
        }
        summary[group] = (summary[group] ?? 0) & ~(1 << (word & 31))
      }
    }
  }

  #count(place: number, mask: number): void {
    const mark = this.#marks[place] ?? 0
    if (mark !== 0)
      for (let set = 0; set < this.#counters.length; set++)
        if ((mark & (1 << set)) !== 0) this.#counters[set]?.add(mask)
    const weight = this.#weights?.[place] ?? 0
    if (weight > 0) this.#weight.addTimes(mask, weight)
  }
}

function lowestBit(word: number): number {
  return 31 - Math.clz32(word & -word)
}

/** All batches, one after the other. `pause` lets others have a turn between them. */
export async function exposureOf(
  graph: Graph,
  query: ExposureQuery,
  pause: () => Promise<void> = () => Promise.resolve(),
): Promise<Exposures> {
  const run = new ExposureRun(graph, query)
  for (let batch = 0; batch < run.batches; batch++) {
    run.run(batch)
    await pause()
  }
  return run.result
}

/** Adds a place for each group behind its nodes. A group that stands at one node alone needs none: its place is marked. */
function withCollectors(
  order: CondensedOrder,
  counted: readonly CountedOnce[],
): { order: CondensedOrder; marks: Uint8Array } {
  const marks = new Uint8Array(order.places)
  const [from, to, collectors]: [number[], number[], number[]] = [[], [], []]
  counted.forEach(({ nodes, groups }, set) => {
    const groupCount = groups.reduce((most, group) => Math.max(most, group + 1), 0)
    const sizes = new Int32Array(groupCount)
    for (const group of groups) sizes[group] = (sizes[group] ?? 0) + 1
    const collectorOf = new Int32Array(groupCount).fill(-1)
    nodes.forEach((node, index) => {
      const [place, group] = [order.placeOf[node] ?? -1, groups[index] ?? 0]
      if (place < 0) return
      const bit = 1 << set
      if (sizes[group] === 1 && ((marks[place] ?? 0) & bit) === 0) {
        marks[place] = (marks[place] ?? 0) | bit
        return
      }
      if (collectorOf[group] === -1) collectorOf[group] = order.places + collectors.push(bit) - 1
      from.push(place)
      to.push(collectorOf[group] ?? 0)
    })
  })
  if (collectors.length === 0) return { order, marks }
  const all = new Uint8Array(order.places + collectors.length)
  all.set(marks)
  all.set(collectors, order.places)
  return { order: withEdges(order, { from, to }, collectors.length), marks: all }
}

function withEdges(
  order: CondensedOrder,
  added: { readonly from: readonly number[]; readonly to: readonly number[] },
  collectors: number,
): CondensedOrder {
  const places = order.places + collectors
  const extra = new Int32Array(order.places)
  for (const place of added.from) extra[place] = (extra[place] ?? 0) + 1
  const offsets = new Int32Array(places + 1)
  const targets = new Int32Array(order.targets.length + added.from.length)
  let end = 0
  for (let place = 0; place < order.places; place++) {
    offsets[place] = end
    for (let slot = order.offsets[place] ?? 0; slot < (order.offsets[place + 1] ?? 0); slot++)
      targets[end++] = order.targets[slot] ?? 0
    end += extra[place] ?? 0
    // From here backward the added edges of the place are filled in below.
    extra[place] = end
  }
  offsets.fill(end, order.places)
  added.from.forEach((place, index) => {
    const slot = (extra[place] ?? 0) - 1
    extra[place] = slot
    targets[slot] = added.to[index] ?? 0
  })
  return { placeOf: order.placeOf, places, offsets, targets }
}

function weightsByPlace(
  order: CondensedOrder,
  { nodes, amounts }: NonNullable<ExposureQuery['weights']>,
): Float64Array {
  const weights = new Float64Array(order.places)
  nodes.forEach((node, index) => {
    const place = order.placeOf[node] ?? -1
    if (place >= 0) weights[place] = (weights[place] ?? 0) + (amounts[index] ?? 0)
  })
  return weights
}
