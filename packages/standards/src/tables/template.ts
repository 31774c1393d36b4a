import { isCivilDate, parseInstant } from '@lotline/core/base/instant'
import { isRefusal, refuse, type Refusal } from '@lotline/core/base/refusal'
import { isArray, isObject, type JsonObject, type JsonValue, textAt } from '../json/json-value.ts'

export type TemplateRefusal = Refusal<'mapping_invalid' | 'cell_invalid'>

/** Where a template finds what it asks for: a cell of a row, an attribute or an object of a logged event. */
export interface Source {
  /** Where it stands, for people: `row 12`. */
  readonly place: string
  /** The texts a name stands for: one for a cell, several for a role; `undefined` when there is no such name. */
  find(asked: Slot): readonly string[] | undefined
}

/** A place in a template that the source fills. */
export interface Slot {
  readonly kind: 'column' | 'object' | 'objects' | 'attribute' | 'event'
  readonly name: string
  readonly options: JsonObject
}

const kinds = ['column', 'object', 'objects', 'attribute', 'event'] as const
const known = new Set([
  ...kinds,
  'optional',
  'decimal',
  'date',
  'time',
  'offset',
  'map',
  'prefix',
  'verbatim',
  'each',
  'qualifier',
])

/** A value that a spreadsheet has turned into a number of ten digits: the rest is lost, so it is never taken. */
const scientific = /^[+-]?\d+([.,]\d+)?[eE][+-]?\d+$/

/**
 * Fills a template from one record. In the template, an object with one of `column`, `object`, `objects`, `attribute` or
 * `event` is a slot; everything else is copied. Options of a slot: `optional` (an empty cell leaves the field out), `map`
 * (text to text), `prefix`, `decimal` (`","`: the cell writes its numbers with a comma), `date` / `time` (how the cell writes
 * them, with `offset` for a time that has none), `verbatim` (digits with an `E` are a code), `each` (a list, one filled
 * template per object). Nothing is guessed: an empty cell, an unknown column or a number in scientific notation is refused.
 */
export function fillTemplate(template: JsonValue, source: Source): JsonValue | undefined | TemplateRefusal {
  if (isArray(template)) {
    const list: JsonValue[] = []
    for (const item of template) {
      const filled = fillTemplate(item, source)
      if (isRefusal(filled)) return filled
      if (filled !== undefined) list.push(filled)
    }
    return list
  }
  if (!isObject(template)) return template
  const slot = slotOf(template)
  if (isRefusal(slot)) return slot
  if (slot) return fillSlot(slot, source)
  const object: JsonObject = {}
  for (const [name, item] of Object.entries(template)) {
    const filled = fillTemplate(item, source)
    if (isRefusal(filled)) return filled
    if (filled !== undefined) object[name] = filled
  }
  // An object whose every slot was optional and empty says nothing.
  return Object.keys(object).length === 0 && Object.keys(template).length > 0 ? undefined : object
}

function slotOf(template: JsonObject): Slot | undefined | TemplateRefusal {
  const kind = kinds.find((each) => typeof template[each] === 'string')
  if (kind === undefined) return undefined
  const stranger = Object.keys(template).find((name) => !known.has(name))
  if (stranger !== undefined)
    return badMapping(`a slot for ${kind} ${template[kind]} has the unknown option ${stranger}`)
  return { kind, name: textAt(template, kind) ?? '', options: template }
}

function fillSlot(slot: Slot, source: Source): JsonValue | undefined | TemplateRefusal {
  const texts = source.find(slot)
  if (texts === undefined)
    return badMapping(`there is no ${slot.kind} ${JSON.stringify(slot.name)} in ${source.place}`)
  if (slot.kind === 'objects') return fillEach(slot, texts, source)
  if (texts.length > 1) return badCell(source, slot, texts.join(', '), 'names several where one is asked')
  const text = (texts[0] ?? '').trim()
  if (text !== '') return readCell(slot, text, source)
  if (slot.options['optional'] === true) return undefined
  return badCell(source, slot, text, 'is empty')
}

function fillEach(
  slot: Slot,
  texts: readonly string[],
  source: Source,
): JsonValue | undefined | TemplateRefusal {
  if (texts.length === 0)
    return slot.options['optional'] === true ? undefined : badCell(source, slot, '', 'is empty')
  const each = slot.options['each']
  const list: JsonValue[] = []
  for (const text of texts) {
    const value = readCell(slot, text, source)
    if (isRefusal(value)) return value
    list.push(each === undefined ? value : put(each, value))
  }
  return list
}

/** The `each` template of a list: `"$"` stands for the object. */
function put(template: JsonValue, value: JsonValue): JsonValue {
  if (template === '$') return value
  if (isArray(template)) return template.map((item) => put(item, value))
  if (!isObject(template)) return template
  return Object.fromEntries(Object.entries(template).map(([name, item]) => [name, put(item, value)]))
}

function readCell(slot: Slot, given: string, source: Source): JsonValue | TemplateRefusal {
  const { options } = slot
  const map = options['map']
  if (isObject(map)) {
    const mapped = Object.hasOwn(map, given) ? map[given] : undefined
    return mapped ?? badCell(source, slot, given, 'is not among the values that the mapping names')
  }
  if (scientific.test(given) && options['verbatim'] !== true) {
    return badCell(source, slot, given, 'is written in scientific notation, so digits are lost')
  }
  const date = textAt(options, 'date')
  if (date !== undefined) return readDate(slot, given, date, source)
  const time = textAt(options, 'time')
  if (time !== undefined) return readTime(slot, given, time, source)
  const text = options['decimal'] === ',' ? decimalPoint(given) : given
  if (text === undefined) return badCell(source, slot, given, 'is not a number written with a decimal comma')
  return (textAt(options, 'prefix') ?? '') + text
}

/** `1.234,5` is 1234.5; points may only group thousands. */
function decimalPoint(text: string): string | undefined {
  if (!/^\d+(,\d+)?$|^\d{1,3}(\.\d{3})+(,\d+)?$/.test(text)) return undefined
  return text.replaceAll('.', '').replace(',', '.')
}

function readDate(slot: Slot, text: string, form: string, source: Source): string | TemplateRefusal {
  const parts = partsOf(text, form)
  const date = parts && `${parts.get('YYYY')}-${parts.get('MM')}-${parts.get('DD')}`
  return date !== undefined && isCivilDate(date)
    ? date
    : badCell(source, slot, text, `is not a date written ${form}`)
}

function readTime(slot: Slot, text: string, form: string, source: Source): string | TemplateRefusal {
  if (form === 'ISO') {
    return parseInstant(text) ? text : badCell(source, slot, text, 'is not an ISO 8601 time with its offset')
  }
  const parts = partsOf(text, form)
  const offset = textAt(slot.options, 'offset')
  if (offset === undefined) return badMapping(`the time in ${slot.name} needs an "offset" such as "+01:00"`)
  const part = (name: string) => parts?.get(name) ?? '00'
  const time = `${part('YYYY')}-${part('MM')}-${part('DD')}T${part('hh')}:${part('mm')}:${part('ss')}${offset}`
  return parts && parseInstant(time) ? time : badCell(source, slot, text, `is not a time written ${form}`)
}

/** Reads a text by a form such as `DD.MM.YYYY hh:mm`. */
function partsOf(text: string, form: string): Map<string, string> | undefined {
  const names = [...form.matchAll(/YYYY|MM|DD|hh|mm|ss/g)].map(([name]) => name)
  const escaped = form.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const pattern = escaped.replace(/YYYY|MM|DD|hh|mm|ss/g, (name) => `(\\d{${name.length}})`)
  const found = new RegExp(`^${pattern}$`).exec(text)
  return found ? new Map(names.map((name, index) => [name, found[index + 1] ?? ''])) : undefined
}

export function badMapping(why: string): TemplateRefusal {
  return refuse('mapping_invalid', {
    message: `The mapping does not fit the file: ${why}.`,
    fix: 'Correct the mapping file; the import reference lists what it may say.',
  })
}

function badCell(source: Source, slot: Slot, text: string, why: string): TemplateRefusal {
  return refuse('cell_invalid', {
    message: `${slot.name} of ${source.place} ${why}${text === '' ? '' : `: ${JSON.stringify(text)}`}.`,
    fix: 'Correct the file at its source, or mark the field as optional in the mapping.',
    field: `${source.place}/${slot.name}`,
    value: text,
  })
}
