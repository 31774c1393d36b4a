import { isRefusal, refuse } from '@lotline/core/base/refusal'
import { applicationIdentifiers, type ApplicationIdentifier } from './application-identifiers.ts'
import { checkAssociations } from './associations.ts'
import { textLengthMax } from './element-string.ts'
import { type AiValue, checkValue, type Gs1Refusal } from './value-check.ts'

/** The resolver that a canonical link names (GS1 Digital Link URI Syntax 1.3, 6). */
export const canonicalStem = 'https://id.gs1.org'

interface LinkParts {
  readonly stem: string
  readonly path: readonly string[]
  readonly query: string
}

/** Whether a text looks like a web address at all: `http` or `https`, all small or all capital. */
export function isWebAddress(text: string): boolean {
  return /^(https?|HTTPS?):\/\//.test(text)
}

/**
 * Reads a GS1 Digital Link URI: the rightmost key of the path with its qualifiers in order, then the attributes of the query.
 * `shortGtin` allows a GTIN of 8, 12 or 13 digits. Repeated identifiers are refused. O(n).
 */
export function parseDigitalLink(
  uri: string,
  rules: { shortGtin: boolean } = { shortGtin: false },
): readonly AiValue[] | Gs1Refusal {
  const parts = splitLink(uri)
  if (isRefusal(parts)) return parts
  const inPath = readPath(parts.path, rules.shortGtin)
  if (isRefusal(inPath)) return inPath
  const inQuery = readQuery(parts.query, inPath, rules.shortGtin)
  if (isRefusal(inQuery)) return inQuery
  const values = [...inPath, ...inQuery]
  const twice = values.find(({ ai }, index) => values.findIndex((other) => other.ai === ai) < index)
  if (twice) return badLink(`names (${twice.ai}) twice`, twice.ai)
  return checkAssociations(values) ?? values
}

function splitLink(uri: string): LinkParts | Gs1Refusal {
  if (uri.length > textLengthMax) return badLink('is too long')
  if (!isWebAddress(uri)) return badLink('does not begin with http:// or https://')
  if (/[^A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]/.test(uri)) return badLink('has characters that no address has')
  const [address = ''] = uri.split('#')
  const [front = '', ...query] = address.split('?')
  const [, stem = '', domain = '', path = ''] = /^([A-Za-z]+:\/\/([^/]*))(.*)$/.exec(front) ?? []
  if (!/^[A-Za-z0-9\-._:[\]]+$/.test(domain)) return badLink('has a domain with illegal characters')
  return { stem, path: path.split('/').slice(1), query: query.join('?') }
}

/** Walks from the end in pairs until a pair names a key; what stands before it is the stem. */
function readPath(path: readonly string[], shortGtin: boolean): readonly AiValue[] | Gs1Refusal {
  const segments = path.at(-1) === '' && path.length % 2 === 1 ? path.slice(0, -1) : path
  for (let at = segments.length - 2; at >= 0; at -= 2) {
    const definition = applicationIdentifiers.get(segments[at] ?? '')
    if (!definition) break
    if (definition.digitalLink.key) return readKeyAndQualifiers(segments.slice(at), definition, shortGtin)
  }
  return badLink('has no GS1 key in its path')
}

function readKeyAndQualifiers(
  segments: readonly string[],
  key: ApplicationIdentifier,
  shortGtin: boolean,
): readonly AiValue[] | Gs1Refusal {
  const values: AiValue[] = []
  for (let at = 0; at < segments.length; at += 2) {
    const ai = segments[at] ?? ''
    const value = readValue(ai, percentDecode(segments[at + 1] ?? '', 'path'), shortGtin)
    if (isRefusal(value)) return value
    values.push(value)
  }
  const qualifiers = values.slice(1).map(({ ai }) => ai)
  if (
    qualifiers.length > 0 &&
    !key.digitalLink.qualifiers.some((allowed) => isInOrder(qualifiers, allowed))
  ) {
    return badLink(
      `has qualifiers (${qualifiers.join('), (')}) that do not follow key (${key.ai}) in this order`,
      key.ai,
    )
  }
  return values
}

function isInOrder(asked: readonly string[], allowed: readonly string[]): boolean {
  let at = -1
  return asked.every((ai) => {
    const next = allowed.indexOf(ai, at + 1)
    if (next < 0) return false
    at = next
    return true
  })
}

function readQuery(
  query: string,
  inPath: readonly AiValue[],
  shortGtin: boolean,
): readonly AiValue[] | Gs1Refusal {
  const key = applicationIdentifiers.get(inPath[0]?.ai ?? '')
  const values: AiValue[] = []
  for (const element of query.split(/[&;]/)) {
    const at = element.indexOf('=')
    const ai = percentDecode(element.slice(0, Math.max(at, 0)), 'query')
    if (at < 0 || !/^\d+$/.test(ai)) continue
    const definition = applicationIdentifiers.get(ai)
    if (!definition) return badLink(`has an unknown identifier (${ai}) in its query`, ai)
    const inOrder = key?.digitalLink.qualifiers.some((allowed) => allowed.includes(ai)) ?? false
    if (inOrder && !inPath.some((value) => value.ai === ai)) {
      return badLink(`has (${ai}) in its query, where it belongs into the path`, ai)
    }
    if (!inOrder && !definition.digitalLink.attribute) return badLink(`cannot carry (${ai}) in its query`, ai)
    const value = readValue(ai, percentDecode(element.slice(at + 1), 'query'), shortGtin)
    if (isRefusal(value)) return value
    values.push(value)
  }
  return values
}

function readValue(ai: string, text: string, shortGtin: boolean): AiValue | Gs1Refusal {
  const definition = applicationIdentifiers.get(ai)
  if (!definition) return badLink(`has an unknown identifier (${ai}) in its path`, ai)
  if (text === '') return badLink(`has no value for (${ai})`, ai)
  const value = shortGtin && ai === '01' && /^(\d{8}|\d{12,13})$/.test(text) ? text.padStart(14, '0') : text
  return checkValue(definition, value) ?? { ai, value }
}

/** Percent decoding; a broken sequence stays as it stands, and `+` is a blank in a query only. Bytes map to Latin-1. */
export function percentDecode(text: string, where: 'path' | 'query'): string {
  const spaced = where === 'query' ? text.replaceAll('+', ' ') : text
  return spaced.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
}

/** Percent coding of all but the unreserved characters; a blank is `+` in a query. */
export function percentEncode(text: string, where: 'path' | 'query'): string {
  const coded = text.replace(
    /[^A-Za-z0-9\-._~]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  )
  return where === 'query' ? coded.replaceAll('%20', '+') : coded
}

/**
 * Writes identifiers as a Digital Link: the first key among them, its qualifiers in order, and the others as attributes, those
 * of predefined length first. Refused when something can be neither.
 */
export function formatDigitalLink(values: readonly AiValue[], stem = canonicalStem): string | Gs1Refusal {
  const once = values.filter(({ ai }, index) => values.findIndex((other) => other.ai === ai) === index)
  const key = once.map(({ ai }) => applicationIdentifiers.get(ai)).find((found) => found?.digitalLink.key)
  if (!key) return badLink('needs a key such as (01), (00) or (8004)')
  const present = new Set(once.map(({ ai }) => ai))
  const sequence =
    key.digitalLink.qualifiers.findLast((allowed) => allowed.some((ai) => present.has(ai))) ?? []
  const inPath = [key.ai, ...sequence.filter((ai) => present.has(ai))]
  const attributes = once.filter(({ ai }) => !inPath.includes(ai))
  const homeless = attributes.find(
    ({ ai }) =>
      !applicationIdentifiers.get(ai)?.digitalLink.attribute ||
      key.digitalLink.qualifiers.some((allowed) => allowed.includes(ai)),
  )
  if (homeless) return badLink(`cannot carry (${homeless.ai}) beside (${inPath.join('), (')})`, homeless.ai)
  const isFixed = ({ ai }: AiValue) => applicationIdentifiers.get(ai)?.fixed === true
  const ordered = [...attributes.filter(isFixed), ...attributes.filter((value) => !isFixed(value))]
  const valueOf = (wanted: string) => once.find(({ ai }) => ai === wanted)?.value ?? ''
  const path = inPath.map((ai) => `/${ai}/${percentEncode(valueOf(ai), 'path')}`).join('')
  const query = ordered.map(({ ai, value }) => `${ai}=${percentEncode(value, 'query')}`).join('&')
  return `${stem.replace(/\/$/, '')}${path}${query === '' ? '' : `?${query}`}`
}

function badLink(why: string, ai?: string): Gs1Refusal {
  return refuse('gs1_bad_link', {
    message: `The GS1 Digital Link ${why}.`,
    fix: 'Check the address: https://<any domain>/01/<GTIN>/10/<lot>?17=<YYMMDD>.',
    field: ai,
  })
}
