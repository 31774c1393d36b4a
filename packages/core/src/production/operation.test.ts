import { describe, expect, test } from 'vitest'
import { exceptionTable, processFactTable } from '../ledger/record-tables.ts'
import { Shop } from '../ledger/shop.testing.ts'
import { inspect } from '../quality/inspect.ts'
import { productionVerbs } from './verbs.ts'

function shop(): Shop {
  const plant = new Shop([...productionVerbs, inspect])
  plant.item('MILK', { unit: 'kg', scale: 3 })
  const cheese = plant.item('CHEESE', { unit: 'kg', scale: 3 })
  const pump = plant.item('PUMP', { tracking: 'serial' })
  plant.order('WO-1', { item: pump.no, amount: 10n })
  plant.order('WO-2', { item: cheese.no, amount: 20_000n })
  plant.stocked('MILK', 'M-1', '500')
  return plant
}

const milk = { verb: 'consume', order: 'WO-2', what: 'M-1', quantity: { value: '100' } }

describe('conditions', () => {
  test('[B7] operator, machine, tool, gauge, parameters and results stand on the process', () => {
    const plant = shop()
    plant.resource('OVEN-3', 'equipment')
    plant.resource('T-7', 'tool')
    plant.resource('ada', 'person')
    const at = { order: 'WO-2', operation: '10' }
    plant.do({
      verb: 'start',
      ...at,
      equipment: 'OVEN-3',
      tools: ['T-7'],
      operators: ['ada'],
      setup: 'P12 rev C',
      place: 'LINE',
    })
    const hot = { name: 'temperature', value: '96.5', unit: 'CEL', lower: '85', upper: '95' }
    const cold = { name: 'chiller', value: '-18', unit: 'CEL', upper: '-17.5' }
    plant.do({ verb: 'complete', ...at, parameters: [hot, cold], results: [{ name: 'pH', value: '4.6' }] })
    plant.do({ ...milk, operation: '10' })
    const facts = plant.view.all(processFactTable).filter((fact) => fact.processKey.startsWith('run:'))
    expect(new Set(facts.map((fact) => fact.processKey)).size).toBe(1)
    expect(facts.map((fact) => fact.kind)).toEqual(
      expect.arrayContaining([
        'order',
        'operation',
        'equipment',
        'tool',
        'person',
        'place',
        'parameter',
        'result',
      ]),
    )
    const outside = facts.filter((fact) => fact.outOfRange).map((fact) => fact.name)
    expect(outside).toEqual(['temperature'])
  })

  test('[B7] a tool is not taken for a machine', () => {
    const plant = shop()
    plant.resource('T-7', 'tool')
    plant.refuses({ verb: 'start', order: 'WO-2', equipment: 'T-7' }, 'resource_of_other_kind')
  })

  test('[B7][B5] what is done to one unit stands on that unit’s own process', () => {
    const plant = shop()
    plant.resource('RIG-1', 'equipment')
    plant.do({ verb: 'produce', order: 'WO-1', serials: ['P-1', 'P-2'], place: 'DONE' })
    plant.do({ verb: 'complete', order: 'WO-1', operation: 'test', unit: 'P-1', equipment: 'RIG-1' })
    const [fact] = plant.view.all(processFactTable).filter((each) => each.kind === 'equipment')
    expect(fact?.processKey).toBe(`unit:${plant.orderNo('WO-1')}:${plant.lot('P-1').no}`)
  })
})

function routed(): Shop {
  const plant = shop()
  const operations = [
    { operation: '10', requires: [] },
    { operation: '20', requires: ['10'] },
    { operation: '30', requires: ['10', '20'] },
  ]
  const routing = plant.definition('routing', { no: plant.itemNo('PUMP') }, { operations })
  plant.order('WO-6', { item: plant.itemNo('PUMP'), amount: 2n, routing })
  return plant
}

describe('route', () => {
  test('[B8] an operation waits for what it needs, and the refusal names it', () => {
    const plant = routed()
    const refusal = plant.refuses({ verb: 'start', order: 'WO-6', operation: '30' }, 'route_order')
    expect(refusal.message).toContain('needs 10, 20 done')
    plant.do({ verb: 'complete', order: 'WO-6', operation: '10' })
    plant.refuses(
      { verb: 'produce', order: 'WO-6', operation: '30', serials: ['P-1'], place: 'DONE' },
      'route_order',
    )
    plant.do({ verb: 'complete', order: 'WO-6', operation: '20' })
    plant.do({ verb: 'produce', order: 'WO-6', operation: '30', serials: ['P-1'], place: 'DONE' })
    plant.refuses({ verb: 'start', order: 'WO-6', operation: '40' }, 'operation_unknown')
  })

  test('[B8] the route is kept unit by unit where units are told apart', () => {
    const plant = routed()
    plant.do({ verb: 'complete', order: 'WO-6', operation: '10', unit: 'P-1' })
    plant.do({ verb: 'start', order: 'WO-6', operation: '20', unit: 'P-1' })
    plant.refuses({ verb: 'start', order: 'WO-6', operation: '20', unit: 'P-2' }, 'route_order')
    plant.do({ verb: 'start', order: 'WO-6', operation: '20', unit: 'P-2', historical: true })
    expect(plant.exceptions()).toEqual(['route_order'])
  })
})

describe('bypass of the route', () => {
  const reason = 'gauge broken, agreed with quality'

  test('[B8] a bypass with a reason goes on, and marks the unit for ever', () => {
    const plant = routed()
    const bypassed = { order: 'WO-6', operation: '20', unit: 'P-1', bypass: { reason } }
    const event = plant.do({ verb: 'start', ...bypassed })
    expect(event.body['bypass']).toMatchObject({ missing: ['10'], reason, signature: null })
    const [mark] = plant.view.all(exceptionTable)
    expect(mark).toMatchObject({ code: 'route_bypassed', traceable: plant.lot('P-1').no })
    expect(mark?.message).toContain(`needs 10 done`)
    expect(mark?.message).toContain(`ada`)
    expect(mark?.message).toContain(reason)
    plant.refuses({ verb: 'start', order: 'WO-6', operation: '20', unit: 'P-2' }, 'route_order')
  })

  test('[B8] an output by bypass marks what came out, and no other output of the order', () => {
    const plant = routed()
    plant.do({ verb: 'complete', order: 'WO-6', operation: '10' })
    plant.refuses({ verb: 'produce', order: 'WO-6', lot: 'P-1', place: 'DONE' }, 'route_order')
    plant.do({ verb: 'produce', order: 'WO-6', lot: 'P-1', place: 'DONE', bypass: { reason } })
    plant.do({ verb: 'complete', order: 'WO-6', operation: '20' })
    plant.do({ verb: 'complete', order: 'WO-6', operation: '30' })
    plant.do({ verb: 'produce', order: 'WO-6', lot: 'P-2', place: 'DONE' })
    expect(plant.view.all(exceptionTable).map((row) => row.traceable)).toEqual([plant.lot('P-1').no])
  })

  test('[B8] no bypass where nothing is left out, and none to an operation that does not exist', () => {
    const plant = routed()
    plant.do({ verb: 'start', order: 'WO-6', operation: '10', bypass: { reason } })
    expect(plant.exceptions()).toEqual([])
    plant.refuses({ verb: 'start', order: 'WO-6', operation: '40', bypass: { reason } }, 'operation_unknown')
  })
})

describe('an operation with an inspection', () => {
  test('[B3] [B8] ends only after its inspection was passed', () => {
    const plant = shop()
    const operations = [
      { operation: '10', requires: [], inspection: true },
      { operation: '20', requires: ['10'] },
    ]
    const routing = plant.definition('routing', { no: plant.itemNo('PUMP') }, { operations })
    plant.order('WO-7', { item: plant.itemNo('PUMP'), amount: 1n, routing })
    const inspection = { verb: 'inspect', order: 'WO-7', operation: '10', kind: 'in-process' }
    plant.do({ verb: 'start', order: 'WO-7', operation: '10' })
    const early = plant.refuses({ verb: 'complete', order: 'WO-7', operation: '10' }, 'route_order')
    expect(early.message).toContain('the passed inspection of 10')
    plant.do({ ...inspection, verdict: 'fail' })
    plant.refuses({ verb: 'complete', order: 'WO-7', operation: '10' }, 'route_order')
    plant.do({ ...inspection, verdict: 'pass' })
    plant.do({ verb: 'complete', order: 'WO-7', operation: '10' })
  })
})

describe('rework', () => {
  test('[B13] a unit reworked three times has one history', () => {
    const plant = shop()
    plant.do({ verb: 'produce', order: 'WO-1', serials: ['P-1'], place: 'DONE' })
    for (const reason of ['leak', 'leak again', 'noise']) plant.do({ verb: 'rework', what: 'P-1', reason })
    expect(plant.states('P-1')).toBe(4)
    expect(plant.reaches('P-1', 'backward')).toEqual([])
    expect(plant.stock('P-1')).toEqual({ 'place DONE': '1' })
  })

  test('[B13] material used in a rework is in the unit after it, and in no other', () => {
    const plant = shop()
    plant.do({ verb: 'produce', order: 'WO-1', serials: ['P-1', 'P-2'], place: 'DONE' })
    plant.do({ verb: 'rework', what: 'P-1', process: 'RW-7', reason: 'leak' })
    plant.do({ verb: 'consume', process: 'RW-7', what: 'M-1', quantity: { value: '1' } })
    expect(plant.reaches('M-1')).toEqual(['P-1'])
  })

  test('[B13] what was rejected waits for inspection after its rework', () => {
    const plant = shop()
    plant.stocked('MILK', 'M-9', '5', { status: 'rejected' })
    plant.do({ verb: 'rework', what: 'M-9', reason: 'filtered' })
    expect(plant.lot('M-9').status).toBe('pending')
  })
})
