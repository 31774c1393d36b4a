import type { Json } from '@lotline/core/identity/rows'
import { ExactNumber, isArray, type JsonObject, type JsonValue } from '@lotline/standards/json/json-value'

/** A record as the ledger keeps it: a number that would lose digits stands as its text. */
export function plainJson(value: JsonValue): Json {
  if (value instanceof ExactNumber) return value.text
  if (isArray(value)) return value.map(plainJson)
  if (typeof value !== 'object' || value === null) return value
  return plainObject(value)
}

export function plainObject(value: JsonObject): { readonly [key: string]: Json } {
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plainJson(member)]))
}
