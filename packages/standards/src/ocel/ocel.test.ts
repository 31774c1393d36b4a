import { describe, expect, test } from 'vitest'
import { isRefusal } from '@lotline/core/base/refusal'
import { readOcelJson } from './read-json.ts'
import { readOcelRows } from './read-rows.ts'
import { readOcelXml } from './read-xml.ts'

const json = JSON.stringify({
  eventTypes: [{ name: 'load', attributes: [] }],
  objectTypes: [{ name: 'Pallet', attributes: [] }],
  events: [
    {
      id: 'e1',
      type: 'load',
      time: '2024-05-14T12:00:00Z',
      attributes: [{ name: 'distance', value: 52.5 }],
      relationships: [{ objectId: 'p1', qualifier: 'onto' }],
    },
  ],
  objects: [
    {
      id: 'p1',
      type: 'Pallet',
      attributes: [
        { name: 'state', time: '2024-05-14T12:00:00Z', value: 'full' },
        { name: 'state', time: '1970-01-01T00:00:00Z', value: 'empty' },
      ],
    },
  ],
})

const xml = `<log><event-types/><events><event id="e1" type="load" time="2024-05-14T12:00:00Z">
  <attributes><attribute name="distance">52.5</attribute></attributes>
  <objects><relationship object-id="p1" qualifier="onto"/></objects></event></events>
  <objects><object id="p1" type="Pallet"><attributes>
    <attribute name="state" time="2024-05-14T12:00:00Z">full</attribute>
    <attribute name="state" time="1970-01-01T00:00:00Z">empty</attribute></attributes></object></objects></log>`

const tables: Record<string, Record<string, string>[]> = {
  event: [{ ocel_id: 'e1', ocel_type: 'load' }],
  object: [{ ocel_id: 'p1', ocel_type: 'Pallet' }],
  event_map_type: [{ ocel_type: 'load', ocel_type_map: 'Load' }],
  object_map_type: [{ ocel_type: 'Pallet', ocel_type_map: 'Pallet' }],
  event_object: [{ ocel_event_id: 'e1', ocel_object_id: 'p1', ocel_qualifier: 'onto' }],
  event_Load: [{ ocel_id: 'e1', ocel_time: '2024-05-14 12:00:00+00:00', distance: '52.5' }],
  object_Pallet: [
    { ocel_id: 'p1', ocel_time: '2024-05-14 12:00:00', state: 'full' },
    { ocel_id: 'p1', ocel_time: '1970-01-01 00:00:00', state: 'empty' },
  ],
}

describe('object-centric event logs', () => {
  test('[I4] JSON, XML and tables give the same log', () => {
    const logs = [readOcelJson(json), readOcelXml(xml), readOcelRows((name) => tables[name] ?? [])]
    for (const log of logs) {
      expect(isRefusal(log) ? log.message : log.events).toMatchObject([
        {
          id: 'e1',
          type: 'load',
          at: '2024-05-14T12:00:00.000Z',
          attributes: { distance: '52.5' },
          objects: [{ object: 'p1', qualifier: 'onto' }],
        },
      ])
      expect(isRefusal(log) ? log.message : log.objects).toMatchObject([
        { id: 'p1', attributes: { state: 'full' } },
      ])
    }
  })

  test.each([
    [json.replace('"p1","type"', '"p2","type"'), 'names the unknown object "p1"'],
    [json.replace('2024-05-14T12:00:00Z', 'yesterday'), 'has no time'],
    ['{"events":[]}', 'no lists'],
    [json.slice(0, 100), 'not JSON'],
  ])('[I4] a broken log is refused (%#)', (text, reason) => {
    const log = readOcelJson(text)
    expect(isRefusal(log) ? log.message : log).toContain(reason)
  })

  test('[I4] an XML bomb is refused before it is read', () => {
    const bomb = '<!DOCTYPE log [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;">]><log>&b;</log>'
    expect(readOcelXml(bomb)).toMatchObject({ code: 'xml_forbidden' })
  })

  test.each(['<log><events><event id="e"/></events></log>', '<events/>'])('[I4] %s is no log', (text) => {
    expect(readOcelXml(text)).toMatchObject({ code: 'ocel_invalid' })
  })
})
