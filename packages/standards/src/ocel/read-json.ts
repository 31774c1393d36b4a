import { isRefusal } from '@lotline/core/base/refusal'
import {
  decimalText,
  ExactNumber,
  isArray,
  isObject,
  type JsonObject,
  type JsonValue,
  objectsOf,
  textAt,
} from '../json/json-value.ts'
import { parseJson } from '../json/parse.ts'
import {
  checkLog,
  invalid,
  type OcelEvent,
  type OcelLog,
  type OcelObject,
  type OcelRefusal,
  ocelTime,
} from './log.ts'

/** Reads the JSON form of OCEL 2.0. O(n). */
export function readOcelJson(text: string): OcelLog | OcelRefusal {
  const root = parseJson(text)
  if (isRefusal(root)) return root
  if (!isObject(root) || !isArray(root['events']) || !isArray(root['objects'])) {
    return invalid('it has no lists "events" and "objects"')
  }
  const events: OcelEvent[] = []
  for (const [index, item] of objectsOf(root['events']).entries()) {
    const event = eventOf(item, `/events/${index}`)
    if (isRefusal(event)) return event
    events.push(event)
  }
  const objects: OcelObject[] = []
  for (const [index, item] of objectsOf(root['objects']).entries()) {
    const [id, type] = [textAt(item, 'id'), textAt(item, 'type')]
    if (id === undefined || type === undefined) return invalid(`/objects/${index} lacks id or type`)
    objects.push({ id, type, attributes: attributesOf(item['attributes']), related: relationsOf(item) })
  }
  const log = { events, objects }
  return checkLog(log) ?? log
}

function eventOf(item: JsonObject, path: string): OcelEvent | OcelRefusal {
  const [id, type, time] = [textAt(item, 'id'), textAt(item, 'type'), textAt(item, 'time')]
  if (id === undefined || type === undefined) return invalid(`${path} lacks id or type`, path)
  const at = ocelTime(time ?? '')
  if (at === undefined) return invalid(`${path} (${id}) has no time: ${JSON.stringify(time)}`, path)
  const attributes = attributesOf(item['attributes'])
  return { id, type, at, atGiven: time ?? '', attributes, objects: relationsOf(item) }
}

/** Attributes come as `{name, value, time?}`; where one stands several times, the last in time counts. */
function attributesOf(value: JsonValue | undefined): Record<string, string> {
  const sorted = [...objectsOf(value)].sort((a, b) =>
    (textAt(a, 'time') ?? '') < (textAt(b, 'time') ?? '') ? -1 : 1,
  )
  return Object.fromEntries(sorted.map((each) => [textAt(each, 'name') ?? '', plain(each['value'])]))
}

function plain(value: JsonValue | undefined): string {
  if (typeof value === 'number' || value instanceof ExactNumber) return decimalText(value) ?? String(value)
  return typeof value === 'string' ? value : JSON.stringify(value ?? null)
}

function relationsOf(item: JsonObject) {
  return objectsOf(item['relationships']).map((each) => ({
    object: textAt(each, 'objectId') ?? '',
    qualifier: textAt(each, 'qualifier') ?? '',
  }))
}
