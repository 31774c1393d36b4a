import type { CivilDate } from '@lotline/core/base/instant'
import type { Amount } from '@lotline/core/base/quantity'
import type { Position } from '@lotline/core/genealogy/engine'
import type { TraceableRow } from '@lotline/core/identity/rows'
import type { AffectedRow } from '@lotline/core/recall/answers-shape'
import type { Snapshot } from '../plant/plant.ts'
import { heldAmong } from './open-holds.ts'
import { holderNames } from './holders.ts'
import { madeOfEach } from './movement-sums.ts'
import { itemsOf, namesOf } from './named-rows.ts'
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
  const places = await placesInWords(snapshot, stock)
  const held = await heldAmong(snapshot, scope, numbers, asKnownOn)
  const past = asKnownOn === undefined ? undefined : await statusesAt(snapshot, numbers, asKnownOn)
  const byNo = new Map(rows.map((row) => [row.no, row]))
  return numbers.flatMap((no): AffectedRow[] => {
    const [row, reached] = [byNo.get(no), scope.of(no)]
    if (!row || !reached) return []
    const item = row.item === null ? undefined : items.get(row.item)
    const of = made.get(no) ?? drawn.get(no)
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
        quantity: of ? sayQuantity(of.inScope, item) : null,
        made: of ? sayQuantity(of.made, item) : null,
        place: places.get(no) ?? null,
        expiresOn: row.expires_on,
        supplier: row.party === null ? null : (parties.get(row.party)?.name ?? null),
        held: held.has(no),
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
