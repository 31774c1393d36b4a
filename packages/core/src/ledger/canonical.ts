import { assert } from '../base/assert.ts'
import type { Json } from '../identity/rows.ts'

/**
 * Canonical JSON (RFC 8785, JSON Canonicalization Scheme): keys sorted by UTF-16 code units, no blanks, strings and
 * numbers as ECMAScript writes them. One value has one text, so it can be hashed. O(n log n) in the keys.
 */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'number') {
    assert(Number.isFinite(value), 'canonical JSON holds finite numbers only')
    return JSON.stringify(value)
  }
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`
  let text = ''
  for (const key of Object.keys(value).sort()) {
    const member = value[key]
    if (member !== undefined)
      text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(member)}`
  }
  return `{${text}}`
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}
