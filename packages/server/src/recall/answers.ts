import { isRefusal, type Refusal } from '@lotline/core/base/refusal'
import { balanceOf, sayBalance, type StockSum } from '@lotline/core/recall/balance'
import type { Answers, BalanceRow, OpenOrderRow } from '@lotline/core/recall/answers-shape'
import type { GapShape, ItemCount } from '@lotline/core/recall/shapes'
import type { Snapshot } from '../plant/plant.ts'
import { type ItemMovements, movementsByItem } from './movement-sums.ts'
import { itemsOf, type ItemName, type Measure } from './named-rows.ts'
import { numberList } from './number-list.ts'
import { gapsOn } from './open-gaps.ts'
import { heldAmong } from './open-holds.ts'
import { openOrders } from './open-orders.ts'
import { type Asked, type Question, understand } from './question.ts'
import { type Counted, countOf, ItemSums } from './say-amount.ts'
import { type Scope, scopeOf } from './scope.ts'
import { shippedLines, type ShippedLine } from './shipped-lines.ts'
import { boughtAsTheyAre } from './sources.ts'
import { type HeldStock, stockOf } from './stock-rows.ts'

/** What can be bought without a lot of its supplier, and is a source then. */
const boughtKinds: readonly string[] = ['lot', 'batch', 'serial']

/** Everything an answer rests on; its lists become rows page by page. */
export interface AnswerSet {
  readonly asked: Asked
  readonly question: Question
  readonly forward: Scope
  readonly backward: Scope
  readonly affected: readonly number[]
  readonly lines: readonly ShippedLine[]
  readonly stock: readonly HeldStock[]
  readonly held: ReadonlySet<number>
  readonly orders: readonly OpenOrderRow[]
  readonly sources: readonly number[]
  readonly gaps: readonly GapShape[]
  readonly complete: boolean
  readonly reasons: readonly string[]
  readonly summary: Answers['summary']
  readonly balance: readonly BalanceRow[]
}

/**
 * The four answers of a recall: forward from the roots for what is affected, where it went, what remains and which orders
 * would use it; backward for its sources. Summary and balance cover everything, whatever the page. O(reached).
 */
export async function answer(snapshot: Snapshot, question: Question): Promise<AnswerSet | Refusal> {
  const asked = await understand(snapshot, question)
  if (isRefusal(asked)) return asked
  const { asKnownOn } = asked
  const forward = await scopeOf(snapshot, { ...asked.query, direction: 'forward' })
  const backward = await scopeOf(snapshot, { ...asked.query, direction: 'backward' })
  const reached = await reachedRows(snapshot, [...forward.numbers(), ...backward.numbers()])
  const isSource = (no: number) => reached.get(no)?.kind === 'supplier-lot'
  const affected = forward.numbers().filter((no) => !isSource(no))
  const lines = await shippedLines(snapshot, forward, asKnownOn)
  const stock = (await stockOf(snapshot, affected, asKnownOn)).filter((row) =>
    forward.includesNow(row.traceable),
  )
  const held = await heldAmong(snapshot, forward, affected, asKnownOn)
  const remaining = stock.filter((row) => row.onHand > 0n && row.holderKind !== 'customer')
  const orders = await openOrders(snapshot, forward, remaining, asKnownOn)
  const bought = await boughtAsTheyAre(
    snapshot,
    backward.numbers().filter((no) => boughtKinds.includes(reached.get(no)?.kind ?? '')),
    asKnownOn,
  )
  const sources = backward.numbers().filter((no) => isSource(no) || bought.has(no))
  const gaps = await gapsOn(
    snapshot,
    {
      traceables: [...forward.numbers(), ...backward.numbers()],
      processes: [...forward.processes, ...backward.processes],
    },
    asKnownOn,
  )
  const movements = await movementsByItem(snapshot, forward, asKnownOn)
  const reasons = [
    ...asked.reasons,
    ...(gaps.length > 0 ? ['gaps'] : []),
    ...(orders.lost > 0 ? ['orders-corrected-since'] : []),
    ...(forward.result.truncated || backward.result.truncated ? ['truncated'] : []),
  ]
  const set = {
    asked,
    question,
    forward,
    backward,
    affected,
    lines,
    stock: remaining,
    held,
    orders: orders.rows,
    sources,
    gaps,
  }
  const items = await itemsOf(snapshot.reader, new Set([...reached.values()].map((row) => row.item)))
  return {
    ...set,
    complete: reasons.length === 0,
    reasons,
    summary: summaryOf({ ...set, allStock: stock, reached, items, movements }),
    balance: balancesOf(movements, stock, items),
  }
}

interface ReachedRow extends Counted {
  readonly kind: string
}

/** Kind and item, or measure of a vessel, of everything that was reached: all that counting needs. One query. */
async function reachedRows(
  snapshot: Snapshot,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, ReachedRow>> {
  const { reader } = snapshot
  const rows = await reader.raw(
    'reached rows',
    `select t.no, t.kind, t.item, case when t.kind = 'vessel' then t.attributes ->> 'unit' end,
            case when t.kind = 'vessel' then t.attributes ->> 'scale' end
       from unnest($2::bigint[]) as s(no) join traceable t on t.org_id = $1 and t.no = s.no`,
    [reader.org, numberList(new Set(numbers))],
  )
  return new Map(
    rows.map(([no, kind, item, unit, scale]) => {
      const measure: Measure | undefined = unit && scale ? { unit, scale: Number(scale) } : undefined
      return [Number(no), { kind: kind ?? '', item: item === null ? null : Number(item), measure }]
    }),
  )
}

interface ForSummary extends Pick<
  AnswerSet,
  'forward' | 'affected' | 'lines' | 'stock' | 'held' | 'orders' | 'sources' | 'gaps'
> {
  readonly allStock: readonly HeldStock[]
  readonly reached: ReadonlyMap<number, ReachedRow>
  readonly items: ReadonlyMap<number, ItemName>
  readonly movements: readonly ItemMovements[]
}

function summaryOf(set: ForSummary): Answers['summary'] {
  const { items, lines, stock, affected, forward } = set
  const shipped = new ItemSums()
  for (const line of lines)
    shipped.add(set.reached.get(line.traceable) ?? { item: null }, line.traceable, line.amount)
  const sumsOf = (of: (row: HeldStock) => boolean): ItemSums => {
    const sums = new ItemSums()
    for (const row of set.allStock)
      if (row.onHand > 0n && of(row))
        sums.add(set.reached.get(row.traceable) ?? row, row.traceable, row.onHand)
    return sums
  }
  const elsewhere = (sums: ItemSums) => ({ traceables: sums.traceables(), byItem: sums.say(items) })
  const onHand = sumsOf((row) => row.holderKind === 'place' || row.holderKind === 'container')
  const places = new Set(stock.filter((row) => row.holderKind === 'place').map((row) => row.holder))
  const ofKind = (kinds: readonly string[]) =>
    affected.filter((no) => kinds.includes(set.reached.get(no)?.kind ?? '')).length
  const rings = forward.byRing()
  for (const no of forward.numbers())
    if (set.reached.get(no)?.kind === 'supplier-lot') rings[forward.ringOf(no)]--
  return {
    affected: {
      traceables: affected.length,
      lots: ofKind(['lot', 'batch']),
      serials: ofKind(['serial']),
      byRing: rings,
      byItem: affectedByItem(set),
    },
    shipped: {
      traceables: shipped.traceables(),
      customers: new Set(lines.map((line) => line.customer)).size,
      shipments: new Set(lines.map((line) => line.shipment)).size,
      byItem: shipped.say(items),
    },
    onHand: { ...elsewhere(onHand), places: places.size },
    inProcess: elsewhere(sumsOf((row) => row.holderKind === 'order')),
    atSubcontractor: elsewhere(sumsOf((row) => row.holderKind === 'subcontractor')),
    atCustomer: elsewhere(sumsOf((row) => row.holderKind === 'customer')),
    openOrders: set.orders.length,
    sources: set.sources.length,
    gaps: set.gaps.length,
    held: affected.filter((no) => set.held.has(no)).length,
  }
}

/**
 * How many of each item are in scope, and how much: what came in or was made, relabelled quantities counted once. Of vessels,
 * what they hold now.
 */
function affectedByItem(set: ForSummary): ItemCount[] {
  const counts = new Map<number, number>()
  const vessels = new ItemSums()
  for (const no of set.affected) {
    const of = set.reached.get(no) ?? { item: null }
    if (of.item === null) vessels.add(of, no, 0n)
    else counts.set(of.item, (counts.get(of.item) ?? 0) + 1)
  }
  for (const row of set.allStock)
    if (row.item === null) vessels.add(set.reached.get(row.traceable) ?? row, row.traceable, row.onHand)
  const sums = new Map(set.movements.map((each) => [each.item, each]))
  const counted = [...counts].map(([item, count]) => {
    const moved = sums.get(item)
    const balance = moved ? balanceOf(moved.sums, [], { in: moved.carriedIn, out: 0n }) : undefined
    const relabelled = balance?.terms['relabelledOut'] ?? 0n
    const returned = balance?.terms['returned'] ?? 0n
    return countOf(set.items.get(item), count, (balance?.in ?? 0n) - relabelled - returned)
  })
  return [...vessels.say(set.items), ...counted].sort((a, b) => (a.item < b.item ? -1 : 1))
}

function balancesOf(
  movements: readonly ItemMovements[],
  stock: readonly HeldStock[],
  items: ReadonlyMap<number, ItemName>,
): readonly BalanceRow[] {
  return movements.flatMap((moved): BalanceRow[] => {
    const item = items.get(moved.item)
    if (!item) return []
    const own: StockSum[] = stock.filter((row) => row.item === moved.item)
    const balance = balanceOf(moved.sums, sumByKind(own), { in: moved.carriedIn, out: moved.carriedOut })
    return [{ item: item.code, name: item.name, unit: item.unit, ...sayBalance(balance, item.scale) }]
  })
}

function sumByKind(rows: readonly StockSum[]): StockSum[] {
  const sums = new Map<string, { holderKind: StockSum['holderKind']; onHand: bigint; owed: bigint }>()
  for (const { holderKind, onHand, owed } of rows) {
    const sum = sums.get(holderKind) ?? { holderKind, onHand: 0n, owed: 0n }
    sums.set(holderKind, { holderKind, onHand: sum.onHand + onHand, owed: sum.owed + owed })
  }
  return [...sums.values()]
}
