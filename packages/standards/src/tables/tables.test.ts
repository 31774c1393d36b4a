import { describe, expect, test } from 'vitest'
import { isRefusal } from '@lotline/core/base/refusal'
import { readOcelRows } from '../ocel/read-rows.ts'
import { readMapping, recordOfRow, recordsOfLog } from './mapping.ts'

function mapping(value: object) {
  const read = readMapping(JSON.stringify(value))
  if (isRefusal(read)) throw new Error(read.message)
  return read
}

const receipts = mapping({
  format: 'table',
  system: 'old-erp',
  id: ['Receipt'],
  separator: ';',
  commands: [
    {
      verb: 'receive',
      item: { column: 'Part' },
      lot: { column: 'Lot' },
      quantity: {
        value: { column: 'Qty', decimal: ',' },
        unit: { column: 'Unit', map: { Kilo: 'KGM', Stk: 'H87' } },
      },
      expiresOn: { column: 'Best before', date: 'DD.MM.YYYY', optional: true },
      happenedAt: { column: 'Date', time: 'DD.MM.YYYY hh:mm', offset: '+01:00' },
    },
  ],
})

const row = {
  Receipt: '0007',
  Part: '00123',
  Lot: '007E',
  Qty: '1.234,50',
  Unit: 'Kilo',
  Date: '03.02.2024 06:05',
  'Best before': '',
}

describe('rows to commands by a mapping', () => {
  test('[I4] cells become fields; zeros in front stay; an empty optional cell leaves its field out', () => {
    expect(recordOfRow(receipts, row, 2)).toMatchObject({
      id: '["0007"]',
      commands: [
        {
          verb: 'receive',
          item: '00123',
          lot: '007E',
          quantity: { value: '1234.50', unit: 'KGM' },
          happenedAt: '2024-02-03T06:05:00+01:00',
        },
      ],
    })
    const record = recordOfRow(receipts, row, 2)
    expect(isRefusal(record) ? record : Object.keys(record.commands[0] ?? {})).not.toContain('expiresOn')
  })

  test.each([
    [{ Lot: '' }, 'Lot of row 9 is empty'],
    [{ Lot: '1.23E+11' }, 'scientific notation'],
    [{ Qty: '1.2345' }, 'decimal comma'],
    [{ Unit: 'kg' }, 'not among the values'],
    [{ Date: '3.2.2024 06:05' }, 'is not a time written DD.MM.YYYY hh:mm'],
    [{ Date: '31.02.2024 06:05' }, 'is not a time'],
    [{ Receipt: ' ' }, 'identifies it'],
  ])('[I4] %o is refused with row and column', (change, reason) => {
    const record = recordOfRow(receipts, { ...row, ...change }, 9)
    expect(isRefusal(record) ? record.message : record).toContain(reason)
  })

  test('[I4] a ledger of several kinds of movement: each line becomes what its kind says', () => {
    const movements = mapping({
      format: 'table',
      system: 'wms',
      commands: [
        { when: { column: 'Type', is: 'IN' }, verb: 'receive', lot: { column: 'Lot' } },
        { when: { column: 'Type', is: ['OUT', 'USE'] }, verb: 'consume', what: { column: 'Lot' } },
      ],
    })
    const verbs = ['IN', 'USE', 'NOTE'].map((Type) => {
      const record = recordOfRow(movements, { Type, Lot: 'L1' }, 2)
      return isRefusal(record) ? record.message : record.commands.map(({ verb }) => verb)
    })
    expect(verbs).toEqual([['receive'], ['consume'], []])
  })

  test('[I4] a column the file lacks is told', () => {
    const { Lot: _, ...rest } = row
    const record = recordOfRow(receipts, rest, 2)
    expect(isRefusal(record) ? record.message : record).toContain('there is no column "Lot"')
  })

  test.each([
    [{ format: 'table', commands: [{}] }, '"system" is missing'],
    [{ format: 'x', system: 's' }, '"format" must be'],
    [{ format: 'table', system: 's', commands: [] }, '"commands" is missing'],
    [{ format: 'table', system: 's', commands: [{}], colums: {} }, 'unknown field "colums"'],
  ])('[I4] the mapping %o is refused', (value, reason) => {
    const read = readMapping(JSON.stringify(value))
    expect(read).toMatchObject({ code: 'mapping_invalid', message: expect.stringContaining(reason) })
  })
})

describe('logged events to commands by a mapping', () => {
  const tables: Record<string, Record<string, string>[]> = {
    event: [
      { ocel_id: 'late', ocel_type: 'load' },
      { ocel_id: 'early', ocel_type: 'look' },
    ],
    object: [
      { ocel_id: 'p1', ocel_type: 'Pallet' },
      { ocel_id: 'i2', ocel_type: 'Item' },
      { ocel_id: 'i1', ocel_type: 'Item' },
    ],
    event_map_type: [
      { ocel_type: 'load', ocel_type_map: 'Load' },
      { ocel_type: 'look', ocel_type_map: 'Look' },
    ],
    event_object: [
      { ocel_event_id: 'late', ocel_object_id: 'p1', ocel_qualifier: '' },
      { ocel_event_id: 'late', ocel_object_id: 'i2', ocel_qualifier: '' },
      { ocel_event_id: 'late', ocel_object_id: 'i1', ocel_qualifier: '' },
    ],
    event_Load: [{ ocel_id: 'late', ocel_time: '2024-05-14 12:00:00' }],
    event_Look: [{ ocel_id: 'early', ocel_time: '2024-05-01 12:00:00' }],
  }
  const log = readOcelRows((name) => tables[name] ?? [])

  test('[I4] objects by type fill single slots and lists; events come in order of time', () => {
    const pallets = mapping({
      format: 'ocel',
      system: 'wms',
      events: {
        look: [],
        load: [
          {
            verb: 'pack',
            container: { object: 'Pallet' },
            contents: { objects: 'Item', each: { item: '$' } },
            happenedAt: { event: 'time' },
          },
        ],
      },
    })
    const records = isRefusal(log) ? log : recordsOfLog(pallets, log)
    expect(records).toMatchObject([
      { id: 'early', commands: [] },
      {
        id: 'late',
        commands: [
          {
            verb: 'pack',
            container: 'p1',
            contents: [{ item: 'i1' }, { item: 'i2' }],
            happenedAt: '2024-05-14T12:00:00.000Z',
          },
        ],
      },
    ])
  })

  test('[I4] an event type the mapping forgets is told', () => {
    const forgetful = mapping({ format: 'ocel', system: 'wms', events: { load: [] } })
    const records = isRefusal(log) ? log : recordsOfLog(forgetful, log)
    expect(isRefusal(records) ? records.message : records).toContain('does not name the event type "look"')
  })
})
