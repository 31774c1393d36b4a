import { evidences, rings } from '@lotline/core/genealogy/touch'
import type { LaneThing } from '@lotline/core/recall/draw-lanes'
import type { Snapshot } from '../plant/plant.ts'
import type { DrawnFact } from './lane-facts.ts'
import { measured } from './lane-things.ts'
import { itemsOf, namesOf } from './named-rows.ts'
import { numberList } from './number-list.ts'
import { shippedLines } from './shipped-lines.ts'
import type { TraceSet } from './trace-set.ts'

/** Shipments and customers of what a trace reached forward, ready to be drawn. */
export interface LaneShipments {
  readonly shipped: ReadonlySet<number>
  /** Adds their boxes to the things, and gives the facts that lead there, numbered from `firstFact`. */
  draw(things: LaneThing[], indexes: ReadonlyMap<string, number>, firstFact: number): readonly DrawnFact[]
}

/** Reads where it went. A fixed number of queries; O(lines). */
export async function addShipments(snapshot: Snapshot, set: TraceSet): Promise<LaneShipments> {
  const forward = set.scopes.find(([, direction]) => direction === 'forward')?.[0]
  const isBetween = set.question.to !== undefined
  if (!forward || isBetween) return { shipped: new Set(), draw: () => [] }
  const { reader } = snapshot
  const lines = await shippedLines(snapshot, forward, set.asked.asKnownOn)
  const shipments = await namesOf(
    reader,
    'shipment',
    lines.map((line) => line.shipment),
  )
  const customers = await namesOf(
    reader,
    'party',
    lines.map((line) => line.customer),
  )
  const rows = await reader.raw(
    'items of shipped',
    'select t.no, t.item from unnest($2::bigint[]) as s(no) join traceable t on t.org_id = $1 and t.no = s.no',
    [reader.org, numberList(new Set(lines.map((line) => line.traceable)))],
  )
  const itemNos = new Map(rows.map(([no, item]) => [Number(no), item === null ? null : Number(item)]))
  const items = await itemsOf(reader, new Set(itemNos.values()))
  const draw: LaneShipments['draw'] = (things, indexes, firstFact) => {
    const own = new Map<string, number>()
    const place = (key: string, thing: Pick<LaneThing, 'lane' | 'label' | 'kind' | 'ring'>): number => {
      const known = own.get(key)
      if (known !== undefined) return known
      own.set(key, things.length)
      things.push({
        ...{ key, id: null, item: null, quantity: null, status: null, held: false, gap: false, root: false },
        ...thing,
      })
      return things.length - 1
    }
    let fact = firstFact
    const evidence = evidences.indexOf('declared')
    return lines.flatMap((line): DrawnFact[] => {
      const from = indexes.get(String(line.traceable))
      if (from === undefined) return []
      const ring = rings.indexOf(forward.ringOf(line.traceable))
      const shipment = shipments.get(line.shipment)?.code ?? String(line.shipment)
      const customer = customers.get(line.customer)
      const sent = place(`shipment ${shipment}`, {
        lane: 'shipment',
        label: shipment,
        kind: 'shipment',
        ring,
      })
      const label = customer?.name || (customer?.code ?? '')
      const got = place(`customer ${customer?.code ?? line.customer}`, {
        lane: 'customer',
        label,
        kind: 'customer',
        ring,
      })
      const item = itemNos.get(line.traceable)
      const quantity = measured(line.amount, item == null ? undefined : items.get(item))
      return [
        { from, to: sent, fact: fact++, quantity, evidence, drawn: null },
        { from: sent, to: got, fact: fact++, quantity, evidence, drawn: null },
      ]
    })
  }
  return { shipped: new Set(lines.map((line) => line.traceable)), draw }
}
