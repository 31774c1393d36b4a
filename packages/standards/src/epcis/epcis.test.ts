import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { isRefusal } from '@lotline/core/base/refusal'
import { eventHash, preHashText } from './event-hash.ts'
import { readDocument } from './read-document.ts'

const data = new URL('../../../../../shared/data/epcis/', import.meta.url)
const there = existsSync(data)

interface Listed {
  readonly file: string
  readonly category: string
  readonly expectedHashes?: readonly string[]
  readonly expectedCapture?: string
  readonly officialJsonSchemaValid?: boolean
  readonly officialXsdValid?: boolean
}

const listed: readonly Listed[] = there
  ? JSON.parse(readFileSync(new URL('manifest.json', data), 'utf8'))
  : []
const read = (file: string) => readDocument(readFileSync(new URL(file, data), 'utf8'))
const rows = (list: readonly Listed[]) => list.map((each): [string, Listed] => [each.file, each])

describe.skipIf(!there)('published EPCIS files (skipped: ../shared/data/epcis is absent)', () => {
  test.each(rows(listed.filter(({ expectedHashes }) => expectedHashes !== undefined)))(
    '[I2] the event hashes of %s',
    (file, { expectedHashes }) => {
      const document = read(file)
      expect(isRefusal(document) ? document : document.events.map(eventHash)).toEqual(expectedHashes)
    },
  )

  test.each(rows(listed.filter(({ category }) => category === 'hash-equal')))(
    '[I2] all events of %s have one hash',
    (file) => {
      const document = read(file)
      const texts = isRefusal(document) ? [document.message] : document.events.map(preHashText)
      expect(texts.length).toBeGreaterThan(1)
      expect(new Set(texts).size).toBe(1)
    },
  )

  test.each(rows(listed.filter(({ expectedCapture }) => expectedCapture === 'reject')))(
    '[I4] %s is refused',
    (file) => {
      const document = read(file)
      expect(document).toMatchObject({ refused: true, fix: expect.any(String) })
      if (isRefusal(document))
        expect(document.message).toMatch(/line \d|schemaVersion|carries no|its type is|\/epcisBody/)
    },
  )

  const examples = listed.filter(({ category }) =>
    ['gs1-json', 'gs1-xml', 'openepcis', 'v1.2'].includes(category),
  )
  test.each(rows(examples.filter(({ file }) => !/CaptureJob/.test(file))))('[I2] %s is read', (file) => {
    const document = read(file)
    expect(isRefusal(document) ? document.message : 'read').toBe('read')
  })

  test('[I2] JSON and XML twins give the same events', () => {
    const twins = examples
      .map(({ file }) => file)
      .filter((file) => file.includes('/JSON/') && existsSync(new URL(twinOf(file), data)))
    expect(twins.length).toBeGreaterThan(10)
    const different = twins.filter((file) => hashesOf(file).join() !== hashesOf(twinOf(file)).join())
    expect(different.map((file) => file.replace(/.*(?=\/\w+\/)/, ''))).toEqual(upstreamDifferent)
  })
})

describe('documents that are not right', () => {
  const event = {
    type: 'AssociationEvent',
    eventTime: '2026-01-01T00:00:00Z',
    eventTimeZoneOffset: '+00:00',
    action: 'ADD',
    parentID: 'urn:epc:id:grai:4012345.55555.987',
  }

  test.each([
    ['{"type":"EPCISDocument"}', 'epcis_not_a_document', 'schemaVersion is missing'],
    ['<EPCISCaptureJob/>', 'epcis_not_a_document', 'carries no events'],
    ['[7]', 'epcis_invalid', 'must be an object'],
    // TCR-54: an association without children says nothing, and one without parent joins nothing.
    [JSON.stringify(event), 'epcis_invalid', 'childEPCs is missing'],
    [
      JSON.stringify({ ...event, parentID: undefined, childEPCs: ['urn:a:b'] }),
      'epcis_invalid',
      'parentID is missing',
    ],
    [JSON.stringify({ ...event, childEPCs: ['urn:a:b'], more: 1 }), 'epcis_invalid', 'needs a namespace'],
    [JSON.stringify({ ...event, childEPCs: ['a b'] }), 'epcis_invalid', 'childEPCs/0 must be a URI'],
    [
      JSON.stringify({ ...event, childEPCs: ['urn:a:b'], eventTimeZoneOffset: '+15:00' }),
      'epcis_invalid',
      'offset',
    ],
  ])('[I2] %s is refused', (text, code, reason) => {
    expect(readDocument(text)).toMatchObject({ code, message: expect.stringContaining(reason) })
  })
})

/**
 * Twins whose contents differ where they were published: XML namespaces without the closing slash of the JSON context, bare
 * measurement words that no vocabulary knows, an element that one side lacks, other test objects.
 */
const upstreamDifferent: readonly string[] = [
  '/WithFullCombinationOfFields/transaction_event_all_possible_fields.jsonld',
  '/WithFullCombinationOfFields/transformation_event_all_possible_fields.jsonld',
  '/Documents/SensorData_with_combined_events.json',
  '/Documents/TransactionEvent_with_userExtensions.json',
  '/Documents/TransformationEvent_with_userExtensions.json',
  '/Events/TransactionEvent.json',
  '/Query/SensorData_with_combined_events.json',
  '/Query/TransactionEvent_with_userExtensions.json',
  '/Query/queryDocument.json',
]

function twinOf(file: string): string {
  return file.replace('/JSON/', '/XML/').replace(/\.json(ld)?$/, '.xml')
}

function hashesOf(file: string): readonly string[] {
  const document = read(file)
  return isRefusal(document) ? [document.message] : document.events.map(preHashText)
}
