import type { CountedOnce, ExposureQuery } from '@lotline/core/genealogy/engine'
import type { Snapshot } from '../plant/plant.ts'

/** Values are kept to the hundredth of a cent: as whole numbers, so that sums are exact. */
export const valueScale = 4

/** What reaching a state means, for every state of the plant. */
export interface Counted {
  readonly units: CountedOnce
  readonly customers: CountedOnce
  readonly weights: NonNullable<ExposureQuery['weights']>
  readonly valued: boolean
}

/**
 * Units: every traceable but the lots of suppliers, by its states. Customers: by the states that were shipped to them, as
 * they were when shipped. Value: what is on hand by the present state, what was shipped and kept by the state shipped.
 */
export async function countedAll(snapshot: Snapshot): Promise<Counted> {
  const { reader, position } = snapshot
  const states = await reader.raw(
    'states counted',
    `select n.no, n.traceable from node n join traceable t on t.org_id = $1 and t.no = n.traceable
      where n.org_id = $1 and n.kind = 'state' and n.position <= $2 and t.kind <> 'supplier-lot'`,
    [reader.org, position],
  )
  const lines = await reader.raw(
    'states shipped',
    `select s.no, h.customer, ${worth('l.amount - l.returned')}
       from shipment_line l join shipment h on h.org_id = $1 and h.no = l.shipment
       join traceable t on t.org_id = $1 and t.no = l.traceable
       left join item i on i.org_id = $1 and i.no = t.item
      cross join lateral (
        select n.no from node n where n.org_id = $1 and n.traceable = l.traceable and n.position <= $2
         order by (n.started_at is null or n.started_at <= l.at) desc,
                  case when n.started_at is null or n.started_at <= l.at then n.started_at end desc nulls last, n.no desc
         limit 1) s
      where l.org_id = $1 and l.position <= $2`,
    [reader.org, position],
  )
  const stock = await reader.raw(
    'value on hand',
    `select s.no, sum(${worth('k.on_hand')})
       from stock k join traceable t on t.org_id = $1 and t.no = k.traceable
       join item i on i.org_id = $1 and i.no = t.item and i.attributes ->> 'value' ~ '${decimal}'
      cross join lateral (
        select n.no from node n where n.org_id = $1 and n.traceable = k.traceable and n.position <= $2
         order by n.started_at desc nulls last, n.no desc limit 1) s
      where k.org_id = $1 and k.holder_kind <> 'customer' and k.on_hand > 0 group by 1`,
    [reader.org, position],
  )
  const weights = [
    ...stock.map(([no, value]) => [Number(no), Number(value ?? 0)] as const),
    ...lines.map(([no, , value]) => [Number(no), Number(value ?? 0)] as const),
  ].filter(([, value]) => value > 0)
  return {
    units: grouped(states),
    customers: grouped(lines),
    weights: {
      nodes: Int32Array.from(weights, ([no]) => no),
      amounts: Float64Array.from(weights, ([, value]) => value),
    },
    valued: weights.length > 0,
  }
}

const decimal = '^[0-9]{1,12}([.][0-9]{1,6})?$'

/** An amount times its item's value, in units of `valueScale`; null where the item has none. */
function worth(amount: string): string {
  return `round((${amount})::numeric / (10::numeric ^ i.scale)
    * case when i.attributes ->> 'value' ~ '${decimal}' then (i.attributes ->> 'value')::numeric end * 10 ^ ${valueScale})`
}

/** Rows of node and group as columns; groups get numbers from 0. */
function grouped(rows: readonly (readonly (string | null)[])[]): CountedOnce {
  const numbers = new Map<string, number>()
  const groups = Int32Array.from(rows, ([, group]) => {
    const key = group ?? ''
    const number = numbers.get(key) ?? numbers.size
    numbers.set(key, number)
    return number
  })
  return { nodes: Int32Array.from(rows, ([node]) => Number(node)), groups }
}
