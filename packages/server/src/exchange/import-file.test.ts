import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { isRefusal } from '@lotline/core/base/refusal'
import { containmentTable } from '@lotline/core/ledger/tables'
import { shipmentLineTable, shipmentTable } from '@lotline/core/ledger/record-tables'
import { openEpcis } from './epcis-import.ts'
import { importFile, type ImportOptions } from './import-file.ts'
import { MemoryLedger } from './memory-ledger.testing.ts'
import { fileAt, fileOf } from './source-file.ts'

const data = new URL('../../../../../shared/data/', import.meta.url)
const there = existsSync(data)

async function take(content: string | Uint8Array, options: ImportOptions = {}, ledger = new MemoryLedger()) {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content
  return { report: await importFile(fileOf('file', bytes), ledger.capture, options), ledger }
}

describe.skipIf(!there)('published files that are wrong (skipped: ../shared/data is absent)', () => {
  const folder = new URL('epcis/invalid/', data)
  const files = there
    ? readdirSync(folder, { recursive: true })
        .map(String)
        .filter((name) => /\.(json|xml)$/.test(name))
    : []

  test.each(files)('[I4] %s is refused and nothing is stored', async (name) => {
    const { report, ledger } = await take(readFileSync(new URL(name, folder)), { format: 'epcis' })
    expect(report).toMatchObject({ refused: true, message: expect.any(String), fix: expect.any(String) })
    expect(ledger.events).toEqual([])
  })

  test('[I4] a file cut anywhere is refused and nothing is stored', async () => {
    const whole = [
      'JSON/Capture/Documents/Combination_of_different_event.json',
      'XML/Capture/Documents/AggregationEvent.xml',
    ]
    for (const name of whole) {
      const content = readFileSync(new URL(`epcis/examples/openepcis/${name}`, data))
      for (let part = 1; part < 20; part++) {
        const { report, ledger } = await take(content.subarray(0, Math.floor((content.length * part) / 20)))
        expect(report).toMatchObject({ refused: true })
        expect(ledger.events).toEqual([])
      }
    }
  })
})

describe('files that are wrong', () => {
  test.each([
    ['', 'file_empty'],
    ['{"a":1}', 'format_unknown'],
    ['{"type":"EPCISDocument","epcisBody":{"eventList":[{]}}', 'json_malformed'],
    [
      '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><EPCISDocument>&b;</EPCISDocument>',
      'xml_forbidden',
    ],
    ['<!DOCTYPE x SYSTEM "http://example.com/evil.dtd"><EPCISDocument/>', 'xml_forbidden'],
    ['<EPCISDocument><EPCISBody>&evil;</EPCISBody></EPCISDocument>', 'xml_malformed'],
    [`{"type":"EPCISDocument","x":${'['.repeat(5000)}`, 'json_malformed'],
    [`<EPCISDocument>${'<a>'.repeat(5000)}`, 'xml_malformed'],
    ['Lot;Qty\nA;1', 'mapping_missing'],
    [new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x65, 0x70, 0x63, 0x69, 0x73]), 'format_unknown'],
    [Buffer.concat([Buffer.from('{"eventTime":"'), Buffer.from([0xff, 0xc0])]), 'file_not_text'],
    ['SQLite format 3\u0000 and then nothing', 'mapping_missing'],
  ])('[I4] %# is refused as %s, with what to do', async (content, code) => {
    const { report, ledger } = await take(content)
    expect(report).toMatchObject({ refused: true, code, fix: expect.any(String) })
    expect(ledger.events).toEqual([])
  })
})

describe('files that cannot be taken as they are', () => {
  test('[I4] a file that is not there', async () => {
    expect(await fileAt('/nowhere/at/all.json')).toMatchObject({ code: 'file_unreadable' })
  })

  test('[I4] a spreadsheet beyond what is read whole', async () => {
    const file = {
      name: 'big.xlsx',
      bytes: 1e12,
      read: () => fileOf('x', Buffer.from('PK\u0003\u0004')).read(),
    }
    expect(await importFile(file, new MemoryLedger().capture, { mapping: receipts })).toMatchObject({
      code: 'file_too_large',
    })
  })

  test('[I4] a database that was cut', async () => {
    const { report } = await take('SQLite format 3\u0000 and then nothing', { mapping: pallets })
    expect(report).toMatchObject({ code: 'sqlite_unreadable' })
  })

  test('[I4] more unsorted events than are put in order', async () => {
    const event = (time: string) => ({
      type: 'ObjectEvent',
      eventTime: time,
      eventTimeZoneOffset: '+00:00',
      action: 'OBSERVE',
      epcList: ['urn:epc:id:sscc:4012345.0000000333'],
    })
    const events = [event('2026-01-02T00:00:00Z'), event('2026-01-01T00:00:00Z')]
    const file = fileOf('events', Buffer.from(JSON.stringify(events)))
    expect(await openEpcis(file, 1)).toMatchObject({ code: 'file_not_in_order' })
    expect(await openEpcis(file, 2)).toMatchObject({ total: 3 })
  })

  test('[I4] a mapping for another kind of file', async () => {
    expect((await take('a;b\n1;2', { mapping: pallets })).report).toMatchObject({ code: 'mapping_invalid' })
  })
})

const receipts = JSON.stringify({
  format: 'table',
  system: 'old-erp',
  id: 'Receipt',
  separator: ';',
  before: [{ verb: 'define', thing: 'place', code: 'STORE' }],
  commands: [
    { verb: 'define', thing: 'item', code: { column: 'Part' }, unit: 'KGM', scale: 3 },
    { verb: 'define', thing: 'party', code: { column: 'Supplier' }, roles: ['supplier'] },
    {
      when: { column: 'Kind', is: 'IN' },
      verb: 'receive',
      item: { column: 'Part' },
      lot: { column: 'Lot' },
      supplier: { column: 'Supplier' },
      heat: { column: 'Heat', optional: true },
      quantity: { value: { column: 'Kilo', decimal: ',' } },
      place: 'STORE',
      happenedAt: { column: 'Date', time: 'DD.MM.YYYY hh:mm', offset: '+01:00' },
    },
    {
      when: { column: 'Kind', is: 'OUT' },
      verb: 'consume',
      what: { item: { column: 'Part' }, code: { column: 'Lot' } },
      quantity: { value: { column: 'Kilo', decimal: ',' } },
      process: { column: 'Heat' },
      happenedAt: { column: 'Date', time: 'DD.MM.YYYY hh:mm', offset: '+01:00' },
    },
  ],
})

const rows = [
  'Receipt;Kind;Part;Lot;Supplier;Heat;Kilo;Date',
  '1;IN;0815;007;ACME;H-1;1.000,5;01.02.2024 06:00',
  '2;IN;0815;008;ACME;;20;02.02.2024 06:00',
  '3;OUT;0815;007;ACME;COOK-9;0,5;03.02.2024 06:00',
]

describe('tables by a mapping', () => {
  test('[I4] lots with their original dates, codes as text, commas as points', async () => {
    const { report, ledger } = await take(rows.join('\n'), { mapping: receipts })
    expect(report).toMatchObject({
      format: 'csv',
      refused: 0,
      gaps: 0,
      byVerb: { define: 3, receive: 2, consume: 1 },
    })
    expect(ledger.named('007')).toMatchObject({ happenedAt: '2024-02-01T05:00:00.000Z' })
    expect(ledger.reaches('H-1', 'forward')).toEqual(['007'])
    expect(ledger.events.find(({ type }) => type === 'Received')?.source).toMatchObject({
      system: 'old-erp',
      id: '["1"]',
      content: { Lot: '007', Kilo: '1.000,5' },
    })
  })

  test('[I4] again, shuffled and in part: nothing is added', async () => {
    const ledger = new MemoryLedger()
    const [head = '', first = '', second = '', third = ''] = rows
    await take([head, third, second, first].join('\n'), { mapping: receipts }, ledger)
    expect(ledger.openGaps()).toEqual([])
    for (const again of [rows, [head, second], [head, third, first, first]]) {
      const { report } = await take(again.join('\r\n'), { mapping: receipts }, ledger)
      expect(report).toMatchObject({ recorded: 0, refused: 0 })
    }
  })

  test('[I4] rows without a number of their own are told apart by what they say, and equal ones are counted', async () => {
    const ledger = new MemoryLedger()
    const mapping = receipts.replace('"id":"Receipt",', '')
    const [head = '', , second = ''] = rows
    const twice = [head, second, second].join('\n')
    const { report } = await take(twice, { mapping }, ledger)
    expect(report).toMatchObject({ byVerb: { receive: 2 } })
    expect((await take([head, second].join('\n'), { mapping }, ledger)).report).toMatchObject({ recorded: 0 })
    expect((await take([head, second, second, second].join('\n'), { mapping }, ledger)).report).toMatchObject(
      { recorded: 1 },
    )
  })

  test.each([
    [rows.with(1, '1;IN;0815;1,23E+11;ACME;;5;01.02.2024 06:00'), 'cell_invalid', 'row 2/Lot'],
    [rows.with(1, '1;IN;0815;007;ACME;;5'), 'table_malformed', undefined],
    [rows.with(2, '2;IN;0815;008;ACME;;-5;02.02.2024 06:00'), 'cell_invalid', 'row 3/Kilo'],
    [rows.with(0, 'Receipt;Kind;Part;Lot;Lot;Heat;Kilo;Date'), 'table_malformed', undefined],
  ])('[I4] a row that is wrong stops the file, named by its line (%#)', async (lines, code, field) => {
    const { report, ledger } = await take(lines.join('\n'), { mapping: receipts })
    expect(report).toMatchObject({ refused: true, code, ...(field === undefined ? {} : { field }) })
    expect(ledger.events).toEqual([])
  })

  test('[I4] what a rule refuses is told at the end, the rest is taken', async () => {
    const { report } = await take(rows.with(2, '2;IN;0815;008;ACME;;0,0001;02.02.2024 06:00').join('\n'), {
      mapping: receipts,
    })
    expect(report).toMatchObject({
      refused: 1,
      problems: [{ place: 'row 3', verb: 'receive', code: 'quantity_too_precise' }],
    })
  })
})

/**
 * The pallet log: items i1 to i4 are fetched for orders o1 and o2, loaded with a pallet onto a vehicle, and delivered. By its events:
 * i1 on p1, i2 on p2, i3 and i4 on p3; delivery 1 brings p1, delivery 2a p2 and p3, delivery 2b p3 again. So p1 carries i1 to its
 * order, and i3 and i4 travel together on p3; nothing else touches.
 */
const pallets = JSON.stringify({
  format: 'ocel',
  system: 'pallet-log',
  before: [
    { verb: 'define', thing: 'item', code: 'ITEM', tracking: 'serial', unit: 'H87', scale: 0 },
    { verb: 'define', thing: 'place', code: 'DOCK' },
    { verb: 'define', thing: 'party', code: 'CUSTOMER', roles: ['customer'] },
  ],
  events: {
    'receive order': [],
    inspect: [],
    'get item': [
      {
        verb: 'receive',
        item: 'ITEM',
        lot: { object: 'Item' },
        place: 'DOCK',
        happenedAt: { event: 'time' },
      },
    ],
    load: [
      {
        verb: 'pack',
        container: { object: 'Pallet' },
        contents: { objects: 'Item', each: { what: '$' } },
        place: 'DOCK',
        happenedAt: { event: 'time' },
      },
    ],
    deliver: [
      {
        verb: 'ship',
        shipment: { event: 'id' },
        customer: 'CUSTOMER',
        contents: { objects: 'Pallet', each: { what: '$' } },
        carrier: { object: 'Vehicle' },
        happenedAt: { event: 'time' },
      },
    ],
  },
})

describe.skipIf(!there)('an object-centric log (skipped: ../shared/data is absent)', () => {
  test('[I4] the pallet log, read from SQLite', async () => {
    const ledger = new MemoryLedger()
    const file = await fileAt(fileURLToPath(new URL('real/ocel/pallet-logistics-v0.9.sqlite', data)))
    const report = isRefusal(file) ? file : await importFile(file, ledger.capture, { mapping: pallets })
    expect(report).toMatchObject({
      format: 'ocel-sqlite',
      refused: 0,
      byVerb: { define: 3, receive: 4, pack: 3, ship: 3 },
      skipped: { 'records that the mapping leaves out': 4 },
    })
    const codeOf = (no: number) => ledger.nameOf(no)
    const inside = ledger.view
      .all(containmentTable)
      .map(({ container, child }) => `${codeOf(child)} in ${codeOf(container)}`)
    expect(inside.sort()).toEqual(['i1 in p1', 'i2 in p2', 'i3 in p3', 'i4 in p3'])
    const shipments = new Map(ledger.view.all(shipmentTable).map(({ no, code }) => [no, code]))
    const went = ledger.view
      .all(shipmentLineTable)
      .map(({ shipment, traceable }) => `${shipments.get(shipment)} ${codeOf(traceable)}`)
    expect(went.filter((line) => !line.startsWith('deliver_2b')).sort()).toEqual([
      'deliver_1 i1',
      'deliver_1 p1',
      'deliver_2a i2',
      'deliver_2a i3',
      'deliver_2a i4',
      'deliver_2a p2',
      'deliver_2a p3',
    ])
    const again = isRefusal(file) ? file : await importFile(file, ledger.capture, { mapping: pallets })
    expect(again).toMatchObject({ recorded: 0 })
  })
})
