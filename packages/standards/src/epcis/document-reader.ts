import { isRefusal, refuse } from '@lotline/core/base/refusal'
import { isArray, isObject, type JsonObject, type JsonValue, textAt } from '../json/json-value.ts'
import { JsonSlicer } from '../json/slice.ts'
import { attributeOf, childOf, type XmlNode, XmlSlicer } from '../xml/slice.ts'
import { type EpcisRefusal, eventTypes } from './event.ts'
import type { Fault } from './field-rules.ts'
import { isEventType, prefixesOf } from './read-event.ts'
import { eventOfXml } from './xml-event.ts'

/** An event as it stands in its file, in JSON form, with its place there. */
export interface RawEvent {
  readonly place: string
  readonly event: JsonObject
  /** What only the outer form can show: order of elements, unknown elements. */
  readonly faults: readonly Fault[]
}

/** One entry of a master data vocabulary: a place, a party, a class of goods. */
export interface MasterEntry {
  readonly vocabulary: string
  readonly id: string
  readonly attributes: Readonly<Record<string, string>>
}

/** What stands around the events. */
export interface DocumentFrame {
  readonly format: 'json' | 'xml'
  readonly documentType: string
  readonly schemaVersion: string | undefined
  readonly prefixes: Readonly<Record<string, string>>
  readonly masterData: readonly MasterEntry[]
}

/**
 * Reads an EPCIS file piece by piece: capture documents, query results, lists of events and single events, in JSON-LD or XML
 * (2.0, and 1.x XML). Memory is one event plus the frame, so the size of the file does not matter.
 */
export interface EpcisReader {
  push(piece: string): readonly RawEvent[] | EpcisRefusal
  end(): { readonly frame: DocumentFrame; readonly rest: readonly RawEvent[] } | EpcisRefusal
}

/** The reader for a file that begins with this text. */
export function epcisReader(beginning: string): EpcisReader {
  return /^\ufeff?\s*</.test(beginning) ? new XmlReader() : new JsonReader()
}

const eventLists = ['', '/epcisBody/eventList', '/epcisBody/queryResults/resultsBody/eventList']

class JsonReader implements EpcisReader {
  readonly #slicer = new JsonSlicer(eventLists)

  push(piece: string): readonly RawEvent[] | EpcisRefusal {
    const slices = this.#slicer.push(piece)
    if (isRefusal(slices)) return slices
    return slices.map(({ path, line, value }) => ({
      place: `${path} (line ${line})`,
      event: isObject(value) ? value : {},
      faults: isObject(value) ? [] : [{ path: '', why: 'must be an object' }],
    }))
  }

  end(): { frame: DocumentFrame; rest: readonly RawEvent[] } | EpcisRefusal {
    const frame = this.#slicer.end()
    if (isRefusal(frame)) return frame
    return frameOfJson(frame)
  }
}

function frameOfJson(value: JsonValue): { frame: DocumentFrame; rest: readonly RawEvent[] } | EpcisRefusal {
  if (isArray(value)) return { frame: jsonFrame('list', {}), rest: [] }
  if (!isObject(value)) return notDocument('it is neither an object nor a list')
  const type = textAt(value, 'type') ?? textAt(value, 'isA')
  if (isEventType(type)) {
    return { frame: jsonFrame(type, value), rest: [{ place: '/', event: value, faults: [] }] }
  }
  const isQuery = type === 'EPCISQueryDocument'
  if (!isQuery && type !== 'EPCISDocument') {
    return notDocument(
      `its type is ${JSON.stringify(type)}, not EPCISDocument, EPCISQueryDocument or an event`,
    )
  }
  for (const name of ['schemaVersion', 'creationDate']) {
    if (value[name] === undefined) return notDocument(`${name} is missing`)
  }
  const body = memberOf(
    value,
    isQuery ? ['epcisBody', 'queryResults', 'resultsBody', 'eventList'] : ['epcisBody'],
  )
  if (body === undefined) return notDocument('it has no list of events in its epcisBody')
  if (!isQuery && !isArray(memberOf(value, ['epcisBody', 'eventList']))) {
    return notDocument('epcisBody/eventList is missing or no list')
  }
  return { frame: jsonFrame(type ?? '', value), rest: [] }
}

function memberOf(value: JsonObject, path: readonly string[]): JsonValue | undefined {
  let at: JsonValue | undefined = value
  for (const name of path) at = isObject(at) ? at[name] : undefined
  return at
}

function jsonFrame(documentType: string, value: JsonObject): DocumentFrame {
  return {
    format: 'json',
    documentType,
    schemaVersion: textAt(value, 'schemaVersion'),
    prefixes: prefixesOf(value['@context']),
    masterData: [],
  }
}

/** Documents that are EPCIS but carry no events to import. */
const documentNames = new Set(['EPCISDocument', 'EPCISQueryDocument', 'EPCISMasterDataDocument'])

class XmlReader implements EpcisReader {
  /** Version 1.x partners send elements in any order; version 2.0 is held to its schema. */
  #ordered = false
  readonly #slicer = new XmlSlicer((open) => {
    this.#ordered = open[0]?.space.endsWith(':xsd:2') ?? false
    return isRecord(open)
  })

  push(piece: string): readonly RawEvent[] | EpcisRefusal {
    const nodes = this.#slicer.push(piece)
    return isRefusal(nodes) ? nodes : nodes.map((node) => this.#raw(node))
  }

  end(): { frame: DocumentFrame; rest: readonly RawEvent[] } | EpcisRefusal {
    const root = this.#slicer.end()
    if (isRefusal(root)) return root
    if (isEventType(root.name)) {
      const { event, faults } = eventOfXml(root, root.name, false)
      return { frame: xmlFrame(root), rest: [{ place: `line ${root.line}`, event, faults }] }
    }
    const fault = frameFault(root)
    return fault === undefined ? { frame: xmlFrame(root), rest: [] } : notDocument(fault)
  }

  #raw(node: XmlNode): RawEvent {
    const place = `line ${node.line}`
    if (!isEventType(node.name)) {
      const why = `<${node.name}> is no event; known are ${eventTypes.join(', ')}`
      return { place, event: {}, faults: [{ path: node.name, why }] }
    }
    const { event, faults } = eventOfXml(node, node.name, this.#ordered)
    return { place, event, faults }
  }
}

/** An element right below an EventList, or below an `extension` in it, is an event. */
function isRecord(open: readonly XmlNode[]): boolean {
  const [node, ...above] = open.toReversed()
  if (!node || (node.name === 'extension' && node.space === '')) return false
  const parent = above.find(({ name }) => name !== 'extension')
  return parent?.name === 'EventList'
}

function frameFault(root: XmlNode): string | undefined {
  if (!documentNames.has(root.name)) return `its element is <${root.name}>, which carries no events`
  if (root.name === 'EPCISMasterDataDocument') return undefined
  const body = childOf(root, 'EPCISBody')
  if (!body) return '<EPCISBody> is missing'
  if (childOf(body, 'EventList')) return undefined
  const results = childOf(body, 'QueryResults')
  const list = results && childOf(results, 'resultsBody')
  if (list && childOf(list, 'EventList')) return undefined
  return `<${body.children[0]?.name ?? 'EPCISBody'}> (line ${body.children[0]?.line ?? body.line}) carries no list of events`
}

function xmlFrame(root: XmlNode): DocumentFrame {
  return {
    format: 'xml',
    documentType: root.name,
    schemaVersion: attributeOf(root, 'schemaVersion'),
    prefixes: prefixesDeclared(root),
    masterData: masterDataOf(root),
  }
}

/** Values such as `example:x` use the prefixes of the root element, the default namespace aside. */
function prefixesDeclared(root: XmlNode): Record<string, string> {
  return Object.fromEntries(Object.entries(root.declares).filter(([prefix]) => prefix !== ''))
}

/** Vocabulary elements wherever they stand: in the header of a capture document, or in a master data document. */
function masterDataOf(root: XmlNode): readonly MasterEntry[] {
  const entries: MasterEntry[] = []
  const walk = (node: XmlNode, vocabulary: string): void => {
    if (node.name === 'VocabularyElement') {
      const named = node.children.filter(({ name }) => name === 'attribute')
      const attributes = Object.fromEntries(named.map((each) => [attributeOf(each, 'id') ?? '', each.text]))
      entries.push({ vocabulary, id: attributeOf(node, 'id') ?? '', attributes })
    }
    for (const child of node.children) {
      walk(child, node.name === 'Vocabulary' ? (attributeOf(node, 'type') ?? '') : vocabulary)
    }
  }
  walk(root, '')
  return entries
}

function notDocument(why: string): EpcisRefusal {
  return refuse('epcis_not_a_document', {
    message: `The file is not an EPCIS document that can be imported: ${why}.`,
    fix: 'Send an EPCISDocument or EPCISQueryDocument (JSON-LD or XML), a list of events, or one event.',
  })
}
