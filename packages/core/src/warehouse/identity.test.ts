import { describe, expect, test } from 'vitest'
import { edgeTable } from '../genealogy/rows.ts'
import { installationTable, reservationTable } from '../ledger/tables.ts'
import { receiveBar, receiveJar, yard } from './yard.testing.ts'

const kilograms = (value: string) => ({ value, unit: 'kg' })

function stocked() {
  const plant = yard()
  plant.do({ ...receiveBar, lot: 'R-1', heat: 'H-1' })
  return plant
}

describe('split', () => {
  test('[B10] parts get letters or codes of their own, the rest stays; quantities balance; edges are identity', () => {
    const plant = stocked()
    plant.do({
      verb: 'split',
      what: 'R-1',
      into: [
        { quantity: kilograms('20') },
        { quantity: kilograms('30'), code: 'REMNANT', place: 'DOCK' },
        { quantity: kilograms('5') },
      ],
    })
    expect(plant.stock('R-1')).toEqual({ 'place STORE': '45.000' })
    expect(plant.stock('R-1-A')).toEqual({ 'place STORE': '20.000' })
    expect(plant.stock('R-1-B')).toEqual({ 'place STORE': '5.000' })
    expect(plant.stock('REMNANT')).toEqual({ 'place DOCK': '30.000' })
    expect(plant.reaches('H-1')).toEqual(['R-1', 'R-1-A', 'R-1-B', 'REMNANT'])
    const kinds = plant.view.all(edgeTable).map((edge) => edge.kind)
    expect(kinds.filter((kind) => kind === 'identity')).toHaveLength(4)
  })

  test('[D1] [B10] a hold goes with every part', () => {
    const plant = stocked()
    plant.do({ verb: 'hold', what: ['R-1'], reasonCode: 'heat', reason: 'wrong chemistry' })
    plant.do({ verb: 'split', what: 'R-1', into: [{ quantity: kilograms('1') }] })
    const ship = { verb: 'ship', customer: 'ACME', contents: [{ what: 'R-1-A' }] }
    plant.refuses(ship, 'lot_on_hold')
  })

  test('[B10] refused: more than there is, a code in use, a serial, a single-lot place', () => {
    const plant = stocked()
    const split = { verb: 'split', what: 'R-1' }
    plant.refuses({ ...split, into: [{ quantity: kilograms('101') }] }, 'not_enough')
    plant.refuses({ ...split, into: [{ quantity: kilograms('1'), code: 'R-1' }] }, 'lot_exists')
    const twice = [
      { quantity: kilograms('1'), place: 'CELL-1' },
      { quantity: kilograms('1'), place: 'CELL-1' },
    ]
    plant.refuses({ ...split, into: twice }, 'place_occupied')
    plant.do({ verb: 'receive', item: 'PUMP', place: 'STORE', serials: ['P-1'] })
    plant.refuses({ verb: 'split', what: 'P-1', into: [{ quantity: { value: '1' } }] }, 'not_divisible')
  })

  test('[B10] a whole lot in a single-lot place may become one other, not two', () => {
    const plant = yard()
    plant.do({ ...receiveBar, lot: 'R-1', place: 'CELL-1' })
    plant.refuses({ verb: 'split', what: 'R-1', into: [{ quantity: kilograms('50') }] }, 'place_occupied')
    plant.do({ verb: 'split', what: 'R-1', into: [{ quantity: kilograms('100') }] })
    expect(plant.stock('R-1-A')).toEqual({ 'place CELL-1': '100.000' })
  })
})

describe('merge', () => {
  const merge = (into: object, ...what: string[]) => ({
    verb: 'merge',
    what: what.map((each) => ({ what: each })),
    into: { place: 'STORE', ...into },
  })

  function two() {
    const plant = stocked()
    plant.do({ ...receiveBar, lot: 'S-1', heat: 'H-2', place: 'DOCK', quantity: kilograms('50') })
    return plant
  }

  test('[B10] a composite lot keeps all of its parents and their quantity', () => {
    const plant = two()
    plant.do(merge({ code: 'MIX' }, 'R-1', 'S-1'))
    expect(plant.stock('MIX')).toEqual({ 'place STORE': '150.000' })
    expect(plant.stock('R-1')).toEqual({})
    expect(plant.reaches('MIX', 'backward')).toEqual(['H-1', 'H-2', 'R-1', 'S-1'])
  })

  test('[B10] a second lot put into a single-lot place becomes a composite of both', () => {
    const plant = two()
    plant.do({ verb: 'move', what: 'R-1', to: 'CELL-1' })
    plant.refuses({ verb: 'move', what: 'S-1', to: 'CELL-1' }, 'place_occupied')
    plant.do(merge({ place: 'CELL-1' }, 'R-1', 'S-1'))
    expect(plant.stock('20260302-001')).toEqual({ 'place CELL-1': '150.000' })
  })

  test('[B10] one lot added to a known one makes a new state of it', () => {
    const plant = two()
    plant.do(merge({ code: 'R-1' }, 'S-1'))
    expect(plant.stock('R-1')).toEqual({ 'place STORE': '150.000' })
    expect(plant.reaches('H-2')).toEqual(['R-1', 'S-1'])
  })

  test('[A9] it expires with its first parent and waits with one that waits', () => {
    const plant = yard()
    const milk = { ...receiveBar, item: 'MILK' }
    plant.do({ ...milk, lot: 'M-1', expiresOn: '2026-05-01' })
    plant.do({ ...milk, lot: 'N-1', expiresOn: '2026-04-01', status: 'pending' })
    plant.do(merge({ code: 'MIX' }, 'M-1', 'N-1'))
    expect(plant.lot('MIX')).toMatchObject({ expiresOn: '2026-04-01', status: 'pending' })
  })

  test('[B10] refused: with itself, of one, of several items, of a held lot', () => {
    const plant = two()
    plant.refuses(merge({ code: 'MIX' }, 'R-1', 'R-1'), 'merged_with_itself')
    plant.refuses(merge({ code: 'R-1' }, 'R-1', 'S-1'), 'merged_with_itself')
    plant.refuses(merge({}, 'R-1'), 'merge_of_one')
    plant.do({ ...receiveJar, lot: 'J-1' })
    plant.refuses(merge({ code: 'MIX' }, 'R-1', 'J-1'), 'not_mergeable')
    plant.do({ verb: 'hold', what: ['S-1'], reasonCode: 'heat', reason: 'chemistry' })
    plant.refuses(merge({ code: 'MIX' }, 'R-1', 'S-1'), 'lot_on_hold')
  })
})

describe('relabel', () => {
  const relabel = { verb: 'relabel', what: 'R-1', code: 'NEW-1', reason: 'label torn' }

  test('[A4] the lot is found by its old and its new code, and the chain goes on', () => {
    const plant = stocked()
    plant.do(relabel)
    expect(plant.stock('NEW-1')).toEqual({ 'place STORE': '100.000' })
    expect(plant.stock('R-1')).toEqual({})
    expect(plant.lot('R-1').attributes).toEqual({ 'relabelled to': 'NEW-1' })
    expect(plant.reaches('H-1')).toEqual(['NEW-1', 'R-1'])
  })

  test('[A4] [B15] packing, promises and contents go over to the new label', () => {
    const plant = yard()
    plant.do({ ...receiveJar, lot: 'J-1', container: 'PALLET' })
    plant.do({ verb: 'open', order: 'SO-1', kind: 'customer' })
    plant.do({ verb: 'reserve', order: 'SO-1', what: 'J-1', quantity: { value: '5' } })
    plant.do({ ...relabel, what: 'J-1', code: 'J-NEW' })
    plant.do({ ...relabel, what: 'PALLET', code: '00123456000000000018' })
    expect(plant.stock('J-NEW')).toEqual({ [`container ${plant.lot('00123456000000000018').no}`]: '100' })
    const open = plant.view.all(reservationTable).filter((row) => row.endedPosition === null)
    expect(open.map((row) => row.traceable)).toEqual([plant.lot('J-NEW').no])
    plant.do({ verb: 'unpack', container: '00123456000000000018', place: 'DOCK' })
    expect(plant.stock('J-NEW')).toEqual({ 'place DOCK': '100' })
    expect(plant.view.all(installationTable)).toEqual([])
  })

  test('[A4] refused: a code in use, a look-alike, nothing left, a supplier’s number', () => {
    const plant = stocked()
    plant.do({ ...receiveBar, lot: 'S-7' })
    plant.refuses({ ...relabel, code: 'S-7' }, 'lot_exists')
    plant.refuses({ ...relabel, code: 'S7' }, 'lot_looks_alike')
    plant.refuses({ ...relabel, what: 'H-1' }, 'label_fixed')
    plant.do(relabel)
    plant.refuses({ ...relabel, code: 'NEWER' }, 'nothing_to_relabel')
  })
})
