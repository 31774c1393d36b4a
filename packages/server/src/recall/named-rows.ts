import type { Reader } from '../database/transaction.ts'
import { numberList } from './number-list.ts'

/** What is needed to say a quantity of an item. */
export interface ItemName {
  readonly no: number
  readonly code: string
  readonly name: string
  readonly unit: string
  readonly scale: number
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
