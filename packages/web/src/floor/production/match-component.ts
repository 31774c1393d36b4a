import { isLess, isNothing, least, minus } from '../amounts.ts'
import type { LotToTake, ScannedThing } from '../ask/floor-shapes.ts'
import type { ComponentLine } from './order-view.ts'

/** A lot as far as this device knows it. */
export interface CandidateLot {
  readonly code: string
  readonly item: string
  readonly kind: string
  /** In store; undefined where nobody could be asked. */
  readonly quantity: string | undefined
  readonly place: string | undefined
  readonly held: string | undefined
}

/** What a scanned lot means for an order: taken, a question, or a refusal that needs no server. */
export type Match =
  | {
      readonly kind: 'take'
      readonly line: ComponentLine
      readonly lot: CandidateLot
      readonly quantity: string
    }
  | { readonly kind: 'again'; readonly lot: CandidateLot; readonly at: string }
  | {
      readonly kind: 'over'
      readonly line: ComponentLine
      readonly lot: CandidateLot
      readonly quantity: string
    }
  | { readonly kind: 'not-needed'; readonly lot: CandidateLot; readonly needed: readonly ComponentLine[] }

export interface MatchAsk {
  readonly lines: readonly ComponentLine[]
  readonly lot: CandidateLot
  /** Keyed in before the scan; else what is left, as far as the lot goes. */
  readonly quantity: string | undefined
  /** For one unit: what one takes. */
  readonly perUnit: boolean
  /** What was taken on this order already, newest first. */
  readonly taken: readonly { readonly what: string; readonly at: string }[]
}

/** Finds the line that a lot is for and how much of it is taken. O(lines). */
export function matchComponent({ lines, lot, quantity, perUnit, taken }: MatchAsk): Match {
  const line = lines.find((each) => each.item === lot.item) ?? lines.find((each) => isAlternate(each, lot))
  if (!line) return { kind: 'not-needed', lot, needed: lines.filter(({ left }) => isLess('0', left)) }
  const before = taken.find(({ what }) => what === lot.code)
  const isSpent = lot.kind === 'serial' || (lot.quantity !== undefined && isNothing(lot.quantity))
  if (before && isSpent) return { kind: 'again', lot, at: before.at }
  const wanted = quantity ?? (perUnit && line.perUnit !== null ? line.perUnit : line.left)
  const amount = lot.kind === 'serial' ? '1' : quantity === undefined ? upTo(wanted, lot) : wanted
  const over = isLess(line.left, amount)
  if (isNothing(amount) || over) {
    if (before && isNothing(line.left) && quantity === undefined) return { kind: 'again', lot, at: before.at }
    return { kind: 'over', line, lot, quantity: isNothing(amount) ? upTo('1', lot) : amount }
  }
  return { kind: 'take', line, lot, quantity: amount }
}

function isAlternate(line: ComponentLine, lot: CandidateLot): boolean {
  return line.lots.some(({ code, item }) => code === lot.code && item === lot.item)
}

function upTo(wanted: string, lot: CandidateLot): string {
  return lot.quantity === undefined || isNothing(lot.quantity) ? wanted : least(wanted, lot.quantity)
}

/** The lot of this code among those that the lines list; what this device already took of it is no longer there. */
export function lotInLines(
  lines: readonly ComponentLine[],
  code: string,
  mine: (lot: LotToTake) => string,
): CandidateLot | undefined {
  for (const { lots } of lines) {
    const lot = lots.find((each) => each.code === code)
    if (!lot) continue
    const { item, kind, place, held } = lot
    return { code, item, kind, place, held: held ?? undefined, quantity: minus(lot.quantity, mine(lot)) }
  }
  return undefined
}

/** The lot that a scan named, as the server knows it. */
export function lotOfThing(thing: ScannedThing): CandidateLot | undefined {
  if (thing.item === null) return undefined
  const places = (thing.at ?? []).filter(({ holderKind }) => holderKind === 'place' || holderKind === 'order')
  const [first] = places
  return {
    code: thing.code,
    item: thing.item,
    kind: thing.kind ?? '',
    quantity: places.length === 1 ? first?.quantity : undefined,
    place: places.length === 1 && first?.holderKind === 'place' ? first.holder : undefined,
    held: thing.holds?.[0]?.reason,
  }
}
