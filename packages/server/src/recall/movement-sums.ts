import type { Instant } from '@lotline/core/base/instant'
import type { Amount } from '@lotline/core/base/quantity'
import type { Position } from '@lotline/core/genealogy/engine'
import type { Cause, HolderKind } from '@lotline/core/ledger/tables'
import type { MovementSum } from '@lotline/core/recall/balance'
import { cutToScope, madeOf, type ScopedMovement } from '@lotline/core/recall/in-scope'
import { instantText } from '../database/session.ts'
import type { RawRow } from '../database/transaction.ts'
import type { Snapshot } from '../plant/plant.ts'
import { numberList } from './number-list.ts'
import type { Reached, Scope } from './scope.ts'

/** What moved of one item, within the scope. */
export interface ItemMovements {
  readonly item: number
  readonly sums: readonly MovementSum[]
  readonly carriedIn: Amount
  readonly carriedOut: Amount
}

/**
 * Movements of everything in scope, summed by item. Whole traceables are summed by the database; those of which only some
 * states were reached are read row by row and cut by time. O(movements), rows only for the latter.
 */
export async function movementsByItem(
  snapshot: Snapshot,
  scope: Scope,
  asKnownOn: Position | undefined,
): Promise<readonly ItemMovements[]> {
  const upTo = asKnownOn ?? snapshot.position
  const whole = scope.reached.filter((each) => each.whole).map((each) => each.no)
  const found = new Map<number, { sums: MovementSum[]; carriedIn: Amount; carriedOut: Amount }>()
  const of = (item: number) => {
    const known = found.get(item) ?? { sums: [], carriedIn: 0n, carriedOut: 0n }
    found.set(item, known)
    return known
  }
  const { reader } = snapshot
  const rows = await reader.raw(
    'movement sums',
    `select m.item, m.cause, m.holder_kind, sum(greatest(m.delta, 0)), sum(greatest(-m.delta, 0))
       from unnest($2::bigint[]) as s(no) join movement m on m.org_id = $1 and m.traceable = s.no
      where m.position <= $3 and m.item is not null group by 1, 2, 3`,
    [reader.org, numberList(whole), upTo],
  )
  for (const row of rows) of(Number(row[0])).sums.push(sumOf(row.slice(1)))
  for (const [no, movements] of await partialMovements(snapshot, scope, upTo)) {
    const reached = scope.of(no)
    if (!reached) continue
    const [first] = movements
    if (!first) continue
    const cut = cutToScope(reached, movements)
    const sums = of(first.item)
    sums.sums.push(...cut.sums)
    sums.carriedIn += cut.carriedIn
    sums.carriedOut += cut.carriedOut
  }
  return [...found].map(([item, sums]) => ({ item, ...sums })).sort((a, b) => a.item - b.item)
}

function sumOf([cause, holderKind, plus, minus]: RawRow): MovementSum {
  return {
    cause: cause as Cause,
    holderKind: holderKind as HolderKind,
    plus: BigInt(plus ?? 0),
    minus: BigInt(minus ?? 0),
  }
}

interface ItemMovement extends ScopedMovement {
  readonly item: number
}

async function partialMovements(
  snapshot: Snapshot,
  scope: Scope,
  upTo: Position,
): Promise<ReadonlyMap<number, readonly ItemMovement[]>> {
  const partial = scope.reached.filter((each) => !each.whole).map((each) => each.no)
  if (partial.length === 0) return new Map()
  const { reader } = snapshot
  const rows = await reader.raw(
    'movements in part',
    `select m.traceable, m.item, m.cause, m.holder_kind, m.delta, m.happened_at
       from unnest($2::bigint[]) as s(no) join movement m on m.org_id = $1 and m.traceable = s.no
      where m.position <= $3 and m.item is not null order by m.position, m.ordinal`,
    [reader.org, numberList(partial), upTo],
  )
  const found = new Map<number, ItemMovement[]>()
  for (const [no, item, cause, holderKind, delta, at] of rows) {
    const movement = {
      item: Number(item),
      cause: cause as Cause,
      holderKind: holderKind as HolderKind,
      delta: BigInt(delta ?? 0),
      happenedAt: instantText(at ?? '') as Instant,
    }
    const known = found.get(Number(no))
    if (known) known.push(movement)
    else found.set(Number(no), [movement])
  }
  return found
}

export interface Made {
  readonly item: number
  /** Received or made, all states together. */
  readonly made: Amount
  /** Of that, and of what was carried in, what the states in scope hold. */
  readonly inScope: Amount
}

/** What was made of each of these traceables, and how much of it is in scope. One query. */
export async function madeOfEach(
  snapshot: Snapshot,
  scope: Scope,
  numbers: readonly number[],
  asKnownOn: Position | undefined,
): Promise<ReadonlyMap<number, Made>> {
  const { reader } = snapshot
  const upTo = asKnownOn ?? snapshot.position
  const rows = await reader.raw(
    'made of each',
    `select m.traceable, m.item, sum(greatest(m.delta, 0))
       from unnest($2::bigint[]) as s(no) join movement m on m.org_id = $1 and m.traceable = s.no
      where m.position <= $3 and m.item is not null and m.holder_kind in ('place', 'order', 'container', 'subcontractor')
        and m.cause in ('received', 'produced', 'split', 'merged', 'relabelled') group by 1, 2`,
    [reader.org, numberList(numbers), upTo],
  )
  const made = new Map(
    rows.map(([no, item, sum]) => [
      Number(no),
      { item: Number(item), made: BigInt(sum ?? 0), inScope: BigInt(sum ?? 0) },
    ]),
  )
  const cut = await partialMovements(snapshot, scope, upTo)
  for (const no of numbers) {
    const [reached, own, whole] = [scope.of(no), cut.get(no), made.get(no)]
    if (!reached || reached.whole || !own || !whole) continue
    const inScope = quantityInScope(reached, own)
    made.set(no, { ...whole, inScope: inScope < whole.made ? inScope : whole.made })
  }
  return made
}

/** What the states in scope held: carried in, made, or come back (a part that was taken out of a unit comes back). */
function quantityInScope(reached: Reached, movements: readonly ScopedMovement[]): Amount {
  const cut = cutToScope(reached, movements)
  const back = cut.sums.filter((sum) => sum.cause === 'returned' && sum.holderKind !== 'customer')
  return back.reduce((total, sum) => total + sum.plus, cut.carriedIn + madeOf(cut.sums))
}
