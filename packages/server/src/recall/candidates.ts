import type { Instant } from '@lotline/core/base/instant'
import type { Position, TraceQuery } from '@lotline/core/genealogy/engine'
import { instantText } from '../database/session.ts'
import type { Snapshot } from '../plant/plant.ts'

/** Gaps turned into candidates in one answer; beyond them the answer says that it is not complete. */
export const candidateGapsMax = 1_000

export interface Candidates {
  readonly overlay: NonNullable<TraceQuery['overlay']>
  /** Position of the event that left the gap, by edge: see `candidateKey`. */
  readonly events: ReadonlyMap<string, Position>
  /** There were more gaps than that: some candidates are missing. */
  readonly tooMany: boolean
}

/**
 * Edges that cannot be excluded: an input of a process that nobody recorded may have been any lot of that item that the
 * plant had on hand at the time, wherever it lay, because the place of an output says little about where its material lay.
 * Laid over the graph for one question; the gap that causes them is open as of the asked position.
 */
export async function candidatesAt(snapshot: Snapshot, asKnownOn: Position | undefined): Promise<Candidates> {
  const { reader } = snapshot
  const at = asKnownOn ?? snapshot.position
  const gaps = await reader.raw(
    'gaps with candidates',
    `select no from gap where org_id = $1 and kind in ('input-not-recorded', 'unknown-lot') and process_key is not null
        and item is not null and position <= $2 and (closed_position is null or closed_position > $2)
      order by no limit ${candidateGapsMax + 1}`,
    [reader.org, at],
  )
  if (gaps.length === 0) return { overlay: [], events: new Map(), tooMany: false }
  const rows = await reader.raw(
    'candidates',
    `with open_gap as materialized (
       select no, item, process_key, happened_at, position from gap where org_id = $1 and no = any($3::bigint[])),
     candidate as (
       select g.no, t.no as traceable
         from open_gap g
         join traceable t on t.org_id = $1 and t.item = g.item
         join movement m on m.org_id = $1 and m.traceable = t.no and m.happened_at <= g.happened_at and m.position <= $2
        where m.holder_kind in ('place', 'order', 'container', 'subcontractor')
        group by 1, 2 having sum(m.delta) > 0)
     select distinct state.no, process.no, g.happened_at, g.position
       from candidate c
       join open_gap g on g.no = c.no
       join node process on process.org_id = $1 and process.process_key = g.process_key and process.kind = 'process'
      cross join lateral (
        select n.no from node n where n.org_id = $1 and n.traceable = c.traceable
           and (n.started_at is null or n.started_at <= g.happened_at)
         order by n.started_at desc nulls last, n.no desc limit 1) state`,
    [reader.org, at, `{${gaps.slice(0, candidateGapsMax).map(([no]) => no)}}`],
  )
  const overlay = rows.map(([source, target, happenedAt]) => ({
    source: Number(source),
    target: Number(target),
    kind: 'material' as const,
    evidence: 'candidate' as const,
    amount: null,
    happenedAt: instantText(happenedAt ?? '') as Instant,
    until: null,
  }))
  const events = new Map(
    rows.map(([source, target, , position]) => [
      candidateKey(Number(source), Number(target)),
      Number(position),
    ]),
  )
  return { overlay, events, tooMany: gaps.length > candidateGapsMax }
}

export function candidateKey(source: number, target: number): string {
  return `${source} ${target}`
}
