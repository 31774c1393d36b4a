import type { Amount } from '../base/quantity.ts'
import type { Direction, Held, NodeNo, TraceQuery } from './engine.ts'
import { followOf, forEachFollowed } from './follow.ts'
import type { Graph } from './graph.ts'
import { kindOf } from './columns.ts'
import type { EdgeKind } from './touch.ts'

/** One end of a node's edge, with what is known of its quantity. */
export interface Flow {
  readonly other: NodeNo
  readonly kind: EdgeKind
  readonly amount: Amount | null
}

/** The edges of a node that move material: all but mere contact. */
export type FlowsOf = (node: NodeNo, direction: Direction) => readonly Flow[]

/** The flows of a graph in memory, as known on a position. */
export function flowsIn(graph: Graph, asKnownOn?: TraceQuery['asKnownOn']): FlowsOf {
  const follow = followOf(graph, {
    from: [],
    direction: 'forward',
    ...(asKnownOn === undefined ? {} : { asKnownOn }),
  })
  return (node, direction) => {
    const flows: Flow[] = []
    forEachFollowed(graph, follow, { node, direction }, (other, edge, _ring, traits) => {
      const kind = kindOf(traits)
      if (kind !== 'contact') flows.push({ other, kind, amount: graph.amountOf(edge) })
    })
    return flows
  }
}

/**
 * Quantities of states, worked out from the amounts on edges and remembered while one question is answered. A heel has no
 * amount of its own: it is what was left in the state before. Where an amount is missing, or a loop makes a state its own
 * source, the answer is undefined: not known, never zero.
 */
export class Quantities {
  readonly flows: FlowsOf
  readonly #held = new Map<NodeNo, Held | undefined>()

  constructor(flows: FlowsOf) {
    this.flows = flows
  }

  /** Whether a process only leads a thing from one state to its next. */
  isStep(process: NodeNo): boolean {
    const isBareIdentity = (flow: Flow | undefined) => flow?.kind === 'identity' && flow.amount === null
    const [into, out] = [this.flows(process, 'backward'), this.flows(process, 'forward')]
    return into.length === 1 && out.length === 1 && isBareIdentity(into[0]) && isBareIdentity(out[0])
  }

  /**
   * What a state held and holds. The states before it are worked out first, oldest first, because a tank may have
   * thousands. O(history of the thing), each state once.
   */
  heldBy(state: NodeNo): Held | undefined {
    const waiting = [state]
    const open = new Set<NodeNo>()
    for (let at = waiting.at(-1); at !== undefined; at = waiting.at(-1)) {
      const before = this.#held.has(at) || open.has(at) ? [] : this.#statesBefore(at)
      open.add(at)
      if (before.length > 0) {
        waiting.push(...before)
        continue
      }
      if (!this.#held.has(at)) this.#held.set(at, this.#work(at))
      waiting.pop()
    }
    return this.#held.get(state)
  }

  /** The states whose rest went on into this one, as far as they are not worked out. */
  #statesBefore(state: NodeNo): NodeNo[] {
    return this.flows(state, 'backward').flatMap((flow) => {
      if (flow.amount !== null || !this.isStep(flow.other)) return []
      const prior = this.flows(flow.other, 'backward')[0]?.other
      return prior === undefined || this.#held.has(prior) ? [] : [prior]
    })
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
      return prior === undefined ? undefined : this.#held.get(prior)?.remaining
    }
    return flow.kind === 'material' ? undefined : 'none'
  }
}
