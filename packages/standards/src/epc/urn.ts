import { refuse, type Refusal } from '@lotline/core/base/refusal'
import { checkDigitOf } from '../gs1/check-digit.ts'
import type { AiValue } from '../gs1/value-check.ts'
import { type EpcScheme, epcSchemes } from './schemes.ts'

export type EpcRefusal = Refusal<'epc_malformed'>

/** Characters that a URN writes as percent codes (TDS 6.3); all others of set 82 stand as they are. */
const coded = /["%&/<>?#]/g

/** Whether a text is a pure-identity, class or pattern EPC URN of a scheme that has a GS1 key. */
export function isGs1Urn(text: string): boolean {
  const scheme = /^urn:epc:(?:id|class|idpat):([a-z]+):/.exec(text)?.[1]
  return scheme !== undefined && scheme in epcSchemes
}

/**
 * Turns an EPC URN into GS1 identifiers: `urn:epc:id:sgtin:0614141.107346.2017` is (01)10614141073464(21)2017. A class pattern
 * with `*` in its last part gives the identifiers of the class alone. O(n).
 */
export function parseEpcUrn(urn: string): readonly AiValue[] | EpcRefusal {
  const [, form = '', name = '', rest = ''] = /^urn:epc:(id|class|idpat):([a-z]+):(.*)$/s.exec(urn) ?? []
  const scheme = epcSchemes[name]
  if (!scheme) return bad(urn, 'is not an EPC URN of a GS1 key')
  const parts = splitParts(rest, scheme)
  const [prefix = '', reference = '', ...more] = parts
  if (parts.length < 2 + leastParts(scheme)) return bad(urn, 'has too few parts')
  if (!/^\d{6,12}$/.test(prefix)) return bad(urn, 'has a company prefix that is not 6 to 12 digits')
  if (scheme.digits > 0 && (!/^\d*$/.test(reference) || prefix.length + reference.length !== scheme.digits)) {
    return bad(urn, `must have ${scheme.digits} digits in company prefix and reference together`)
  }
  if (scheme.digits === 0 && reference === '') return bad(urn, 'has no reference')
  if (more.some((part) => part === '' || (part.includes('*') && form !== 'idpat'))) {
    return bad(urn, 'has an empty or open part')
  }
  return identifiersOf(scheme, keyDigits(scheme, prefix, reference), more.map(decodePart))
}

/** A reference of free text may hold points itself: what is left over belongs to the last part. */
function splitParts(rest: string, scheme: EpcScheme): readonly string[] {
  const parts = rest.split('.')
  const most = 2 + scheme.rest.length
  return parts.length <= most ? parts : [...parts.slice(0, most - 1), parts.slice(most - 1).join('.')]
}

/** A GDTI, GRAI or SGLN may come without its extension in the wild. */
function leastParts(scheme: EpcScheme): number {
  return ['8003', '253', '255', '414'].includes(scheme.key) ? 0 : scheme.rest.length
}

function keyDigits(scheme: EpcScheme, prefix: string, reference: string): string {
  const text = scheme.digits === 0 ? decodePart(reference) : reference
  const joined = scheme.indicator ? text.slice(0, 1) + prefix + text.slice(1) : prefix + text
  const digits = scheme.fill + joined
  return scheme.check ? digits + checkDigitOf(digits) : digits
}

function identifiersOf(scheme: EpcScheme, key: string, parts: readonly string[]): readonly AiValue[] {
  let data = key
  const values: AiValue[] = []
  for (const [index, role] of scheme.rest.entries()) {
    const part = parts[index]
    if (part === undefined || part === '*') continue
    if (role === 'tail') data += part
    else if (role !== '254' || part !== '0') values.push({ ai: role, value: part })
  }
  return [{ ai: scheme.key, value: data }, ...values]
}

function decodePart(part: string): string {
  return part.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

function encodePart(part: string): string {
  return part.replace(coded, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`)
}

/**
 * Writes GS1 identifiers as an EPC URN. The length of the company prefix is not in the key, so it must be known from the
 * company (6 to 12 digits). `undefined` when no scheme fits.
 */
export function formatEpcUrn(values: readonly AiValue[], prefixLength: number): string | undefined {
  const has = new Map(values.map(({ ai, value }) => [ai, value]))
  const name = schemeNameOf(has)
  const scheme = name === undefined ? undefined : epcSchemes[name]
  const key = scheme && has.get(scheme.key)
  if (name === undefined || !scheme || key === undefined) return undefined
  const length = scheme.digits === 0 ? key.length : scheme.digits + scheme.fill.length + 1
  const digits = key.slice(scheme.fill.length, scheme.check ? length - 1 : length)
  const [first, rest] = scheme.indicator ? [digits.slice(0, 1), digits.slice(1)] : ['', digits]
  const parts = [rest.slice(0, prefixLength), encodePart(first + rest.slice(prefixLength))]
  const tail = key.slice(length)
  let open = false
  for (const role of scheme.rest) {
    const text = role === 'tail' ? tailOf(name, tail, parts.length) : (has.get(role) ?? '')
    if (text === '' && role === '254') parts.push('0')
    else if (text === '') open = true
    if (text !== '' || role !== '254') parts.push(text === '' ? '*' : encodePart(text))
  }
  const form = open ? 'idpat' : name === 'lgtin' ? 'class' : 'id'
  return `urn:epc:${form}:${name}:${parts.join('.')}`
}

/** The tail of an ITIP is two pairs of digits, piece and total; of all others one serial. */
function tailOf(name: string, tail: string, at: number): string {
  return name === 'itip' ? tail.slice((at - 2) * 2, (at - 1) * 2) : tail
}

function schemeNameOf(has: ReadonlyMap<string, string>): string | undefined {
  if (has.has('01'))
    return has.has('21') ? 'sgtin' : has.has('235') ? 'upui' : has.has('10') ? 'lgtin' : 'sgtin'
  return Object.keys(epcSchemes).find((name) => has.has(epcSchemes[name]?.key ?? ''))
}

function bad(urn: string, why: string): EpcRefusal {
  return refuse('epc_malformed', {
    message: `The EPC ${urn} ${why}.`,
    fix: 'Check it against the tag or the sender: urn:epc:id:sgtin:<company>.<indicator and item>.<serial>.',
    value: urn,
  })
}
