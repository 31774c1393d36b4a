import { describe, expect, test } from 'vitest'
import { traceableTable } from '../identity/rows.ts'
import { Shop } from '../ledger/shop.testing.ts'
import { movementTable, orderTable } from '../ledger/tables.ts'
import { productionVerbs } from './verbs.ts'

function shop(): Shop {
  const plant = new Shop(productionVerbs)
  plant.item('MILK', { unit: 'kg', scale: 3 })
  const cheese = plant.item('CHEESE', { unit: 'kg', scale: 3 })
  const pump = plant.item('PUMP', { tracking: 'serial' })
  plant.order('WO-1', { item: pump.no, amount: 10n })
  plant.order('WO-2', { item: cheese.no, amount: 20_000n })
  plant.stocked('MILK', 'M-1', '500')
  return plant
}

const milk = { verb: 'consume', order: 'WO-2', what: 'M-1', quantity: { value: '100' } }

describe('outputs', () => {
  test('[B9] the expected quantity completes with one tap', () => {
    const plant = shop()
    plant.do(milk)
    plant.do({ verb: 'produce', order: 'WO-2', place: 'DONE' })
    const [made] = plant.reaches('M-1')
    expect(plant.stock(made ?? '')).toEqual({ 'place DONE': '20.000' })
    const order = plant.view.all(orderTable).find((row) => row.code === 'WO-2')
    expect(order?.done).toBe(20_000n)
    plant.refuses({ verb: 'produce', order: 'WO-2', place: 'DONE' }, 'quantity_missing')
  })

  test('[B9] ten thousand serials are one event, and cost ten times what a thousand do', () => {
    const timed = (count: number) => {
      const plant = shop()
      const range = { serialRange: { from: 'S-00001', count } }
      const started = performance.now()
      const event = plant.do({ verb: 'produce', order: 'WO-1', ...range, place: 'DONE' })
      return { plant, event, took: performance.now() - started }
    }
    timed(1_000)
    const thousand = timed(1_000)
    const { plant, event, took } = timed(10_000)
    expect(plant.view.all(traceableTable).filter((row) => row.kind === 'serial')).toHaveLength(10_000)
    expect(plant.stock('S-10000')).toEqual({ 'place DONE': '1' })
    expect(JSON.stringify(event.body).length).toBeLessThan(200_000)
    // Quadratic work would take a hundred times as long.
    expect(took / thousand.took).toBeLessThan(50)
  })

  test('[B9] by-products come from the same process and keep their own places', () => {
    const plant = shop()
    plant.item('WHEY', { unit: 'kg', scale: 3 })
    plant.do(milk)
    const whey = { item: 'WHEY', lot: 'W-1', quantity: { value: '78' }, place: 'LINE' }
    plant.do({
      verb: 'produce',
      order: 'WO-2',
      lot: 'C-1',
      quantity: { value: '20' },
      place: 'DONE',
      byProducts: [whey],
    })
    expect(plant.reaches('M-1')).toEqual(['C-1', 'W-1'])
    expect(plant.stock('W-1')).toEqual({ 'place LINE': '78.000' })
    expect(plant.reaches('W-1', 'backward')).toEqual(['M-1'])
  })

  test('[B9] a lot that is completed in two steps is one lot with two additions', () => {
    const plant = shop()
    plant.do(milk)
    const half = { verb: 'produce', order: 'WO-2', lot: 'C-1', quantity: { value: '10' }, place: 'DONE' }
    plant.all(half, half)
    expect(plant.stock('C-1')).toEqual({ 'place DONE': '20.000' })
    expect(plant.reaches('C-1', 'backward')).toEqual(['M-1'])
  })

  test('[B9] what is packed as it is made lies in its container', () => {
    const plant = shop()
    plant.do({ verb: 'produce', order: 'WO-1', serials: ['P-1', 'P-2'], place: 'DONE', container: 'BOX-1' })
    const box = plant.lot('BOX-1')
    expect(plant.stock('P-1')).toEqual({ [`container ${box.no}`]: '1' })
    expect(plant.stock('BOX-1')).toEqual({ 'place DONE': '1' })
  })

  test.each([
    ['[B9] a serial made before', { serials: ['P-1'] }, 'serial_exists'],
    ['[B9] the same serial twice', { serials: ['P-7', 'P-7'] }, 'serial_repeated'],
    ['[A4] a look-alike', { serials: ['P-O1'] }, 'lot_looks_alike'],
    ['[B9] no item', { order: undefined, serials: ['P-8'] }, 'output_item_missing'],
    ['[B9] an unknown place', { serials: ['P-8'], place: 'NOWHERE' }, 'place_unknown'],
    ['[B7] an unknown machine', { serials: ['P-8'], equipment: 'OVEN-9' }, 'resource_unknown'],
    ['[B10] a place that takes one lot', { serials: ['P-8', 'P-9'], place: 'BIN' }, 'place_occupied'],
  ])('%s is refused', (_title, fields, code) => {
    const plant = shop()
    plant.place('BIN', 'single-lot')
    plant.do({ verb: 'produce', order: 'WO-1', serials: ['P-1'], place: 'DONE' })
    plant.refuses({ verb: 'produce', order: 'WO-1', place: 'DONE', ...fields }, code)
  })

  test('[B9] scrap of a lot, of a serial, and of pieces that never had a number', () => {
    const plant = shop()
    plant.do(milk)
    plant.do({ verb: 'produce', order: 'WO-1', serials: ['P-1'], place: 'DONE' })
    plant.do({ verb: 'scrap', what: 'M-1', quantity: { value: '5' }, reason: 'spilt' })
    plant.do({ verb: 'scrap', what: 'P-1', reason: 'dropped' })
    plant.do({ verb: 'scrap', order: 'WO-2', quantity: { value: '1.5' }, reason: 'rind' })
    expect(plant.stock('M-1')).toEqual({ 'place STORE': '395.000' })
    expect(plant.lot('M-1').status).toBe('released')
    expect(plant.lot('P-1').status).toBe('scrapped')
    expect(plant.reaches('M-1')).toEqual(['WO-2/scrap/1'])
    const scrapped = plant.view.all(movementTable).filter((row) => row.cause === 'scrapped')
    expect(scrapped.map((row) => row.delta)).toEqual([-5000n, -1n, -1500n])
    plant.refuses({ verb: 'scrap', reason: 'lost' }, 'scrap_of_what')
    plant.refuses({ verb: 'scrap', what: 'P-1', reason: 'again' }, 'not_there')
  })
})

describe('operations of one order', () => {
  test('[B5][C2] what went in at an earlier operation is in what comes out at a later one', () => {
    const plant = shop()
    plant.stocked('MILK', 'M-2', '500')
    plant.do({ ...milk, operation: '10' })
    plant.do({ ...milk, operation: '20', what: 'M-2' })
    plant.do({ verb: 'produce', order: 'WO-2', operation: '30', lot: 'C-1', place: 'DONE' })
    expect(plant.reaches('C-1', 'backward')).toEqual(['M-1', 'M-2'])
  })

  test('[B5] an operation with outputs of its own hands on those, not its inputs', () => {
    const plant = shop()
    plant.item('CURD', { unit: 'kg', scale: 3 })
    plant.stocked('MILK', 'M-2', '500')
    plant.do({ ...milk, operation: '10' })
    const half = {
      verb: 'produce',
      order: 'WO-2',
      operation: '10',
      item: 'CURD',
      quantity: { value: '10' },
      place: 'LINE',
    }
    plant.all({ ...half, lot: 'K-1' }, { ...milk, operation: '10', what: 'M-2' }, { ...half, lot: 'K-2' })
    plant.do({ verb: 'consume', order: 'WO-2', operation: '20', what: 'K-1' })
    plant.do({ verb: 'produce', order: 'WO-2', operation: '20', lot: 'C-1', place: 'DONE' })
    expect(plant.reaches('C-1', 'backward')).toEqual(['K-1', 'M-1'])
  })

  test('[C4][I4] an input recorded after the output reaches it all the same', () => {
    const at = (minute: number) => `2026-03-01T10:${String(minute).padStart(2, '0')}:00Z`
    const facts = [
      { ...milk, operation: '10', historical: true, happenedAt: at(1) },
      { ...milk, operation: '10', what: 'M-2', historical: true, happenedAt: at(2) },
      {
        verb: 'produce',
        order: 'WO-2',
        operation: '30',
        lot: 'C-1',
        place: 'DONE',
        historical: true,
        happenedAt: at(5),
      },
      { ...milk, operation: '10', what: 'M-3', historical: true, happenedAt: at(9) },
    ]
    for (const order of [
      [0, 1, 2, 3],
      [3, 2, 1, 0],
      [2, 1, 0, 3],
      [2, 3, 0, 1],
    ]) {
      const plant = shop()
      plant.stocked('MILK', 'M-2', '500')
      plant.stocked('MILK', 'M-3', '500')
      for (const index of order) plant.do(facts[index] ?? milk)
      expect(plant.reaches('C-1', 'backward'), order.join()).toEqual(['M-1', 'M-2'])
      expect(plant.gaps(), order.join()).toEqual([])
    }
  })
})

describe('inputs that nobody recorded', () => {
  test('[C4] an output without any input is a gap that a late input fills', () => {
    const plant = shop()
    plant.do({ verb: 'produce', order: 'WO-2', lot: 'C-1', place: 'DONE' })
    expect(plant.gaps()).toEqual(['input-not-recorded'])
    plant.do({ ...milk, happenedAt: '2026-03-02T07:00:00Z' })
    expect(plant.gaps()).toEqual([])
    expect(plant.reaches('M-1')).toEqual(['C-1'])
  })

  test('[C4][A5] each material of the bill of material that is lacking is named once', () => {
    const plant = shop()
    const salt = plant.item('SALT', { unit: 'kg', scale: 3 })
    const line = { operation: null, alternates: [], feed: null, quantity: '1.000' }
    const lines = ['MILK', 'SALT'].map((code) => ({ ...line, item: plant.itemNo(code), code }))
    const bom = plant.definition('bom', { no: plant.itemNo('CHEESE') }, { lines, output: '1.000' })
    plant.order('WO-3', { item: plant.itemNo('CHEESE'), amount: 20_000n, bom })
    plant.do({ ...milk, order: 'WO-3' })
    const half = { verb: 'produce', order: 'WO-3', quantity: { value: '10' }, place: 'DONE' }
    plant.all({ ...half, lot: 'C-1' }, { ...half, lot: 'C-2' })
    expect(plant.gaps()).toEqual(['input-not-recorded'])
    plant.stocked('SALT', 'SA-1', '10')
    plant.do({ verb: 'consume', order: 'WO-3', what: 'SA-1', quantity: { value: '1' } })
    expect(plant.gaps(), 'what went in afterwards is not in it').toEqual(['input-not-recorded'])
    const late = { what: 'SA-1', quantity: { value: '1' }, happenedAt: '2026-03-02T07:00:00Z' }
    plant.do({ verb: 'consume', order: 'WO-3', ...late })
    expect(plant.gaps()).toEqual([])
    expect(salt.code).toBe('SALT')
  })

  test('[C4] making mends what was expected: its gap closes and it is released', () => {
    const plant = shop()
    plant.do({
      verb: 'consume',
      process: 'later',
      what: { code: 'C-9', item: 'CHEESE' },
      quantity: { value: '1' },
      historical: true,
    })
    expect([plant.lot('C-9').status, plant.gaps()]).toEqual([
      'expected',
      ['used-before-received', 'shortfall'],
    ])
    plant.do(milk)
    plant.do({
      verb: 'produce',
      order: 'WO-2',
      lot: 'C-9',
      place: 'DONE',
      happenedAt: '2026-03-02T07:00:00Z',
    })
    expect(plant.lot('C-9').status).toBe('released')
    expect(plant.gaps()).not.toContain('used-before-received')
  })
})
