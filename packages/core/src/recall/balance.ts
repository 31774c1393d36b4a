import { type Amount, decimalOf, plainDecimal } from '../base/quantity.ts'
import type { Cause, HolderKind } from '../ledger/tables.ts'

/** What moved, summed: of one item, for one reason, in or out of one kind of hand. */
export interface MovementSum {
  readonly cause: Cause
  readonly holderKind: HolderKind
  /** Sum of the increases and of the decreases, both positive. */
  readonly plus: Amount
  readonly minus: Amount
}

/** What is there now, summed by kind of hand; owed where more was used than was on record. */
export interface StockSum {
  readonly holderKind: HolderKind
  readonly onHand: Amount
  readonly owed: Amount
}

export interface Balance {
  readonly in: Amount
  readonly out: Amount
  readonly remains: Amount
  readonly terms: Readonly<Record<string, Amount>>
  readonly unexplained: Amount
  readonly because: readonly { readonly name: string; readonly amount: Amount }[]
}

/** Between our own hands: what one loses another gains. */
const ours: readonly HolderKind[] = ['place', 'order', 'container', 'subcontractor']
const remainNames: Readonly<Record<string, string>> = {
  place: 'onHand',
  order: 'inProcess',
  container: 'inContainers',
  subcontractor: 'atSubcontractor',
}
/** What changes label without leaving: counts as in for what it becomes and as out for what it was. */
const relabelling: readonly Cause[] = ['split', 'merged', 'relabelled']
const leaving: readonly Cause[] = ['consumed', 'scrapped', 'disposed']
const arriving: readonly Cause[] = ['received', 'produced']

/**
 * The mass balance of one item over the traceables in scope: in = out + remains + unexplained, exactly. Unexplained is
 * what no recorded act accounts for: count differences, rounding that was booked, and what was used beyond the record.
 * `carried` is what states already held when they came into scope, and still held where the scope ended. O(sums).
 */
export function balanceOf(
  movements: readonly MovementSum[],
  stock: readonly StockSum[],
  carried: { in: Amount; out: Amount } = { in: 0n, out: 0n },
): Balance {
  const held = movements.filter((sum) => ours.includes(sum.holderKind))
  const of = (causes: readonly Cause[], side: 'plus' | 'minus'): Amount =>
    held.filter((sum) => causes.includes(sum.cause)).reduce((total, sum) => total + sum[side], 0n)
  const net = (causes: readonly Cause[]): Amount => of(causes, 'plus') - of(causes, 'minus')
  const shipped = -net(['shipped'])
  const returned = net(['returned'])
  const taken = stock.filter((sum) => ours.includes(sum.holderKind))
  const remains = taken.reduce((total, sum) => total + sum.onHand, 0n)
  const owed = taken.reduce((total, sum) => total + sum.owed, 0n)
  const relabelledIn = of(relabelling, 'plus')
  const relabelledOut = of(relabelling, 'minus')
  const into = carried.in + net(arriving) + returned + relabelledIn
  const out = shipped + relabelledOut + carried.out - net(leaving)
  const unexplained = into - out - remains
  const because = [
    { name: 'count differences', amount: -net(['adjusted']) },
    { name: 'rounding', amount: -net(['variance']) },
    { name: 'used beyond what was on record', amount: -owed },
  ]
  const named = because.reduce((total, each) => total + each.amount, 0n)
  return {
    in: into,
    out,
    remains,
    terms: withoutZeros({
      carriedIn: carried.in,
      carriedOut: carried.out,
      received: net(['received']),
      produced: net(['produced']),
      returned,
      relabelledIn,
      relabelledOut,
      consumed: -net(['consumed']),
      scrapped: -net(['scrapped']),
      disposed: -net(['disposed']),
      shipped,
      adjusted: net(['adjusted']),
      variance: net(['variance']),
      owed,
      ...Object.fromEntries(taken.map((sum) => [remainNames[sum.holderKind] ?? sum.holderKind, sum.onHand])),
    }),
    unexplained,
    because: [...because, { name: 'not accounted for', amount: unexplained - named }].filter(
      (each) => each.amount !== 0n,
    ),
  }
}

function withoutZeros(terms: Record<string, Amount>): Record<string, Amount> {
  return Object.fromEntries(Object.entries(terms).filter(([, amount]) => amount !== 0n))
}

/** A balance as people read it. */
export function sayBalance(balance: Balance, scale: number) {
  const say = (amount: Amount) => plainDecimal(decimalOf(amount, scale))
  return {
    in: say(balance.in),
    out: say(balance.out),
    remains: say(balance.remains),
    terms: Object.fromEntries(Object.entries(balance.terms).map(([name, amount]) => [name, say(amount)])),
    unexplained: say(balance.unexplained),
    because: balance.because.map((each) => ({ name: each.name, quantity: say(each.amount) })),
  }
}
