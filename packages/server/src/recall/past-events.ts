import type { Instant } from '@lotline/core/base/instant'
import { effectsOf } from '@lotline/core/catalogue'
import type { Position } from '@lotline/core/genealogy/engine'
import type { Disposition } from '@lotline/core/identity/rows'
import type { RecordedEvent } from '@lotline/core/ledger/effects'
import type { EventRow } from '@lotline/core/ledger/record-tables'
import type { Snapshot } from '../plant/plant.ts'
import { numberList } from './number-list.ts'

/** An event row as PostgreSQL gives it. */
export interface EventColumns {
  readonly position: number
  readonly id: string
  readonly type: string
  readonly version: number
  readonly key: string
  readonly actor: string
  readonly happened_at: Instant
  readonly recorded_at: Instant
  readonly historical: boolean
  readonly body: EventRow['body']
  readonly voided_by: number | null
}

/** The event as its columns hold it: enough to state its effects. */
export function eventOf(row: EventColumns): RecordedEvent {
  const { position, id, type, version, key, actor, historical, body } = row
  return {
    position,
    id,
    type,
    version,
    key,
    actor,
    historical,
    body,
    happenedAt: row.happened_at,
    recordedAt: row.recorded_at,
    receivedAt: row.recorded_at,
    happenedAtGiven: row.happened_at,
    sentBy: actor,
    device: null,
    deviceSeq: null,
    uncertaintyMs: 0,
    source: null,
    reason: null,
  }
}

/**
 * The status traceables had at a position, where it was another than now: what the first later event says it was before.
 * O(later events that name them).
 */
export async function statusesAt(
  snapshot: Snapshot,
  numbers: readonly number[],
  asKnownOn: Position,
): Promise<ReadonlyMap<number, Disposition>> {
  const { reader } = snapshot
  const rows = await reader.query<EventColumns & Record<string, unknown>>(
    `select distinct on (e.position) e.position::int, e.id, e.type, e.version::int, e.key, e.actor, e.happened_at, e.recorded_at,
            e.historical, e.body, e.voided_by::int
       from mention m join event e on e.org_id = m.org_id and e.position = m.position
      where m.org_id = $1 and m.traceable = any($2::bigint[]) and (m.position > $3 or e.voided_by > $3) order by e.position`,
    [reader.org, numberList(numbers), asKnownOn],
  )
  const statuses = new Map<number, Disposition>()
  for (const row of rows) {
    for (const effect of effectsOf(eventOf(row))) {
      if (row.position <= asKnownOn) {
        // Voided since: what it did still stood at that position.
        if (effect.do === 'status') statuses.set(effect.traceable, effect.status)
        if (effect.do === 'born') statuses.set(effect.row.no, effect.row.status)
      } else if (effect.do === 'status' && effect.was !== undefined && !statuses.has(effect.traceable)) {
        statuses.set(effect.traceable, effect.was)
      }
    }
  }
  return statuses
}
