import { decimalText, ExactNumber, type JsonObject, type JsonValue } from '../json/json-value.ts'
import type { XmlNode } from '../xml/slice.ts'
import type { EpcisEventType } from './event.ts'
import { type Fault, fieldsOf } from './field-rules.ts'

/** An event of an XML document in the JSON form of EPCIS 2.0, so that all that follows knows one form only. */
export interface XmlEvent {
  readonly event: JsonObject
  readonly faults: readonly Fault[]
}

const numeric = new Set(['value', 'minValue', 'maxValue', 'meanValue', 'sDev', 'percRank', 'percValue'])
/** Some senders qualify the standard's own elements, which the schema leaves without namespace. */
function isStandard(node: XmlNode): boolean {
  return node.space === '' || /^urn:epcglobal:epcis(-query)?:xsd:[12]$/.test(node.space)
}

const instances = 'http://www.w3.org/2001/XMLSchema-instance'

/**
 * Converts one event element. EPCIS 1.2 hides newer fields in `extension` and `baseExtension`; they are lifted out. `ordered`
 * checks the order of elements, which the 2.0 schema demands. Elements of other namespaces become `prefix:name`, with the
 * namespace in the event's own `@context`. O(size of the event).
 */
export function eventOfXml(node: XmlNode, type: EpcisEventType, ordered: boolean): XmlEvent {
  const faults: Fault[] = []
  const spaces = new Spaces()
  const event: JsonObject = { type }
  let last = -1
  for (const child of lifted(node)) {
    if (!isStandard(child)) {
      addExtension(event, child, spaces)
      continue
    }
    const order = fieldsOf[type].indexOf(child.name)
    if (order < 0) faults.push({ path: child.name, why: `is not an element of ${type} (line ${child.line})` })
    else if (Object.hasOwn(event, child.name) && child.name !== 'certificationInfo') {
      faults.push({ path: child.name, why: `stands twice (line ${child.line})` })
    } else {
      if (ordered && order < last) {
        faults.push({
          path: child.name,
          why: `stands in the wrong order; the schema puts it earlier (line ${child.line})`,
        })
      }
      last = order
      put(event, child.name, fieldOf(child, spaces))
    }
  }
  const context = spaces.context()
  return { event: context ? { '@context': context, ...event } : event, faults }
}

/** Children with what `extension` and `baseExtension` wrap, in document order. */
function lifted(node: XmlNode): readonly XmlNode[] {
  return node.children.flatMap((child) =>
    isStandard(child) && (child.name === 'extension' || child.name === 'baseExtension')
      ? lifted(child)
      : [child],
  )
}

/** A name that comes again makes a list. */
function put(object: JsonObject, name: string, value: JsonValue): void {
  const there = object[name]
  if (there === undefined) object[name] = value
  else if (Array.isArray(there)) there.push(value)
  else object[name] = [there, value]
}

function fieldOf(node: XmlNode, spaces: Spaces): JsonValue {
  switch (node.name) {
    case 'epcList':
    case 'childEPCs':
    case 'inputEPCList':
    case 'outputEPCList':
      return node.children.map((child) => child.text)
    case 'quantityList':
    case 'childQuantityList':
    case 'inputQuantityList':
    case 'outputQuantityList':
      return node.children.map(quantityOf)
    case 'bizTransactionList':
    case 'sourceList':
    case 'destinationList':
      return node.children.map((child) => referenceOf(child))
    case 'persistentDisposition':
      return persistentOf(node)
    case 'sensorElementList':
      return node.children.map((child) => sensorOf(child, spaces))
    case 'errorDeclaration':
      return errorOf(node, spaces)
    case 'readPoint':
    case 'bizLocation':
    case 'ilmd':
      return objectOf(node, spaces)
    default:
      return node.text
  }
}

function quantityOf(node: XmlNode): JsonObject {
  const element: JsonObject = {}
  for (const child of node.children)
    put(element, child.name, child.name === 'quantity' ? numberOf(child.text) : child.text)
  return element
}

function referenceOf(node: XmlNode): JsonObject {
  const type = node.attributes.find(({ name }) => name === 'type')?.value
  return { ...(type === undefined ? {} : { type }), [node.name]: node.text }
}

function persistentOf(node: XmlNode): JsonObject {
  const persistent: JsonObject = {}
  for (const child of node.children) {
    const list = persistent[child.name]
    if (Array.isArray(list)) list.push(child.text)
    else persistent[child.name] = [child.text]
  }
  return persistent
}

function sensorOf(node: XmlNode, spaces: Spaces): JsonObject {
  const element: JsonObject = {}
  const reports: JsonValue[] = []
  for (const child of node.children) {
    if (child.name === 'sensorMetadata' && isStandard(child))
      element['sensorMetadata'] = attributesOf(child, spaces)
    else if (child.name === 'sensorReport' && isStandard(child)) reports.push(attributesOf(child, spaces))
    else addExtension(element, child, spaces)
  }
  return { ...element, sensorReport: reports }
}

function attributesOf(node: XmlNode, spaces: Spaces): JsonObject {
  const object: JsonObject = {}
  for (const { name, prefix, space, value } of node.attributes) {
    if (space === '') object[name] = attributeValue(name, value)
    else object[spaces.name(prefix, space, name)] = value
  }
  return object
}

function attributeValue(name: string, value: string): JsonValue {
  if (numeric.has(name)) return numberOf(value)
  return name === 'booleanValue' ? value === 'true' || value === '1' : value
}

function errorOf(node: XmlNode, spaces: Spaces): JsonObject {
  const error: JsonObject = {}
  for (const child of lifted(node)) {
    if (!isStandard(child)) addExtension(error, child, spaces)
    else if (child.name === 'correctiveEventIDs') error[child.name] = child.children.map((each) => each.text)
    else error[child.name] = child.text
  }
  return error
}

function objectOf(node: XmlNode, spaces: Spaces): JsonObject {
  const object: JsonObject = {}
  for (const child of lifted(node)) addExtension(object, child, spaces)
  return object
}

/** An element of any namespace as a member: text, or an object when it has children or attributes of its own. */
function addExtension(object: JsonObject, node: XmlNode, spaces: Spaces): void {
  const name = isStandard(node) ? node.name : spaces.name(node.prefix, node.space, node.name)
  const attributes = node.attributes.filter(({ space }) => space !== instances)
  if (node.children.length === 0 && attributes.length === 0) return put(object, name, node.text)
  const value: JsonObject = {}
  for (const attribute of attributes) value[`@${attribute.name}`] = attribute.value
  if (node.text !== '') value['#text'] = node.text
  for (const child of node.children) addExtension(value, child, spaces)
  put(object, name, value)
}

/** A number without losing digits; text that is no number stays text, and the field check names it. */
function numberOf(text: string): JsonValue {
  const plain = decimalText(text.trim())
  if (plain === undefined) return text
  return String(Number(plain)) === plain ? Number(plain) : new ExactNumber(text.trim())
}

/** Prefixes used in one event. A prefix that means two namespaces gets a number behind it the second time. */
class Spaces {
  readonly #byPrefix = new Map<string, string>()

  name(prefix: string, space: string, local: string): string {
    for (let count = 1; ; count++) {
      const candidate = `${prefix === '' ? 'ns' : prefix}${count === 1 ? '' : count}`
      const known = this.#byPrefix.get(candidate)
      if (known === undefined) this.#byPrefix.set(candidate, space)
      if (known === undefined || known === space) return `${candidate}:${local}`
    }
  }

  context(): JsonObject | undefined {
    return this.#byPrefix.size === 0 ? undefined : Object.fromEntries(this.#byPrefix)
  }
}
