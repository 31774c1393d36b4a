import { isRefusal } from '@lotline/core/base/refusal'
import { checkAssociations } from './associations.ts'
import { hasCheckDigit } from './check-digit.ts'
import { isWebAddress, parseDigitalLink } from './digital-link.ts'
import { everyReading, parseBracketed, parseElementString, separator, unreadable } from './element-string.ts'
import type { AiValue, Gs1Refusal } from './value-check.ts'

/**
 * What a scanned or typed text says. `ambiguous` carries every reading, for a person to choose: a text without symbology
 * identifier and separators may read in several ways, and is never guessed.
 */
export type Scan =
  | { readonly kind: 'elements'; readonly values: readonly AiValue[]; readonly symbology: string | undefined }
  | { readonly kind: 'plain'; readonly text: string; readonly symbology: string | undefined }
  | { readonly kind: 'ambiguous'; readonly readings: readonly (readonly AiValue[])[]; readonly text: string }

/** Symbology identifiers (ISO/IEC 15424) whose data is always a GS1 element string. */
const gs1Carriers = new Set([']C1', ']d2', ']Q3', ']e0', ']J1'])
/** Carriers of any text, which may be a Digital Link. */
const textCarriers = /^\](C0|A\d|F\d|G\d|I\d|L\d|Q[012]|d[01]|J0|z\d|X0)/

/**
 * Reads a scan. `single` lets a label carry a bare lot or serial, as internal labels do (GS-04).
 * O(n), at most 10,000 characters.
 */
export function readScan(text: string, rules: { single: boolean } = { single: false }): Scan | Gs1Refusal {
  if (text === '') return unreadable('is empty', 0)
  if (text.length > 10_000) return unreadable('is longer than 10,000 characters', 0)
  const symbology = text.startsWith(']') ? text.slice(0, 3) : undefined
  if (symbology === undefined) return readBare(text, rules)
  const data = text.slice(3)
  if (gs1Carriers.has(symbology)) return elements(parseElementString(data), symbology, rules)
  if (symbology === ']E0' || symbology === ']E4') return readRetail(data, symbology, rules)
  if (!textCarriers.test(symbology))
    return unreadable(`begins with an unknown symbology identifier ${symbology}`, 0)
  if (isWebAddress(data)) return elements(parseDigitalLink(data), symbology, rules)
  return { kind: 'plain', text: data, symbology }
}

function elements(
  values: readonly AiValue[] | Gs1Refusal,
  symbology: string | undefined,
  rules: { single: boolean },
): Scan | Gs1Refusal {
  if (isRefusal(values)) return values
  return checkAssociations(values, rules) ?? { kind: 'elements', values, symbology }
}

/** EAN and UPC carry a GTIN with its check digit; a composite part may follow after a bar. */
function readRetail(data: string, symbology: string, rules: { single: boolean }): Scan | Gs1Refusal {
  const [digits = '', composite] = data.split('|]e0')
  const length = symbology === ']E0' ? 13 : 8
  if (digits.length !== length || !hasCheckDigit(digits)) {
    return unreadable(`is not a ${length}-digit retail code with a right check digit`, 3)
  }
  const gtin = { ai: '01', value: digits.padStart(14, '0') }
  if (composite === undefined) return { kind: 'elements', values: [gtin], symbology }
  const more = parseElementString(composite)
  return isRefusal(more) ? more : elements([gtin, ...more], symbology, rules)
}

/** Typed, or sent by a scanner that adds no symbology identifier. */
function readBare(text: string, rules: { single: boolean }): Scan | Gs1Refusal {
  if (/^\(\d{2,4}\)/.test(text)) return elements(parseBracketed(text), undefined, rules)
  if (isWebAddress(text)) return elements(parseDigitalLink(text), undefined, rules)
  if (text.includes(separator)) return elements(parseElementString(text), undefined, rules)
  const readings = everyReading(text).filter((values) => checkAssociations(values, rules) === undefined)
  if (readings.length === 0) return { kind: 'plain', text, symbology: undefined }
  return { kind: 'ambiguous', readings, text }
}
