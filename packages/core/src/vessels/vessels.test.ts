import { describe, expect, test } from 'vitest'
import type { Instant } from '../base/instant.ts'
import { Shop } from '../ledger/shop.testing.ts'
import { vesselVerbs } from './verbs.ts'

/** A tank for milk, and four lots of it. */
function shop(): Shop {
  const plant = new Shop(vesselVerbs)
  const gallons = { unit: 'gal', numerator: '3', denominator: '1' }
  plant.item('MILK', { unit: 'kg', scale: 3, conversions: [gallons] })
  plant.item('BOTTLE')
  plant.order('WO-1', { item: plant.itemNo('BOTTLE'), amount: 100n })
  for (const code of ['M-1', 'M-2', 'M-3']) plant.stocked('MILK', code, '100')
  plant.do({
    verb: 'load',
    vessel: 'T-1',
    newVessel: true,
    place: 'LINE',
    what: 'M-1',
    quantity: { value: '60' },
  })
  return plant
}

const draw = { verb: 'draw', vessel: 'T-1', item: 'MILK', place: 'DONE', quantity: { value: '20' } }
const load = { verb: 'load', vessel: 'T-1', what: 'M-2', quantity: { value: '50' } }

describe('load and draw', () => {
  test('[B11] a draw before a top-up is not in the scope of the topped-up lot', () => {
    const plant = shop()
    plant.all({ ...draw, lot: 'D-1' }, load, { ...draw, lot: 'D-2' })
    expect(plant.reaches('M-2')).toEqual(['D-2', 'T-1'])
    expect(plant.reaches('D-1', 'backward')).toEqual(['M-1', 'T-1'])
    expect(plant.reaches('D-2', 'backward')).toEqual(['M-1', 'M-2', 'T-1'])
    expect(plant.stock('M-1')).toEqual({ 'place STORE': '40.000' })
    expect(plant.stock('D-1')).toEqual({ 'place DONE': '20.000' })
    expect(plant.stock('T-1')).toEqual({ 'place LINE': '70000' })
  })

  test('[B11][I4] a top-up written down the next day falls where it happened', () => {
    const plant = shop()
    plant.now = '2026-03-03T08:00:00.000Z' as Instant
    plant.do({ ...draw, lot: 'D-1', happenedAt: '2026-03-02T08:30:00Z' })
    plant.do({ ...draw, lot: 'D-2', happenedAt: '2026-03-02T08:50:00Z', historical: true })
    plant.do({ ...load, historical: true, happenedAt: '2026-03-02T08:40:00Z' })
    expect(plant.reaches('M-2')).toEqual(['D-2', 'T-1'])
  })

  test('[B11] what is drawn straight into an order is in what the order makes', () => {
    const plant = shop()
    plant.do({ verb: 'draw', vessel: 'T-1', quantity: { value: '20' }, order: 'WO-1', operation: 'fill' })
    expect(plant.stock('T-1')).toEqual({ 'place LINE': '40000' })
  })

  test('[A7][B11] a vessel counts in one unit, and converts exactly', () => {
    const plant = shop()
    plant.item('CREAM', {
      unit: 'gal',
      scale: 2,
      conversions: [{ unit: 'kg', numerator: '1', denominator: '3' }],
    })
    plant.stocked('CREAM', 'C-1', '10')
    plant.do({ verb: 'load', vessel: 'T-1', what: 'C-1', quantity: { value: '2' } })
    expect(plant.stock('T-1')).toEqual({ 'place LINE': '66000' })
    plant.item('SALT', { unit: 'pc' })
    plant.stocked('SALT', 'S-1', '10')
    plant.refuses({ verb: 'load', vessel: 'T-1', what: 'S-1', quantity: { value: '1' } }, 'unit_unknown')
  })

  test('[A9][B11] what is drawn keeps no longer than what is in the vessel', () => {
    const plant = shop()
    plant.item('YOGURT', { unit: 'kg', scale: 3, expiryRule: 'earliest-input' })
    plant.stocked('MILK', 'M-X', '9', { expiresOn: '2026-03-10' })
    plant.do({ ...load, what: 'M-X', quantity: { value: '9' } })
    plant.refuses({ ...draw, item: 'YOGURT', lot: 'Y-1', expiresOn: '2026-03-11' }, 'outlives_input')
    plant.do({ ...draw, item: 'YOGURT', lot: 'Y-1' })
    expect(plant.lot('Y-1').expiresOn).toBe('2026-03-10')
  })

  test.each([
    ['[B11] more than is in it', { ...draw, quantity: { value: '61' } }, 'vessel_holds_less'],
    ['[B11] an unknown vessel', { ...draw, vessel: 'T-9' }, 'vessel_unknown'],
    ['[B11] a lot for a vessel', { ...draw, vessel: 'M-1' }, 'not_a_vessel'],
    ['[B11] nothing it becomes', { ...draw, item: undefined }, 'drawn_into_what'],
    ['[B11] a load into an unknown vessel', { ...load, vessel: 'T-9' }, 'vessel_unknown'],
    ['[B11] a new vessel without place', { ...load, vessel: 'T-9', newVessel: true }, 'vessel_place_missing'],
    ['[B11] a vessel into itself', { ...load, what: 'T-1' }, 'vessel_into_itself'],
    ['[B11] more of a lot than there is', { ...load, quantity: { value: '101' } }, 'not_enough'],
    ['[D1][B11] a held lot', { ...load, what: 'M-3' }, 'lot_on_hold'],
  ])('%s is refused', (_title, command, code) => {
    const plant = shop()
    plant.held('M-3')
    plant.refuses(command, code)
  })

  test('[D1][B11] a hold on what was loaded stops the draw after it', () => {
    const plant = shop()
    plant.do(load)
    plant.held('M-2')
    plant.refuses({ ...draw, lot: 'D-1' }, 'lot_on_hold')
  })

  test('[C4][B11] an old draw of more than was on record is owed, and a gap', () => {
    const plant = shop()
    plant.do({ ...draw, lot: 'D-1', quantity: { value: '75' }, historical: true })
    expect(plant.stock('T-1')).toEqual({ 'place LINE': '-15000' })
    expect(plant.gaps()).toEqual(['shortfall'])
  })
})

describe('clean', () => {
  test('[B11] nothing of before is in what comes after', () => {
    const plant = shop()
    plant.refuses({ verb: 'clean', vessel: 'T-1' }, 'vessel_not_empty')
    plant.refuses({ verb: 'clean', vessel: 'T-1', empty: true }, 'reason_missing')
    plant.do({ verb: 'clean', vessel: 'T-1', empty: true, reason: 'end of week' })
    expect(plant.stock('T-1')).toEqual({})
    plant.all(load, { ...draw, lot: 'D-1' })
    expect(plant.reaches('D-1', 'backward')).toEqual(['M-2', 'T-1'])
    expect(plant.reaches('M-1')).toEqual(['T-1'])
  })

  test('[B11] an emptied vessel forgets the expiry of what was in it', () => {
    const plant = shop()
    plant.stocked('MILK', 'M-X', '9', { expiresOn: '2026-03-10' })
    plant.do({ ...load, what: 'M-X', quantity: { value: '9' } })
    plant.do({ verb: 'clean', vessel: 'T-1', empty: true, reason: 'end of week' })
    plant.do(load)
    expect(plant.lot('T-1').expiresOn).toBeNull()
  })

  test('[B11] a line is cleaned as well as a vessel', () => {
    const plant = shop()
    plant.refuses({ verb: 'clean' }, 'cleaned_what')
    plant.do({ verb: 'clean', order: 'WO-1', operation: 'fill', method: 'water' })
  })
})
