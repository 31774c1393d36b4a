import type { Amount } from '../base/quantity.ts'
import type { Direction, NodeNo, TraceQuery } from './engine.ts'
import { type Follow, followOf, forEachFollowed } from './follow.ts'
import type { Graph } from './graph.ts'
import { kindOf } from './columns.ts'
import type { EdgeKind } from './touch.ts'

/** One end of a node's edge, with what is known of its quantity. */
export interface Flow {
  readonly other: NodeNo
  readonly kind: EdgeKind
  readonly amount: Amount | null
}

/** How much a state held in all, and how much of that nothing has drawn. */
export interface Held {
  readonly total: Amount
  readonly remaining: Amount
}

/**
 * Quantities of states, worked out from the amounts on edges and remembered while one question is answered. A heel has no
 * amount of its own: it is what was left in the state before. Where an amount is missing, or a loop makes a state its own
 * source, the answer is undefined: not known, never zero.
 */
export class Quantities {
  readonly #graph: Graph
  readonly #follow: Follow
  readonly #held = new Map<NodeNo, Held | 'open' | undefined>()

  constructor(graph: Graph, asKnownOn: TraceQuery['asKnownOn']) {
    this.#graph = graph
    this.#follow = followOf(graph, {
      from: [],
      direction: 'forward',
      ...(asKnownOn === undefined ? {} : { asKnownOn }),
    })
  }

  /** The edges of a node that move material: all but mere contact. */
  flows(node: NodeNo, direction: Direction): Flow[] {
    const flows: Flow[] = []
    forEachFollowed(this.#graph, this.#follow, { node, direction }, (other, edge, _ring, traits) => {
      const kind = kindOf(traits)
      if (kind !== 'contact') flows.push({ other, kind, amount: this.#graph.amountOf(edge) })
    })
    return flows
  }

  /** Whether a process only leads a thing from one state to its next. */
  isStep(process: NodeNo): boolean {
    const isBareIdentity = (flow: Flow | undefined) => flow?.kind === 'identity' && flow.amount === null
    const [into, out] = [this.flows(process, 'backward'), this.flows(process, 'forward')]
    return into.length === 1 && out.length === 1 && isBareIdentity(into[0]) && isBareIdentity(out[0])
  }

  /** What a state held and holds. O(history of the thing), each state once. */
  heldBy(state: NodeNo): Held | undefined {
    if (this.#held.has(state)) {
      const known = this.#held.get(state)
      return known === 'open' ? undefined : known
    }
    this.#held.set(state, 'open')
    const held = this.#work(state)
    this.#held.set(state, held)
    return held
  }

  #work(state: NodeNo): Held | undefined {
    const drawn = this.#drawnFrom(state)
    if (drawn === undefined) return undefined
    let total = 0n
    let isMade = false
    for (const flow of this.flows(state, 'backward')) {
      const amount = this.#amountInto(flow)
      if (amount === undefined) return undefined
      isMade ||= amount !== 'none'
      if (amount !== 'none') total += amount
    }
    if (!isMade || total < drawn) total = drawn
    return { total, remaining: total - drawn }
  }

  #drawnFrom(state: NodeNo): Amount | undefined {
    let drawn = 0n
    for (const flow of this.flows(state, 'forward')) {
      if (flow.amount !== null) drawn += flow.amount
      else if (!this.isStep(flow.other)) return undefined
    }
    return drawn
  }

  /** `none` where an edge brings parts or work, not more of the thing itself. */
  #amountInto(flow: Flow): Amount | 'none' | undefined {
    if (flow.amount !== null) return flow.amount
    if (this.isStep(flow.other)) {
      const prior = this.flows(flow.other, 'backward')[0]?.other
      return prior === undefined ? undefined : this.heldBy(prior)?.remaining
    }
    return flow.kind === 'material' ? undefined : 'none'
  }
}
