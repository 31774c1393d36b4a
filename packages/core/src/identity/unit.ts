import { decimalOf, parseAmount, type Amount, type Decimal } from '../base/quantity.ts'
import { isRefusal, refuse, type Refusal } from '../base/refusal.ts'
import type { ItemRow } from './rows.ts'

/**
 * Units of measure with exact ratios: one unit is `numerator/denominator` of its dimension's reference.
 * Codes: UN/ECE Recommendation 20; factors are exact by definition (NIST SP 811 appendix B for the customary ones).
 */
interface Unit {
  readonly code: string
  readonly names: readonly string[]
  readonly dimension: 'mass' | 'volume' | 'length' | 'area' | 'count' | 'time'
  readonly numerator: bigint
  readonly denominator: bigint
}

const unit = (
  code: string,
  names: string,
  dimension: Unit['dimension'],
  numerator: bigint,
  denominator = 1n,
): Unit => ({ code, names: names.split(' '), dimension, numerator, denominator })

// References: mass in microgram, volume in microlitre, length in micrometre, area in mm2, count in pieces, time in seconds.
const units: readonly Unit[] = [
  unit('MC', 'ug µg', 'mass', 1n),
  unit('MGM', 'mg', 'mass', 1_000n),
  unit('GRM', 'g', 'mass', 1_000_000n),
  unit('KGM', 'kg', 'mass', 1_000_000_000n),
  unit('TNE', 't', 'mass', 1_000_000_000_000n),
  unit('LBR', 'lb', 'mass', 453_592_370n),
  unit('ONZ', 'oz', 'mass', 28_349_523_125n, 1_000n),
  unit('STN', 'ston', 'mass', 907_184_740_000n),
  unit('4G', 'ul µl', 'volume', 1n),
  unit('MLT', 'ml mL', 'volume', 1_000n),
  unit('CLT', 'cl', 'volume', 10_000n),
  unit('LTR', 'l L', 'volume', 1_000_000n),
  unit('HLT', 'hl', 'volume', 100_000_000n),
  unit('MTQ', 'm3 m³', 'volume', 1_000_000_000n),
  unit('GLL', 'gal', 'volume', 3_785_411_784n, 1_000n),
  unit('4H', 'um µm', 'length', 1n),
  unit('MMT', 'mm', 'length', 1_000n),
  unit('CMT', 'cm', 'length', 10_000n),
  unit('MTR', 'm', 'length', 1_000_000n),
  unit('KMT', 'km', 'length', 1_000_000_000n),
  unit('INH', 'in', 'length', 25_400n),
  unit('FOT', 'ft', 'length', 304_800n),
  unit('YRD', 'yd', 'length', 914_400n),
  unit('MMK', 'mm2 mm²', 'area', 1n),
  unit('CMK', 'cm2 cm²', 'area', 100n),
  unit('MTK', 'm2 m²', 'area', 1_000_000n),
  unit('H87', 'pc pcs piece EA ea each C62', 'count', 1n),
  unit('DZN', 'dz dozen', 'count', 12n),
  unit('CEN', 'hundred', 'count', 100n),
  unit('MIL', 'thousand', 'count', 1000n),
  unit('SEC', 's', 'time', 1n),
  unit('MIN', 'min', 'time', 60n),
  unit('HUR', 'h', 'time', 3600n),
]

const byName = new Map(
  units.flatMap((each) => [each.code, ...each.names].map((name) => [name, each] as const)),
)

/** A quantity as recorded: in base units at the item's scale, with what was written where that was another unit (A7). */
export interface Measured {
  readonly amount: Amount
  readonly quantity: Decimal
  /** Present where a conversion was used: shown wherever the quantity is. */
  readonly given?: { readonly value: string; readonly unit: string }
}

/** What a quantity is read for: an item, or a vessel that counts whatever is in it in one unit. */
export type Measurable = Pick<ItemRow, 'code' | 'unit' | 'scale' | 'conversions'>

export type MeasureRefusal = Refusal<'unit_unknown' | 'unit_inexact'>

/**
 * Reads a wire quantity for an item, converting exactly. A conversion that does not come out even at the item's scale is
 * refused rather than rounded: rounding would have to be booked, and nobody asked for it.
 */
export function measure(
  item: Measurable,
  quantity: { value: string; unit?: string | undefined },
  ask: { zero?: boolean; field?: string } = {},
): Measured | Refusal {
  const field = ask.field ?? 'quantity'
  if (quantity.unit === undefined || quantity.unit === item.unit) {
    const amount = parseAmount(quantity.value, item.scale, { ...ask, field: `${field}/value` })
    return typeof amount === 'bigint' ? { amount, quantity: decimalOf(amount, item.scale) } : amount
  }
  const ratio = ratioOf(item, quantity.unit)
  if (!ratio) {
    return refuse('unit_unknown', {
      message: `${item.code} is kept in ${item.unit}; no conversion from ${quantity.unit} is known.`,
      fix: `Give the quantity in ${item.unit}, or add a conversion for ${quantity.unit} to the item.`,
      field: `${field}/unit`,
      value: quantity.unit,
    })
  }
  const given = parseAmount(quantity.value, 9, { ...ask, field: `${field}/value` })
  if (isRefusal(given)) return given
  const scaled = given * ratio.numerator * 10n ** BigInt(item.scale)
  const divisor = ratio.denominator * 1_000_000_000n
  if (scaled % divisor !== 0n) {
    return refuse('unit_inexact', {
      message: `${quantity.value} ${quantity.unit} is not a whole number of 10^-${item.scale} ${item.unit}.`,
      fix: `Give the quantity in ${item.unit} as you want it kept, or keep the item to more decimals.`,
      field: `${field}/value`,
      value: `${quantity.value} ${quantity.unit}`,
    })
  }
  const amount = parseAmount(decimalOf(scaled / divisor, item.scale), item.scale, ask)
  if (isRefusal(amount)) return amount
  return {
    amount,
    quantity: decimalOf(amount, item.scale),
    given: { value: quantity.value, unit: quantity.unit },
  }
}

/** Decimals an item gets that does not say: none for what is counted and for units we do not know, three for the rest. */
export function scaleFor(unit: string): number {
  const dimension = byName.get(unit)?.dimension
  return dimension === undefined || dimension === 'count' ? 0 : 3
}

/** How many base units of the item one `from` is, as an exact ratio; its own conversions go before the table. */
function ratioOf(item: Measurable, from: string): { numerator: bigint; denominator: bigint } | undefined {
  const own = item.conversions.find((conversion) => conversion.unit === from)
  if (own) return { numerator: BigInt(own.numerator), denominator: BigInt(own.denominator) }
  const source = byName.get(from)
  const base = byName.get(item.unit)
  if (!source || !base || source.dimension !== base.dimension) return undefined
  return { numerator: source.numerator * base.denominator, denominator: source.denominator * base.numerator }
}
