import { setImmediate } from 'node:timers/promises'
import { decimalOf, plainDecimal } from '@lotline/core/base/quantity'
import { isRefusal, type Refusal } from '@lotline/core/base/refusal'
import type { NodeNo } from '@lotline/core/genealogy/engine'
import type { Exposure, exposureOrders, ExposureRow } from '@lotline/core/recall/exposure-shape'
import { readCursor, writeCursor } from '../endpoint/cursor.ts'
import type { Snapshot } from '../plant/plant.ts'
import { candidatesAt } from './candidates.ts'
import { countedAll, valueScale } from './exposure-counted.ts'
import { itemsOf, namesOf } from './named-rows.ts'
import { numberList } from './number-list.ts'
import { boughtAsTheyAre, deliveredBy } from './sources.ts'

export interface ExposureQuestion {
  readonly sort?: (typeof exposureOrders)[number] | undefined
  readonly limit?: number | undefined
  readonly cursor?: string | undefined
}

/** What one run over the whole plant found, as columns. It stays good as long as the ledger stands where it stood. */
export interface PlantExposure {
  readonly position: number
  readonly reasons: readonly string[]
  readonly sources: readonly number[]
  readonly units: Int32Array
  readonly customers: Int32Array
  readonly value: Float64Array
  readonly valued: boolean
}

/**
 * Follows every bought lot of the plant to its end, in one run: supplier lots, and what came without one. A fixed number of
 * queries; the run itself is the engine's.
 */
export async function plantExposure(snapshot: Snapshot): Promise<PlantExposure> {
  const { engine, position } = snapshot
  const sources = await boughtLots(snapshot)
  const starts = new Map<number, NodeNo[]>(sources.map((no) => [no, []]))
  for (const { no, traceable } of await engine.statesOf(sources, position))
    starts.get(traceable ?? 0)?.push(no)
  const { units, customers, weights, valued } = await countedAll(snapshot)
  const candidates = await candidatesAt(snapshot, snapshot.asKnownOn)
  const { counts, weights: value } = await engine.exposure(
    {
      direction: 'forward',
      sources: sources.map((no) => starts.get(no) ?? []),
      counted: [units, customers],
      weights,
      ...(snapshot.asKnownOn === undefined ? {} : { asKnownOn: snapshot.asKnownOn }),
      ...(candidates.overlay.length > 0 ? { overlay: candidates.overlay } : {}),
    },
    () => setImmediate(),
  )
  const none = new Int32Array(sources.length)
  return {
    position,
    reasons: [
      ...(snapshot.behind ? ['behind'] : []),
      ...(candidates.tooMany ? ['too-many-gaps'] : []),
      ...((await openGaps(snapshot)) > 0 ? ['gaps'] : []),
    ],
    sources,
    units: counts[0] ?? none,
    customers: counts[1] ?? none,
    value,
    valued,
  }
}

async function boughtLots(snapshot: Snapshot): Promise<readonly number[]> {
  const { reader, position } = snapshot
  const suppliers = await reader.raw(
    'supplier lots',
    `select no from traceable where org_id = $1 and kind = 'supplier-lot' and status <> 'void' order by no`,
    [reader.org],
  )
  const received = await reader.raw(
    'received',
    `select distinct traceable from movement where org_id = $1 and cause = 'received' and delta > 0 and position <= $2`,
    [reader.org, position],
  )
  const bare = await boughtAsTheyAre(
    snapshot,
    received.map(([no]) => Number(no)),
    position,
  )
  return [...suppliers.map(([no]) => Number(no)), ...bare].sort((a, b) => a - b)
}

async function openGaps({ reader, position }: Snapshot): Promise<number> {
  const rows = await reader.raw(
    'gaps open',
    'select count(*) from gap where org_id = $1 and position <= $2 and (closed_position is null or closed_position > $2)',
    [reader.org, position],
  )
  return Number(rows[0]?.[0] ?? 0)
}

/** One page of the list, the most exposed first. */
export async function exposurePage(
  snapshot: Snapshot,
  whole: PlantExposure,
  question: ExposureQuestion,
): Promise<Exposure | Refusal> {
  const cursor = readCursor(question.cursor)
  if (isRefusal(cursor)) return cursor
  const { sort = 'units', limit = 100 } = question
  const offset = cursor?.offset ?? 0
  const by = whole[sort]
  const order = [...whole.sources.keys()].sort((a, b) => (by[b] ?? 0) - (by[a] ?? 0) || a - b)
  const own = order.slice(offset, offset + limit)
  const next = offset + limit
  return {
    position: whole.position,
    complete: whole.reasons.length === 0,
    reasons: [...whole.reasons],
    sources: whole.sources.length,
    valued: whole.valued,
    rows: await exposureRows(snapshot, whole, own),
    nextCursor: order.length > next ? writeCursor({ offset: next, position: whole.position }) : null,
  }
}

async function exposureRows(
  snapshot: Snapshot,
  whole: PlantExposure,
  own: readonly number[],
): Promise<ExposureRow[]> {
  const { reader } = snapshot
  const numbers = own.map((index) => whole.sources[index] ?? 0)
  const rows = await reader.query<{
    no: number
    code: string
    kind: string
    item: number | null
    party: number | null
  }>(
    'select no::int, code, kind, item::int, party::int from traceable where org_id = $1 and no = any($2::bigint[])',
    [reader.org, numberList(numbers)],
  )
  const byNo = new Map(rows.map((row) => [row.no, row]))
  const items = await itemsOf(
    reader,
    rows.map(({ item }) => item),
  )
  const parties = await namesOf(
    reader,
    'party',
    rows.map(({ party }) => party),
  )
  const delivered = await deliveredBy(
    snapshot,
    rows.filter(({ party }) => party === null).map(({ no }) => no),
  )
  return own.flatMap((index): ExposureRow[] => {
    const row = byNo.get(whole.sources[index] ?? 0)
    if (!row) return []
    const supplier = row.party === null ? delivered.get(row.no) : parties.get(row.party)?.name
    return [
      {
        id: String(row.no),
        code: row.code,
        kind: row.kind,
        item: row.item === null ? null : (items.get(row.item)?.code ?? null),
        supplier: supplier ?? null,
        units: whole.units[index] ?? 0,
        customers: whole.customers[index] ?? 0,
        value: plainDecimal(decimalOf(BigInt(whole.value[index] ?? 0), valueScale)),
      },
    ]
  })
}
