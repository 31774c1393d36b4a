import { describe, expect, test } from 'vitest'
import { holdTable } from '../ledger/tables.ts'
import type { Plant } from '../ledger/plant.testing.ts'
import { receiveBar, receiveJar, yard } from '../warehouse/yard.testing.ts'
import { holdsOn } from './usable.ts'

const hold = (what: string, reason = 'bad') => ({ verb: 'hold', what: [what], reasonCode: 'test', reason })
const heldBy = (plant: Plant, code: string) => holdsOn(plant.view, plant.lot(code).no).map((row) => row.root)

function family() {
  const plant = yard()
  plant.all(
    { ...receiveBar, lot: 'R-1', heat: 'H-1' },
    { ...receiveBar, lot: 'R-2', heat: 'H-1' },
    { ...receiveBar, lot: 'S-1', heat: 'H-2' },
    { verb: 'split', what: 'R-1', into: [{ quantity: { value: '10' } }] },
  )
  return plant
}

describe('holds', () => {
  test('[D1] a hold on a heat holds what was made from it, and nothing else', () => {
    const plant = family()
    plant.do(hold('H-1'))
    expect(['R-1', 'R-2', 'R-1-A', 'S-1'].map((code) => heldBy(plant, code))).toEqual([[1], [1], [1], []])
  })

  test('[D1] what will be made from it is held as well, in the same capture', () => {
    const plant = family()
    plant.do(hold('R-2'))
    plant.do({ verb: 'split', what: 'R-2', into: [{ quantity: { value: '1' } }] })
    expect(heldBy(plant, 'R-2-A')).toEqual([1])
  })

  test('[D1] without cascade only the lot itself is held', () => {
    const plant = family()
    plant.do({ ...hold('R-1'), cascade: false })
    expect([heldBy(plant, 'R-1'), heldBy(plant, 'R-1-A')]).toEqual([[1], []])
  })

  test('[D1] releasing one reason never frees a lot held for another', () => {
    const plant = family()
    plant.all(hold('H-1', 'chemistry'), hold('R-1', 'surface'))
    expect(heldBy(plant, 'R-1-A')).toEqual([1, 2])
    plant.do({ verb: 'release', hold: 1, reason: 'second test is good' })
    expect([heldBy(plant, 'R-1-A'), heldBy(plant, 'R-2')]).toEqual([[2], []])
    plant.refuses({ verb: 'pack', container: 'C', contents: [{ what: 'R-1-A' }] }, 'lot_on_hold')
  })

  test('[D1] a part is released by name; the rest stays', () => {
    const plant = family()
    plant.do(hold('H-1'))
    plant.do({ verb: 'release', hold: 1, what: ['R-2'], reason: 'tested' })
    expect(['R-1', 'R-2', 'R-1-A'].map((code) => heldBy(plant, code))).toEqual([[1], [], [1]])
  })

  test('[D1] a container stands for the goods in it', () => {
    const plant = yard()
    plant.do({ ...receiveJar, lot: 'J-1', container: 'CASE' })
    plant.do({ verb: 'pack', container: 'PALLET', contents: [{ what: 'CASE' }] })
    plant.do(hold('PALLET'))
    expect(heldBy(plant, 'J-1')).toEqual([1])
  })

  test('[D1] [C4] what is held before it is received is held when it comes', () => {
    const plant = yard()
    plant.do({ ...hold('R-9'), what: ['R-9', 'R-8'], historical: true })
    expect(new Set(plant.view.all(holdTable).map((row) => row.node)).size).toBe(2)
    expect(plant.lot('R-9').status).toBe('expected')
    plant.do({ ...receiveBar, lot: 'R-9', heat: 'H-9' })
    expect(heldBy(plant, 'R-9')).toEqual([1])
    expect(plant.view.all(holdTable).filter((row) => row.node < 0)).toHaveLength(1)
    plant.do({ verb: 'split', what: 'R-9', into: [{ quantity: { value: '1' } }] })
    expect(heldBy(plant, 'R-9-A')).toEqual([1])
  })

  test('[D1] refused: unknown lot, unknown hold, one that ended, a lot under another hold', () => {
    const plant = family()
    plant.refuses(hold('NOPE'), 'lot_unknown')
    plant.refuses({ verb: 'release', hold: 1, reason: 'x' }, 'hold_unknown')
    plant.do(hold('R-1'))
    plant.refuses({ verb: 'release', hold: 1, what: ['S-1'], reason: 'x' }, 'not_under_hold')
    plant.do({ verb: 'release', hold: 1, reason: 'x' })
    plant.refuses({ verb: 'release', hold: 1, reason: 'x' }, 'hold_ended')
  })

  test('[D1] a hold beats a reservation', () => {
    const plant = family()
    plant.do({ verb: 'open', order: 'SO-1', kind: 'customer', party: 'ACME' })
    plant.do({ verb: 'reserve', order: 'SO-1', what: 'S-1', quantity: { value: '5' } })
    plant.do(hold('S-1'))
    const contents = [{ what: 'S-1', quantity: { value: '5' } }]
    plant.refuses({ verb: 'ship', customer: 'ACME', order: 'SO-1', contents }, 'lot_on_hold')
    plant.refuses({ verb: 'reserve', order: 'SO-1', what: 'S-1', quantity: { value: '5' } }, 'lot_on_hold')
  })
})
