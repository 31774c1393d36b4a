import { expect, test } from 'vitest'
import { mentionTable, processFactTable } from '../ledger/record-tables.ts'
import { Shop } from '../ledger/shop.testing.ts'
import { serviceVerbs } from './verbs.ts'

function shop(): Shop {
  const plant = new Shop(serviceVerbs)
  plant.item('PUMP', { tracking: 'serial' })
  plant.party('ST-MARY')
  plant.stocked('PUMP', 'P-1', '1')
  return plant
}

test('[B17] an installation says where the unit runs', () => {
  const plant = shop()
  plant.do({ verb: 'service', unit: 'P-1', kind: 'installation', customer: 'ST-MARY', site: 'ward 3' })
  expect(plant.lot('P-1').attributes).toEqual({
    'installed on': '2026-03-02',
    'installed at customer': 'ST-MARY',
    'installed at site': 'ward 3',
  })
})

test('[B17] maintenance makes another state of the unit, with what was found', () => {
  const plant = shop()
  const event = plant.do({ verb: 'service', unit: 'P-1', kind: 'maintenance', notes: 'filter changed' })
  expect(plant.states('P-1')).toBe(2)
  const facts = plant.view.list(processFactTable, 'byProcess', [`service:${event.key}`])
  expect(facts.map((fact) => [fact.name, fact.value])).toEqual([
    ['service', 'maintenance'],
    ['notes', 'filter changed'],
  ])
})

test('[B17] a claim names the unit and the recoverable cost, and stands in its history', () => {
  const plant = shop()
  const claim = { verb: 'service', unit: 'P-1', kind: 'warranty-claim', claim: 'RMA-7', cost: '120.00 EUR' }
  const event = plant.do(claim)
  expect(plant.lot('P-1').attributes['warranty claim']).toBe('RMA-7')
  expect(plant.view.get(mentionTable, [plant.lot('P-1').no, event.position])).toBeDefined()
})

test('[B17] a unit nobody knows and a customer nobody knows are refused', () => {
  const plant = shop()
  plant.refuses({ verb: 'service', unit: 'P-9', kind: 'maintenance' }, 'lot_unknown')
  plant.refuses({ verb: 'service', unit: 'P-1', kind: 'installation', customer: 'NOBODY' }, 'party_unknown')
})
