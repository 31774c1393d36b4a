import { isRefusal } from '@lotline/core/base/refusal'
import { codeKeyOf } from '@lotline/core/identity/code'
import { notFound } from '../endpoint/request-refusals.ts'
import type { Snapshot } from '../plant/plant.ts'
import { amountText } from './amount-text.ts'
import { lotsFor } from './lots-for.ts'
import { routeOf } from './order-route.ts'

/** What was taken for an order or made by it lately; a screen shows the last ones, the history page shows all. */
const captureRowsMax = 40

interface OrderHead extends Record<string, unknown> {
  readonly no: number
  readonly code: string
  readonly scale: number | null
  readonly quantity: string | null
  readonly done: string
  readonly routing: number | null
  readonly bom: number | null
  readonly itemNo: number | null
}

interface LineRow extends Record<string, unknown> {
  readonly line: number
  readonly itemNo: number
  readonly scale: number
  readonly quantity: string
  readonly done: string
  readonly issued: string
  readonly used: string
}

/**
 * An order with everything a screen of the floor asks for: its lines with what is still to come, the lots each may take, first
 * expired first, its route with what is locked and why, and what was recorded on it last.
 */
export async function orderRecord(snapshot: Snapshot, code: string, today: string) {
  const head = await headOf(snapshot, code)
  if (isRefusal(head)) return head
  const [lines, route, captures, units] = await Promise.all([
    linesOf(snapshot, head, today),
    routeOf(snapshot, head),
    capturesOf(snapshot, head.no),
    unitsOf(snapshot, head),
  ])
  const { itemNo: _item, bom: _bom, routing: _routing, scale, quantity, done, ...said } = head
  const digits = scale ?? 0
  return {
    ...said,
    position: snapshot.position,
    scale: digits,
    quantity: amountText(quantity, digits),
    done: amountText(done, digits),
    left: quantity === null ? null : leftText(quantity, [done], digits),
    orderLines: lines,
    operations: route,
    captures,
    units,
  }
}

async function headOf({ reader }: Snapshot, code: string) {
  const rows = await reader.query<OrderHead>(
    `select o.no::int, o.code, o.kind, o.status, o.amount::text as quantity, o.done::text as done, o.due_on::text as "dueOn",
       o.routing::int, o.bom::int, o.item::int as "itemNo", i.code as item, i.name as "itemName", i.tracking, i.unit, i.scale::int,
       p.code as party, p.name as "partyName", l.code as place
       from shop_order o
       left join item i on i.org_id = o.org_id and i.no = o.item
       left join party p on p.org_id = o.org_id and p.no = o.party
       left join place l on l.org_id = o.org_id and l.no = o.place
      where o.org_id = $1 and o.code_key = $2 order by o.no desc limit 1`,
    [reader.org, codeKeyOf(code)],
  )
  return rows[0] ?? notFound('order', code)
}

/** Need, issued and used of each line. What lies in process counts as issued, what went into product as used. */
async function linesOf(snapshot: Snapshot, head: OrderHead, today: string) {
  const { reader } = snapshot
  const rows = await reader.query<LineRow>(
    `select l.line::int, l.item::int as "itemNo", i.code as item, i.name as "itemName", i.tracking, i.unit, i.scale::int,
       l.amount::text as quantity, l.done::text as done,
       coalesce((select sum(s.on_hand) from stock s where s.org_id = l.org_id and s.item = l.item
         and s.holder_kind = 'order' and s.holder = l.order_no), 0)::text as issued,
       coalesce((select -sum(m.delta) from movement m where m.org_id = l.org_id and m.order_no = l.order_no
         and m.item = l.item and m.cause = 'consumed'), 0)::text as used
       from order_line l join item i on i.org_id = l.org_id and i.no = l.item
      where l.org_id = $1 and l.order_no = $2 order by l.line`,
    [reader.org, head.no],
  )
  const recipe = await recipeOf(snapshot, head)
  const isWork = head['kind'] === 'work'
  const items = rows.flatMap(({ itemNo }) => [itemNo, ...(recipe.get(itemNo)?.alternates ?? [])])
  const lots = isWork ? await lotsFor(reader, { items, order: head.no, today }) : new Map<number, object[]>()
  return rows.map(({ itemNo, scale, quantity, done, issued, used, ...said }) => {
    const of = recipe.get(itemNo)
    const taken = isWork ? [issued, used] : [done]
    return {
      ...said,
      scale,
      quantity: amountText(quantity, scale),
      issued: amountText(issued, scale),
      used: amountText(used, scale),
      done: amountText(done, scale),
      left: leftText(quantity, taken, scale),
      operation: of?.operation ?? null,
      perUnit: of?.perUnit ?? null,
      lots: [itemNo, ...(of?.alternates ?? [])].flatMap((no) => lots.get(no) ?? []),
    }
  })
}

interface Recipe {
  readonly operation: string | null
  readonly perUnit: string | null
  readonly alternates: readonly number[]
}

/** What the bill of material of the order says of each line beside its quantity. */
async function recipeOf({ reader }: Snapshot, head: OrderHead): Promise<ReadonlyMap<number, Recipe>> {
  if (head.bom === null) return new Map()
  const rows = await reader.query<{
    item: number
    operation: string | null
    quantity: string
    whole: boolean
    alternates: number[] | null
  }>(
    `select (line ->> 'item')::int as item, line ->> 'operation' as operation, line ->> 'quantity' as quantity,
       coalesce((d.body ->> 'output')::numeric, 1) = 1 as whole,
       (select array_agg(a::int) from jsonb_array_elements_text(coalesce(line -> 'alternates', '[]')) a) as alternates
       from definition d, jsonb_array_elements(d.body -> 'lines') line where d.org_id = $1 and d.no = $2`,
    [reader.org, head.bom],
  )
  return new Map(
    rows.map(({ item, operation, quantity, whole, alternates }) => [
      item,
      { operation, perUnit: whole ? quantity : null, alternates: alternates ?? [] },
    ]),
  )
}

/** The last facts recorded on an order, newest first: what a person may take back. */
async function capturesOf({ reader }: Snapshot, order: number) {
  const rows = await reader.query<Record<string, unknown> & { scale: number | null; quantity: string }>(
    `select e.position::int, e.type, e.happened_at as at, e.actor, e.voided_by is not null as void, x.code as what, x.id, i.code as item,
       i.unit, i.scale::int, x.quantity
       from (select m.position, m.traceable, m.item, t.code, t.no::text as id, abs(sum(m.delta))::text as quantity
               from movement m join traceable t on t.org_id = m.org_id and t.no = m.traceable
              where m.org_id = $1 and m.order_no = $2
              group by m.position, m.traceable, m.item, t.code, t.no order by m.position desc limit ${captureRowsMax}) x
       join event e on e.org_id = $1 and e.position = x.position
       left join item i on i.org_id = $1 and i.no = x.item
      where e.type <> 'Corrected' order by e.position desc`,
    [reader.org, order],
  )
  return rows.map(({ scale, quantity, ...said }) => ({ ...said, quantity: amountText(quantity, scale ?? 0) }))
}

/** Serials that the order made or works on, with how many parts each holds: the slots a screen fills one by one. */
async function unitsOf({ reader }: Snapshot, head: OrderHead) {
  if (head['tracking'] !== 'serial' || head.itemNo === null) return []
  return reader.query<Record<string, unknown>>(
    `select t.no::text as id, t.code, t.status, t.status <> 'expected' as made,
       (select count(*) from installation p where p.org_id = t.org_id and p.unit = t.no and p.out_at is null)::int as parts
       from traceable t
      where t.org_id = $1 and t.item = $2 and t.status <> 'void' and exists (
        select 1 from mention m join movement v on v.org_id = m.org_id and v.position = m.position and v.order_no = $3
         where m.org_id = t.org_id and m.traceable = t.no)
      order by t.no desc limit 200`,
    [reader.org, head.itemNo, head.no],
  )
}

function leftText(quantity: string, taken: readonly string[], scale: number): string {
  const left = taken.reduce((rest, each) => rest - BigInt(each), BigInt(quantity))
  return amountText((left < 0n ? 0n : left).toString(), scale)
}
