import { millisecondsOf, parseInstant } from '@lotline/core/base/instant'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { identityOfUri } from '../epc/identity.ts'
import {
  decimalText,
  ExactNumber,
  isArray,
  isObject,
  type JsonObject,
  type JsonValue,
} from '../json/json-value.ts'
import type { EpcisEvent } from './event.ts'
import { expandPrefix, type VocabularyName, vocabularyUri } from './vocabulary.ts'

type Part = readonly [name: string, parts?: readonly Part[], element?: string]

const quantity: readonly Part[] = [['epcClass'], ['quantity'], ['uom']]
const reading: readonly Part[] = [
  ...[
    'type',
    'exception',
    'deviceID',
    'deviceMetadata',
    'rawData',
    'dataProcessingMethod',
    'time',
    'microorganism',
    'chemicalSubstance',
    'value',
    'component',
    'stringValue',
    'booleanValue',
    'hexBinaryValue',
    'uriValue',
    'minValue',
    'maxValue',
    'meanValue',
    'sDev',
    'percRank',
    'percValue',
    'uom',
    'coordinateReferenceSystem',
  ].map((name): Part => [name]),
]
const metadata: readonly Part[] = [
  ['time'],
  ['startTime'],
  ['endTime'],
  ['deviceID'],
  ['deviceMetadata'],
  ['rawData'],
  ['dataProcessingMethod'],
  ['bizRules'],
]

/** The fields that make the identity of an event, in canonical order (CBV 2.0, 8.9.2); others are not part of it. */
const order: readonly Part[] = [
  ['eventTime'],
  ['eventTimeZoneOffset'],
  ['certificationInfo'],
  ['parentID'],
  ['epcList', [], 'epc'],
  ['inputEPCList', [], 'epc'],
  ['childEPCs', [], 'epc'],
  ['quantityList', quantity, 'quantityElement'],
  ['childQuantityList', quantity, 'quantityElement'],
  ['inputQuantityList', quantity, 'quantityElement'],
  ['outputEPCList', [], 'epc'],
  ['outputQuantityList', quantity, 'quantityElement'],
  ['action'],
  ['transformationID'],
  ['bizStep'],
  ['disposition'],
  ['persistentDisposition', [['set'], ['unset']]],
  ['readPoint', [['id']]],
  ['bizLocation', [['id']]],
  ['bizTransactionList', [['type'], ['bizTransaction']]],
  ['destinationList', [['type'], ['destination']]],
  ['sourceList', [['type'], ['source']]],
  [
    'sensorElementList',
    [
      ['sensorMetadata', metadata],
      ['sensorReport', reading],
    ],
    'sensorElement',
  ],
  ['ilmd', []],
]

/** Never part of the identity: they say something about the record of the event. */
const outside = new Set(['type', 'isA', '@context', 'eventID', 'recordTime', 'errorDeclaration'])

const vocabularyOf: Readonly<Record<string, VocabularyName>> = {
  bizStep: 'bizStep',
  disposition: 'disposition',
  set: 'disposition',
  unset: 'disposition',
  component: 'component',
  exception: 'alert',
}

/**
 * The identity of an event that carries no `eventID`: `ni:///sha-256;<hex>?ver=CBV2.0` (CBV 2.0, 8.9). Order of fields and
 * lists, time zone notation, digits after the point and the spelling of identifiers do not change it.
 */
export function eventHash(event: EpcisEvent): string {
  return `ni:///sha-256;${bytesToHex(sha256(utf8ToBytes(preHashText(event))))}?ver=CBV2.0`
}

/** The canonical text that is hashed. */
export function preHashText(event: EpcisEvent): string {
  const body = new Canonical(event.prefixes)
  return `eventType=${event.type}${body.members(event.source, order, outside)}`
}

class Canonical {
  readonly #prefixes: Readonly<Record<string, string>>

  constructor(prefixes: Readonly<Record<string, string>>) {
    this.#prefixes = prefixes
  }

  /** Known members in their order, then all others sorted by what they say. */
  members(object: JsonObject, parts: readonly Part[], skipped: ReadonlySet<string> = new Set()): string {
    const known = parts.map((part) => this.#known(object[part[0]], part, object))
    const names = new Set(parts.map(([name]) => name))
    const others = Object.entries(object)
      .filter(([name]) => !names.has(name) && !skipped.has(name) && !name.startsWith('@'))
      .flatMap(([name, value]) => this.#extension(name, value))
    return [...known, ...others.sort(byCodeUnit)].join('')
  }

  #known(value: JsonValue | undefined, [name, parts, element]: Part, within: JsonObject): string {
    if (value === undefined || value === null) return ''
    if (parts === undefined) {
      const values = isArray(value) ? value : [value]
      return values
        .map((item) => `${name}=${this.#value(name, item, within)}`)
        .sort(byCodeUnit)
        .join('')
    }
    if (isArray(value)) {
      if (value.length === 0) return ''
      // Reports are named each, without a name for their list; all other lists carry one.
      const label = name === 'sensorReport' ? name : (element ?? '')
      const items = value.map((item) =>
        isObject(item) ? label + this.members(item, parts) : `${label}=${this.#value(name, item, within)}`,
      )
      return (name === 'sensorReport' ? '' : name) + items.sort(byCodeUnit).join('')
    }
    return isObject(value) ? name + this.members(value, parts) : ''
  }

  #extension(name: string, value: JsonValue): readonly string[] {
    if (isArray(value)) return value.flatMap((item) => this.#extension(name, item))
    const label = this.#label(name)
    if (isObject(value)) return [label + this.members(value, [])]
    return [`${label}=${this.#plain(value)}`]
  }

  #label(name: string): string {
    const at = name.indexOf(':')
    const space = at < 0 ? undefined : this.#prefixes[name.slice(0, at)]
    if (space === undefined) return name
    // XML declares the master data namespace without the colon that the JSON-LD context needs; it is one namespace.
    return `{${space === 'urn:epcglobal:cbv:mda' ? `${space}:` : space}}${name.slice(at + 1)}`
  }

  #value(name: string, value: JsonValue, within: JsonObject): string {
    if (typeof value !== 'string') return this.#plain(value)
    const vocabulary = name === 'type' ? typeVocabulary(within) : vocabularyOf[name]
    if (vocabulary !== undefined) return vocabularyUri(vocabulary, value, this.#prefixes) ?? value
    if (/time$/i.test(name)) return canonicalTime(value)
    const uri = expandPrefix(value.trim(), this.#prefixes)
    return identityOfUri(uri).uri
  }

  #plain(value: JsonValue): string {
    if (typeof value === 'number' || value instanceof ExactNumber) return decimalText(value) ?? String(value)
    return typeof value === 'string' ? value.trim() : JSON.stringify(value)
  }
}

/** `type` means another vocabulary in each object it stands in. */
function typeVocabulary(within: JsonObject): VocabularyName {
  if (within['bizTransaction'] !== undefined) return 'transactionType'
  return within['source'] !== undefined || within['destination'] !== undefined
    ? 'sourceDestination'
    : 'measurement'
}

function canonicalTime(text: string): string {
  const instant = parseInstant(text)
  return instant === undefined ? text : new Date(millisecondsOf(instant)).toISOString()
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
