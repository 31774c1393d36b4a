import type { Reader } from '../database/transaction.ts'
import { numberList } from './number-list.ts'

/** What is needed to say a quantity: its unit, and how many of its digits are decimals. */
export interface Measure {
  readonly unit: string
  readonly scale: number
}

/** An item as an answer names it. */
export interface ItemName extends Measure {
  readonly no: number
  readonly code: string
  readonly name: string
}

export interface Named {
  readonly no: number
  readonly code: string
  readonly name: string
}

/** Items by number. One query. */
export async function itemsOf(
  reader: Reader,
  numbers: Iterable<number | null>,
): Promise<ReadonlyMap<number, ItemName>> {
  const rows = await reader.query<{ no: number; code: string; name: string; unit: string; scale: number }>(
    'select no::int, code, name, unit, scale::int from item where org_id = $1 and no = any($2::bigint[])',
    [reader.org, numberList(present(numbers))],
  )
  return new Map(rows.map((row) => [row.no, row]))
}

/**
 * How each traceable is counted: as its item is; a vessel, which has none, in the unit of its first load. Containers and
 * whatever else counts pieces are left out. One query.
 */
export async function measuresOf(
  reader: Reader,
  numbers: Iterable<number>,
): Promise<ReadonlyMap<number, Measure>> {
  const rows = await reader.query<Measure & { no: number }>(
    `select t.no::int, coalesce(i.unit, t.attributes ->> 'unit') as unit,
            coalesce(i.scale, (t.attributes ->> 'scale')::int)::int as scale
       from traceable t left join item i on i.org_id = t.org_id and i.no = t.item
      where t.org_id = $1 and t.no = any($2::bigint[]) and (t.item is not null or t.kind = 'vessel')
        and coalesce(i.unit, t.attributes ->> 'unit') is not null
        and coalesce(i.scale, (t.attributes ->> 'scale')::int) is not null`,
    [reader.org, numberList(numbers)],
  )
  return new Map(rows.map((row) => [row.no, row]))
}

const namedTables = {
  party: 'name',
  place: 'name',
  shop_order: 'code',
  traceable: 'code',
  shipment: 'code',
  resource: 'name',
} as const

/** Parties, places, orders ... by number, with what people call them. One query. */
export async function namesOf(
  reader: Reader,
  table: keyof typeof namedTables,
  numbers: Iterable<number | null>,
): Promise<ReadonlyMap<number, Named>> {
  const wanted = present(numbers)
  if (wanted.size === 0) return new Map()
  const rows = await reader.query<{ no: number; code: string; name: string }>(
    `select no::int, code, ${namedTables[table]} as name from ${table} where org_id = $1 and no = any($2::bigint[])`,
    [reader.org, numberList(wanted)],
  )
  return new Map(rows.map((row) => [row.no, row]))
}

function present(numbers: Iterable<number | null>): Set<number> {
  const found = new Set<number>()
  for (const no of numbers) if (no !== null) found.add(no)
  return found
}
