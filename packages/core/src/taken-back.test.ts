import { describe, expect, test } from 'vitest'
import { eventTable } from './ledger/record-tables.ts'
import { expectUndone } from './ledger/restored.testing.ts'
import { Shop } from './ledger/shop.testing.ts'
import { verbs } from './catalogue.ts'

/** A shop in the middle of its work: something of everything is there to be taken back. */
function shop(): Shop {
  const plant = new Shop(verbs)
  plant.item('MILK', { unit: 'kg', scale: 3 })
  plant.item('PUMP', { tracking: 'serial' })
  plant.item('BOARD', { tracking: 'serial' })
  plant.item('SCREW')
  plant.resource('OVEN-3', 'equipment')
  plant.party('HEATCO')
  const screw = {
    item: plant.itemNo('SCREW'),
    code: 'SCREW',
    quantity: '4',
    operation: null,
    alternates: [],
    feed: null,
  }
  const bom = plant.definition('bom', { no: plant.itemNo('PUMP') }, { lines: [screw], output: '1' })
  plant.order('WO-1', { item: plant.itemNo('PUMP'), amount: 10n })
  plant.order('WO-2', { item: plant.itemNo('PUMP'), amount: 10n, bom })
  plant.stocked('MILK', 'M-1', '500')
  plant.stocked('MILK', 'M-2', '500')
  plant.stocked('MILK', 'M-BAD', '5', { status: 'rejected' })
  plant.stocked('SCREW', 'S-1', '100')
  for (const code of ['B-1', 'B-2', 'B-3']) plant.stocked('BOARD', code, '1')
  plant.all(
    { verb: 'issue', order: 'WO-1', what: 'S-1', quantity: { value: '20' } },
    { verb: 'start', order: 'WO-1', operation: '10' },
    { verb: 'consume', order: 'WO-1', operation: '10', what: 'S-1', quantity: { value: '5' } },
    { verb: 'consume', order: 'WO-1', what: 'B-3', forUnit: 'P-9' },
    { verb: 'produce', order: 'WO-1', operation: '10', serials: ['P-1', 'P-2'], place: 'DONE' },
    { verb: 'install', unit: 'P-1', part: 'B-1', slot: 'A1' },
    { verb: 'load', vessel: 'T-1', newVessel: true, place: 'LINE', what: 'M-1', quantity: { value: '60' } },
    {
      verb: 'subcontract-send',
      subcontractor: 'HEATCO',
      what: 'S-1',
      quantity: { value: '10' },
      process: 'plating',
      from: 'STORE',
    },
  )
  return plant
}

const order = { order: 'WO-1', operation: '10' }
const one = { value: '1' }

describe('every verb of making is taken back', () => {
  test.each([
    { verb: 'issue', order: 'WO-1', what: 'S-1', quantity: one, from: 'STORE' },
    { verb: 'return-to-stock', order: 'WO-1', what: 'S-1', quantity: one, to: 'STORE' },
    { verb: 'start', ...order, equipment: 'OVEN-3' },
    { verb: 'complete', ...order, equipment: 'OVEN-3', parameters: [{ name: 'heat', value: '90' }] },
    { verb: 'complete', ...order, unit: 'P-1' },
    { verb: 'consume', ...order, what: 'S-1', quantity: one },
    { verb: 'consume', ...order, what: 'M-2', quantity: one },
    { verb: 'consume', order: 'WO-1', what: 'B-2', forUnit: 'P-1' },
    { verb: 'consume', process: 'cook', what: 'M-2', quantity: { value: '600' }, historical: true },
    { verb: 'backflush', order: 'WO-2', quantity: one, place: 'STORE' },
    { verb: 'produce', ...order, serials: ['P-3', 'P-4'], place: 'DONE' },
    { verb: 'produce', order: 'WO-1', serials: ['P-9'], place: 'DONE', attributes: { colour: 'red' } },
    { verb: 'produce', order: 'WO-2', serials: ['P-5'], place: 'DONE' },
    { verb: 'scrap', what: 'M-2', quantity: one, reason: 'spilt' },
    { verb: 'scrap', what: 'P-2', reason: 'dropped' },
    { verb: 'scrap', order: 'WO-1', quantity: one, reason: 'chips' },
    { verb: 'rework', what: 'P-2', reason: 'leak' },
    { verb: 'rework', what: 'M-BAD', reason: 'filtered' },
    { verb: 'load', vessel: 'T-1', what: 'M-2', quantity: one },
    { verb: 'load', vessel: 'T-2', newVessel: true, place: 'LINE', what: 'M-2', quantity: one },
    { verb: 'draw', vessel: 'T-1', item: 'MILK', lot: 'D-1', place: 'DONE', quantity: one },
    { verb: 'draw', vessel: 'T-1', quantity: one, order: 'WO-1' },
    { verb: 'clean', vessel: 'T-1', empty: true, reason: 'end of week' },
    { verb: 'install', unit: 'P-2', part: 'B-2' },
    { verb: 'remove', unit: 'P-1', part: 'B-1', to: 'LINE' },
    { verb: 'replace', unit: 'P-1', remove: 'B-1', install: 'B-2', to: 'LINE' },
    {
      verb: 'subcontract-send',
      subcontractor: 'HEATCO',
      what: 'S-1',
      quantity: one,
      process: 'plating',
      from: 'STORE',
    },
    { verb: 'subcontract-receive', subcontractor: 'HEATCO', what: 'S-1', quantity: one, place: 'LINE' },
    {
      verb: 'subcontract-receive',
      subcontractor: 'HEATCO',
      what: 'S-1',
      place: 'LINE',
      quantity: one,
      into: { item: 'SCREW', lot: 'S-HT' },
    },
    { verb: 'service', unit: 'P-1', kind: 'installation', site: 'ward 3' },
    { verb: 'service', unit: 'P-1', kind: 'maintenance' },
  ])('[B18] $verb leaves all tables as they were, but for the events and the marks', (command) => {
    expectUndone(shop(), command)
  })
})

describe('undo until used downstream', () => {
  test('[B18] the old fact and the correction are both visible', () => {
    const plant = shop()
    const { position } = plant.do({ verb: 'consume', ...order, what: 'M-2', quantity: one })
    const correction = plant.do({ verb: 'correct', event: position, reason: 'wrong lot scanned' })
    const row = plant.view.get(eventTable, [position])
    expect(row?.voidedBy).toBe(correction.position)
    expect(correction.body['position']).toBe(position)
    expect(correction.reason).toBe('wrong lot scanned')
  })

  test('[B18] what was used since is named, and nothing is taken back', () => {
    const plant = shop()
    const made = plant.do({ verb: 'produce', ...order, serials: ['P-3'], place: 'DONE' })
    const used = plant.do({ verb: 'install', unit: 'P-3', part: 'B-2' })
    const ask = { verb: 'correct', event: made.position, reason: 'wrong serial' }
    const refusal = plant.refuses(ask, 'used_downstream')
    expect(refusal.details?.['later']).toEqual([
      { event: used.id, position: used.position, type: 'Installed' },
    ])
    plant.do({ verb: 'correct', event: used.id, reason: 'wrong unit' })
    plant.do(ask)
    expect(plant.knows('P-3')).toBe(false)
  })

  test('[B18] a wrong scan can be taken back after the product was made; its genealogy changes then', () => {
    const plant = shop()
    const wrong = plant.do({ verb: 'consume', process: 'cook', what: 'M-2', quantity: one })
    plant.do({ verb: 'produce', process: 'cook', item: 'MILK', lot: 'MIX', quantity: one, place: 'DONE' })
    plant.do({ verb: 'correct', event: wrong.position, reason: 'it was M-1' })
    expect(plant.reaches('MIX', 'backward')).toEqual([])
    expect(plant.stock('M-2')).toEqual({ 'place STORE': '500.000' })
  })

  test('[B18] a unit that was named by the wrong scan and made since stays made', () => {
    const plant = shop()
    const wrong = plant.do({ verb: 'consume', order: 'WO-1', what: 'B-2', forUnit: 'P-7' })
    plant.do({ verb: 'produce', order: 'WO-1', serials: ['P-7'], place: 'DONE' })
    plant.do({ verb: 'correct', event: wrong.position, reason: 'other board' })
    expect(plant.lot('P-7').status).toBe('released')
    expect(plant.reaches('P-7', 'backward')).not.toContain('B-2')
  })

  test('[B18] stock that went on cannot be taken back from where it is no more', () => {
    const plant = shop()
    const issued = plant.do({
      verb: 'issue',
      order: 'WO-2',
      what: 'S-1',
      quantity: { value: '8' },
      from: 'STORE',
    })
    plant.do({ verb: 'consume', order: 'WO-2', what: 'S-1', quantity: { value: '6' } })
    const ask = { verb: 'correct', event: issued.position, reason: 'wrong order' }
    expect(plant.refuses(ask, 'used_downstream').message).toContain('WO-2')
    plant.do({ ...ask, historical: true })
    expect(plant.exceptions()).toEqual(['used_downstream'])
  })

  test('[B18] corrections are not corrected, and nothing is taken back twice', () => {
    const plant = shop()
    const { position, id } = plant.do({ verb: 'consume', ...order, what: 'M-2', quantity: one })
    const ask = { verb: 'correct', event: id, reason: 'wrong lot' }
    const correction = plant.do(ask)
    plant.refuses(ask, 'already_void')
    plant.refuses({ ...ask, event: String(position) }, 'already_void')
    plant.refuses({ ...ask, event: correction.position }, 'correction_of_correction')
    plant.refuses({ ...ask, event: 'no such event' }, 'event_unknown')
  })
})
