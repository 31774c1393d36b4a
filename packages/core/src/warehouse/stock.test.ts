import { describe, expect, test } from 'vitest'
import { gapTable } from '../ledger/record-tables.ts'
import { movementTable } from '../ledger/tables.ts'
import { receiveBar, receiveJar, yard } from './yard.testing.ts'

function stocked() {
  const plant = yard()
  plant.do({ ...receiveBar, lot: 'R-1', heat: 'H-1' })
  return plant
}
const kilograms = (value: string) => ({ value, unit: 'kg' })

describe('move', () => {
  test('[B15] some, then the rest; places balance', () => {
    const plant = stocked()
    plant.do({ verb: 'move', what: 'R-1', quantity: kilograms('30'), to: 'DOCK' })
    expect(plant.stock('R-1')).toEqual({ 'place DOCK': '30.000', 'place STORE': '70.000' })
    plant.do({ verb: 'move', what: 'R-1', from: 'STORE', to: 'DOCK' })
    expect(plant.stock('R-1')).toEqual({ 'place DOCK': '100.000' })
  })

  test('[D1] a held lot may be put aside', () => {
    const plant = stocked()
    plant.do({ verb: 'hold', what: ['R-1'], reasonCode: 'check', reason: 'check' })
    plant.do({ verb: 'move', what: 'R-1', to: 'DOCK' })
  })

  test('[B15] refused: unknown, nothing there, more than there is, unclear place, same place, single-lot place', () => {
    const plant = stocked()
    plant.refuses({ verb: 'move', what: 'NOPE', to: 'DOCK' }, 'lot_unknown')
    plant.refuses({ verb: 'move', what: 'R-1', to: 'NOPE' }, 'place_unknown')
    plant.refuses(
      { verb: 'move', what: 'R-1', quantity: kilograms('1'), from: 'DOCK', to: 'CELL-1' },
      'not_there',
    )
    plant.refuses({ verb: 'move', what: 'R-1', quantity: kilograms('101'), to: 'DOCK' }, 'not_enough')
    plant.refuses({ verb: 'move', what: 'R-1', to: 'STORE' }, 'already_there')
    plant.do({ verb: 'move', what: 'R-1', quantity: kilograms('50'), to: 'DOCK' })
    plant.refuses({ verb: 'move', what: 'R-1', quantity: kilograms('5'), to: 'CELL-1' }, 'holder_unclear')
    plant.do({ ...receiveJar, lot: 'J-1', place: 'CELL-1' })
    plant.refuses({ verb: 'move', what: 'R-1', from: 'DOCK', to: 'CELL-1' }, 'place_occupied')
  })

  test('[C4] historical: what was not on record is owed, with a gap, and a later receipt fills it', () => {
    const plant = stocked()
    plant.do({ verb: 'move', what: 'R-1', quantity: kilograms('120'), to: 'DOCK', historical: true })
    expect(plant.stock('R-1')).toEqual({ 'place DOCK': '120.000', 'place STORE': '-20.000' })
    expect(plant.gaps()).toEqual(['shortfall'])
    plant.do({ ...receiveBar, lot: 'R-1', quantity: kilograms('25'), historical: true })
    expect(plant.stock('R-1')).toEqual({ 'place DOCK': '120.000', 'place STORE': '5.000' })
  })
})

describe('count', () => {
  const count = { verb: 'count', place: 'STORE', what: 'R-1' }

  test('[B15] a difference is an adjustment with its reason; none changes nothing', () => {
    const plant = stocked()
    plant.do({ ...count, quantity: kilograms('97.5'), reason: 'spilled' })
    expect(plant.stock('R-1')).toEqual({ 'place STORE': '97.500' })
    plant.do({ ...count, quantity: kilograms('97.5') })
    const adjusted = plant.view.all(movementTable).filter((row) => row.cause === 'adjusted')
    expect(adjusted.map((row) => row.delta)).toEqual([-2_500n])
    plant.do({ ...count, quantity: kilograms('0'), reason: 'lost' })
    expect(plant.stock('R-1')).toEqual({})
  })

  test('[B15] unidentified stock gets an identity and a gap', () => {
    const plant = stocked()
    plant.do({
      ...count,
      what: 'FOUND-1',
      item: 'BAR',
      quantity: kilograms('4'),
      reason: 'found behind the rack',
    })
    expect(plant.stock('FOUND-1')).toEqual({ 'place STORE': '4.000' })
    expect(plant.view.all(gapTable)).toMatchObject([{ kind: 'unknown-origin', closedPosition: null }])
    plant.do({ verb: 'hold', what: ['FOUND-1'], reasonCode: 'unknown', reason: 'no papers' })
    plant.refuses({ verb: 'pack', container: 'C', contents: [{ what: 'FOUND-1' }] }, 'lot_on_hold')
  })

  test('[B15] refused: no reason, unknown without item, two of one serial, look-alike', () => {
    const plant = stocked()
    plant.refuses({ ...count, quantity: kilograms('1') }, 'difference_unexplained')
    plant.refuses({ ...count, what: 'NOPE', quantity: kilograms('1'), reason: 'x' }, 'lot_unknown')
    plant.refuses(
      { ...count, what: 'R1', item: 'BAR', quantity: kilograms('1'), reason: 'x' },
      'lot_looks_alike',
    )
    plant.do({ verb: 'receive', item: 'PUMP', place: 'STORE', serials: ['P-1'] })
    plant.refuses({ ...count, what: 'P-1', quantity: { value: '2' }, reason: 'x' }, 'counted_twice')
    plant.do({ ...count, what: 'P-1', quantity: { value: '0' }, reason: 'missing' })
  })
})

describe('pack and unpack', () => {
  const pack = (container: string, ...what: string[]) => ({
    verb: 'pack',
    container,
    contents: what.map((each) => ({ what: each })),
  })

  function jars() {
    const plant = yard()
    plant.do({ ...receiveJar, lot: 'J-1' })
    plant.do({ ...receiveJar, lot: 'K-1' })
    return plant
  }

  test('[B15] cases go into pallets; a pallet moves as a whole; packing is no genealogy', () => {
    const plant = jars()
    plant.all(pack('CASE-1', 'J-1'), pack('PALLET-1', 'CASE-1', 'K-1'))
    plant.do({ verb: 'move', what: 'PALLET-1', to: 'DOCK' })
    expect(plant.stock('PALLET-1')).toEqual({ 'place DOCK': '1' })
    expect(plant.stock('CASE-1')).toEqual({ [`container ${plant.lot('PALLET-1').no}`]: '1' })
    expect(plant.stock('J-1')).toEqual({ [`container ${plant.lot('CASE-1').no}`]: '100' })
    expect(plant.reaches('J-1')).toEqual([])
    plant.do({ verb: 'unpack', container: 'PALLET-1', place: 'DOCK' })
    expect(plant.stock('K-1')).toEqual({ 'place DOCK': '100' })
    plant.do({
      verb: 'unpack',
      container: 'CASE-1',
      contents: [{ what: 'J-1', quantity: { value: '10' } }],
      place: 'STORE',
    })
    expect(plant.stock('J-1')).toMatchObject({ 'place STORE': '10' })
  })

  test('[A3] a container without a code gets one by rule', () => {
    const plant = jars()
    plant.do({ verb: 'pack', contents: [{ what: 'J-1' }], containerType: 'case' })
    expect(plant.lot('C-20260302-0001')).toMatchObject({ kind: 'container', attributes: { type: 'case' } })
  })

  test('[B15] refused: into itself, into a lot, without a place, what is not inside, what is elsewhere', () => {
    const plant = jars()
    plant.all(pack('CASE-1', 'J-1'), pack('PALLET-1', 'CASE-1'))
    plant.refuses(pack('CASE-1', 'PALLET-1'), 'packed_in_itself')
    plant.refuses(pack('CASE-1', 'CASE-1'), 'packed_in_itself')
    plant.refuses(pack('J-1', 'K-1'), 'not_a_container')
    plant.refuses(pack('NEW-1', 'J-1'), 'place_missing')
    plant.refuses(pack('PALLET-1', 'J-1'), 'not_there')
    const unpack = { verb: 'unpack', container: 'PALLET-1', place: 'DOCK' }
    plant.refuses({ ...unpack, contents: [{ what: 'K-1' }] }, 'not_inside')
    plant.refuses({ ...unpack, container: 'K-1' }, 'not_a_container')
    plant.do(unpack)
    plant.refuses(unpack, 'container_empty')
  })

  test('[D1] [B15] refused: held, expired and rejected goods, also inside a case; waiting ones may be packed', () => {
    const plant = jars()
    plant.do(pack('CASE-1', 'J-1'))
    plant.do({ verb: 'hold', what: ['CASE-1'], reasonCode: 'lid', reason: 'loose lids' })
    const refusal = plant.refuses(pack('PALLET-1', 'CASE-1'), 'lot_on_hold')
    expect(refusal.message).toBe('In CASE-1: J-1 is on hold: loose lids.')
    plant.do({ ...receiveBar, item: 'MILK', lot: 'M-1', expiresOn: '2026-03-01' })
    plant.refuses(pack('PALLET-1', 'M-1'), 'lot_expired')
    plant.do({ ...receiveJar, lot: 'W-1', status: 'pending' })
    plant.do(pack('PALLET-1', 'W-1'))
    plant.do({ ...receiveJar, lot: 'X-1' })
    plant.do({ verb: 'inspect', what: 'X-1', kind: 'final', verdict: 'fail' })
    plant.refuses(pack('PALLET-1', 'X-1'), 'lot_not_released')
  })
})
