import { isRefusal } from '@lotline/core/base/refusal'
import { gtin14 } from '../gs1/check-digit.ts'
import { canonicalStem, isWebAddress, parseDigitalLink, percentEncode } from '../gs1/digital-link.ts'
import { readScan } from '../gs1/scan.ts'
import type { AiValue } from '../gs1/value-check.ts'
import { type IdentityKind, identityRows } from './schemes.ts'
import { isGs1Urn, parseEpcUrn } from './urn.ts'

/**
 * One identity behind all its spellings. `uri` is the canonical one: the Digital Link of the identifying numbers at id.gs1.org,
 * or the text itself when it is no GS1 identity. Two spellings mean the same thing exactly when their `uri` is equal.
 */
export interface Identity {
  readonly kind: IdentityKind
  readonly uri: string
  /** The class of a serial or lot: canonical link of its GTIN or other class key. */
  readonly classUri: string | undefined
  /** What people read: lot, serial, SSCC or GLN without its class. */
  readonly code: string
  /** The class key in short: GTIN, component part number. */
  readonly classCode: string | undefined
  readonly values: readonly AiValue[]
}

/** Links whose form is right but whose check digits or neighbours are not still name something: kept by their text. */
function plain(text: string): Identity {
  return { kind: 'other', uri: text, classUri: undefined, code: text, classCode: undefined, values: [] }
}

/**
 * The identity a URI names: EPC URN, Digital Link, or any other URI, which stands for itself. Never refuses, since an import
 * must keep what it was told; `kind: 'other'` says that nothing more is known.
 */
export function identityOfUri(uri: string): Identity {
  if (isGs1Urn(uri)) {
    const values = parseEpcUrn(uri)
    return isRefusal(values) ? plain(uri) : (identityOf(values) ?? plain(uri))
  }
  if (!isWebAddress(uri)) return plain(uri)
  const values = parseDigitalLink(uri, { shortGtin: true })
  return isRefusal(values) ? plain(uri) : (identityOf(values) ?? plain(uri))
}

/**
 * The identity a scanned or typed text names: element string, printed form, Digital Link, EPC URN. `undefined` for plain and
 * ambiguous texts, which are looked up or asked about instead.
 */
export function identityOfText(text: string): Identity | undefined {
  const trimmed = text.trim()
  if (isGs1Urn(trimmed) || isWebAddress(trimmed)) {
    const identity = identityOfUri(trimmed)
    return identity.kind === 'other' ? undefined : identity
  }
  const scan = readScan(trimmed, { single: false })
  return isRefusal(scan) || scan.kind !== 'elements' ? undefined : identityOf(scan.values)
}

/** The identity that the identifiers of one label make together; `undefined` when none of them identifies anything. */
export function identityOf(values: readonly AiValue[]): Identity | undefined {
  const has = new Map(values.map(({ ai, value }) => [ai, value]))
  const row = identityRows.find((candidate) => candidate.values.every((ai) => has.has(ai)))
  if (!row) return undefined
  const [keyAi = ''] = row.values
  // The content of a pallet, (02), is the same goods as (01) on the goods themselves.
  const linkAi = keyAi === '02' ? '01' : keyAi
  const key = keyAi === '01' || keyAi === '02' ? gtin14(has.get(keyAi) ?? '') : (has.get(keyAi) ?? '')
  const keyUri = `${canonicalStem}/${linkAi}/${percentEncode(key, 'path')}`
  const rest = row.values.slice(1)
  const tail = rest.map((ai) => `/${ai}/${percentEncode(has.get(ai) ?? '', 'path')}`).join('')
  return {
    kind: row.kind,
    uri: keyUri + tail,
    classUri: row.classOf ? keyUri : undefined,
    code: row.classOf ? (has.get(rest[0] ?? '') ?? key) : [key, ...rest.map((ai) => has.get(ai))].join('.'),
    classCode: row.classOf ? key : undefined,
    values,
  }
}
