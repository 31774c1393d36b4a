import type { NodeNo, Position, Share } from './engine.ts'
import type { Graph } from './graph.ts'
import { type Flow, flowsIn, Quantities } from './quantities.ts'
import { nothing, plus, type Rational, rational, times, whole } from './rational.ts'
import { trace } from './trace.ts'

/** What kind of thing a state is of, so that kilograms and pieces are never added up; undefined where unknown. */
export type ItemOf = (state: NodeNo) => number | undefined

export interface ShareOfSource {
  /** Fraction of the root's quantity that reached each state, the root included. */
  readonly reached: readonly Share[]
  /** Where it is now: in states that still hold some, in processes that have given nothing out. Sums to 1 if nothing is unknown. */
  readonly resting: readonly Share[]
  /** Reached, but how much cannot be said: an amount is missing, units differ, or a loop feeds itself. */
  readonly unknown: readonly NodeNo[]
}

/**
 * How much of one state's quantity went where, along all paths, exactly. At a state, an edge takes its amount out of all
 * that left or remains; at a process, outputs share what went in by their amounts. O(nodes + edges reached) steps on
 * fractions, whose digits grow with the depth.
 */
export function shareOfSource(
  graph: Graph,
  ask: { readonly root: NodeNo; readonly asKnownOn?: Position; readonly itemOf?: ItemOf },
): ShareOfSource {
  const known = ask.asKnownOn === undefined ? {} : { asKnownOn: ask.asKnownOn }
  const found = trace(graph, { from: [ask.root], direction: 'forward', ...known })
  const quantities = new Quantities(flowsIn(graph, ask.asKnownOn))
  const spread = new Spread(graph, quantities, ask.itemOf)
  const order = orderOf(quantities, found.nodes)
  const reachable = new Set(order.sorted)
  spread.put(ask.root, whole)
  for (const node of order.sorted) spread.visit(node)
  const flowing = reachedByMaterial(quantities, ask.root)
  const unknown = [...flowing].filter((node) => !reachable.has(node) || spread.parts.get(node) === undefined)
  return {
    reached: [...spread.parts].flatMap(([node, part]) =>
      part && graph.isState(node) ? [{ node, ...part }] : [],
    ),
    resting: spread.resting,
    unknown: unknown.sort((a, b) => a - b),
  }
}

class Spread {
  /** The part of the root at each node; undefined once it cannot be said. */
  readonly parts = new Map<NodeNo, Rational | undefined>()
  readonly resting: Share[] = []
  readonly #graph: Graph
  readonly #quantities: Quantities
  readonly #itemOf: ItemOf | undefined

  constructor(graph: Graph, quantities: Quantities, itemOf: ItemOf | undefined) {
    this.#graph = graph
    this.#quantities = quantities
    this.#itemOf = itemOf
  }

  put(node: NodeNo, part: Rational | undefined): void {
    if (!this.parts.has(node)) this.parts.set(node, part)
    else {
      const before = this.parts.get(node)
      this.parts.set(node, before && part && plus(before, part))
    }
  }

  visit(node: NodeNo): void {
    if (!this.parts.has(node)) return
    const part = this.parts.get(node)
    if (this.#graph.isState(node)) this.#leaveState(node, part)
    else this.#leaveProcess(node, part)
  }

  #leaveState(node: NodeNo, part: Rational | undefined): void {
    const flows = this.#quantities.flows(node, 'forward')
    const held = part && this.#quantities.heldBy(node)
    if (part && flows.length === 0) return this.#rest(node, part)
    if (!part || !held || held.total === 0n) {
      for (const flow of flows) this.put(flow.other, undefined)
      return
    }
    let left = held.remaining
    for (const flow of flows) {
      const amount = flow.amount ?? held.remaining
      if (flow.amount === null) left = 0n
      this.put(flow.other, times(part, rational(amount, held.total)))
    }
    this.#rest(node, times(part, rational(left, held.total)))
  }

  #leaveProcess(node: NodeNo, part: Rational | undefined): void {
    const flows = this.#quantities.flows(node, 'forward')
    if (part && flows.length === 0) return this.#rest(node, part)
    const sum = this.#comparableSum(flows)
    for (const flow of flows) {
      const fraction =
        flows.length === 1 ? whole : sum === undefined ? undefined : rational(flow.amount ?? 0n, sum)
      this.put(flow.other, part && fraction && times(part, fraction))
    }
  }

  /** The sum of what came out, if all of it is known and of one item. */
  #comparableSum(flows: readonly Flow[]): bigint | undefined {
    let sum = 0n
    const items = new Set<number | undefined>()
    for (const flow of flows) {
      if (flow.amount === null) return undefined
      sum += flow.amount
      items.add(this.#itemOf?.(flow.other))
    }
    return sum > 0n && items.size <= 1 ? sum : undefined
  }

  #rest(node: NodeNo, part: Rational): void {
    if (part.numerator !== 0n) this.resting.push({ node, ...part })
  }
}

/** The given nodes, sources before targets; those on loops and behind them are left out. */
function orderOf(quantities: Quantities, nodes: Int32Array): { sorted: NodeNo[] } {
  const members = new Set(nodes)
  const open = new Map<NodeNo, number>()
  for (const node of members) {
    open.set(node, quantities.flows(node, 'backward').filter((flow) => members.has(flow.other)).length)
  }
  const sorted = [...members].filter((node) => open.get(node) === 0)
  for (let index = 0; index < sorted.length; index++) {
    for (const { other } of quantities.flows(sorted[index] ?? 0, 'forward')) {
      const left = (open.get(other) ?? 0) - 1
      open.set(other, left)
      if (left === 0 && members.has(other)) sorted.push(other)
    }
  }
  return { sorted }
}

function reachedByMaterial(quantities: Quantities, root: NodeNo): Set<NodeNo> {
  const reached = new Set([root])
  for (const node of reached) for (const flow of quantities.flows(node, 'forward')) reached.add(flow.other)
  return reached
}

/** One input's part of what a process took in of that item. */
export interface InputShare extends Share {
  readonly item: number | undefined
}

export interface ShareOfTarget {
  /** Direct inputs of the processes that made the state: for each item the parts sum to 1, times what that process gave. */
  readonly inputs: readonly InputShare[]
  /** Inputs whose part cannot be said, because an amount of their item is missing there. */
  readonly unknown: readonly NodeNo[]
}

/**
 * What a state was made of, one level back: for each input, its part of all that the making process took in of the same
 * item, weighted by the part of the state that came from that process. O(edges of the makers).
 */
export function shareOfTarget(
  graph: Graph,
  ask: { readonly state: NodeNo; readonly asKnownOn?: Position; readonly itemOf: ItemOf },
): ShareOfTarget {
  const quantities = new Quantities(flowsIn(graph, ask.asKnownOn))
  const makers = quantities.flows(ask.state, 'backward')
  const gaveAll = makers.reduce<bigint | undefined>(
    (sum, flow) => (sum === undefined || flow.amount === null ? undefined : sum + flow.amount),
    0n,
  )
  const parts = new Map<NodeNo, { item: number | undefined; part: Rational | undefined }>()
  for (const maker of makers) {
    const weight =
      makers.length === 1
        ? whole
        : gaveAll && maker.amount !== null
          ? rational(maker.amount, gaveAll)
          : undefined
    const inputs = quantities.flows(maker.other, 'backward')
    for (const input of inputs) {
      const item = ask.itemOf(input.other)
      const alike = inputs.filter((other) => ask.itemOf(other.other) === item)
      const fraction = fractionOf(input, alike)
      const before = parts.has(input.other) ? parts.get(input.other)?.part : nothing
      const part = before && weight && fraction && plus(before, times(weight, fraction))
      parts.set(input.other, { item, part })
    }
  }
  return {
    inputs: [...parts].flatMap(([node, { item, part }]) => (part ? [{ node, item, ...part }] : [])),
    unknown: [...parts].flatMap(([node, { part }]) => (part ? [] : [node])),
  }
}

function fractionOf(input: Flow, alike: readonly Flow[]): Rational | undefined {
  if (alike.every((flow) => flow.other === input.other)) return rational(1n, BigInt(alike.length))
  let sum = 0n
  for (const flow of alike) {
    if (flow.amount === null) return undefined
    sum += flow.amount
  }
  return sum > 0n && input.amount !== null ? rational(input.amount, sum) : undefined
}
