import type { SearchMatch } from '../../shared/answer-shapes.ts'

/** The near matches or choices a refusal carries in its details, whatever else stands there. */
export function matchesIn(details: unknown): readonly SearchMatch[] {
  const list = Array.isArray(details) ? details : (fieldOf(details, 'choices') ?? fieldOf(details, 'near'))
  if (!Array.isArray(list)) return []
  return list.flatMap((one: unknown) => {
    if (typeof one === 'string')
      return [{ type: 'traceable', id: one, code: one, kind: null, item: null, status: null }]
    const [id, code] = [textOf(one, 'id'), textOf(one, 'code')]
    if (code === null) return []
    return [
      {
        type: textOf(one, 'type') ?? 'traceable',
        id: id ?? code,
        code,
        kind: textOf(one, 'kind'),
        item: textOf(one, 'item'),
        status: textOf(one, 'status'),
      },
    ]
  })
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

function textOf(value: unknown, name: string): string | null {
  const field = fieldOf(value, name)
  return typeof field === 'string' ? field : null
}
