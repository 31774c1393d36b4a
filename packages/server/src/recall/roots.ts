import type { NodeNo } from '@lotline/core/genealogy/engine'
import { inOrderOfTime, stateAt } from '@lotline/core/recall/intervals'
import type { Instant } from '@lotline/core/base/instant'
import type { Root } from '@lotline/core/recall/shapes'
import { instantText } from '../database/session.ts'
import type { Snapshot } from '../plant/plant.ts'
import { itemsOf, type ItemName } from './named-rows.ts'
import { numberList } from './number-list.ts'
import type { Thing } from './things.ts'

/** Where a trace begins: nodes of the graph, and the things as an answer shows them. */
export interface Roots {
  readonly nodes: readonly NodeNo[]
  readonly shown: readonly Root[]
  readonly traceables: ReadonlySet<number>
}

/**
 * The nodes that things stand for. A lot: all of its states. A container or shipment: the states of what was in it, at the
 * time it was packed or shipped, because packing makes nobody touch. An order: its processes, and what was received for it.
 */
export async function rootsOf(snapshot: Snapshot, things: readonly Thing[]): Promise<Roots> {
  const numbers = (of: (thing: Thing) => boolean) => things.filter(of).map((thing) => thing.no)
  const containers = numbers((thing) => thing.kind === 'container')
  const lots = numbers((thing) => thing.type === 'traceable' && thing.kind !== 'container')
  const shipments = numbers((thing) => thing.type === 'shipment')
  const orders = numbers((thing) => thing.type === 'order')
  const moments = [
    ...(await packedIn(snapshot, containers)),
    ...(await shippedIn(snapshot, { shipments, orders })),
  ]
  const received = await receivedFor(snapshot, orders)
  const states = await snapshot.engine.statesOf([...lots, ...received])
  const nodes = new Set<NodeNo>(states.map((state) => state.no))
  for (const no of await statesAtMoments(snapshot, moments)) nodes.add(no)
  for (const no of await processesOf(snapshot, orders)) nodes.add(no)
  const items = await itemsByCode(snapshot, things)
  return {
    nodes: [...nodes],
    shown: things.map((thing) => rootOf(thing, items)),
    traceables: new Set([...lots, ...received, ...moments.map((moment) => moment.traceable)]),
  }
}

interface Moment {
  readonly traceable: number
  readonly at: Instant
}

/** What was ever packed into containers, nested ones too, and when it last was in there. */
async function packedIn(snapshot: Snapshot, containers: readonly number[]): Promise<readonly Moment[]> {
  if (containers.length === 0) return []
  const { reader } = snapshot
  const rows = await reader.raw(
    'packed in',
    `with recursive inside as (
       select child, coalesce(out_at, now()) as until from containment where org_id = $1 and container = any($2::bigint[])
       union
       select c.child, least(coalesce(c.out_at, now()), i.until)
         from inside i join containment c on c.org_id = $1 and c.container = i.child and c.in_at <= i.until)
     select i.child, max(i.until) from inside i join traceable t on t.org_id = $1 and t.no = i.child
      where t.kind <> 'container' group by 1`,
    [reader.org, numberList(containers)],
  )
  return rows.map(([no, at]) => ({ traceable: Number(no), at: instantText(at ?? '') as Instant }))
}

/** What went out with shipments, or for customer orders. */
async function shippedIn(
  snapshot: Snapshot,
  named: { shipments: readonly number[]; orders: readonly number[] },
): Promise<readonly Moment[]> {
  if (named.shipments.length + named.orders.length === 0) return []
  const { reader } = snapshot
  const rows = await reader.raw(
    'shipped in',
    `select l.traceable, l.at from shipment_line l join shipment s on s.org_id = l.org_id and s.no = l.shipment
      where l.org_id = $1 and (s.no = any($2::bigint[]) or s.order_no = any($3::bigint[]))`,
    [reader.org, numberList(named.shipments), numberList(named.orders)],
  )
  return rows.map(([no, at]) => ({ traceable: Number(no), at: instantText(at ?? '') as Instant }))
}

async function statesAtMoments(snapshot: Snapshot, moments: readonly Moment[]): Promise<readonly NodeNo[]> {
  const all = await snapshot.engine.statesOf([...new Set(moments.map((moment) => moment.traceable))])
  return moments.flatMap((moment) => {
    const own = all.filter((state) => state.traceable === moment.traceable)
    const state = stateAt(inOrderOfTime(own), moment.at)
    return state ? [state.no] : []
  })
}

/** What was received for orders: a purchase has no process of its own. */
async function receivedFor(snapshot: Snapshot, orders: readonly number[]): Promise<readonly number[]> {
  if (orders.length === 0) return []
  const { reader } = snapshot
  const rows = await reader.raw(
    'received for',
    `select distinct m.traceable from movement m
      where m.org_id = $1 and m.order_no = any($2::bigint[]) and m.delta > 0 and m.cause = 'received'`,
    [reader.org, numberList(orders)],
  )
  return rows.map(([no]) => Number(no))
}

async function processesOf(snapshot: Snapshot, orders: readonly number[]): Promise<readonly NodeNo[]> {
  if (orders.length === 0) return []
  const { reader } = snapshot
  const rows = await reader.raw(
    'processes of orders',
    `select distinct n.no from node n where n.org_id = $1 and n.process_key in (
       select process_key from operation where org_id = $1 and order_no = any($2::bigint[])
       union select process_key from process_fact where org_id = $1 and kind in ('order', 'operation') and ref = any($2::bigint[]))`,
    [reader.org, numberList(orders)],
  )
  return rows.map(([no]) => Number(no))
}

async function itemsByCode(
  snapshot: Snapshot,
  things: readonly Thing[],
): Promise<ReadonlyMap<string, ItemName>> {
  const { reader } = snapshot
  const codes = [...new Set(things.flatMap((thing) => (thing.item === null ? [] : [thing.item])))]
  if (codes.length === 0) return new Map()
  const rows = await reader.query<{ no: number }>(
    'select no::int from item where org_id = $1 and code = any($2::text[])',
    [reader.org, codes],
  )
  const items = await itemsOf(
    reader,
    rows.map((row) => row.no),
  )
  return new Map([...items.values()].map((item) => [item.code, item]))
}

function rootOf(thing: Thing, items: ReadonlyMap<string, ItemName>): Root {
  const item = thing.item === null ? undefined : items.get(thing.item)
  return {
    id: String(thing.no),
    kind: thing.kind,
    code: thing.code,
    item: item ? { code: item.code, name: item.name, unit: item.unit } : null,
    uri: thing.uri,
    status: thing.status,
  }
}
