import { decimalOf, plainDecimal } from '@lotline/core/base/quantity'

/** A stored whole number as people write it: `12500` at scale 3 is `12.5`. */
export function amountText(amount: string, scale: number): string
export function amountText(amount: string | null, scale: number): string | null
export function amountText(amount: string | null, scale: number): string | null {
  return amount === null ? null : plainDecimal(decimalOf(BigInt(amount), scale))
}
