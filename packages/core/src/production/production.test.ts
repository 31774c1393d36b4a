import { describe, expect, test } from 'vitest'
import { Shop } from '../ledger/shop.testing.ts'
import { productionVerbs } from './verbs.ts'

const pc = (value: number) => ({ value: String(value) })

function shop(): Shop {
  const plant = new Shop(productionVerbs)
  plant.item('BOARD', { tracking: 'serial' })
  plant.item('SCREW')
  plant.item('GLUE', { unit: 'kg', scale: 3 })
  const pump = plant.item('PUMP', { tracking: 'serial' })
  plant.order('WO-1', { item: pump.no, amount: 10n })
  plant.stocked('GLUE', 'G-1', '5.000')
  plant.stocked('SCREW', 'S-1', '100')
  return plant
}

const serials = Array.from({ length: 10 }, (_, index) => `P-${index + 1}`)

describe('units', () => {
  test('[B5] ten serials built in one order never share the parts the floor told apart', () => {
    const plant = shop()
    for (const [index, unit] of serials.entries()) {
      plant.stocked('BOARD', `B-${index + 1}`, '1')
      plant.do({ verb: 'consume', order: 'WO-1', what: `B-${index + 1}`, forUnit: unit, from: 'STORE' })
    }
    plant.do({ verb: 'consume', order: 'WO-1', what: 'G-1', quantity: { value: '1' } })
    plant.do({ verb: 'produce', order: 'WO-1', serials, place: 'DONE' })
    for (const [index, unit] of serials.entries()) {
      expect(plant.reaches(`B-${index + 1}`)).toEqual([unit])
      expect(plant.reaches(unit, 'backward')).toEqual([`B-${index + 1}`, 'G-1'])
      expect(plant.stock(unit)).toEqual({ 'place DONE': '1' })
    }
    expect(plant.gaps()).toEqual([])
  })
})
