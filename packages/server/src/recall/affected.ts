import type { CivilDate } from '@lotline/core/base/instant'
import type { Amount } from '@lotline/core/base/quantity'
import type { Position } from '@lotline/core/genealogy/engine'
import type { TraceableRow } from '@lotline/core/identity/rows'
import type { AffectedRow } from '@lotline/core/recall/answers-shape'
import type { QuantityText } from '@lotline/core/recall/shapes'
import type { Snapshot } from '../plant/plant.ts'
import { marksOn } from './marks.ts'
import { heldAmong } from './open-holds.ts'
import { holderNames } from './holders.ts'
import { madeOfEach } from './movement-sums.ts'
import { itemsOf, measuresOf, namesOf } from './named-rows.ts'
import { numberList } from './number-list.ts'
import { statusesAt } from './past-events.ts'
import { sayQuantity } from './say-amount.ts'
import type { Scope } from './scope.ts'
import { stockOf, type HeldStock } from './stock-rows.ts'

type Shown = Pick<TraceableRow, 'no' | 'kind' | 'item' | 'code' | 'status' | 'uri' | 'party'> & {
  expires_on: CivilDate | null
}

/** Places named in a row at most; a lot spread wider says how many more. */
const placesNamedMax = 3

/** Traceables in scope as rows of an answer, in the given order. A fixed number of queries, whatever the count. */
export async function affectedRows(
  snapshot: Snapshot,
  scope: Scope,
  numbers: readonly number[],
  asKnownOn: Position | undefined,
): Promise<readonly AffectedRow[]> {
  if (numbers.length === 0) return []
  const { reader } = snapshot
  const rows = await reader.query<Shown & Record<string, unknown>>(
    `select no::int, kind, item::int, code, status, uri, party::int, expires_on
       from traceable where org_id = $1 and no = any($2::bigint[])`,
    [reader.org, numberList(numbers)],
  )
  const made = await madeOfEach(snapshot, scope, numbers, asKnownOn)
  const drawn = await drawnFromSources(
    snapshot,
    rows.filter((row) => row.kind === 'supplier-lot').map((row) => row.no),
    asKnownOn,
  )
  const stock = await stockOf(snapshot, numbers, asKnownOn)
  const items = await itemsOf(
    reader,
    rows.map((row) => row.item),
  )
  const parties = await namesOf(
    reader,
    'party',
    rows.map((row) => row.party),
  )
  const vessels = await vesselsNow(snapshot, scope, rows, stock)
  const places = new Map([
    ...(await unitsInWords(snapshot, numbers, asKnownOn)),
    ...(await placesInWords(snapshot, stock)),
  ])
  const held = await heldAmong(snapshot, scope, numbers, asKnownOn)
  const marks = await marksOn(snapshot, numbers, asKnownOn)
  const past = asKnownOn === undefined ? undefined : await statusesAt(snapshot, numbers, asKnownOn)
  const byNo = new Map(rows.map((row) => [row.no, row]))
  return numbers.flatMap((no): AffectedRow[] => {
    const [row, reached] = [byNo.get(no), scope.of(no)]
    if (!row || !reached) return []
    const item = row.item === null ? undefined : items.get(row.item)
    const of = made.get(no) ?? drawn.get(no)
    const vessel = vessels.get(no)
    const place = places.get(no) ?? null
    return [
      {
        id: String(no),
        code: row.code,
        kind: row.kind,
        item: item?.code ?? null,
        itemName: item?.name ?? null,
        uri: row.uri,
        status: past?.get(no) ?? row.status,
        states: reached.reached.size,
        ring: reached.ring,
        depth: reached.depth,
        quantity: vessel?.quantity ?? (of ? sayQuantity(of.inScope, item) : null),
        made: of ? sayQuantity(of.made, item) : null,
        place: vessel?.isGone === true ? goneFrom(place) : place,
        expiresOn: row.expires_on,
        supplier: row.party === null ? null : (parties.get(row.party)?.name ?? null),
        held: held.has(no),
        marks: [...(marks.get(no) ?? [])],
      },
    ]
  })
}

/** Supplier lots hold no stock: their quantity is what was received from them. */
export async function drawnFromSources(
  snapshot: Snapshot,
  numbers: readonly number[],
  asKnownOn: Position | undefined,
): Promise<ReadonlyMap<number, { readonly made: Amount; readonly inScope: Amount }>> {
  if (numbers.length === 0) return new Map()
  const { reader } = snapshot
  const rows = await reader.raw(
    'drawn from sources',
    `select n.traceable, sum(e.amount) from node n join edge e on e.org_id = $1 and e.source = n.no
      where n.org_id = $1 and n.traceable = any($2::bigint[]) and e.added_at <= $3
        and (e.retracted_at is null or e.retracted_at > $3) and e.amount is not null and e.kind = 'material' group by 1`,
    [reader.org, numberList(numbers), asKnownOn ?? snapshot.position],
  )
  return new Map(rows.map(([no, sum]) => [Number(no), { made: BigInt(sum ?? 0), inScope: BigInt(sum ?? 0) }]))
}

/**
 * What vessels hold now of what is in scope: nothing once they were emptied or cleaned, or where the states in scope are
 * past. A vessel has no quantity of its own making, only what is in it.
 */
async function vesselsNow(
  snapshot: Snapshot,
  scope: Scope,
  rows: readonly Shown[],
  stock: readonly HeldStock[],
): Promise<ReadonlyMap<number, { readonly quantity: QuantityText; readonly isGone: boolean }>> {
  const numbers = rows.filter((row) => row.kind === 'vessel').map((row) => row.no)
  if (numbers.length === 0) return new Map()
  const measures = await measuresOf(snapshot.reader, numbers)
  return new Map(
    numbers.map((no) => {
      const held = scope.includesNow(no) ? stock.filter((row) => row.traceable === no) : []
      const amount = held.reduce((sum, row) => sum + row.onHand, 0n)
      return [no, { quantity: sayQuantity(amount, measures.get(no)), isGone: amount === 0n }]
    }),
  )
}

/** The vessel still stands there, and what was affected of it does not. */
function goneFrom(place: string | null): string {
  return place === null ? 'affected content gone' : `${place}, affected content gone`
}

/** Parts that are built into a unit at the position: `in IP-01500`. One query. */
async function unitsInWords(
  snapshot: Snapshot,
  numbers: readonly number[],
  asKnownOn: Position | undefined,
): Promise<ReadonlyMap<number, string>> {
  const { reader } = snapshot
  const rows = await reader.query<{ part: number; unit: string }>(
    `select distinct on (p.part) p.part::int, u.code as unit
       from unnest($2::bigint[]) as s(no) join installation p on p.org_id = $1 and p.part = s.no
       join traceable u on u.org_id = $1 and u.no = p.unit
      where p.position <= $3 and (p.out_position is null or p.out_position > $3) order by p.part, p.in_at desc`,
    [reader.org, numberList(numbers), asKnownOn ?? snapshot.position],
  )
  return new Map(rows.map((row) => [row.part, `in ${row.unit}`]))
}

async function placesInWords(
  snapshot: Snapshot,
  stock: readonly HeldStock[],
): Promise<ReadonlyMap<number, string>> {
  const there = stock.filter((row) => row.onHand > 0n)
  const names = await holderNames(snapshot.reader, there)
  const words = new Map<number, string[]>()
  for (const row of there) {
    const known = words.get(row.traceable) ?? []
    known.push(names.inWords(row.holderKind, row.holder))
    words.set(row.traceable, known)
  }
  return new Map(
    [...words].map(([no, all]) => {
      const more = all.length - placesNamedMax
      return [no, more > 0 ? `${all.slice(0, placesNamedMax).join(', ')} and ${more} more` : all.join(', ')]
    }),
  )
}
