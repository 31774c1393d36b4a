import { type Evidence, ringOf } from '@lotline/core/genealogy/touch'
import type { Point } from './layout.ts'

/** How a link is drawn: recorded solid, pro rata dashed, worst case dotted. */
export type Basis = 'recorded' | 'prorata' | 'worst'

export function basisOf(evidence: Evidence): Basis {
  switch (ringOf(evidence)) {
    case 'proven':
      return 'recorded'
    case 'possible':
      return 'prorata'
    case 'cannot-exclude':
      return 'worst'
  }
}

/** A smooth line through the points of a link; between columns it leaves and arrives level. */
export function linePath(points: readonly Point[]): string {
  const [start, ...rest] = points
  if (!start) return ''
  let path = `M${round(start.x)} ${round(start.y)}`
  let before = start
  for (const point of rest) {
    const bend = (point.x - before.x) / 2
    path +=
      point.y === before.y
        ? `H${round(point.x)}`
        : `C${round(before.x + bend)} ${round(before.y)} ${round(point.x - bend)} ${round(point.y)} ${round(point.x)} ${round(point.y)}`
    before = point
  }
  return path
}

export interface Label {
  /** What went along the link, above its line. */
  readonly text: string
  /** Which part of its source that is, below its line. */
  readonly share: string
  /** Middle of the label, on its line. */
  readonly at: Point
}

const letterWidth = 6.3
const labelHeight = 33

/** Where the words of a link stand: at the middle of its longest stretch between two columns. */
export function labelPlace(points: readonly Point[]): Point | undefined {
  const [start, end] = [points.at(-2), points.at(-1)]
  return start && end ? { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 } : undefined
}

/** The labels that can be read: in the order given, each one that covers none before it. O(labels squared), at most some hundred. */
export function readable(labels: readonly (Label | undefined)[]): ReadonlySet<number> {
  const kept: { index: number; label: Label }[] = []
  for (const [index, label] of labels.entries()) {
    if (label && label.text !== '' && !kept.some((other) => overlap(label, other.label)))
      kept.push({ index, label })
  }
  return new Set(kept.map(({ index }) => index))
}

function overlap(one: Label, other: Label): boolean {
  const wide = ((widest(one) + widest(other)) * letterWidth) / 2 + 4
  return Math.abs(one.at.x - other.at.x) < wide && Math.abs(one.at.y - other.at.y) < labelHeight
}

function widest({ text, share }: Label): number {
  return Math.max(text.length, share.length)
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
