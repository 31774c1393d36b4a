import type { ReactNode } from 'react'

/** One column of a table: what it says in words (for finding, sorting and export), and how it is drawn if not as those words. */
export interface Column<Row> {
  readonly key: string
  readonly label: string
  readonly text: (row: Row) => string
  readonly cell?: (row: Row) => ReactNode
  /** Sorts by this when words sort wrongly. */
  readonly order?: (row: Row) => number | string
  readonly right?: boolean
  /** Sentences run over several lines; everything else stays on one. */
  readonly wrap?: boolean
  /** Least width in pixels, and its part of the room that is left. */
  readonly width: number
  readonly grow: number
}

export interface Sorting {
  readonly key: string
  readonly down: boolean
}

/** Rows that hold every word of `find`, in the order asked; equal rows keep the order of the server. O(rows log rows). */
export function arranged<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  ask: { find: string; sorting: Sorting | undefined },
): readonly Row[] {
  const words = ask.find
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  const found =
    words.length === 0
      ? rows
      : rows.filter((row) => {
          const text = columns
            .map((column) => column.text(row))
            .join('\n')
            .toLowerCase()
          return words.every((word) => text.includes(word))
        })
  const column = columns.find(({ key }) => key === ask.sorting?.key)
  if (!column) return found
  const by = column.order ?? column.text
  const sign = ask.sorting?.down ? -1 : 1
  return found.toSorted((a, b) => sign * compared(by(a), by(b)))
}

const words = new Intl.Collator('en', { numeric: true })

function compared(a: number | string, b: number | string): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : words.compare(String(a), String(b))
}
