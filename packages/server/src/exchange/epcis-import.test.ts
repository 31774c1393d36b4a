import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { isRefusal } from '@lotline/core/base/refusal'
import { shipmentLineTable } from '@lotline/core/ledger/record-tables'
import { containmentTable, stockTable } from '@lotline/core/ledger/tables'
import { traceableTable } from '@lotline/core/identity/rows'
import { importFile } from './import-file.ts'
import { MemoryLedger } from './memory-ledger.testing.ts'
import { fileAt, fileOf } from './source-file.ts'

const data = new URL('../../../../../shared/data/epcis/', import.meta.url)
const there = existsSync(data)

async function importPublished(ledger: MemoryLedger, file: string) {
  const source = await fileAt(fileURLToPath(new URL(file, data)))
  const report = isRefusal(source) ? source : await importFile(source, ledger.capture)
  if (isRefusal(report)) throw new Error(report.message)
  return report
}

async function importEvents(ledger: MemoryLedger, events: readonly object[]) {
  const document = {
    '@context': 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld',
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate: '2026-01-01T00:00:00Z',
    epcisBody: { eventList: events },
  }
  const report = await importFile(
    fileOf('events.jsonld', Buffer.from(JSON.stringify(document))),
    ledger.capture,
  )
  if (isRefusal(report)) throw new Error(report.message)
  return report
}

const link = (rest: string) => `https://id.gs1.org/${rest}`

describe.skipIf(!there)('published EPCIS examples (skipped: ../shared/data/epcis is absent)', () => {
  /**
   * The drug maker commissions serials 11 to 22 of one GTIN, then cases 110, 111 and 121 and a pallet; packs four units into
   * each case and the cases onto the pallet; then ships the pallet. So one shipment carries pallet, 3 cases and 12 units, each
   * unit came from nowhere else, and nothing is missing.
   */
  test('[I2] [C1] a pallet of serialised drugs goes out with everything in it', async () => {
    const ledger = new MemoryLedger()
    const report = await importPublished(
      ledger,
      'examples/epcis-1.2/openepcis/GS1_US_Pharma_Example_2_2_1_1.xml',
    )
    expect(report).toMatchObject({ format: 'epcis', refused: 0, gaps: 0, exceptions: 0 })
    const unit =
      ledger.named('urn:epc:id:sgtin:0300011.0012345.11') ?? ledger.named(link('01/00300011123452/21/11'))
    const shipped = ledger.view.all(shipmentLineTable)
    expect(shipped.length).toBe(16)
    const units = ledger.view.all(traceableTable).filter(({ kind }) => kind === 'serial')
    expect(units.map(({ code }) => Number(code)).sort((a, b) => a - b)).toEqual([
      11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22,
    ])
    expect(units.every(({ no }) => shipped.some(({ traceable }) => traceable === no))).toBe(true)
    const inside = ledger.view.all(containmentTable).filter(({ outAt }) => outAt === null)
    expect(inside.length).toBe(15)
    expect(unit === undefined || units.includes(unit)).toBe(true)
  })

  /**
   * Two serials and three lots go in, four serials come out: each output has the same five inputs. None of the inputs was seen
   * before, so each is a gap.
   */
  test('[I2] [C2] [C4] a transformation joins every output to every input', async () => {
    const ledger = new MemoryLedger()
    await importPublished(
      ledger,
      'examples/gs1/JSON/WithDigitalLinkID/Example_9.6.4-TransformationEventWithDigitalLink.jsonld',
    )
    const outputs = [25, 26, 27, 28].map((serial) => link(`01/04012345778892/21/${serial}`))
    const inputs = ledger.reaches(outputs[0] ?? '', 'backward')
    expect(inputs.length).toBe(5)
    for (const output of outputs) expect(ledger.reaches(output, 'backward')).toEqual(inputs)
    for (const input of inputs) expect(ledger.reaches(input, 'forward')).toEqual(outputs)
    expect(ledger.openGaps().filter((gap) => gap.startsWith('used-before-received')).length).toBe(5)
  })

  test('[I2] the XML twin of a JSON file adds nothing', async () => {
    const ledger = new MemoryLedger()
    await importPublished(ledger, 'examples/openepcis/JSON/Capture/Documents/AggregationEvent.json')
    const before = ledger.events.length
    const again = await importPublished(
      ledger,
      'examples/openepcis/XML/Capture/Documents/AggregationEvent.xml',
    )
    expect(again).toMatchObject({ recorded: 0, refused: 0 })
    expect(ledger.events.length).toBe(before)
  })
})

/**
 * A plant in five events. Lots A and B come in, C is made of both, 30 of C are packed on a pallet, the pallet goes to a customer.
 * A is named by URN, by link and with another domain: it is one lot. Therefore: A and B reach C; the customer got 30 of C; 70 of C
 * are left; nothing is missing.
 */
const plant = [
  {
    type: 'ObjectEvent',
    eventID: 'urn:uuid:1',
    eventTime: '2026-01-01T08:00:00+01:00',
    eventTimeZoneOffset: '+01:00',
    action: 'ADD',
    bizStep: 'receiving',
    bizLocation: { id: 'urn:epc:id:sgln:4012345.00001.0' },
    sourceList: [{ type: 'owning_party', source: 'urn:epc:id:pgln:4000001.00012' }],
    quantityList: [
      { epcClass: 'urn:epc:class:lgtin:4012345.011111.A', quantity: 60, uom: 'KGM' },
      { epcClass: link('01/04012345222227/10/B'), quantity: 40.5, uom: 'KGM' },
    ],
    ilmd: { 'cbvmda:itemExpirationDate': '2026-12-31', 'cbvmda:countryOfOrigin': 'DE' },
  },
  {
    type: 'TransformationEvent',
    eventID: 'urn:uuid:2',
    eventTime: '2026-01-02T08:00:00+01:00',
    eventTimeZoneOffset: '+01:00',
    transformationID: 'urn:uuid:batch',
    inputQuantityList: [
      { epcClass: 'https://brand.example/01/04012345111118/10/A', quantity: 60, uom: 'KGM' },
    ],
  },
  {
    type: 'TransformationEvent',
    eventID: 'urn:uuid:3',
    eventTime: '2026-01-02T09:00:00+01:00',
    eventTimeZoneOffset: '+01:00',
    transformationID: 'urn:uuid:batch',
    bizLocation: { id: 'urn:epc:id:sgln:4012345.00001.0' },
    inputQuantityList: [{ epcClass: 'urn:epc:class:lgtin:4012345.022222.B', quantity: 40.5, uom: 'KGM' }],
    outputQuantityList: [{ epcClass: 'urn:epc:class:lgtin:4012345.033333.C', quantity: 100, uom: 'KGM' }],
  },
  {
    type: 'AggregationEvent',
    eventID: 'urn:uuid:4',
    eventTime: '2026-01-03T08:00:00+01:00',
    eventTimeZoneOffset: '+01:00',
    action: 'ADD',
    bizStep: 'packing',
    bizLocation: { id: 'urn:epc:id:sgln:4012345.00001.0' },
    parentID: 'urn:epc:id:sscc:4012345.0000000333',
    childQuantityList: [{ epcClass: 'urn:epc:class:lgtin:4012345.033333.C', quantity: 30, uom: 'KGM' }],
  },
  {
    type: 'ObjectEvent',
    eventID: 'urn:uuid:5',
    eventTime: '2026-01-04T08:00:00+01:00',
    eventTimeZoneOffset: '+01:00',
    action: 'OBSERVE',
    bizStep: 'shipping',
    epcList: ['urn:epc:id:sscc:4012345.0000000333'],
    destinationList: [{ type: 'possessing_party', destination: 'urn:epc:id:pgln:4000001.98765' }],
  },
]

/** What can be seen of the plant, whatever numbers things have. */
function picture(ledger: MemoryLedger) {
  const stock = ledger.view
    .all(stockTable)
    .filter(({ onHand, owed }) => onHand !== 0n || owed !== 0n)
    .map((row) => `${ledger.nameOf(row.traceable)} ${row.holderKind} ${row.onHand - row.owed}`)
    .sort()
  const names = ledger.view.all(traceableTable).map(({ no }) => ledger.nameOf(no))
  const reached = names.sort().map((name) => [name, ...ledger.reaches(name, 'forward')])
  return { stock, reached, gaps: ledger.openGaps() }
}

const lotA = link('01/04012345111118/10/A')
const lotC = link('01/04012345333336/10/C')

describe('events of a plant', () => {
  test('[I2] [A4] [C6] five events, one lot in three spellings', async () => {
    const ledger = new MemoryLedger()
    const report = await importEvents(ledger, plant)
    expect(report).toMatchObject({ refused: 0, gaps: 0, exceptions: 0 })
    expect(ledger.reaches(lotA, 'forward')).toEqual([lotC])
    expect(ledger.named(lotA)).toMatchObject({
      code: 'A',
      expiresOn: '2026-12-31',
      attributes: { countryOfOrigin: 'DE' },
    })
    expect(picture(ledger).stock).toEqual([
      'https://id.gs1.org/00/040123450000003338 customer 1',
      `${lotC} customer 30000000`,
      `${lotC} place 70000000`,
    ])
  })

  test('[I4] in any order, and with events told twice, the answers are the same', async () => {
    const sorted = new MemoryLedger()
    await importEvents(sorted, plant)
    for (const order of [
      [4, 3, 2, 1, 0],
      [2, 0, 4, 1, 3, 2, 0],
      [1, 1, 0, 4, 3, 2],
    ]) {
      const shuffled = new MemoryLedger()
      await importEvents(
        shuffled,
        order.flatMap((index) => plant[index] ?? []),
      )
      expect(picture(shuffled)).toEqual(picture(sorted))
    }
  })

  test('[I4] a run that was cut goes on where it stopped', async () => {
    const ledger = new MemoryLedger()
    await importEvents(ledger, plant.slice(0, 2))
    const report = await importEvents(ledger, plant)
    expect(report).toMatchObject({ refused: 0 })
    expect(ledger.reaches(lotA, 'forward')).toEqual([lotC])
    expect((await importEvents(ledger, plant)).recorded).toBe(0)
  })

  const wrong = plant[0]
  const declared = {
    ...wrong,
    errorDeclaration: { declarationTime: '2026-01-05T08:00:00+01:00', reason: 'did_not_occur' },
  }

  test.each([
    ['after the event', [wrong, declared]],
    ['alone', [declared]],
    ['before the event', [declared, wrong]],
  ])('[I2] [B18] an error declaration %s takes the event back, and both stay', async (_, events) => {
    const ledger = new MemoryLedger()
    const report = await importEvents(
      ledger,
      events.filter((event) => event !== undefined),
    )
    expect(report).toMatchObject({ refused: 0 })
    expect(ledger.named(lotA)).toMatchObject({ status: 'void' })
    expect(picture(ledger).stock).toEqual([])
    expect(ledger.events.filter(({ type }) => type === 'Corrected').length).toBe(2)
    expect(ledger.events.find(({ type }) => type === 'Received')?.source?.content).toMatchObject({
      event: { eventID: 'urn:uuid:1', ilmd: { 'cbvmda:countryOfOrigin': 'DE' } },
      prefixes: { cbvmda: 'urn:epcglobal:cbv:mda:' },
    })
  })

  test('[I4] a name that no label can hold is told, and the rest is taken', async () => {
    const ledger = new MemoryLedger()
    const long = { ...plant[4], eventID: 'urn:uuid:long', epcList: [`urn:long:${'x'.repeat(300)}`] }
    const report = await importEvents(ledger, [...plant, long])
    expect(report).toMatchObject({
      refused: 1,
      problems: [{ id: 'urn:uuid:long', code: 'command_malformed' }],
    })
    expect(ledger.reaches(lotA, 'forward')).toEqual([lotC])
  })

  test('[I2] a reading that names no thing is counted, not lost in silence', async () => {
    const reading = {
      type: 'ObjectEvent',
      eventTime: '2026-01-01T00:00:00Z',
      eventTimeZoneOffset: '+00:00',
      action: 'OBSERVE',
      epcList: [],
      readPoint: { id: 'urn:epc:id:sgln:4012345.00001.0' },
      sensorElementList: [{ sensorReport: [{ type: 'Temperature', value: 26, uom: 'CEL' }] }],
    }
    expect(await importEvents(new MemoryLedger(), [reading])).toMatchObject({ refused: 0, withoutEffect: 1 })
  })

  test('[I2] [C4] a lot that is used before anybody received it is a gap until its receipt comes', async () => {
    const ledger = new MemoryLedger()
    await importEvents(ledger, plant.slice(1, 3))
    expect(ledger.openGaps().some((gap) => gap.startsWith('used-before-received: A'))).toBe(true)
    await importEvents(ledger, plant.slice(0, 1))
    expect(ledger.openGaps().some((gap) => gap.startsWith('used-before-received'))).toBe(false)
    expect(ledger.reaches(lotA, 'forward')).toEqual([lotC])
  })
})

/** A crate with a serial of its own comes in with one file; the next file packs two drills into it and ships it. */
test('[I2] [B15] a serial known from an earlier file is a parent as any container', async () => {
  const crate = link('01/04012345999990/21/CRATE')
  const drills = ['1', '2'].map((serial) => link(`01/04012345666667/21/${serial}`))
  const at = { eventTimeZoneOffset: '+00:00', bizLocation: { id: link('414/4012345000009') } }
  const event = (type: string, day: string, rest: object) => ({
    ...{ type, eventID: `urn:uuid:serial-parent-${day}`, eventTime: `2026-02-${day}T08:00:00Z` },
    ...at,
    ...rest,
  })
  const ledger = new MemoryLedger()
  const made = { action: 'ADD', bizStep: 'commissioning', epcList: [crate, ...drills] }
  await importEvents(ledger, [event('ObjectEvent', '01', made)])
  const packed = { action: 'ADD', bizStep: 'packing', parentID: crate, childEPCs: drills }
  const shipped = {
    ...{ action: 'OBSERVE', bizStep: 'shipping', epcList: [crate] },
    destinationList: [{ type: 'owning_party', destination: link('417/4012345000016') }],
  }
  const report = await importEvents(ledger, [
    event('AggregationEvent', '02', packed),
    event('ObjectEvent', '03', shipped),
  ])
  expect(report).toMatchObject({ refused: 0, gaps: 0, exceptions: 0 })
  const all = [crate, ...drills].map((uri) => ledger.named(uri)?.no)
  expect(ledger.view.all(shipmentLineTable).map((line) => line.traceable)).toEqual(all)
  expect(ledger.view.all(traceableTable).map((row) => row.kind)).toEqual(['serial', 'serial', 'serial'])
})
