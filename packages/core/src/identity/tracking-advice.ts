import { type Amount, parseAmount, type QuantityRefusal } from '../base/quantity.ts'
import { isRefusal } from '../base/refusal.ts'
import { type Tracking, trackings } from './rows.ts'

/** What a level of tracking is advised by (A1). What is not known is left out and advises nothing. */
export interface ProductFamily {
  /** Value of one unit in the currency of the organisation, with at most two decimals: `49.9`. */
  readonly unitValue?: string | undefined
  readonly rules?: readonly Rule[] | undefined
  /** What may happen if one unit is bad. */
  readonly risk?: (typeof risks)[number] | undefined
  /** The level a customer or contract asks for. */
  readonly customerAsks?: Tracking | undefined
}

/** Sets of rules that ask for a level. */
export const ruleNames = ['food-traceability-list', 'gmp', 'iatf', 'as9100', 'udi'] as const
export type Rule = (typeof ruleNames)[number]

export const risks = ['low', 'harm', 'safety-critical'] as const

const ruleLevels: Readonly<Record<Rule, readonly [Tracking, string]>> = {
  'food-traceability-list': [
    'lot',
    'FSMA 204 asks for a traceability lot code on every listed food (21 CFR 1.1320)',
  ],
  gmp: ['batch', 'GMP asks for a batch number on every batch and its record (21 CFR 211.188)'],
  iatf: ['lot', 'IATF 16949 8.5.2.1 asks for clear start and stop points of product that may not conform'],
  as9100: ['serial', 'AS9100 8.5.2 asks for the identity and configuration of the article through its life'],
  udi: ['serial', 'UDI carries the production identifiers on the label of the device (21 CFR 801.40)'],
}

export interface TrackingAdvice {
  readonly tracking: Tracking
  /** One reason for each input, strongest level first: what it asks for, and why. */
  readonly reasons: readonly { readonly tracking: Tracking; readonly why: string }[]
}

/** Bands of unit value, in hundredths: below the first a batch will do, from the second on a serial pays. */
const LOT_FROM = 50_00n
const SERIAL_FROM = 500_00n

/** The level of tracking for a family of products: the strictest that any of its inputs asks for, each with its reason. */
export function adviseTracking(family: ProductFamily): TrackingAdvice | QuantityRefusal {
  const { unitValue } = family
  const value =
    unitValue === undefined ? undefined : parseAmount(unitValue, 2, { zero: true, field: 'unitValue' })
  if (isRefusal(value)) return value
  const reasons = [
    ...valueReasons(value),
    ...(family.rules ?? []).map((rule) => {
      const [tracking, why] = ruleLevels[rule]
      return { tracking, why }
    }),
    ...riskReasons(family.risk),
    ...(family.customerAsks ? [{ tracking: family.customerAsks, why: 'the customer asks for it' }] : []),
  ].sort((a, b) => strictness(b.tracking) - strictness(a.tracking))
  return { tracking: reasons[0]?.tracking ?? 'lot', reasons }
}

function strictness(tracking: Tracking): number {
  return trackings.indexOf(tracking)
}

function valueReasons(value: Amount | undefined): TrackingAdvice['reasons'] {
  if (value === undefined) return []
  if (value >= SERIAL_FROM)
    return [
      {
        tracking: 'serial',
        why: 'a unit is worth 500 or more: scrapping a lot costs more than a label each',
      },
    ]
  if (value >= LOT_FROM)
    return [{ tracking: 'lot', why: 'a unit is worth 50 or more: small lots keep a recall small' }]
  return [
    { tracking: 'batch', why: 'a unit is worth less than 50: one code for what is made together will do' },
  ]
}

function riskReasons(risk: ProductFamily['risk']): TrackingAdvice['reasons'] {
  switch (risk) {
    case 'safety-critical':
      return [{ tracking: 'serial', why: 'a bad unit may endanger life: each must be found by itself' }]
    case 'harm':
      return [{ tracking: 'lot', why: 'a bad unit may do harm: what was made alike must be found' }]
    case 'low':
      return [{ tracking: 'none', why: 'a bad unit does no harm' }]
    case undefined:
      return []
  }
}
