import type { Amount } from '@lotline/core/base/quantity'
import type { NodeNo } from '@lotline/core/genealogy/engine'
import { drawnFromSources } from './affected.ts'
import { madeOfEach } from './movement-sums.ts'
import { numberList } from './number-list.ts'
import type { Snapshot } from '../plant/plant.ts'
import type { TraceSet } from './trace-set.ts'

/**
 * What each of these states held in all: the whole that a share of the source is of. A lot that never changed held what was
 * made of it, and a supplier lot what was received from it. Of a tank, or of anything else with several states, it is what
 * that one state held, never all that ever went through. A fixed number of queries; O(states and their history).
 */
export async function sourceTotals(
  snapshot: Snapshot,
  set: Pick<TraceSet, 'asked' | 'scopes' | 'traceableOf'>,
  states: Iterable<NodeNo>,
): Promise<ReadonlyMap<NodeNo, Amount>> {
  const { asKnownOn } = set.asked
  const wanted = [...new Set(states)]
  const traceables = [...new Set(wanted.flatMap((state) => set.traceableOf.get(state) ?? []))]
  const kinds = await kindsOf(snapshot, traceables)
  const scopeOf = (no: number) => set.scopes.map(([scope]) => scope).find((scope) => scope.has(no))
  const isWhole = (no: number) => kinds.get(no) !== 'vessel' && scopeOf(no)?.of(no)?.states.length === 1
  const whole = new Map<number, Amount>()
  for (const [scope] of set.scopes) {
    const own = traceables.filter((no) => isWhole(no) && scope.has(no))
    for (const [no, each] of await madeOfEach(snapshot, scope, own, asKnownOn)) whole.set(no, each.made)
  }
  const suppliers = traceables.filter((no) => kinds.get(no) === 'supplier-lot')
  for (const [no, each] of await drawnFromSources(snapshot, suppliers, asKnownOn)) whole.set(no, each.made)
  const others = wanted.filter((state) => !whole.has(set.traceableOf.get(state) ?? 0))
  const held = await snapshot.engine.held(others, asKnownOn ?? snapshot.asKnownOn)
  const totals = new Map<NodeNo, Amount>()
  others.forEach((state, index) => {
    const total = held[index]?.total
    if (total !== undefined) totals.set(state, total)
  })
  for (const state of wanted) {
    const total = whole.get(set.traceableOf.get(state) ?? 0)
    if (total !== undefined) totals.set(state, total)
  }
  return totals
}

async function kindsOf(
  { reader }: Snapshot,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, string | null>> {
  const rows = await reader.raw(
    'kinds of traceables',
    'select t.no, t.kind from unnest($2::bigint[]) as s(no) join traceable t on t.org_id = $1 and t.no = s.no',
    [reader.org, numberList(numbers)],
  )
  return new Map(rows.map(([no, kind]) => [Number(no), kind ?? null]))
}
