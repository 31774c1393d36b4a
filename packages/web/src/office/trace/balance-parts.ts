import type { BalanceRow } from '@lotline/core/recall/answers-shape'

/** What came in ends in these; the rest of the terms says how it came in. */
const ends = [
  'shipped',
  'consumed',
  'scrapped',
  'disposed',
  'relabelledOut',
  'onHand',
  'inProcess',
  'inContainers',
  'atSubcontractor',
] as const

export interface BalancePart {
  readonly name: string
  /** Exact decimal text. */
  readonly quantity: string
  /** 0 to 1 of the bar; for drawing only. */
  readonly width: number
}

/** The parts of the bar, in the order of the shop: out, then what remains, then the rest nobody can explain. */
export function balanceParts({ terms, unexplained }: BalanceRow): BalancePart[] {
  const parts = [
    ...ends.map((name) => [name, terms[name] ?? '0'] as const),
    ['unexplained', unexplained] as const,
  ]
  const shown = parts.filter(([, quantity]) => !isZero(quantity))
  const sizes = shown.map(([, quantity]) => Math.abs(Number(quantity)))
  const total = sizes.reduce((sum, size) => sum + size, 0)
  return shown.map(([name, quantity], at) => ({
    name,
    quantity,
    width: (sizes[at] ?? 0) / Math.max(total, Number.MIN_VALUE),
  }))
}

/** The balance to look at first: one that does not close, else one of what was shipped. */
export function firstToLookAt(rows: readonly BalanceRow[]): number {
  const open = rows.findIndex(({ unexplained }) => !isZero(unexplained))
  return open >= 0
    ? open
    : Math.max(
        0,
        rows.findIndex(({ terms }) => terms['shipped'] !== undefined),
      )
}

export function isZero(decimal: string): boolean {
  return /^-?0*(\.0*)?$/.test(decimal)
}
