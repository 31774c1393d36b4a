import type { AffectedRow } from '@lotline/core/recall/answers-shape'

/** What stands against the use of a thing, in a cell of a table: its hold before its disposition, and a bypassed route. */
export function statusInWords(row: Pick<AffectedRow, 'status' | 'held' | 'marks'>): string {
  const status = row.held ? 'held' : row.status
  return row.marks.length > 0 ? `${status}, route bypassed` : status
}
