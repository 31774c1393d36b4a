import type { Instant } from '../base/instant.ts'
import type { NodeNo } from '../genealogy/engine.ts'

/** A state of a traceable and when it began (`null`: before anything known). */
export interface StateStart {
  readonly no: NodeNo
  readonly from: Instant | null
}

/** A traceable in scope: which of its states were reached, in order of time. */
export interface ReachedStates {
  /** All its states in order of time. */
  readonly states: readonly StateStart[]
  readonly reached: ReadonlySet<NodeNo>
}

/** States in order of time; those that began together in order of number, which is the order they were made in. O(n log n). */
export function inOrderOfTime(states: readonly StateStart[]): readonly StateStart[] {
  return [...states].sort((a, b) => {
    const [left, right] = [a.from ?? '', b.from ?? '']
    return left < right ? -1 : left > right ? 1 : a.no - b.no
  })
}

/** The state a traceable was in at a moment: the last that had begun. Before the first one it is the first. O(states). */
export function stateAt(states: readonly StateStart[], at: Instant): StateStart | undefined {
  let found = states[0]
  for (const state of states) if ((state.from ?? '') <= at) found = state
  return found
}

/** The state a traceable is in now: the last. */
export function stateNow(states: readonly StateStart[]): StateStart | undefined {
  return states.at(-1)
}

/** Whether all states were reached: then everything about the traceable is in scope and no time needs to be compared. */
export function isWhole(scope: ReachedStates): boolean {
  return scope.states.every((state) => scope.reached.has(state.no))
}

/**
 * Whether what happened to a traceable at a moment happened to a state in scope: the draw, count or shipment before the
 * top-up is out when only the state after it was reached.
 */
export function isReachedAt(scope: ReachedStates, at: Instant): boolean {
  const state = stateAt(scope.states, at)
  return state !== undefined && scope.reached.has(state.no)
}

/** Whether what is left of a traceable today is in scope. */
export function isReachedNow(scope: ReachedStates): boolean {
  const state = stateNow(scope.states)
  return state !== undefined && scope.reached.has(state.no)
}
