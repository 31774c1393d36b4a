import type { Position } from '@lotline/core/genealogy/engine'
import type { OpenOrderRow } from '@lotline/core/recall/answers-shape'
import type { Snapshot } from '../plant/plant.ts'
import { numberList } from './number-list.ts'
import type { Scope } from './scope.ts'
import type { HeldStock } from './stock-rows.ts'

/** Lots named in a row at most. */
const lotsNamedMax = 20

/**
 * Open orders that would use what remains: those it was issued to, those it is reserved for, and those that still need an
 * item of it. One query a reason; the strongest reason of each order is given.
 */
export async function openOrders(
  snapshot: Snapshot,
  scope: Scope,
  stock: readonly HeldStock[],
  asKnownOn: Position | undefined,
): Promise<readonly OpenOrderRow[]> {
  const { reader } = snapshot
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
  const needing = await reader.raw(
    'orders needing',
    `select l.order_no, l.item from order_line l join shop_order o on o.org_id = l.org_id and o.no = l.order_no
      where l.org_id = $1 and l.item = any($2::bigint[]) and l.done < l.amount and o.status = 'open'
        and o.kind in ('work', 'customer', 'transfer', 'subcontract')`,
    [reader.org, numberList(items.keys())],
  )
  for (const [order, item] of needing) note(Number(order), 'needs item', items.get(Number(item)) ?? [])
  return shownOrders(snapshot, found)
}

async function shownOrders(
  snapshot: Snapshot,
  found: ReadonlyMap<number, { why: OpenOrderRow['why']; lots: ReadonlySet<number> }>,
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
      where o.org_id = $1 and o.no = any($2::bigint[]) and o.status = 'open' order by o.due_on nulls last, o.no`,
    [reader.org, numberList(found.keys())],
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
