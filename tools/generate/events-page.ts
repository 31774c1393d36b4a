import { catalogueVerbs, type DescribedVerb } from './from-program.ts'

/** `docs/reference/events.md`: every verb, the fact it becomes, and the fields it takes; undefined without a catalogue. */
export async function eventsPage(): Promise<string | undefined> {
  const verbs = await catalogueVerbs()
  if (verbs.length === 0) return undefined
  return [
    '# Verbs and events\n',
    'Made by `npm run gen` from the schemas. A verb is what a program or person asks for (`POST /v1/captures`); the event is',
    'the fact that stands in the ledger when it is accepted. Fields that every verb may carry stand at the end.\n',
    ...verbs.map((verb) => entry(verb, commonFields(verbs))),
    '## Fields of every verb\n',
    ...[...commonFields(verbs)].map((name) => fieldLine(name, verbs[0]?.schema ?? {})),
    '',
  ].join('\n')
}

function entry(verb: DescribedVerb, common: ReadonlySet<string>): string {
  const own = Object.keys(propertiesOf(verb.schema)).filter((name) => !common.has(name) && name !== 'verb')
  return [
    `## \`${verb.verb}\`\n`,
    `${verb.about}\n`,
    `Event: \`${verb.event}\`, version ${verb.version}\n`,
    ...own.map((name) => fieldLine(name, verb.schema)),
    '',
  ].join('\n')
}

/** Names that the command of every verb has. */
function commonFields(verbs: readonly DescribedVerb[]): ReadonlySet<string> {
  const names = Object.keys(propertiesOf(verbs[0]?.schema ?? {}))
  return new Set(
    names.filter((name) => name !== 'verb' && verbs.every((verb) => name in propertiesOf(verb.schema))),
  )
}

function fieldLine(name: string, schema: object): string {
  const required: unknown = Reflect.get(schema, 'required')
  const must = Array.isArray(required) && required.includes(name) ? ', required' : ''
  const field: unknown = propertiesOf(schema)[name]
  const said: unknown = typeof field === 'object' && field !== null ? Reflect.get(field, 'description') : ''
  return `- \`${name}\` (${kindOf(field)}${must})${typeof said === 'string' && said !== '' ? `: ${said}` : ''}`
}

function kindOf(field: unknown): string {
  if (typeof field !== 'object' || field === null) return 'any'
  const choices: unknown = Reflect.get(field, 'anyOf')
  if (Array.isArray(choices)) return [...new Set(choices.map(kindOf))].join(' or ')
  if (Reflect.has(field, 'const')) return `\`${String(Reflect.get(field, 'const'))}\``
  const type: unknown = Reflect.get(field, 'type')
  if (type === 'array') return `list of ${kindOf(Reflect.get(field, 'items'))}`
  return typeof type === 'string' ? type : 'any'
}

function propertiesOf(schema: object): Record<string, unknown> {
  const properties: unknown = Reflect.get(schema, 'properties')
  return typeof properties === 'object' && properties !== null ? { ...properties } : {}
}
