import { Type } from 'typebox'
import { isRefusal } from '@lotline/core/base/refusal'
import { decimalOf, plainDecimal } from '@lotline/core/base/quantity'
import { codeKeyOf } from '@lotline/core/identity/code'
import { readCursor, writeCursor } from '../endpoint/cursor.ts'
import { type Endpoint, endpoint } from '../endpoint/endpoint.ts'
import { viewerOf } from '../access/policy.ts'
import type { Plant, Viewer } from '../plant/plant.ts'
import { gapOutput } from '../recall/open-gaps.ts'
import { scannedLabels } from './scanned-labels.ts'

/** A list that is read from one table, with the names of what its rows point at. */
interface ListPlan {
  readonly path: string
  readonly summary: string
  /** Columns and joins; `t` is the table itself. Amounts come beside their `scale` and are written as decimals. */
  readonly select: string
  readonly order: string
  /** Query parameters and the conditions they stand for; `?` is the value. */
  readonly filters?: Readonly<Record<string, { readonly about: string; readonly sql: string }>>
  /** A condition that no query takes away. */
  readonly always?: string
  /** Read through the wall, by people of other companies too. */
  readonly walled?: true
}

const byItem = { about: 'Item code', sql: 'i.code_key = ?' }
const isOpen = { about: '`true`: only open ones', sql: "(? <> 'true' or t.closed_position is null)" }

const plans: readonly ListPlan[] = [
  {
    path: 'items',
    summary: 'Items',
    select: `t.no::int, t.code, t.name, t.tracking, t.unit, t.scale::int as scale, t.expiry_rule, t.shelf_life_days::int, t.feed, t.rules, t.uri, t.attributes ->> 'gtin' as gtin, t.retired from item t`,
    order: 't.code, t.no',
    filters: { code: { about: 'Code', sql: 't.code_key = ?' } },
  },
  {
    path: 'parties',
    summary: 'Suppliers, customers and other parties',
    select: 't.no::int, t.code, t.name, t.roles, t.uri, t.attributes, t.rules, t.retired from party t',
    order: 't.code, t.no',
    filters: { role: { about: 'Role: supplier, customer ...', sql: 't.roles ? ?' } },
  },
  {
    path: 'places',
    summary: 'Sites, areas, locations',
    select:
      't.no::int, t.code, t.name, t.kind, p.code as parent, t.uri, t.retired from place t left join place p on p.org_id = t.org_id and p.no = t.parent',
    order: 't.code, t.no',
  },
  {
    path: 'resources',
    summary: 'Equipment, tools, gauges, stations, people',
    select:
      't.no::int, t.code, t.name, t.kind, p.code as place, t.retired from resource t left join place p on p.org_id = t.org_id and p.no = t.place',
    order: 't.code, t.no',
    filters: { kind: { about: 'equipment, tool, gauge, station or person', sql: 't.kind = ?' } },
  },
  {
    path: 'orders',
    walled: true,
    summary: 'Purchase, work, customer, transfer and subcontract orders',
    select: `t.no::int, t.code, t.kind, t.status, p.code as party, i.code as item, t.amount as quantity, t.done as done_quantity, i.scale::int, i.unit, t.due_on, t.opened_at, t.closed_at,
        c.code as contract, t.rules
      from shop_order t left join shop_order c on c.org_id = t.org_id and c.no = t.contract left join party p on p.org_id = t.org_id and p.no = t.party left join item i on i.org_id = t.org_id and i.no = t.item`,
    order: 't.no',
    filters: {
      kind: { about: 'Kind of order', sql: 't.kind = ?' },
      status: { about: 'open or closed', sql: 't.status = ?' },
      item: byItem,
    },
  },
  {
    path: 'order-lines',
    summary: 'Lines of orders: what is expected from suppliers, what customers wait for, what work needs',
    select: `o.code as order_code, o.kind, o.status, t.line::int, i.code as item, i.name as item_name, i.tracking, i.unit, i.scale::int, i.expiry_rule,
        t.amount as quantity, t.done as done_quantity, p.code as party, p.name as party_name, l.code as place, o.due_on
      from order_line t join shop_order o on o.org_id = t.org_id and o.no = t.order_no join item i on i.org_id = t.org_id and i.no = t.item
      left join party p on p.org_id = o.org_id and p.no = o.party left join place l on l.org_id = o.org_id and l.no = o.place`,
    order: 'o.due_on nulls last, t.order_no, t.line',
    filters: {
      kind: { about: 'Kind of order', sql: 'o.kind = ?' },
      status: { about: 'open or closed', sql: 'o.status = ?' },
      item: byItem,
      order: { about: 'Order code', sql: 'o.code_key = ?' },
      open: { about: '`true`: only lines with something to come', sql: "(? <> 'true' or t.done < t.amount)" },
    },
  },
  {
    path: 'held',
    summary: 'Every lot, serial and container that may not be used now, and why',
    select: `x.no::text as id, x.code, i.code as item, t.root::int as hold, t.reason_code, t.reason, t.placed_at
      from hold t join traceable x on x.org_id = t.org_id and x.no = t.traceable left join item i on i.org_id = x.org_id and i.no = x.item`,
    order: 't.no',
    always: 't.released_at is null',
  },
  {
    path: 'holds',
    summary: 'Holds that people placed, with how many traceables each stops',
    select: `t.root::int as hold, min(t.reason_code) as reason_code, min(t.reason) as reason, min(t.placed_at) as placed_at, min(t.position)::int as position,
        count(distinct t.traceable)::int as traceables, count(*) filter (where t.released_position is null)::int as open_rows,
        coalesce((array_agg(distinct x.code) filter (where x.code is not null))[1:20], '{}') as codes
      from hold t left join traceable x on x.org_id = t.org_id and x.no = t.traceable`,
    order: 't.root',
    filters: {
      open: { about: '`true`: only open ones', sql: "(? <> 'true' or t.released_position is null)" },
    },
  },
  {
    path: 'gaps',
    summary: 'Holes in the record',
    select: `t.no::int, t.kind, t.detail, x.no::text as traceable, x.code, i.code as item, t.happened_at, t.position::int, t.closed_position::int
      from gap t ${gapOutput('t')} left join traceable x on x.org_id = t.org_id and x.no = coalesce(t.traceable, made.no) left join item i on i.org_id = t.org_id and i.no = t.item`,
    order: 't.no',
    filters: { open: isOpen, kind: { about: 'Kind of gap', sql: 't.kind = ?' } },
  },
  {
    path: 'exceptions',
    summary:
      'What a person should look at: rules that historical facts broke or people bypassed, and labels that were scanned and name nothing that may be used',
    select: `t.no::int, t.code, t.message, t.fix, t.traceable::text as traceable, coalesce(x.code, t.label) as lot, t.happened_at, t.position::int,
        t.closed_position::int
      from (select org_id, no, code, message, fix, traceable, null as label, happened_at, position, closed_position from exception
            union all (${scannedLabels})) t left join traceable x on x.org_id = t.org_id and x.no = t.traceable`,
    order: 't.happened_at, t.no, t.label',
    filters: { open: isOpen },
  },
  {
    path: 'stock',
    walled: true,
    summary: 'Who has how much of what',
    select: `x.no::text as id, x.code, x.kind, x.status, i.code as item, coalesce(i.unit, x.attributes ->> 'unit', 'pc') as unit,
        coalesce(i.scale, (x.attributes ->> 'scale')::int, 0)::int as scale, t.on_hand as quantity, t.owed as owed_quantity, x.expires_on,
        t.holder_kind, coalesce(p.code, o.code, c.code, y.code) as holder
      from stock t join traceable x on x.org_id = t.org_id and x.no = t.traceable left join item i on i.org_id = t.org_id and i.no = t.item
      left join place p on p.org_id = t.org_id and t.holder_kind = 'place' and p.no = t.holder
      left join shop_order o on o.org_id = t.org_id and t.holder_kind = 'order' and o.no = t.holder
      left join traceable c on c.org_id = t.org_id and t.holder_kind = 'container' and c.no = t.holder
      left join party y on y.org_id = t.org_id and t.holder_kind in ('customer', 'subcontractor') and y.no = t.holder`,
    order: 't.traceable, t.holder_kind, t.holder',
    filters: {
      item: byItem,
      place: { about: 'Place code', sql: "t.holder_kind = 'place' and p.code_key = ?" },
    },
  },
  {
    path: 'attempts',
    summary: 'Captures that were refused: who tried what, and which rule said no',
    select:
      't.attempt_id::text as id, t.key, t.verb, t.actor, t.code, t.refusal, t.command, t.recorded_at from attempt t',
    order: 't.recorded_at desc, t.attempt_id',
    filters: { code: { about: 'Refusal code', sql: 't.code = ?' } },
  },
]

const grouped = new Set(['holds'])
const rowsPerPage = 200

/** Lists of what there is, page by page. */
export function listRoutes(plantOf: () => Plant): readonly Endpoint[] {
  return plans.map((plan) => {
    const filters = Object.entries(plan.filters ?? {}).map(
      ([name, { about }]) =>
        [name, Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: about }))] as const,
    )
    const query = Type.Object(
      {
        limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000 })),
        cursor: Type.Optional(Type.String({ maxLength: 100 })),
        ...Object.fromEntries(filters),
      },
      { additionalProperties: false },
    )
    return endpoint({
      method: 'GET',
      path: `/v1/${plan.path}`,
      action: plan.walled ? 'read-visible' : 'read',
      resource: 'ledger',
      tag: 'Records',
      summary: plan.summary,
      query,
      gives: Type.Object({
        rows: Type.Array(Type.Record(Type.String(), Type.Unknown())),
        nextCursor: Type.Union([Type.String(), Type.Null()]),
      }),
      handle: (ask) => listed(plantOf(), plan, new Map(Object.entries(ask.query)), viewerOf(ask.subject)),
    })
  })
}

async function listed(plant: Plant, plan: ListPlan, query: ReadonlyMap<string, unknown>, viewer: Viewer) {
  const given = query.get('cursor')
  const cursor = readCursor(typeof given === 'string' ? given : undefined)
  if (isRefusal(cursor)) return cursor
  const limit = Number(query.get('limit') ?? rowsPerPage)
  const offset = cursor?.offset ?? 0
  return plant.ask(async ({ reader, position }) => {
    const values: unknown[] = [reader.org]
    const where = Object.entries(plan.filters ?? {}).flatMap(([name, { sql }]) => {
      const value = query.get(name)
      if (typeof value !== 'string') return []
      // The last question mark is the value: one before it may be an operator of PostgreSQL.
      const place = `$${values.push(codeKeyOf(value))}::text`
      const at = sql.includes('? ?') ? sql.lastIndexOf('?') : sql.indexOf('?')
      return [`${sql.slice(0, at)}${place}${sql.slice(at + 1)}`]
    })
    const group = grouped.has(plan.path) ? ' group by t.root' : ''
    const rows = await reader.query<Record<string, unknown>>(
      `select ${plan.select} where ${['t.org_id = $1', ...(plan.always === undefined ? [] : [plan.always]), ...where].join(' and ')}${group}
        order by ${plan.order} limit ${limit + 1} offset ${offset}`,
      values,
    )
    return {
      rows: rows.slice(0, limit).map(shown),
      nextCursor: rows.length > limit ? writeCursor({ offset: offset + limit, position }) : null,
    }
  }, viewer)
}

/** Names in the API's spelling, amounts as decimals of their item. */
function shown(row: Record<string, unknown>): Record<string, unknown> {
  const scale = typeof row['scale'] === 'number' ? row['scale'] : 0
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => {
      const key = name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
      const isAmount = name.endsWith('quantity') && typeof value === 'string'
      return [key, isAmount ? plainDecimal(decimalOf(BigInt(value), scale)) : value]
    }),
  )
}
