import type { Instant } from '@lotline/core/base/instant'
import type { Amount } from '@lotline/core/base/quantity'
import { effectsOf } from '@lotline/core/catalogue'
import type { Position } from '@lotline/core/genealogy/engine'
import { instantText } from '../database/session.ts'
import type { RawRow } from '../database/transaction.ts'
import type { Snapshot } from '../plant/plant.ts'
import { numberList } from './number-list.ts'
import { type EventColumns, eventOf } from './past-events.ts'
import type { Scope } from './scope.ts'

/** One traceable in one shipment. */
export interface ShippedLine {
  readonly shipment: number
  readonly traceable: number
  readonly container: number | null
  readonly amount: Amount
  readonly returned: Amount
  readonly at: Instant
  readonly customer: number
}

/**
 * Shipment lines of the states in scope: what left before the bad material came in is out. As known on a position:
 * lines recorded by then, those of shipments that were voided later too, and what had come back by then. O(lines).
 */
export async function shippedLines(
  snapshot: Snapshot,
  scope: Scope,
  asKnownOn: Position | undefined,
): Promise<readonly ShippedLine[]> {
  const { reader } = snapshot
  const rows = await reader.raw(
    'shipped lines',
    `select l.shipment, l.traceable, l.container, l.amount, l.returned, l.at, h.customer
       from unnest($2::bigint[]) as s(no)
       join shipment_line l on l.org_id = $1 and l.traceable = s.no
       join shipment h on h.org_id = $1 and h.no = l.shipment
      where l.position <= $3 order by l.at, l.shipment, l.position, l.ordinal`,
    [reader.org, numberList(scope.numbers()), asKnownOn ?? snapshot.position],
  )
  const lines = rows.map(lineOf)
  const known =
    asKnownOn === undefined
      ? lines
      : await returnedBy(snapshot, [...lines, ...(await voidedSince(snapshot, scope, asKnownOn))], asKnownOn)
  return known.filter((line) => scope.includes(line.traceable, line.at))
}

function lineOf([shipment, traceable, container, amount, returned, at, customer]: RawRow): ShippedLine {
  return {
    shipment: Number(shipment),
    traceable: Number(traceable),
    container: container === null || container === undefined ? null : Number(container),
    amount: BigInt(amount ?? 0),
    returned: BigInt(returned ?? 0),
    at: instantText(at ?? '') as Instant,
    customer: Number(customer),
  }
}

/** Lines of shipments that stood at `asKnownOn` and were corrected away later: read from their events, which never change. */
async function voidedSince(
  snapshot: Snapshot,
  scope: Scope,
  asKnownOn: Position,
): Promise<readonly ShippedLine[]> {
  const { reader } = snapshot
  const rows = await reader.query<EventColumns & Record<string, unknown>>(
    `select distinct on (e.position) e.position::int, e.id, e.type, e.version::int, e.key, e.actor, e.happened_at, e.recorded_at,
            e.historical, e.body, e.voided_by::int
       from event e join mention m on m.org_id = e.org_id and m.position = e.position
      where e.org_id = $1 and e.voided_by > $2 and e.position <= $2 and e.type = 'Shipped' and m.traceable = any($3::bigint[])`,
    [reader.org, asKnownOn, numberList(scope.numbers())],
  )
  const customers = new Map<number, number>()
  return rows.flatMap((row) => {
    const event = eventOf(row)
    const effects = effectsOf(event)
    for (const effect of effects)
      if (effect.do === 'shipment') customers.set(effect.row.no, effect.row.customer)
    return effects.flatMap((effect): ShippedLine[] =>
      effect.do === 'shipped' && scope.has(effect.traceable)
        ? [{ ...effect, returned: 0n, at: event.happenedAt, customer: customers.get(effect.shipment) ?? 0 }]
        : [],
    )
  })
}

/** Fills what had come back by then, newest lines first, as the ledger does. */
async function returnedBy(
  snapshot: Snapshot,
  lines: readonly ShippedLine[],
  asKnownOn: Position,
): Promise<readonly ShippedLine[]> {
  const { reader } = snapshot
  const rows = await reader.raw(
    'returned by',
    `select m.traceable, m.holder, -sum(m.delta)
       from unnest($2::bigint[]) as s(no) join movement m on m.org_id = $1 and m.traceable = s.no
      where m.position <= $3 and m.holder_kind = 'customer' and m.cause = 'returned' group by 1, 2`,
    [reader.org, numberList(new Set(lines.map((line) => line.traceable))), asKnownOn],
  )
  const left = new Map(rows.map(([no, customer, sum]) => [`${no} ${customer}`, BigInt(sum ?? 0)]))
  const filled = [...lines]
    .sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : b.shipment - a.shipment))
    .map((line) => {
      const key = `${line.traceable} ${line.customer}`
      const open = left.get(key) ?? 0n
      const returned = open < line.amount ? open : line.amount
      left.set(key, open - returned)
      return { ...line, returned }
    })
  return filled.reverse()
}
