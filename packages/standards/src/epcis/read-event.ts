import { type Instant, parseInstant } from '@lotline/core/base/instant'
import {
  decimalText,
  ExactNumber,
  isArray,
  isObject,
  type JsonObject,
  type JsonValue,
  objectsOf,
  textAt,
  textsOf,
} from '../json/json-value.ts'
import {
  type EpcisAction,
  type EpcisEvent,
  type EpcisEventType,
  eventTypes,
  type EpcisQuantity,
  type EpcisReading,
  type EpcisReference,
  type EpcisThings,
} from './event.ts'
import { type Fault, faultsOf } from './field-rules.ts'
import { standardPrefixes, type VocabularyName, vocabularyUri, vocabularyWord } from './vocabulary.ts'

export function isEventType(text: string | undefined): text is EpcisEventType {
  return eventTypes.some((type) => type === text)
}

/** Namespaces that a JSON-LD context gives to prefixes; contexts named by address are the standard ones. */
export function prefixesOf(context: JsonValue | undefined): Record<string, string> {
  const prefixes: Record<string, string> = {}
  for (const part of isArray(context) ? context : [context]) {
    if (!isObject(part)) continue
    for (const [name, space] of Object.entries(part)) {
      if (typeof space === 'string') prefixes[name] = space
    }
  }
  return prefixes
}

/**
 * Reads one event in its JSON form. `outer` are the namespaces of the document around it. Gives the event, or all faults
 * with their place in the event. O(size of the event).
 */
export function readEvent(
  source: JsonObject,
  outer: Readonly<Record<string, string>>,
): EpcisEvent | { readonly faults: readonly Fault[] } {
  const type = textAt(source, 'type') ?? textAt(source, 'isA')
  if (!isEventType(type)) {
    return {
      faults: [{ path: 'type', why: `must be one of ${eventTypes.join(', ')}, not ${JSON.stringify(type)}` }],
    }
  }
  const faults = faultsOf(type, source)
  const eventTime = instantAt(source, 'eventTime')
  if (faults.length > 0 || eventTime === undefined) return { faults }
  const prefixes = { ...standardPrefixes, ...outer, ...prefixesOf(source['@context']) }
  const word = (name: VocabularyName, text: string) =>
    vocabularyWord(name, vocabularyUri(name, text, prefixes) ?? text)
  const wordAt = (name: VocabularyName, key: string) =>
    mapText(textAt(source, key), (text) => word(name, text))
  const persistent = isObject(source['persistentDisposition']) ? source['persistentDisposition'] : {}
  const dispositions = (key: string) => textsOf(persistent[key]).map((text) => word('disposition', text))
  const references = (list: string, key: string, name: VocabularyName): readonly EpcisReference[] =>
    objectsOf(source[list]).map((each) => ({
      type: mapText(textAt(each, 'type'), (text) => word(name, text)),
      id: textAt(each, key) ?? '',
    }))
  return {
    type,
    eventId: textAt(source, 'eventID'),
    eventTime,
    eventTimeGiven: textAt(source, 'eventTime') ?? '',
    offset: textAt(source, 'eventTimeZoneOffset') ?? '',
    recordTime: instantAt(source, 'recordTime'),
    action: actionOf(textAt(source, 'action')),
    bizStep: wordAt('bizStep', 'bizStep'),
    disposition: wordAt('disposition', 'disposition'),
    dispositionsSet: dispositions('set'),
    dispositionsUnset: dispositions('unset'),
    readPoint: idAt(source, 'readPoint'),
    bizLocation: idAt(source, 'bizLocation'),
    transactions: references('bizTransactionList', 'bizTransaction', 'transactionType'),
    sources: references('sourceList', 'source', 'sourceDestination'),
    destinations: references('destinationList', 'destination', 'sourceDestination'),
    parent: textAt(source, 'parentID'),
    things: thingsOf(
      source,
      type === 'AggregationEvent' || type === 'AssociationEvent'
        ? ['childEPCs', 'childQuantityList']
        : ['epcList', 'quantityList'],
    ),
    inputs: thingsOf(source, ['inputEPCList', 'inputQuantityList']),
    outputs: thingsOf(source, ['outputEPCList', 'outputQuantityList']),
    transformationId: textAt(source, 'transformationID'),
    ilmd: isObject(source['ilmd']) ? source['ilmd'] : {},
    readings: readingsOf(source),
    error: errorOf(source, (text) => word('errorReason', text)),
    prefixes,
    source,
  }
}

function mapText(text: string | undefined, change: (text: string) => string): string | undefined {
  return text === undefined ? undefined : change(text)
}

function instantAt(object: JsonObject, key: string): Instant | undefined {
  const text = textAt(object, key)
  return text === undefined ? undefined : parseInstant(text)
}

function actionOf(text: string | undefined): EpcisAction | undefined {
  return text === 'ADD' || text === 'OBSERVE' || text === 'DELETE' ? text : undefined
}

function idAt(source: JsonObject, key: string): string | undefined {
  const place = source[key]
  return isObject(place) ? textAt(place, 'id') : undefined
}

function thingsOf(source: JsonObject, [list, quantities]: readonly [string, string]): EpcisThings {
  return {
    epcs: [...new Set(textsOf(source[list]))],
    quantities: objectsOf(source[quantities]).map((each): EpcisQuantity => ({
      epcClass: textAt(each, 'epcClass') ?? '',
      quantity: numberAt(each, 'quantity'),
      uom: textAt(each, 'uom'),
    })),
  }
}

function numberAt(object: JsonObject, key: string): string | undefined {
  const value = object[key]
  return typeof value === 'number' || value instanceof ExactNumber ? decimalText(value) : undefined
}

/** Readings flattened: what the metadata says holds for each report that does not say otherwise. */
function readingsOf(source: JsonObject): readonly EpcisReading[] {
  return objectsOf(source['sensorElementList']).flatMap((element) => {
    const metadata = isObject(element['sensorMetadata']) ? element['sensorMetadata'] : {}
    return objectsOf(element['sensorReport']).map((report): EpcisReading => {
      const type = textAt(report, 'type') ?? ''
      const flag = report['booleanValue']
      return {
        at: instantAt(report, 'time') ?? instantAt(metadata, 'time') ?? instantAt(metadata, 'startTime'),
        type: vocabularyWord('measurement', vocabularyUri('measurement', type) ?? type),
        value:
          numberAt(report, 'value') ??
          numberAt(report, 'meanValue') ??
          textAt(report, 'stringValue') ??
          textAt(report, 'uriValue') ??
          textAt(report, 'hexBinaryValue') ??
          (typeof flag === 'boolean' ? String(flag) : undefined),
        unit: textAt(report, 'uom'),
        device: textAt(report, 'deviceID') ?? textAt(metadata, 'deviceID'),
        alarm: textAt(report, 'exception') !== undefined,
      }
    })
  })
}

function errorOf(source: JsonObject, word: (text: string) => string): EpcisEvent['error'] {
  const error = source['errorDeclaration']
  if (!isObject(error)) return undefined
  const declaredAt = instantAt(error, 'declarationTime')
  if (declaredAt === undefined) return undefined
  return {
    declaredAt,
    declaredAtGiven: textAt(error, 'declarationTime') ?? '',
    reason: mapText(textAt(error, 'reason'), word),
    correctiveIds: textsOf(error['correctiveEventIDs']),
  }
}
