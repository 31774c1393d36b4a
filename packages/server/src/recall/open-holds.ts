import type { Position } from '@lotline/core/genealogy/engine'
import { stateNow } from '@lotline/core/recall/intervals'
import type { Snapshot } from '../plant/plant.ts'
import { numberList } from './number-list.ts'
import type { Scope } from './scope.ts'

/** Traceables whose present state is on hold (a hold on an earlier state does not stop use). One query. */
export async function heldAmong(
  snapshot: Snapshot,
  scope: Scope,
  numbers: readonly number[],
  asKnownOn: Position | undefined,
): Promise<ReadonlySet<number>> {
  const { reader } = snapshot
  const rows = await reader.raw(
    'open holds',
    `select h.traceable, h.node from unnest($2::bigint[]) as s(no) join hold h on h.org_id = $1 and h.traceable = s.no
      where h.position <= $3 and (h.released_position is null or h.released_position > $3)`,
    [reader.org, numberList(numbers), asKnownOn ?? snapshot.position],
  )
  const held = new Set<number>()
  for (const [traceable, node] of rows) {
    const reached = scope.of(Number(traceable))
    if (reached && stateNow(reached.states)?.no === Number(node)) held.add(reached.no)
  }
  return held
}
