import { isRefusal, type Refusal } from '@lotline/core/base/refusal'
import type { Json } from '@lotline/core/identity/rows'
import { ExactNumber, isArray, isObject, type JsonValue } from '@lotline/standards/json/json-value'
import { parseJson } from '@lotline/standards/json/parse'
import { textUnstorable } from './request-refusals.ts'

/** Bodies of JSON calls; larger input comes as a file to the imports. */
export const bodyBytesMax = 16 * 1_048_576

/**
 * Reads a body strictly: names that stand twice, `__proto__`, nesting beyond 64, text that no database can hold are
 * refused. A number that would lose digits keeps its text, so that a rule can ask about it instead of rounding. O(n).
 */
export function readBody(text: string): Json | Refusal {
  const value = parseJson(text)
  if (isRefusal(value)) return saidOfBody(value)
  const wrong = unstorable(value, '')
  return wrong ?? plain(value)
}

/** The reader of JSON speaks of files, which is what it mostly reads; here it was a call, and its sender is asked. */
function saidOfBody(refusal: Refusal<'json_malformed'>): Refusal<'json_malformed'> {
  return {
    ...refusal,
    message: refusal.message.replace('The file', 'The body').replaceAll('the file', 'the body'),
    fix: 'Send one whole JSON document, in which no name stands twice.',
  }
}

// NUL, and a half of a surrogate pair on its own.
const unwritable = /\u0000|\p{Surrogate}/u

function unstorable(value: JsonValue, path: string): Refusal | undefined {
  if (typeof value === 'string') return unwritable.test(value) ? textUnstorable(path) : undefined
  const entries = isArray(value) ? value.entries() : isObject(value) ? Object.entries(value) : []
  for (const [name, member] of entries) {
    const at = path === '' ? String(name) : `${path}/${name}`
    const wrong =
      (typeof name === 'string' && unwritable.test(name) ? textUnstorable(path) : undefined) ??
      unstorable(member, at)
    if (wrong) return wrong
  }
  return undefined
}

function plain(value: JsonValue): Json {
  if (value instanceof ExactNumber) return value.text
  if (isArray(value)) return value.map(plain)
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plain(member)]))
}
