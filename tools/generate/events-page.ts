import { catalogueVerbs, type DescribedVerb } from './from-program.ts'

/** `docs/reference/events.md`: every verb, the fact it becomes, and the fields it takes; undefined without a catalogue. */
export async function eventsPage(): Promise<string | undefined> {
  const verbs = await catalogueVerbs()
  if (verbs.length === 0) return undefined
  return [
    '# Verbs and events\n',
    'Made by `npm run gen` from the schemas. A verb is what a program or person asks for (`POST /v1/captures`); the event is',
    'the fact that stands in the ledger when it is accepted. Fields that every verb may carry stand at the end; a verb that',
    'requires one of them names it too.\n',
    ...verbs.map((verb) => entry(verb, commonFields(verbs))),
    '## Fields of every verb\n',
    ...[...commonFields(verbs)].map((name) => fieldLine(name, loosest(name, verbs)?.schema ?? {})),
    '',
  ].join('\n')
}

function entry(verb: DescribedVerb, common: ReadonlySet<string>): string {
  const own = Object.keys(propertiesOf(verb.schema)).filter(
    (name) => name !== 'verb' && (!common.has(name) || isRequired(name, verb.schema)),
  )
  return [
    `## \`${verb.verb}\`\n`,
    `${verb.about}\n`,
    `Event: \`${verb.event}\`, version ${verb.version}\n`,
    ...own.map((name) => fieldLine(name, verb.schema)),
    '',
  ].join('\n')
}

/** A verb that leaves the field open, if one does. */
function loosest(name: string, verbs: readonly DescribedVerb[]): DescribedVerb | undefined {
  return verbs.find(({ schema }) => !isRequired(name, schema)) ?? verbs[0]
}

/** Names that the command of every verb has. */
function commonFields(verbs: readonly DescribedVerb[]): ReadonlySet<string> {
  const names = Object.keys(propertiesOf(verbs[0]?.schema ?? {}))
  return new Set(
    names.filter((name) => name !== 'verb' && verbs.every((verb) => name in propertiesOf(verb.schema))),
  )
}

function isRequired(name: string, schema: object): boolean {
  const required: unknown = Reflect.get(schema, 'required')
  return Array.isArray(required) && required.includes(name)
}

/** A field's line, and below it the lines of what it is made of, if that is an object or a list of objects. */
function fieldLine(name: string, schema: object, indent = ''): string {
  const must = isRequired(name, schema) ? ', required' : ''
  const field: unknown = propertiesOf(schema)[name]
  const said = partOf(field, 'description')
  const line = `${indent}- \`${name}\` (${kindOf(field)}${must})${typeof said === 'string' && said !== '' ? `: ${said}` : ''}`
  const inner = partOf(field, 'type') === 'array' ? partOf(field, 'items') : field
  if (typeof inner !== 'object' || inner === null || said === exactQuantity) return line
  const parts = Object.keys(propertiesOf(inner)).map((part) => fieldLine(part, inner, `${indent}  `))
  return [line, ...parts].join('\n')
}

/** The description that marks a quantity; its two fields need not be told every time. */
const exactQuantity = 'An exact quantity'

function kindOf(field: unknown): string {
  const choices = partOf(field, 'anyOf')
  if (Array.isArray(choices)) return [...new Set(choices.map(kindOf))].join(' or ')
  const named = partOf(field, 'enum')
  if (Array.isArray(named)) return named.map((one) => `\`${String(one)}\``).join(' or ')
  const only = partOf(field, 'const')
  if (only !== undefined) return `\`${String(only)}\``
  const type = partOf(field, 'type')
  if (type === 'array') return `list of ${kindOf(partOf(field, 'items'))}`
  if (partOf(field, 'description') === exactQuantity) return 'quantity'
  return typeof type === 'string' ? type : 'anything'
}

function partOf(schema: unknown, name: string): unknown {
  return typeof schema === 'object' && schema !== null ? Reflect.get(schema, name) : undefined
}

function propertiesOf(schema: object): Record<string, unknown> {
  const properties: unknown = Reflect.get(schema, 'properties')
  return typeof properties === 'object' && properties !== null ? { ...properties } : {}
}
