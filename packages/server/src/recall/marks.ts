import type { Position } from '@lotline/core/genealogy/engine'
import { bypassMark } from '@lotline/core/ledger/route'
import type { MarkShape } from '@lotline/core/recall/shapes'
import type { Snapshot } from '../plant/plant.ts'
import { numberList } from './number-list.ts'

/**
 * The marks that bypassed rules left on these traceables: on them by name, or on the order that made them. One query;
 * O(marks of the organisation + outputs of the orders they are on).
 */
export async function marksOn(
  snapshot: Snapshot,
  numbers: readonly number[],
  asKnownOn: Position | undefined,
): Promise<ReadonlyMap<number, readonly MarkShape[]>> {
  const { reader } = snapshot
  const rows = await reader.query<{ no: number; code: string; message: string; position: number }>(
    `with mark as (
       select x.* from exception x join event e on e.org_id = x.org_id and e.position = x.position
        where x.org_id = $1 and x.code = '${bypassMark}' and x.position <= $3 and (e.voided_by is null or e.voided_by > $3))
     select traceable::int as no, code, message, position::int from mark where traceable = any($2::bigint[])
     union
     select m.traceable::int, x.code, x.message, x.position::int
       from mark x join movement m on m.org_id = $1 and m.order_no = x.order_no and m.cause = 'produced'
        and m.traceable = any($2::bigint[]) and m.position <= $3
      where x.traceable is null
     order by 1, 4`,
    [reader.org, numberList(numbers), asKnownOn ?? snapshot.position],
  )
  const marks = new Map<number, MarkShape[]>()
  for (const { no, ...mark } of rows) marks.set(no, [...(marks.get(no) ?? []), mark])
  return marks
}
