import type { Instant } from '@lotline/core/base/instant'
import type { Position } from '@lotline/core/genealogy/engine'
import type { Snapshot } from '../plant/plant.ts'
import { numberList } from './number-list.ts'

/** How the life of orders at a position differs from today's. */
export interface PastOrders {
  /** Open then, closed since. */
  readonly openThen: ReadonlySet<number>
  /** Closed then and open again since, or not opened yet. */
  readonly notOpenThen: ReadonlySet<number>
  /** Orders open then whose opening was taken back since: their rows are gone, so they cannot be listed. */
  readonly lost: number
}

/** What the events tell of orders as of a position: opened and closed later, or corrected later. O(events), one query. */
export async function ordersAt(snapshot: Snapshot, asKnownOn: Position): Promise<PastOrders> {
  const { reader } = snapshot
  const rows = await reader.query<{ type: string; order_no: number; position: number }>(
    `select e.type, (e.body ->> case e.type when 'Opened' then 'no' else 'order' end)::int as order_no, e.position::int
       from event e
      where e.org_id = $1 and e.type in ('Opened', 'Closed') and (e.position > $2 or e.voided_by > $2)`,
    [reader.org, asKnownOn],
  )
  const of = (type: string, isLater: boolean) =>
    rows.filter((row) => row.type === type && row.position > asKnownOn === isLater).map((row) => row.order_no)
  const closedThen = new Set(of('Closed', false))
  return {
    openThen: new Set(of('Closed', true).filter((no) => !closedThen.has(no))),
    notOpenThen: new Set([...closedThen, ...of('Opened', true)]),
    lost: of('Opened', false).length,
  }
}

/** When shipments arrived, as far as was recorded by the position. O(events), one query. */
export async function deliveriesAt(
  snapshot: Snapshot,
  shipments: Iterable<number>,
  asKnownOn: Position,
): Promise<ReadonlyMap<number, Instant>> {
  const { reader } = snapshot
  const rows = await reader.query<{ shipment: number; happened_at: Instant }>(
    `select (e.body ->> 'shipment')::int as shipment, e.happened_at from event e
      where e.org_id = $1 and e.type = 'Delivered' and e.position <= $2 and (e.voided_by is null or e.voided_by > $2)
        and (e.body ->> 'shipment')::bigint = any($3::bigint[]) order by e.position`,
    [reader.org, asKnownOn, numberList(shipments)],
  )
  return new Map(rows.map((row) => [row.shipment, row.happened_at]))
}
