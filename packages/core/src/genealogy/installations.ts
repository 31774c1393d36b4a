import type { TouchRow } from './rows.ts'
import { inOrder } from './touch-rows.ts'
import type { TraceableNo } from './touch.ts'

/** Part and unit of a row that puts one into the other or takes it out, on the part's side. */
export function pairOf(row: TouchRow): readonly [part: TraceableNo, unit: TraceableNo] | undefined {
  return row.traceable !== null && row.other !== null ? [row.traceable, row.other] : undefined
}

/**
 * Sets until when each installation of one part in one unit lasted, from all installations and removals between the two.
 * A removal without an amount ends all that are open; one with an amount ends the oldest that it covers wholly. O(n log n).
 */
export function closeInstallations(rows: readonly TouchRow[]): void {
  let open: TouchRow[] = []
  for (const row of inOrder(rows)) {
    if (row.does === 'part') {
      row.until = null
      open.push(row)
    } else if (row.does === 'apart') {
      let left = row.amount
      const stays: TouchRow[] = []
      for (const part of open) {
        const isCovered: boolean =
          left === null || (left > 0n && (part.amount === null || part.amount <= left))
        if (!isCovered) stays.push(part)
        else {
          part.until = row.at
          if (left !== null) left -= part.amount ?? 0n
        }
      }
      open = stays
    }
  }
}
