import type { Refusal } from '@lotline/core/base/refusal'

/** What a schema check says of a value. */
export interface ShapeError {
  readonly keyword: string
  readonly instancePath: string
  readonly message?: string | undefined
  readonly params?: Readonly<Record<string, unknown>>
}

/**
 * The most telling of the errors of one value, as a refusal: unknown and missing fields are named, and of a choice the
 * branch that came furthest speaks, because that is the one that was meant.
 */
export function sayShape(
  errors: readonly ShapeError[],
  make: (field: string, says: string) => Refusal,
): Refusal {
  const telling = errors.filter((error) => error.keyword !== 'anyOf' && error.keyword !== 'oneOf')
  const first = [...(telling.length > 0 ? telling : errors)].sort(
    (a, b) => depthOf(b.instancePath) - depthOf(a.instancePath) || weightOf(b) - weightOf(a),
  )[0]
  if (!first) return make('', 'does not fit its schema')
  const field = first.instancePath.replace(/^\//, '')
  // A field whose schema is `false` may not be there at all.
  if (first.keyword === 'boolean') return make(field, 'is not a field that is known here')
  const named = namesIn(first)
  switch (first.keyword) {
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return make(at(field, named[0] ?? ''), 'is not a field that is known here')
    case 'required':
      return make(at(field, named[0] ?? ''), 'is missing')
    case 'enum':
      return make(field, `is none of ${allowedBy(first).join(', ')}`)
    default:
      return make(field, first.message ?? 'does not fit its schema')
  }
}

function namesIn(error: ShapeError): readonly string[] {
  const { params = {} } = error
  const given =
    params['additionalProperties'] ?? params['requiredProperties'] ?? params['unevaluatedProperties']
  return Array.isArray(given) ? given.map(String) : []
}

function allowedBy({ params = {} }: ShapeError): readonly string[] {
  const allowed = params['allowedValues']
  return Array.isArray(allowed) ? allowed.map(String) : []
}

function at(field: string, name: string): string {
  return field === '' ? name : `${field}/${name}`
}

function depthOf(path: string): number {
  return path === '' ? 0 : path.split('/').length
}

/** Unknown fields before missing ones before the rest: a misspelt name explains why another is missing. */
function weightOf(error: ShapeError): number {
  if (error.keyword === 'additionalProperties') return 2
  return error.keyword === 'required' ? 1 : 0
}
