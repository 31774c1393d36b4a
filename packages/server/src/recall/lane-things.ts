import type { NodeNo } from '@lotline/core/genealogy/engine'
import { rings } from '@lotline/core/genealogy/touch'
import type { LaneThing, Measured } from '@lotline/core/recall/draw-lanes'
import type { LaneName } from '@lotline/core/recall/lanes-shape'
import type { Amount } from '@lotline/core/base/quantity'
import type { Snapshot } from '../plant/plant.ts'
import { drawnFromSources } from './affected.ts'
import { madeOfEach } from './movement-sums.ts'
import { itemsOf, measuresOf, type ItemName, type Measure } from './named-rows.ts'
import { numberList } from './number-list.ts'
import { heldAmong } from './open-holds.ts'
import { statusesAt } from './past-events.ts'
import { stockOf } from './stock-rows.ts'
import type { TraceSet } from './trace-set.ts'

/** What is known of a traceable that is drawn. */
export interface DrawnTraceable {
  readonly no: number
  readonly code: string
  readonly kind: string
  readonly status: string
  readonly item: ItemName | undefined
  readonly measure: Measure | undefined
  /** It was bought: it names a supplier. */
  readonly bought: boolean
}

/** Everything a trace reached, in the order it was found. One query, and those of items and measures. */
export async function drawnTraceables(
  snapshot: Snapshot,
  set: TraceSet,
): Promise<ReadonlyMap<number, DrawnTraceable>> {
  const { reader } = snapshot
  const numbers = set.found.map(({ no }) => no)
  const rows = await reader.raw(
    'drawn traceables',
    `select t.no, t.code, t.kind, t.status, t.item, t.party from unnest($2::bigint[]) with ordinality as s(no, place)
       join traceable t on t.org_id = $1 and t.no = s.no order by s.place`,
    [reader.org, numberList(numbers)],
  )
  const items = await itemsOf(reader, new Set(rows.map((row) => (row[4] === null ? null : Number(row[4])))))
  const vessels = rows.filter((row) => row[2] === 'vessel').map((row) => Number(row[0]))
  const measures = await measuresOf(reader, vessels)
  const { asKnownOn } = set.asked
  const past = asKnownOn === undefined ? undefined : await statusesAt(snapshot, numbers, asKnownOn)
  return new Map(
    rows.map(([text, code, kind, status, itemNo, party]) => {
      const no = Number(text)
      const item = itemNo === null ? undefined : items.get(Number(itemNo))
      const of = { code: code ?? '', kind: kind ?? '', status: past?.get(no) ?? status ?? '' }
      return [no, { no, ...of, item, measure: item ?? measures.get(no), bought: party !== null }]
    }),
  )
}

/** The lanes of traceables: where each stands on the way from supplier to customer. */
export function lanesOf(
  drawn: ReadonlyMap<number, DrawnTraceable>,
  links: Iterable<{ readonly from: number; readonly to: number; readonly contact: boolean }>,
  shipped: ReadonlySet<number>,
): ReadonlyMap<number, LaneName> {
  const [made, supplied, goesOn] = [new Set<number>(), new Set<number>(), new Set<number>()]
  for (const { from, to, contact } of links) {
    if (drawn.get(from)?.kind === 'supplier-lot') supplied.add(to)
    else made.add(to)
    if (!contact) goesOn.add(from)
  }
  const laneOf = ({ no, kind, bought }: DrawnTraceable): LaneName => {
    if (kind === 'supplier-lot') return 'supplier'
    if (kind === 'container') return 'pack'
    if (kind === 'vessel') return 'intermediate'
    if (!made.has(no) && (supplied.has(no) || bought)) return 'received'
    return shipped.has(no) || !goesOn.has(no) ? 'finished' : 'intermediate'
  }
  return new Map([...drawn.values()].map((one) => [one.no, laneOf(one)]))
}

/** Traceables as things to draw, with how much of each is in scope. A fixed number of queries. */
export async function laneThings(
  snapshot: Snapshot,
  set: TraceSet,
  drawn: ReadonlyMap<number, DrawnTraceable>,
  lanes: ReadonlyMap<number, LaneName>,
): Promise<readonly LaneThing[]> {
  const amounts = await amountsInScope(snapshot, set, drawn)
  const gaps = new Set(set.gaps.flatMap(({ traceable }) => traceable ?? []))
  const held = new Set<number>()
  for (const [scope] of set.scopes) {
    const own = set.found.filter((each) => each.scope === scope).map(({ no }) => no)
    for (const no of await heldAmong(snapshot, scope, own, set.asked.asKnownOn)) held.add(no)
  }
  return set.found.flatMap(({ no, scope, direction }): LaneThing[] => {
    const one = drawn.get(no)
    if (!one) return []
    return [
      {
        key: String(no),
        id: String(no),
        lane: lanes.get(no) ?? 'intermediate',
        label: one.code,
        kind: one.kind,
        item: one.item?.code ?? null,
        quantity: measured(amounts.get(no), one.measure),
        ring: rings.indexOf(scope.ringOf(no)),
        status: one.status,
        held: held.has(no),
        gap: gaps.has(String(no)) || one.status === 'expected',
        root: direction === 'root',
      },
    ]
  })
}

export function measured(amount: Amount | null | undefined, measure: Measure | undefined): Measured | null {
  if (amount === null || amount === undefined) return null
  return { amount, unit: measure?.unit ?? 'pc', scale: measure?.scale ?? 0 }
}

/** Made and in scope; of supplier lots what was received, of vessels what they hold now. */
async function amountsInScope(
  snapshot: Snapshot,
  set: TraceSet,
  drawn: ReadonlyMap<number, DrawnTraceable>,
): Promise<ReadonlyMap<number, Amount>> {
  const { asKnownOn } = set.asked
  const ofKind = (kind: string) => set.found.filter(({ no }) => drawn.get(no)?.kind === kind)
  const amounts = new Map<number, Amount>()
  for (const [scope] of set.scopes) {
    const own = set.found.filter((each) => each.scope === scope).map(({ no }) => no)
    for (const [no, each] of await madeOfEach(snapshot, scope, own, asKnownOn)) amounts.set(no, each.inScope)
  }
  const suppliers = ofKind('supplier-lot').map(({ no }) => no)
  for (const [no, each] of await drawnFromSources(snapshot, suppliers, asKnownOn))
    amounts.set(no, each.inScope)
  const vessels = ofKind('vessel')
  for (const { no } of vessels) amounts.set(no, 0n)
  const stock = await stockOf(
    snapshot,
    vessels.filter(({ no, scope }) => scope.includesNow(no)).map(({ no }) => no),
    asKnownOn,
  )
  for (const row of stock) amounts.set(row.traceable, (amounts.get(row.traceable) ?? 0n) + row.onHand)
  return amounts
}

/** Steps by node, where they are of an order or have an operation's name. One query. */
export async function stepNames(
  snapshot: Snapshot,
  nodes: Iterable<NodeNo>,
): Promise<
  ReadonlyMap<NodeNo, { readonly key: string; readonly label: string; readonly operation: string | null }>
> {
  const { reader } = snapshot
  const rows = await reader.raw(
    'step names',
    `select n.no, n.process_key, max(f.name) filter (where f.kind = 'order'), max(f.name) filter (where f.kind = 'operation')
       from unnest($2::bigint[]) as s(no) join node n on n.org_id = $1 and n.no = s.no
       join process_fact f on f.org_id = $1 and f.process_key = n.process_key and f.kind in ('order', 'operation')
      group by 1, 2`,
    [reader.org, numberList(nodes)],
  )
  return new Map(
    rows.flatMap(([no, key, order, operation]) => {
      const label = order || operation
      return label
        ? [[Number(no), { key: key ?? '', label, operation: order ? operation || null : null }] as const]
        : []
    }),
  )
}
