import type { Position } from '@lotline/core/genealogy/engine'
import type { Snapshot } from '../plant/plant.ts'
import { numberList } from './number-list.ts'

/**
 * Of these traceables, those that were bought with nothing behind them: received, and no lot of a supplier nor anything else
 * went into them. They are where a trace ends, as supplier lots are. One query; O(received ones and their inputs).
 */
export async function boughtAsTheyAre(
  snapshot: Snapshot,
  numbers: readonly number[],
  asKnownOn: Position | undefined,
): Promise<ReadonlySet<number>> {
  if (numbers.length === 0) return new Set()
  const { reader } = snapshot
  const stood = (edge: string) =>
    `${edge}.added_at <= $3 and (${edge}.retracted_at is null or ${edge}.retracted_at > $3)`
  const rows = await reader.raw(
    'bought as they are',
    `select s.no from unnest($2::bigint[]) as s(no)
      where exists (select 1 from movement m where m.org_id = $1 and m.traceable = s.no
                       and m.cause = 'received' and m.delta > 0 and m.position <= $3)
        and not exists (
          select 1 from node own
            join edge made on made.org_id = $1 and made.target = own.no and ${stood('made')}
            join node by on by.org_id = $1 and by.no = made.source
            left join edge given on given.org_id = $1 and given.target = by.no and by.kind = 'process' and ${stood('given')}
            left join node before on before.org_id = $1 and before.no = given.source
           where own.org_id = $1 and own.traceable = s.no
             and coalesce(by.traceable, before.traceable, s.no) <> s.no)`,
    [reader.org, numberList(numbers), asKnownOn ?? snapshot.position],
  )
  return new Set(rows.map(([no]) => Number(no)))
}

/** Who delivered traceables that name no party of their own: the supplier of the first receipt. One query. */
export async function deliveredBy(
  snapshot: Snapshot,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  if (numbers.length === 0) return new Map()
  const { reader } = snapshot
  const rows = await reader.raw(
    'delivered by',
    `select distinct on (m.traceable) m.traceable, p.name from unnest($2::bigint[]) as s(no)
       join movement m on m.org_id = $1 and m.traceable = s.no and m.cause = 'received' and m.delta > 0
       join event e on e.org_id = $1 and e.position = m.position and e.type = 'Received'
       join party p on p.org_id = $1 and p.no = (e.body ->> 'supplier')::bigint
      where m.position <= $3 order by m.traceable, m.position`,
    [reader.org, numberList(numbers), snapshot.position],
  )
  return new Map(rows.map(([no, name]) => [Number(no), name ?? '']))
}
