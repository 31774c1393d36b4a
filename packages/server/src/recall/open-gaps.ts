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

/** Gaps that were open at the position, on any of these traceables or processes. One query. */
export async function gapsOn(
  snapshot: Snapshot,
  of: { readonly traceables: Iterable<number>; readonly processes: Iterable<NodeNo> },
  asKnownOn: Position | undefined,
): Promise<readonly GapShape[]> {
  const { reader } = snapshot
  const rows = await reader.query<GapColumns & Record<string, unknown>>(
    `select g.no::int, g.kind, g.detail, g.traceable::int, t.code, g.happened_at, g.position::int
       from gap g left join traceable t on t.org_id = g.org_id and t.no = g.traceable
      where g.org_id = $1 and g.position <= $4 and (g.closed_position is null or g.closed_position > $4)
        and (g.traceable = any($2::bigint[]) or g.process_key in (
          select process_key from node where org_id = $1 and no = any($3::bigint[])))
      order by g.no`,
    [reader.org, numberList(of.traceables), numberList(of.processes), asKnownOn ?? snapshot.position],
  )
  return rows.map(gapShape)
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
