import { parseInstant } from '@lotline/core/base/instant'
import {
  ExactNumber,
  isArray,
  isObject,
  type JsonObject,
  type JsonValue,
  textAt,
} from '../json/json-value.ts'
import type { EpcisEventType } from './event.ts'
import { isUri, type VocabularyName, vocabularyUri } from './vocabulary.ts'

/** What is wrong with an event, and where in it: `quantityList/0/uom`. */
export interface Fault {
  readonly path: string
  readonly why: string
}

/** A check of one value; it reports what it finds. */
type Check = (value: JsonValue, path: string, report: (fault: Fault) => void) => void

const uri: Check = (value, path, report) => {
  if (typeof value !== 'string' || !isUri(value)) report({ path, why: `must be a URI, not ${show(value)}` })
}
const time: Check = (value, path, report) => {
  if (typeof value !== 'string' || parseInstant(value) === undefined) {
    report({
      path,
      why: `must be a date and time with its offset, such as 2026-03-01T14:05:00+01:00, not ${show(value)}`,
    })
  }
}
const text: Check = (value, path, report) => {
  if (typeof value !== 'string') report({ path, why: `must be a text, not ${show(value)}` })
}
const number: Check = (value, path, report) => {
  if (typeof value !== 'number' && !(value instanceof ExactNumber))
    report({ path, why: `must be a number, not ${show(value)}` })
}
const flag: Check = (value, path, report) => {
  if (typeof value !== 'boolean') report({ path, why: `must be true or false, not ${show(value)}` })
}

function pattern(form: RegExp, what: string): Check {
  return (value, path, report) => {
    if (typeof value !== 'string' || !form.test(value))
      report({ path, why: `must be ${what}, not ${show(value)}` })
  }
}

function word(name: VocabularyName, what: string): Check {
  return (value, path, report) => {
    if (typeof value !== 'string' || vocabularyUri(name, value) === undefined) {
      report({ path, why: `must be a ${what} of the Core Business Vocabulary or a URI, not ${show(value)}` })
    }
  }
}

function listOf(check: Check): Check {
  return (value, path, report) => {
    if (!isArray(value)) return report({ path, why: `must be a list, not ${show(value)}` })
    for (const [index, item] of value.entries()) check(item, `${path}/${index}`, report)
  }
}

/** An object with known fields; others must carry a namespace where extensions are allowed. */
function objectOf(
  fields: Readonly<Record<string, Check>>,
  needs: readonly string[],
  extensible: boolean,
): Check {
  return (value, path, report) => {
    if (!isObject(value)) return report({ path, why: `must be an object, not ${show(value)}` })
    for (const name of needs) {
      if (value[name] === undefined) report({ path: `${path}/${name}`, why: 'is missing' })
    }
    for (const [name, member] of Object.entries(value)) {
      const check = Object.hasOwn(fields, name) ? fields[name] : undefined
      if (check) check(member, `${path}/${name}`, report)
      else if (!extensible || !isExtensionName(name))
        report({ path: `${path}/${name}`, why: 'is not a field of this object' })
    }
  }
}

export function isExtensionName(name: string): boolean {
  return isUri(name) || name.startsWith('@')
}

const certification: Check = (value, path, report) =>
  isArray(value) ? listOf(uri)(value, path, report) : uri(value, path, report)

const persistent: Check = (value, path, report) => {
  const list = listOf(word('disposition', 'disposition'))
  objectOf({ set: list, unset: list }, [], false)(value, path, report)
  if (isObject(value) && value['set'] === undefined && value['unset'] === undefined) {
    report({ path, why: 'must have set or unset' })
  }
}

const error = objectOf(
  { declarationTime: time, reason: word('errorReason', 'error reason'), correctiveEventIDs: listOf(uri) },
  ['declarationTime'],
  true,
)

const inlineSensor = {
  time,
  deviceID: uri,
  deviceMetadata: uri,
  rawData: uri,
  dataProcessingMethod: uri,
  bizRules: uri,
}
const reading = objectOf(
  {
    ...inlineSensor,
    // A measurement type or component outside the vocabulary is kept as given: partners send their own.
    type: text,
    exception: text,
    component: text,
    microorganism: uri,
    chemicalSubstance: uri,
    coordinateReferenceSystem: uri,
    value: number,
    stringValue: text,
    booleanValue: flag,
    hexBinaryValue: pattern(/^[A-Fa-f0-9]+$/, 'hexadecimal digits'),
    uriValue: uri,
    minValue: number,
    maxValue: number,
    meanValue: number,
    sDev: number,
    percRank: number,
    percValue: number,
    uom: text,
  },
  [],
  true,
)
const sensor = objectOf(
  {
    sensorMetadata: objectOf({ ...inlineSensor, startTime: time, endTime: time }, [], true),
    sensorReport: listOf(reading),
  },
  ['sensorReport'],
  true,
)

const epcs = listOf(uri)
const quantities = listOf(
  objectOf(
    { epcClass: uri, quantity: number, uom: pattern(/^[A-Z0-9]{2,3}$/, 'a unit code of UN/ECE Rec 20') },
    ['epcClass'],
    false,
  ),
)
const location = objectOf({ id: uri }, ['id'], true)
const offset = pattern(/^[+-]((0\d|1[0-3]):[0-5]\d|14:00)$/, 'an offset such as +01:00')

/** Every standard field with its check, in the order the XML schema demands (EPCIS 2.0, 9.5). */
const checks: Readonly<Record<string, Check>> = {
  '@context': () => undefined,
  type: text,
  eventTime: time,
  recordTime: time,
  eventTimeZoneOffset: offset,
  eventID: uri,
  errorDeclaration: error,
  certificationInfo: certification,
  epcList: epcs,
  parentID: uri,
  childEPCs: epcs,
  inputEPCList: epcs,
  inputQuantityList: quantities,
  outputEPCList: epcs,
  outputQuantityList: quantities,
  transformationID: uri,
  action: pattern(/^(ADD|OBSERVE|DELETE)$/, 'ADD, OBSERVE or DELETE'),
  bizStep: word('bizStep', 'business step'),
  disposition: word('disposition', 'disposition'),
  persistentDisposition: persistent,
  readPoint: location,
  bizLocation: location,
  bizTransactionList: listOf(
    objectOf(
      { type: word('transactionType', 'transaction type'), bizTransaction: uri },
      ['bizTransaction'],
      false,
    ),
  ),
  quantityList: quantities,
  childQuantityList: quantities,
  sourceList: listOf(
    objectOf({ type: word('sourceDestination', 'source type'), source: uri }, ['type', 'source'], false),
  ),
  destinationList: listOf(
    objectOf(
      { type: word('sourceDestination', 'destination type'), destination: uri },
      ['type', 'destination'],
      false,
    ),
  ),
  sensorElementList: listOf(sensor),
  ilmd: (value, path, report) => {
    if (!isObject(value)) return report({ path, why: 'must be an object' })
    for (const name of Object.keys(value)) {
      if (!isExtensionName(name)) report({ path: `${path}/${name}`, why: 'needs a namespace: prefix:name' })
    }
  },
}

const common = [
  'eventTime',
  'recordTime',
  'eventTimeZoneOffset',
  'eventID',
  'errorDeclaration',
  'certificationInfo',
]
const business = ['action', 'bizStep', 'disposition', 'readPoint', 'bizLocation']
const lasts = ['sourceList', 'destinationList', 'sensorElementList', 'persistentDisposition']

/** The fields of each event type, in the order of the XML schema. */
export const fieldsOf: Readonly<Record<EpcisEventType, readonly string[]>> = {
  ObjectEvent: [...common, 'epcList', ...business, 'bizTransactionList', 'quantityList', ...lasts, 'ilmd'],
  AggregationEvent: [
    ...common,
    'parentID',
    'childEPCs',
    ...business,
    'bizTransactionList',
    'childQuantityList',
    ...lasts,
  ],
  TransactionEvent: [
    ...common,
    'bizTransactionList',
    'parentID',
    'epcList',
    ...business,
    'quantityList',
    ...lasts,
  ],
  TransformationEvent: [
    ...common,
    ...['inputEPCList', 'inputQuantityList', 'outputEPCList', 'outputQuantityList', 'transformationID'],
    ...business.slice(1),
    'bizTransactionList',
    ...lasts,
    'ilmd',
  ],
  AssociationEvent: [
    ...common,
    'parentID',
    'childEPCs',
    'childQuantityList',
    ...business,
    'bizTransactionList',
    ...lasts,
  ],
}

/**
 * What is wrong with an event in its JSON form: fields it must have, fields it may not have, and each value. Follows the
 * EPCIS 2.0 JSON schema, with the two rules the conformance texts add (TCR-54). O(size of the event).
 */
export function faultsOf(type: EpcisEventType, event: JsonObject): readonly Fault[] {
  const faults: Fault[] = []
  const report = (fault: Fault) => faults.push(fault)
  const allowed = new Set(['@context', 'type', ...fieldsOf[type]])
  for (const name of needsOf(type, event)) {
    if (event[name] === undefined) report({ path: name, why: 'is missing' })
  }
  for (const [name, value] of Object.entries(event)) {
    const check = Object.hasOwn(checks, name) ? checks[name] : undefined
    if (allowed.has(name) && check) check(value, name, report)
    else if (!isExtensionName(name))
      report({ path: name, why: `is not a field of ${type}; an extension needs a namespace` })
  }
  faults.push(...shapeFaults(type, event))
  return faults
}

function needsOf(type: EpcisEventType, event: JsonObject): readonly string[] {
  const needs = ['eventTime', 'eventTimeZoneOffset']
  if (type !== 'TransformationEvent') needs.push('action')
  if (type === 'TransactionEvent') needs.push('bizTransactionList')
  if (type === 'AssociationEvent') needs.push('parentID')
  if (type === 'AggregationEvent' && event['action'] !== 'OBSERVE') needs.push('parentID')
  return needs
}

function shapeFaults(type: EpcisEventType, event: JsonObject): readonly Fault[] {
  const has = (...names: string[]) => names.some((name) => isArray(event[name]) && event[name].length > 0)
  const lists = (...names: string[]) => names.some((name) => isArray(event[name]))
  const faults: Fault[] = []
  if (type === 'ObjectEvent') {
    if (
      !lists('epcList', 'quantityList') &&
      !(has('sensorElementList') && event['readPoint'] !== undefined)
    ) {
      faults.push({
        path: 'epcList',
        why: 'is missing: an object event names objects, quantities, or a sensor at a read point',
      })
    }
    if (event['ilmd'] !== undefined && event['action'] !== 'ADD') {
      faults.push({ path: 'ilmd', why: 'is allowed only with action ADD' })
    }
  }
  if (type === 'TransformationEvent') {
    const inputs = has('inputEPCList', 'inputQuantityList')
    const outputs = has('outputEPCList', 'outputQuantityList')
    const joined = textAt(event, 'transformationID') !== undefined
    if (!(inputs && outputs) && !(joined && (inputs || outputs))) {
      faults.push({
        path: 'inputEPCList',
        why: 'and outputs must both be there, or one of them with a transformationID',
      })
    }
  }
  if (type === 'AssociationEvent' && event['action'] !== 'DELETE' && !has('childEPCs', 'childQuantityList')) {
    faults.push({ path: 'childEPCs', why: 'is missing: an association without children says nothing' })
  }
  return faults
}

function show(value: JsonValue | undefined): string {
  const shown = JSON.stringify(value) ?? 'nothing'
  return shown.length > 60 ? `${shown.slice(0, 60)}...` : shown
}
