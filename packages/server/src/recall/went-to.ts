import type { Instant } from '@lotline/core/base/instant'
import type { WentToRow } from '@lotline/core/recall/answers-shape'
import type { Position } from '@lotline/core/genealogy/engine'
import type { Snapshot } from '../plant/plant.ts'
import { itemsOf, namesOf } from './named-rows.ts'
import { numberList } from './number-list.ts'
import { deliveriesAt } from './past-orders.ts'
import { sayQuantity } from './say-amount.ts'
import type { Scope } from './scope.ts'
import type { ShippedLine } from './shipped-lines.ts'

/** Shipment lines as rows of an answer: where it went. A fixed number of queries. */
export async function wentToRows(
  snapshot: Snapshot,
  scope: Scope,
  lines: readonly ShippedLine[],
  asKnownOn: Position | undefined,
): Promise<readonly WentToRow[]> {
  if (lines.length === 0) return []
  const { reader } = snapshot
  const shipments = await reader.query<{
    no: number
    code: string
    shipped_at: Instant
    delivered_at: Instant | null
  }>(
    'select no::int, code, shipped_at, delivered_at from shipment where org_id = $1 and no = any($2::bigint[])',
    [reader.org, numberList(new Set(lines.map((line) => line.shipment)))],
  )
  const delivered =
    asKnownOn === undefined
      ? new Map(shipments.map((row) => [row.no, row.delivered_at]))
      : await deliveriesAt(snapshot, new Set(lines.map((line) => line.shipment)), asKnownOn)
  const byNo = new Map(shipments.map((row) => [row.no, row]))
  const customers = await namesOf(
    reader,
    'party',
    lines.map((line) => line.customer),
  )
  const things = await reader.query<{ no: number; code: string; item: number | null }>(
    'select no::int, code, item::int from traceable where org_id = $1 and no = any($2::bigint[])',
    [
      reader.org,
      numberList(new Set(lines.flatMap((line) => [line.traceable, line.container ?? line.traceable]))),
    ],
  )
  const codes = new Map(things.map((row) => [row.no, row]))
  const items = await itemsOf(
    reader,
    things.map((row) => row.item),
  )
  return lines.map((line) => {
    const [shipment, thing, customer] = [
      byNo.get(line.shipment),
      codes.get(line.traceable),
      customers.get(line.customer),
    ]
    const item = thing?.item == null ? undefined : items.get(thing.item)
    return {
      customer: { code: customer?.code ?? '', name: customer?.name ?? '' },
      shipment: shipment?.code ?? String(line.shipment),
      shippedAt: shipment?.shipped_at ?? line.at,
      deliveredAt: delivered.get(line.shipment) ?? null,
      id: String(line.traceable),
      code: thing?.code ?? String(line.traceable),
      item: item?.code ?? null,
      quantity: sayQuantity(line.amount, item),
      returned: sayQuantity(line.returned, item),
      container: line.container === null ? null : (codes.get(line.container)?.code ?? null),
      ring: scope.ringOf(line.traceable),
    }
  })
}
