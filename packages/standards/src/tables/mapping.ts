import { isRefusal } from '@lotline/core/base/refusal'
import { isArray, isObject, type JsonObject, type JsonValue, textAt } from '../json/json-value.ts'
import { type JsonRefusal, parseJson } from '../json/parse.ts'
import type { OcelLog } from '../ocel/log.ts'
import { badMapping, fillTemplate, type Slot, type Source, type TemplateRefusal } from './template.ts'

/** A mapping file: how records of a table, or events of a log, become commands. */
export interface Mapping {
  readonly format: 'table' | 'ocel'
  /** Name of the system the records come from: part of every record's identity. */
  readonly system: string
  /** Columns that identify a record; none: the content itself does. */
  readonly id: readonly string[]
  /** Character between cells; comma if it says none. */
  readonly separator: string | undefined
  /** Commands that must be there before the records: items, places. */
  readonly before: readonly JsonObject[]
  /** For a table: what each row becomes. */
  readonly commands: readonly JsonObject[]
  /** For a log: what each type of event becomes; an empty list says that a type is left out on purpose. */
  readonly events: Readonly<Record<string, readonly JsonObject[]>>
}

/** One command as a template filled it, not yet checked against its schema. */
export interface FilledRecord {
  readonly place: string
  /** Values of the identifying columns, or `undefined`. */
  readonly id: string | undefined
  readonly commands: readonly JsonObject[]
  readonly content: JsonObject
}

/** Reads and checks a mapping file. */
export function readMapping(text: string): Mapping | TemplateRefusal | JsonRefusal {
  const root = parseJson(text)
  if (isRefusal(root)) return root
  if (!isObject(root)) return badMapping('it is no object')
  const known = ['format', 'system', 'id', 'separator', 'before', 'commands', 'events', '$comment']
  const stranger = Object.keys(root).find((name) => !known.includes(name))
  if (stranger !== undefined) return badMapping(`it has the unknown field ${JSON.stringify(stranger)}`)
  const { format } = root
  if (format !== 'table' && format !== 'ocel') return badMapping('"format" must be "table" or "ocel"')
  const system = textAt(root, 'system')
  if (system === undefined || !/^\S.{0,39}$/.test(system)) {
    return badMapping('"system" is missing: the name of where the records come from, up to 40 characters')
  }
  const ids = root['id'] ?? []
  const events: Record<string, readonly JsonObject[]> = {}
  for (const [type, list] of Object.entries(isObject(root['events']) ? root['events'] : {})) {
    events[type] = templatesOf(list)
  }
  const commands = templatesOf(root['commands'])
  if (format === 'table' && commands.length === 0) return badMapping('"commands" is missing or empty')
  if (format === 'ocel' && Object.keys(events).length === 0) return badMapping('"events" is missing or empty')
  return {
    format,
    system,
    id: isArray(ids) ? ids.filter((name) => typeof name === 'string') : typeof ids === 'string' ? [ids] : [],
    separator: textAt(root, 'separator'),
    before: templatesOf(root['before']),
    commands,
    events,
  }
}

function templatesOf(value: JsonValue | undefined): readonly JsonObject[] {
  return isArray(value) ? value.filter(isObject) : []
}

/** Turns one row of a table into commands. Cells are texts under the names of their columns. */
export function recordOfRow(
  mapping: Mapping,
  row: Readonly<Record<string, string>>,
  line: number,
): FilledRecord | TemplateRefusal {
  const place = `row ${line}`
  const source: Source = {
    place,
    find: ({ kind, name }) => {
      if (kind !== 'column') return undefined
      return Object.hasOwn(row, name) ? [row[name] ?? ''] : undefined
    },
  }
  const missing = mapping.id.find((name) => !Object.hasOwn(row, name))
  if (missing !== undefined)
    return badMapping(`there is no column ${JSON.stringify(missing)} to identify a row by`)
  const ids = mapping.id.map((name) => row[name] ?? '')
  if (mapping.id.length > 0 && ids.every((id) => id.trim() === '')) {
    return badMapping(`${place} has nothing in ${mapping.id.join(', ')}, which identifies it`)
  }
  const id = mapping.id.length > 0 ? JSON.stringify(ids) : undefined
  return filled(mapping.commands, source, id, { ...row })
}

/** Turns a log into commands, event by event in order of time. A type of event that the mapping does not name is refused. */
export function recordsOfLog(mapping: Mapping, log: OcelLog): readonly FilledRecord[] | TemplateRefusal {
  const objects = new Map(log.objects.map((object) => [object.id, object]))
  const records: FilledRecord[] = []
  const ordered = [...log.events].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : 1))
  for (const event of ordered) {
    const templates = Object.hasOwn(mapping.events, event.type) ? mapping.events[event.type] : undefined
    if (!templates) return badMapping(`it does not name the event type ${JSON.stringify(event.type)}`)
    const find = ({ kind, name, options }: Slot): readonly string[] | undefined => {
      if (kind === 'attribute') return [event.attributes[name] ?? '']
      if (kind === 'event') return name === 'id' ? [event.id] : name === 'time' ? [event.at] : undefined
      if (kind === 'column') return undefined
      const qualifier = textAt(options, 'qualifier')
      const wanted = event.objects.filter(
        (each) =>
          objects.get(each.object)?.type === name &&
          (qualifier === undefined || each.qualifier === qualifier),
      )
      return [...new Set(wanted.map((each) => each.object))].sort()
    }
    const content: JsonObject = {
      id: event.id,
      type: event.type,
      time: event.atGiven,
      attributes: { ...event.attributes },
      objects: event.objects.map(({ object, qualifier }) => ({ object, qualifier })),
    }
    const record = filled(templates, { place: `event ${event.id}`, find }, event.id, content)
    if (isRefusal(record)) return record
    records.push(record)
  }
  return records
}

function filled(
  templates: readonly JsonObject[],
  source: Source,
  id: string | undefined,
  content: JsonObject,
): FilledRecord | TemplateRefusal {
  const commands: JsonObject[] = []
  for (const { when, ...template } of templates) {
    const applies = isMeant(when, source)
    if (isRefusal(applies)) return applies
    if (!applies) continue
    const command = fillTemplate(template, source)
    if (isRefusal(command)) return command
    if (isObject(command)) commands.push(command)
  }
  return { place: source.place, id, commands, content }
}

/**
 * Whether a template is meant for this record: `"when": { "column": "Type", "is": ["RECEIPT", "RETURN"] }`. A template
 * without `when` is meant for every record.
 */
function isMeant(when: JsonValue | undefined, source: Source): boolean | TemplateRefusal {
  if (when === undefined) return true
  if (!isObject(when)) return badMapping('"when" is no object')
  const { is, ...slot } = when
  const value = fillTemplate({ ...slot, optional: true, verbatim: true }, source)
  if (isRefusal(value)) return value
  if (is === undefined) return value !== undefined
  const wanted = isArray(is) ? is : [is]
  return wanted.includes(typeof value === 'string' ? value : '')
}
