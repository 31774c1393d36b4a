import { describe, expect, test } from 'vitest'
import { edgeTable } from '../genealogy/rows.ts'
import { processFactTable } from '../ledger/record-tables.ts'
import { Shop } from '../ledger/shop.testing.ts'
import { productionVerbs } from './verbs.ts'

const serials = Array.from({ length: 10 }, (_, index) => `P-${index + 1}`)

/** A shop that builds pumps of boards, screws and glue. */
function shop(): Shop {
  const plant = new Shop(productionVerbs)
  plant.item('BOARD', { tracking: 'serial' })
  plant.item('SCREW')
  plant.item('GLUE', { unit: 'kg', scale: 3 })
  const pump = plant.item('PUMP', { tracking: 'serial' })
  plant.order('WO-1', { item: pump.no, amount: 10n })
  plant.stocked('GLUE', 'G-1', '5')
  plant.stocked('SCREW', 'S-1', '100')
  return plant
}

const consume = { verb: 'consume', order: 'WO-1' }

describe('units', () => {
  test('[B5] ten serials built in one order never share the parts the floor told apart', () => {
    const plant = shop()
    for (const [index, unit] of serials.entries()) {
      plant.stocked('BOARD', `B-${index + 1}`, '1')
      plant.do({ ...consume, what: `B-${index + 1}`, forUnit: unit, from: 'STORE' })
    }
    plant.do({ ...consume, what: 'G-1', quantity: { value: '1' } })
    plant.do({ verb: 'produce', order: 'WO-1', serials, place: 'DONE' })
    for (const [index, unit] of serials.entries()) {
      expect(plant.reaches(`B-${index + 1}`)).toEqual([unit])
      expect(plant.reaches(unit, 'backward')).toEqual([`B-${index + 1}`, 'G-1'])
      expect(plant.stock(unit)).toEqual({ 'place DONE': '1' })
    }
    expect(plant.gaps()).toEqual([])
  })

  test('[B5] a part recorded after the unit was made still reaches that unit alone', () => {
    const plant = shop()
    plant.stocked('BOARD', 'B-1', '1')
    plant.do({ ...consume, what: 'G-1', quantity: { value: '1' } })
    plant.do({ verb: 'produce', order: 'WO-1', serials, place: 'DONE' })
    plant.do({ ...consume, what: 'B-1', forUnit: 'P-3' })
    expect(plant.reaches('B-1')).toEqual(['P-3'])
  })

  test('[B5][A7] what is shared by several units is split in equal parts with an exact remainder', () => {
    const plant = shop()
    const event = plant.do({
      ...consume,
      what: 'G-1',
      quantity: { value: '0.100' },
      forUnit: serials.slice(0, 3),
    })
    const into = event.body['into'] as unknown as { quantity: string }[]
    expect(into.map((share) => share.quantity)).toEqual(['0.034', '0.033', '0.033'])
    expect(plant.stock('G-1')).toEqual({ 'place STORE': '4.900' })
  })

  test('[B5] a unit cannot be named twice in one consumption', () => {
    shop().refuses(
      { ...consume, what: 'S-1', quantity: { value: '2' }, forUnit: ['P-1', 'P-1'] },
      'unit_repeated',
    )
  })
})

describe('stock', () => {
  test('[B4][B5] what was issued is used first, then what lies at the place', () => {
    const plant = shop()
    const order = plant.order('WO-2')
    plant.do({ verb: 'issue', order: 'WO-2', what: 'S-1', quantity: { value: '10' } })
    expect(plant.stock('S-1')).toEqual({ 'place STORE': '90', [`order ${order.no}`]: '10' })
    plant.do({ verb: 'consume', order: 'WO-2', what: 'S-1', quantity: { value: '12' } })
    expect(plant.stock('S-1')).toEqual({ 'place STORE': '88' })
  })

  test('[B4] several lots of one material are several rows for ever', () => {
    const plant = shop()
    plant.stocked('SCREW', 'S-2', '50')
    const order = plant.order('WO-2')
    plant.all(
      { verb: 'issue', order: 'WO-2', what: 'S-1', quantity: { value: '10' } },
      { verb: 'issue', order: 'WO-2', what: 'S-2', quantity: { value: '5' } },
      { verb: 'return-to-stock', order: 'WO-2', what: 'S-2', quantity: { value: '2' }, to: 'LINE' },
    )
    expect(plant.stock('S-1')).toEqual({ 'place STORE': '90', [`order ${order.no}`]: '10' })
    expect(plant.stock('S-2')).toEqual({ 'place STORE': '45', 'place LINE': '2', [`order ${order.no}`]: '3' })
    expect(plant.reaches('S-1')).toEqual([])
  })

  test('[B4] no more goes back than the order has', () => {
    const plant = shop()
    plant.do({ verb: 'issue', order: 'WO-1', what: 'S-1', quantity: { value: '10' } })
    const back = { verb: 'return-to-stock', order: 'WO-1', what: 'S-1', to: 'STORE' }
    plant.refuses({ ...back, quantity: { value: '11' } }, 'not_enough')
    plant.do(back)
    expect(plant.stock('S-1')).toEqual({ 'place STORE': '100' })
  })

  test.each([
    ['[B5] more than there is', { what: 'S-1', quantity: { value: '101' } }, 'not_enough'],
    ['[B5] a place where it is not', { what: 'S-1', quantity: { value: '1' }, from: 'LINE' }, 'not_there'],
    ['[B5] an unknown lot', { what: 'S-9', quantity: { value: '1' } }, 'lot_unknown'],
    ['[B5] an unknown order', { what: 'S-1', order: 'WO-9' }, 'order_unknown'],
    ['[B5] an order that is closed', { what: 'S-1', order: 'WO-OLD' }, 'order_closed'],
    ['[B5] nothing it could go into', { what: 'S-1', order: undefined }, 'process_missing'],
    ['[B5] two pieces of one serial', { what: 'B-1', quantity: { value: '2' } }, 'serial_is_one'],
    ['[B5] a lot on hold', { what: 'S-HELD', quantity: { value: '1' } }, 'lot_on_hold'],
    ['[A9] an expired lot', { what: 'S-OLD', quantity: { value: '1' } }, 'lot_expired'],
    ['[B5] a lot that waits for inspection', { what: 'S-NEW', quantity: { value: '1' } }, 'lot_not_released'],
    ['[B5] a part into itself', { what: 'B-1', forUnit: 'B-1' }, 'into_itself'],
    ['[A7] a unit nobody can convert', { what: 'S-1', quantity: { value: '1', unit: 'kg' } }, 'unit_unknown'],
    ['[A7] an exponent', { what: 'S-1', quantity: { value: '1e3' } }, 'quantity_malformed'],
    ['[A7] nothing at all', { what: 'S-1', quantity: { value: '0' } }, 'quantity_not_positive'],
  ])('%s is refused', (_title, fields, code) => {
    const plant = shop()
    plant.order('WO-OLD', { status: 'closed' })
    plant.stocked('BOARD', 'B-1', '1')
    plant.stocked('SCREW', 'S-HELD', '9')
    plant.held('S-HELD')
    plant.stocked('SCREW', 'S-OLD', '9', { expiresOn: '2026-03-01' })
    plant.stocked('SCREW', 'S-NEW', '9', { status: 'pending' })
    plant.refuses({ ...consume, ...fields }, code)
  })

  test('[B5] an output does not go back into the process it came from', () => {
    const plant = shop()
    plant.item('PASTE', { unit: 'kg', scale: 3 })
    plant.do({ verb: 'consume', process: 'cook-1', what: 'G-1', quantity: { value: '1' } })
    plant.do({
      verb: 'produce',
      process: 'cook-1',
      item: 'PASTE',
      lot: 'PA-1',
      quantity: { value: '1' },
      place: 'STORE',
    })
    const back = { verb: 'consume', process: 'cook-1', what: 'PA-1', quantity: { value: '0.5' } }
    plant.refuses(back, 'into_itself')
    plant.do({ ...back, historical: true })
    expect(plant.exceptions()).toEqual(['into_itself'])
  })
})

describe('bill of material', () => {
  function withBom(): Shop {
    const plant = shop()
    const pump = plant.item('PUMP-2', { tracking: 'serial' })
    const nut = plant.item('NUT')
    const [screw, glue] = [plant.itemNo('SCREW'), plant.itemNo('GLUE')]
    const line = { operation: null, alternates: [], feed: null }
    const lines = [
      { ...line, item: screw, code: 'SCREW', quantity: '4', alternates: [nut.no] },
      { ...line, item: glue, code: 'GLUE', quantity: '0.010', operation: '20' },
    ]
    const bom = plant.definition('bom', pump, { lines, output: '1' })
    plant.order('WO-2', { item: pump.no, amount: 10n, bom })
    plant.stocked('NUT', 'N-1', '100')
    plant.item('TAPE')
    plant.stocked('TAPE', 'T-1', '100')
    return plant
  }

  test('[A5][B5] material neither in the version of the order nor an approved alternate needs a concession', () => {
    const plant = withBom()
    const ask = { verb: 'consume', order: 'WO-2', what: 'T-1', quantity: { value: '1' } }
    const refusal = plant.refuses(ask, 'material_not_in_bom')
    expect(refusal.message).toContain('version')
    expect(refusal.fix).toContain('SCREW, GLUE')
    plant.refuses(
      { verb: 'issue', order: 'WO-2', what: 'T-1', quantity: { value: '1' } },
      'material_not_in_bom',
    )
    plant.do({ ...ask, concession: 'C-12' })
    plant.do({ verb: 'consume', order: 'WO-2', what: 'N-1', quantity: { value: '4' } })
    const said = plant.view.all(processFactTable).find((fact) => fact.name === 'concession')
    expect(said?.value).toBe('C-12')
  })

  test('[A5] a line of another operation does not allow it here', () => {
    const plant = withBom()
    const ask = { verb: 'consume', order: 'WO-2', what: 'G-1', quantity: { value: '0.010' } }
    plant.refuses({ ...ask, operation: '10' }, 'material_not_in_bom')
    plant.do({ ...ask, operation: '20' })
  })

  test('[A5] a changed bill of material leaves the orders that were opened before alone', () => {
    const plant = withBom()
    const pump = plant.itemNo('PUMP-2')
    plant.definition('bom', { no: pump }, { lines: [], output: '1' }, 'B')
    plant.do({ verb: 'consume', order: 'WO-2', what: 'S-1', quantity: { value: '4' } })
  })

  test('[B6] what is booked off by rule is possible, never proven, and what expires first goes first', () => {
    const plant = withBom()
    plant.stocked('SCREW', 'S-SOON', '10', { expiresOn: '2026-04-01' })
    plant.do({ verb: 'backflush', order: 'WO-2', quantity: { value: '10' }, place: 'STORE' })
    plant.do({ verb: 'produce', order: 'WO-2', serials: serials.map((code) => `Q${code}`), place: 'DONE' })
    expect(plant.stock('S-SOON')).toEqual({})
    expect(plant.stock('S-1')).toEqual({ 'place STORE': '70' })
    expect(plant.stock('G-1')).toEqual({ 'place STORE': '4.900' })
    expect(plant.reaches('S-SOON')).toHaveLength(10)
    const evidences = plant.view.all(edgeTable).filter((edge) => edge.amount !== null && edge.amount > 1n)
    expect(new Set(evidences.map((edge) => edge.evidence))).toEqual(new Set(['backflushed']))
  })

  test('[B6] held lots are left out, and what is lacking is said', () => {
    const plant = withBom()
    plant.held('S-1')
    const ask = { verb: 'backflush', order: 'WO-2', quantity: { value: '1' }, place: 'STORE' }
    plant.do(ask)
    expect(plant.stock('N-1')).toEqual({ 'place STORE': '96' })
    plant.held('N-1')
    plant.refuses(ask, 'backflush_short')
    plant.do({ ...ask, historical: true, only: ['SCREW'] })
    plant.refuses({ ...ask, order: 'WO-1' }, 'bom_missing')
  })
})

describe('history', () => {
  test('[C4][B5] an old record is taken in: what is not known is expected, what is lacking is owed, both are gaps', () => {
    const plant = shop()
    plant.do({ ...consume, what: 'S-7', quantity: { value: '3' }, historical: true })
    plant.do({ ...consume, what: 'S-1', quantity: { value: '150' }, historical: true })
    expect(plant.lot('S-7').status).toBe('expected')
    expect(plant.stock('S-1')).toEqual({ 'place STORE': '-50' })
    expect(plant.gaps()).toEqual(expect.arrayContaining(['used-before-received', 'shortfall']))
  })

  test('[B5] a broken rule of today is an exception beside an old fact', () => {
    const plant = shop()
    plant.order('WO-OLD', { status: 'closed' })
    plant.held('S-1')
    plant.do({ verb: 'consume', order: 'WO-OLD', what: 'S-1', quantity: { value: '1' }, historical: true })
    expect(plant.exceptions()).toEqual(['order_closed', 'lot_on_hold'])
  })
})
