/** A JSON schema as people read it: `{ id: text, item?: text or null }`. With `indent`, over several lines. */
export function schemaText(schema: unknown, indent?: number): string {
  if (!isRecord(schema)) return 'anything'
  const choices = schema['anyOf'] ?? schema['oneOf']
  if (Array.isArray(choices)) {
    const each = [...new Set(choices.map((choice) => schemaText(choice, indent)))]
    const apart = indent !== undefined && each.some((text) => text.includes('\n')) ? '\nor ' : ' or '
    return each.join(apart)
  }
  if ('const' in schema) return JSON.stringify(schema['const'])
  if (typeof schema['$ref'] === 'string') return schema['$ref'].split('/').at(-1) ?? ''
  switch (schema['type']) {
    case 'object':
      return objectText(schema, indent)
    case 'array':
      return `[${schemaText(schema['items'], indent)}]`
    case 'string':
      return 'text'
    case 'null':
      return 'null'
    default:
      return typeof schema['type'] === 'string' ? schema['type'] : 'anything'
  }
}

function objectText(schema: Record<string, unknown>, indent: number | undefined): string {
  const properties = isRecord(schema['properties']) ? schema['properties'] : undefined
  if (!properties) return '{ ... }'
  const required = Array.isArray(schema['required']) ? schema['required'] : []
  const inner = indent === undefined ? undefined : indent + 1
  const fields = Object.entries(properties).map(([name, member]) => {
    const about =
      indent !== undefined && isRecord(member) && typeof member['description'] === 'string'
        ? `  // ${member['description']}`
        : ''
    return { text: `${name}${required.includes(name) ? '' : '?'}: ${schemaText(member, inner)}`, about }
  })
  if (indent === undefined) return `{ ${fields.map(({ text }) => text).join(', ')} }`
  const pad = '  '.repeat(indent + 1)
  return `{\n${fields.map(({ text, about }) => `${pad}${text},${about}`).join('\n')}\n${'  '.repeat(indent)}}`
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
