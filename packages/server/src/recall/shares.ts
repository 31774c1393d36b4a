import type { Amount } from '@lotline/core/base/quantity'
import type { NodeNo, Position } from '@lotline/core/genealogy/engine'
import type { Snapshot } from '../plant/plant.ts'
import { numberList } from './number-list.ts'

/** What went into a process in all, by item: the whole that a share of the target is of. */
export async function inputTotals(
  snapshot: Snapshot,
  processes: Iterable<NodeNo>,
  asKnownOn: Position | undefined,
): Promise<ReadonlyMap<string, Amount>> {
  const { reader } = snapshot
  const rows = await reader.raw(
    'input totals',
    `select e.target, t.item, sum(e.amount)
       from unnest($2::bigint[]) as s(no) join edge e on e.org_id = $1 and e.target = s.no
       join node n on n.org_id = $1 and n.no = e.source join traceable t on t.org_id = $1 and t.no = n.traceable
      where e.added_at <= $3 and (e.retracted_at is null or e.retracted_at > $3) and e.amount is not null and t.item is not null
      group by 1, 2`,
    [reader.org, numberList(processes), asKnownOn ?? snapshot.position],
  )
  return new Map(
    rows.map(([process, item, sum]) => [totalKey(Number(process), Number(item)), BigInt(sum ?? 0)]),
  )
}

export function totalKey(process: NodeNo, item: number): string {
  return `${process} ${item}`
}

/** A part of a whole as a decimal of at most six digits; null where it is not known or makes no sense. */
export function shareText(part: Amount | null, whole: Amount | undefined): string | null {
  if (part === null || whole === undefined || whole <= 0n || part > whole) return null
  const millionths = (part * 1_000_000n + whole / 2n) / whole
  const digits = millionths.toString().padStart(7, '0')
  return `${digits.slice(0, -6)}.${digits.slice(-6)}`.replace(/\.?0+$/, '')
}
