import type { Position } from '@lotline/core/genealogy/engine'
import type { OpenOrderRow } from '@lotline/core/recall/answers-shape'
import type { Snapshot } from '../plant/plant.ts'
import { numberList } from './number-list.ts'
import { ordersAt, type PastOrders } from './past-orders.ts'
import type { Scope } from './scope.ts'
import type { HeldStock } from './stock-rows.ts'

/** Lots named in a row at most. */
const lotsNamedMax = 20

/**
 * Open orders that would use what remains: those it was issued to, those it is reserved for, and those that still need an
 * item of it. One query a reason; the strongest reason of each order is given. As known on a position: orders that were open
 * then and what they lacked then; `lost` says how many cannot be listed because their opening was taken back since.
 */
export async function openOrders(
  snapshot: Snapshot,
  scope: Scope,
  stock: readonly HeldStock[],
  asKnownOn: Position | undefined,
): Promise<{ readonly rows: readonly OpenOrderRow[]; readonly lost: number }> {
  const { reader } = snapshot
  const past = asKnownOn === undefined ? undefined : await ordersAt(snapshot, asKnownOn)
  const free = stock.filter((row) => row.holderKind === 'place' || row.holderKind === 'container')
  const found = new Map<number, { why: OpenOrderRow['why']; lots: Set<number> }>()
  const note = (order: number, why: OpenOrderRow['why'], lots: Iterable<number>) => {
    const known = found.get(order) ?? { why, lots: new Set<number>() }
    for (const lot of lots) known.lots.add(lot)
    found.set(order, known)
  }
  for (const row of stock) if (row.holderKind === 'order') note(row.holder, 'issued', [row.traceable])
  const reserved = await reader.raw(
    'orders reserving',
    `select order_no, traceable from reservation where org_id = $1 and traceable = any($2::bigint[])
        and position <= $3 and (ended_position is null or ended_position > $3)`,
    [reader.org, numberList(scope.numbers()), asKnownOn ?? snapshot.position],
  )
  for (const [order, lot] of reserved) note(Number(order), 'reserved', [Number(lot)])
  const items = new Map<number, number[]>()
  for (const { item, traceable } of free) {
    if (item === null) continue
    const lots = items.get(item)
    if (lots) lots.push(traceable)
    else items.set(item, [traceable])
  }
  for (const [order, item] of await ordersNeeding(snapshot, items.keys(), asKnownOn))
    note(order, 'needs item', items.get(item) ?? [])
  return { rows: await shownOrders(snapshot, found, past), lost: past?.lost ?? 0 }
}

/** Orders and the items that lines of them still lack, or lacked at the position: then by what had moved for them. */
async function ordersNeeding(
  snapshot: Snapshot,
  items: Iterable<number>,
  asKnownOn: Position | undefined,
): Promise<readonly (readonly [order: number, item: number])[]> {
  const { reader } = snapshot
  const kinds = `('work', 'customer', 'transfer', 'subcontract')`
  const rows =
    asKnownOn === undefined
      ? await reader.raw(
          'orders needing',
          `select l.order_no, l.item from order_line l join shop_order o on o.org_id = l.org_id and o.no = l.order_no
            where l.org_id = $1 and l.item = any($2::bigint[]) and l.done < l.amount and o.status = 'open'
              and o.kind in ${kinds}`,
          [reader.org, numberList(items)],
        )
      : await reader.raw(
          'orders needing then',
          `select l.order_no, l.item from order_line l join shop_order o on o.org_id = l.org_id and o.no = l.order_no
            where l.org_id = $1 and l.item = any($2::bigint[]) and o.kind in ${kinds} group by l.order_no, l.item, o.kind
           having sum(l.amount) > case when o.kind = 'work' then 0 else coalesce((
             select sum(case m.cause when 'shipped' then -m.delta else m.delta end) from movement m
              where m.org_id = $1 and m.order_no = l.order_no and m.item = l.item and m.position <= $3
                and m.holder_kind <> 'customer' and m.cause in ('shipped', 'received')), 0) end`,
          [reader.org, numberList(items), asKnownOn],
        )
  return rows.map(([order, item]) => [Number(order), Number(item)])
}

async function shownOrders(
  snapshot: Snapshot,
  found: ReadonlyMap<number, { why: OpenOrderRow['why']; lots: ReadonlySet<number> }>,
  past: PastOrders | undefined,
): Promise<readonly OpenOrderRow[]> {
  if (found.size === 0) return []
  const { reader } = snapshot
  const orders = await reader.query<{
    no: number
    code: string
    kind: string
    item: string | null
    due_on: string | null
  }>(
    `select o.no::int, o.code, o.kind, i.code as item, o.due_on from shop_order o
       left join item i on i.org_id = o.org_id and i.no = o.item
      where o.org_id = $1 and o.no = any($2::bigint[]) and (o.status = 'open' or o.no = any($3::bigint[]))
        and o.no <> all($4::bigint[]) order by o.due_on nulls last, o.no`,
    [
      reader.org,
      numberList(found.keys()),
      numberList(past?.openThen ?? []),
      numberList(past?.notOpenThen ?? []),
    ],
  )
  const named = orders.flatMap((order) => [...(found.get(order.no)?.lots ?? [])].slice(0, lotsNamedMax))
  const lots = await reader.query<{ no: number; code: string }>(
    'select no::int, code from traceable where org_id = $1 and no = any($2::bigint[])',
    [reader.org, numberList(new Set(named))],
  )
  const codes = new Map(lots.map((row) => [row.no, row.code]))
  return orders.map((order) => {
    const use = found.get(order.no)
    return {
      order: order.code,
      kind: order.kind,
      item: order.item,
      dueOn: order.due_on,
      why: use?.why ?? 'needs item',
      lots: [...(use?.lots ?? [])].slice(0, lotsNamedMax).map((no) => codes.get(no) ?? String(no)),
    }
  })
}
