import type { Amount } from '../base/quantity.ts'
import type { HolderKind, MovementRow } from '../ledger/tables.ts'
import type { MovementSum } from './balance.ts'
import { type ReachedStates, stateAt } from './intervals.ts'

export type ScopedMovement = Pick<MovementRow, 'cause' | 'holderKind' | 'delta' | 'happenedAt'>

/** What happened to the states in scope of one traceable, and what they came with and left with. */
export interface InScope {
  readonly sums: readonly MovementSum[]
  /** Held when a state in scope began: the heel a top-up met, the stock before a bad part came in. */
  readonly carriedIn: Amount
  /** Held when the scope ended before today: cleaned out, or swapped back. */
  readonly carriedOut: Amount
}

const ours: ReadonlySet<HolderKind> = new Set(['place', 'order', 'container', 'subcontractor'])

/**
 * Cuts the movements of one traceable to the states that were reached. What moved before the bad top-up stays out of the
 * balance; what was there when it came is carried in. O(movements x states).
 */
export function cutToScope(scope: ReachedStates, movements: readonly ScopedMovement[]): InScope {
  const sums = new Map<
    string,
    { cause: MovementSum['cause']; holderKind: HolderKind; plus: Amount; minus: Amount }
  >()
  const byState = movementsByState(scope, movements)
  let [held, carriedIn, carriedOut] = [0n, 0n, 0n]
  let inside = firstIsReached(scope)
  for (const state of scope.states) {
    const reached = scope.reached.has(state.no)
    if (reached && !inside) carriedIn += held
    if (!reached && inside) carriedOut += held
    inside = reached
    for (const movement of byState.get(state.no) ?? []) {
      if (ours.has(movement.holderKind)) held += movement.delta
      if (reached) add(sums, movement)
    }
  }
  return { sums: [...sums.values()], carriedIn, carriedOut }
}

/** Movements by the state the traceable was in when they happened. */
function movementsByState(
  scope: ReachedStates,
  movements: readonly ScopedMovement[],
): ReadonlyMap<number, readonly ScopedMovement[]> {
  const byState = new Map<number, ScopedMovement[]>()
  for (const movement of movements) {
    const state = stateAt(scope.states, movement.happenedAt)
    if (!state) continue
    const known = byState.get(state.no)
    if (known) known.push(movement)
    else byState.set(state.no, [movement])
  }
  return byState
}

function firstIsReached(scope: ReachedStates): boolean {
  const first = scope.states[0]
  return first !== undefined && scope.reached.has(first.no)
}

function add(
  sums: Map<string, { cause: MovementSum['cause']; holderKind: HolderKind; plus: Amount; minus: Amount }>,
  movement: ScopedMovement,
): void {
  const { cause, holderKind, delta } = movement
  const key = `${cause} ${holderKind}`
  const sum = sums.get(key) ?? { cause, holderKind, plus: 0n, minus: 0n }
  if (delta > 0n) sum.plus += delta
  else sum.minus -= delta
  sums.set(key, sum)
}

const making = new Set(['received', 'produced', 'split', 'merged', 'relabelled'])

/** What was received or made, of sums of one traceable: the quantity in scope of a lot. */
export function madeOf(sums: readonly MovementSum[]): Amount {
  return sums
    .filter((sum) => making.has(sum.cause) && ours.has(sum.holderKind))
    .reduce((total, sum) => total + sum.plus, 0n)
}
