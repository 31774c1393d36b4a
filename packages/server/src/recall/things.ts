import type { IdentifierRow, TraceableKind } from '@lotline/core/identity/rows'
import type { Reader } from '../database/transaction.ts'
import { numberList } from './number-list.ts'

/** A thing that a text can name, as search shows it. */
export interface Thing {
  readonly type: IdentifierRow['names']
  readonly no: number
  readonly code: string
  readonly kind: string
  readonly item: string | null
  readonly status: string
  readonly uri: string | null
}

export interface ThingRow {
  readonly key: string
  readonly type: IdentifierRow['names']
  readonly no: number
}

/**
 * What each of these keys names, exactly: any spelling, alias, heat or URI of a traceable, and codes of orders, shipments
 * and definitions. One query; O(keys + names).
 */
export async function thingsNamed(reader: Reader, keys: readonly string[]): Promise<readonly ThingRow[]> {
  const coded = (['item', 'party', 'place', 'resource'] as const).map(
    (table) =>
      `select k.key, '${table}' as type, t.no::int from k join ${table} t on t.org_id = $1 and t.code_key = k.key`,
  )
  return reader.query<{ key: string; type: IdentifierRow['names']; no: number }>(
    `with k as (select unnest($2::text[]) as key)
     select k.key, i.names as type, i.no::int from k join identifier i on i.org_id = $1 and i.value_key = k.key
     union select k.key, 'order', o.no::int from k join shop_order o on o.org_id = $1 and o.code_key = k.key
     union select k.key, 'shipment', s.no::int from k join shipment s on s.org_id = $1 and s.code_key = k.key
     union ${coded.join(' union ')}
     order by 1, 2, 3`,
    [reader.org, [...new Set(keys)]],
  )
}

/** Traceables that are this lot or serial of this item: how a GS1 label names what was never received under its URI. */
export async function traceablesOfClass(
  reader: Reader,
  label: { classKeys: readonly string[]; code: string },
): Promise<readonly number[]> {
  const rows = await reader.query<{ no: number }>(
    `select t.no::int from traceable t join item i on i.org_id = t.org_id and i.no = t.item
      where t.org_id = $1 and t.code_key = $2 and t.status <> 'void'
        and (i.code_key = any($3::text[]) or i.uri = any($3::text[]) or i.attributes ->> 'gtin' = any($3::text[]))`,
    [reader.org, label.code, [...label.classKeys]],
  )
  return rows.map((row) => row.no)
}

/** Shows traceables as things; void ones are left out. */
export async function traceableThings(
  reader: Reader,
  numbers: Iterable<number>,
): Promise<readonly (Thing & { kind: TraceableKind })[]> {
  return reader.query<Thing & { kind: TraceableKind }>(
    `select 'traceable' as type, t.no::int, t.code, t.kind, i.code as item, t.status, t.uri
       from traceable t left join item i on i.org_id = t.org_id and i.no = t.item
      where t.org_id = $1 and t.no = any($2::bigint[]) and t.status <> 'void' order by t.no`,
    [reader.org, numberList(numbers)],
  )
}

const otherThings = {
  order: `select 'order' as type, o.no::int, o.code, o.kind, i.code as item, o.status, null::text as uri
    from shop_order o left join item i on i.org_id = o.org_id and i.no = o.item where o.org_id = $1 and o.no = any($2::bigint[])`,
  shipment: `select 'shipment' as type, s.no::int, s.code, 'shipment' as kind, null::text as item,
    case when s.delivered_at is null then 'shipped' else 'delivered' end as status, null::text as uri
    from shipment s where s.org_id = $1 and s.no = any($2::bigint[])`,
  item: `select 'item' as type, no::int, code, tracking as kind, code as item, 'item' as status, uri from item where org_id = $1 and no = any($2::bigint[])`,
  party: `select 'party' as type, no::int, code, 'party' as kind, null::text as item, 'party' as status, uri from party where org_id = $1 and no = any($2::bigint[])`,
  place: `select 'place' as type, no::int, code, kind, null::text as item, 'place' as status, uri from place where org_id = $1 and no = any($2::bigint[])`,
  resource: `select 'resource' as type, no::int, code, kind, null::text as item, 'resource' as status, null::text as uri from resource where org_id = $1 and no = any($2::bigint[])`,
} as const

/** Shows any things, in the order of their kinds. At most one query a kind. */
export async function showThings(
  reader: Reader,
  rows: readonly Pick<ThingRow, 'type' | 'no'>[],
): Promise<readonly Thing[]> {
  const numbers = (type: ThingRow['type']) =>
    new Set(rows.filter((row) => row.type === type).map((row) => row.no))
  const shown: Thing[] = [...(await traceableThings(reader, numbers('traceable')))]
  for (const [type, text] of Object.entries(otherThings)) {
    const wanted = rows.filter((row) => row.type === type).map((row) => row.no)
    if (wanted.length > 0)
      shown.push(
        ...(await reader.query<Thing & Record<string, unknown>>(text, [reader.org, numberList(wanted)])),
      )
  }
  return shown
}
