import type { Instant } from '@lotline/core/base/instant'
import type { NodeNo, Position } from '@lotline/core/genealogy/engine'
import type { GapKind } from '@lotline/core/ledger/record-tables'
import { gapFixes } from '@lotline/core/recall/gap-fix'
import type { GapShape } from '@lotline/core/recall/shapes'
import type { Snapshot } from '../plant/plant.ts'
import { numberList } from './number-list.ts'

export interface GapColumns {
  readonly no: number
  readonly kind: GapKind
  readonly detail: string
  readonly traceable: number | null
  readonly code: string | null
  readonly happened_at: Instant
  readonly position: number
}

/**
 * What came out of the process that a gap without a traceable lies in, by the very event that left the gap: joined as
 * `made.no`. The first of several.
 */
export function gapOutput(gap: string): string {
  return `left join lateral (
    select n.traceable as no from node p join edge e on e.org_id = p.org_id and e.source = p.no
      join node n on n.org_id = p.org_id and n.no = e.target
     where ${gap}.traceable is null and p.org_id = ${gap}.org_id and p.process_key = ${gap}.process_key
       and e.event = ${gap}.position and n.traceable is not null
     order by e.retracted_at nulls first, n.traceable limit 1) made on true`
}

/** Gaps that were open at the position, on any of these traceables or processes. One query. */
export async function gapsOn(
  snapshot: Snapshot,
  of: { readonly traceables: Iterable<number>; readonly processes: Iterable<NodeNo> },
  asKnownOn: Position | undefined,
): Promise<readonly GapShape[]> {
  const { reader } = snapshot
  const rows = await reader.query<GapColumns & Record<string, unknown>>(
    `select g.no::int, g.kind, g.detail, t.no::int as traceable, t.code, g.happened_at, g.position::int
       from gap g ${gapOutput('g')} left join traceable t on t.org_id = g.org_id and t.no = coalesce(g.traceable, made.no)
      where g.org_id = $1 and g.position <= $4 and (g.closed_position is null or g.closed_position > $4)
        and (g.traceable = any($2::bigint[]) or g.process_key in (
          select process_key from node where org_id = $1 and no = any($3::bigint[])))
      order by g.no`,
    [reader.org, numberList(of.traceables), numberList(of.processes), asKnownOn ?? snapshot.position],
  )
  return rows.map(snapshot.within === undefined ? gapShape : gapShapeOutside)
}

/** The words of a gap may name whom it is none of the asker's business to know; its kind says enough. */
function gapShapeOutside(row: GapColumns): GapShape {
  return { ...gapShape(row), detail: row.kind.replaceAll('-', ' ') }
}

export function gapShape(row: GapColumns): GapShape {
  return {
    no: row.no,
    kind: row.kind,
    detail: row.detail,
    traceable: row.traceable === null ? null : String(row.traceable),
    code: row.code,
    happenedAt: row.happened_at,
    position: row.position,
    fix: gapFixes[row.kind],
  }
}
