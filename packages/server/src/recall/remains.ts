import type { Amount } from '@lotline/core/base/quantity'
import type { Position } from '@lotline/core/genealogy/engine'
import type { RemainsRow } from '@lotline/core/recall/answers-shape'
import type { Snapshot } from '../plant/plant.ts'
import { holderNames } from './holders.ts'
import { itemsOf, measuresOf, namesOf } from './named-rows.ts'
import { numberList } from './number-list.ts'
import { sayQuantity } from './say-amount.ts'
import type { Scope } from './scope.ts'
import type { HeldStock } from './stock-rows.ts'

/** Stock in scope as rows of an answer: what remains, and where. A fixed number of queries. */
export async function remainsRows(
  snapshot: Snapshot,
  scope: Scope,
  stock: readonly HeldStock[],
  is: { readonly held: ReadonlySet<number>; readonly asKnownOn: Position | undefined },
): Promise<readonly RemainsRow[]> {
  if (stock.length === 0) return []
  const { reader } = snapshot
  const numbers = new Set(stock.map((row) => row.traceable))
  const reserved = await reservedOf(snapshot, numbers, is.asKnownOn)
  const codes = await namesOf(reader, 'traceable', numbers)
  const items = await itemsOf(
    reader,
    stock.map((row) => row.item),
  )
  const measures = await measuresOf(reader, numbers)
  const holders = await holderNames(reader, stock)
  return stock.map((row) => {
    const item = row.item === null ? undefined : items.get(row.item)
    const measure = item ?? measures.get(row.traceable)
    const holder = holders.nameOf(row.holderKind, row.holder)
    return {
      id: String(row.traceable),
      code: codes.get(row.traceable)?.code ?? String(row.traceable),
      item: item?.code ?? null,
      holder: { kind: row.holderKind, code: holder.code, name: holder.name },
      quantity: sayQuantity(row.onHand, measure),
      reserved: sayQuantity(reserved.get(row.traceable) ?? 0n, measure),
      held: is.held.has(row.traceable),
      ring: scope.ringOf(row.traceable),
    }
  })
}

async function reservedOf(
  snapshot: Snapshot,
  numbers: Iterable<number>,
  asKnownOn: Position | undefined,
): Promise<ReadonlyMap<number, Amount>> {
  const { reader } = snapshot
  const rows = await reader.raw(
    'reserved of',
    `select traceable, sum(amount) from reservation
      where org_id = $1 and traceable = any($2::bigint[]) and position <= $3
        and (ended_position is null or ended_position > $3) group by 1`,
    [reader.org, numberList(numbers), asKnownOn ?? snapshot.position],
  )
  return new Map(rows.map(([no, sum]) => [Number(no), BigInt(sum ?? 0)]))
}
