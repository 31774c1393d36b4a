import type { Amount } from '@lotline/core/base/quantity'
import type { Position } from '@lotline/core/genealogy/engine'
import type { HolderKind } from '@lotline/core/ledger/tables'
import type { RawRow } from '../database/transaction.ts'
import type { Snapshot } from '../plant/plant.ts'
import { numberList } from './number-list.ts'

/** Who has how much of what. */
export interface HeldStock {
  readonly traceable: number
  readonly item: number | null
  readonly holderKind: HolderKind
  readonly holder: number
  readonly onHand: Amount
  readonly owed: Amount
}

const columns = 'traceable, item, holder_kind, holder, on_hand, owed'

/**
 * Stock of these traceables, customers' included: now, or as known on a position, then from the movements up to there.
 * O(stock rows) or O(movements).
 */
export async function stockOf(
  snapshot: Snapshot,
  numbers: Iterable<number>,
  asKnownOn: Position | undefined,
): Promise<readonly HeldStock[]> {
  const { reader } = snapshot
  const list = numberList(numbers)
  const rows =
    asKnownOn === undefined
      ? await reader.raw(
          'stock now',
          `select ${columns} from unnest($2::bigint[]) as s(no) join stock t on t.org_id = $1 and t.traceable = s.no
            order by 1, 3, 4`,
          [reader.org, list],
        )
      : await reader.raw(
          'stock as known',
          `select traceable, max(item), holder_kind, holder, greatest(sum(delta), 0), greatest(-sum(delta), 0)
             from unnest($2::bigint[]) as s(no) join movement m on m.org_id = $1 and m.traceable = s.no
            where m.position <= $3 group by traceable, holder_kind, holder having sum(delta) <> 0 order by 1, 3, 4`,
          [reader.org, list, asKnownOn],
        )
  return rows.map(heldStock)
}

function heldStock([traceable, item, holderKind, holder, onHand, owed]: RawRow): HeldStock {
  return {
    traceable: Number(traceable),
    item: item === null || item === undefined ? null : Number(item),
    holderKind: holderKind as HolderKind,
    holder: Number(holder),
    onHand: BigInt(onHand ?? 0),
    owed: BigInt(owed ?? 0),
  }
}
