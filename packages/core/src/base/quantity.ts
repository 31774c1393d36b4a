import { refuse, type Refusal } from './refusal.ts'
import { assert } from './assert.ts'

/**
 * An exact amount: an integer count of 10^-scale of an item's base unit. The item fixes the scale (0 to 9) at first use.
 * Never a JavaScript number: 0.1 kg + 0.2 kg is 0.3 kg.
 */
export type Amount = bigint

/** A decimal written with exactly the digits of its scale: `12.500` is 12500 at scale 3. Self-contained in events. */
export type Decimal = string

/** Amounts stay exact in the genealogy engine's columns up to here. */
export const AMOUNT_MAX: Amount = 9_007_199_254_740_991n
export const SCALE_MAX = 9

const wireForm = /^\d{1,18}(\.\d{1,9})?$/

export type QuantityRefusal = Refusal<
  'quantity_malformed' | 'quantity_not_positive' | 'quantity_too_precise' | 'quantity_too_large'
>

/**
 * Reads a quantity from the wire at the item's scale. ASCII digits with at most one point: no sign, exponent, comma or
 * blank, so that `1,5` and `1e3` are asked about and never guessed. `0` is accepted only where `zero` says so (counts).
 */
export function parseAmount(
  text: string,
  scale: number,
  ask: { zero?: boolean; field?: string } = {},
): Amount | QuantityRefusal {
  const about = { field: ask.field ?? 'quantity', value: text }
  if (!wireForm.test(text)) {
    return refuse('quantity_malformed', {
      message: `The quantity ${JSON.stringify(text)} is not a plain decimal number.`,
      fix: 'Write up to 18 digits, and after a point up to 9 more: 12.5. No sign, comma, blank or exponent.',
      ...about,
    })
  }
  const [whole = '', fraction = ''] = text.split('.')
  const kept = fraction.replace(/0+$/, '')
  if (kept.length > scale) {
    return refuse('quantity_too_precise', {
      message: `The quantity ${text} has ${kept.length} decimals; this item is kept to ${scale}.`,
      fix: `Round it to ${scale} decimals, or give it in a smaller unit.`,
      ...about,
    })
  }
  const amount = BigInt(whole + kept.padEnd(scale, '0'))
  if (amount > AMOUNT_MAX) {
    return refuse('quantity_too_large', {
      message: `The quantity ${text} is more than an item with ${scale} decimals can hold.`,
      fix: `Give at most ${decimalOf(AMOUNT_MAX, scale)}.`,
      ...about,
    })
  }
  if (amount === 0n && !ask.zero) {
    return refuse('quantity_not_positive', {
      message: 'The quantity is zero; there is nothing to record.',
      fix: 'Give a quantity above zero.',
      ...about,
    })
  }
  return amount
}

/** Writes an amount with exactly `scale` decimals: 12500 at 3 is `12.500`. Negative amounts carry a sign. */
export function decimalOf(amount: Amount, scale: number): Decimal {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(scale + 1, '0')
  const sign = amount < 0n ? '-' : ''
  return scale === 0 ? sign + digits : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}

/** Reads a decimal that our own code wrote (`decimalOf`): the inverse, scale taken from the text. */
export function amountOf(decimal: Decimal): Amount {
  assert(/^-?\d+(\.\d+)?$/.test(decimal), `not a decimal of ours: ${decimal}`)
  return BigInt(decimal.replace('.', ''))
}

/** For people: without trailing zeros. `12.500` reads `12.5`. */
export function plainDecimal(decimal: Decimal): string {
  return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal
}
