import { describe, expect, test } from 'vitest'
import { Shop } from '../ledger/shop.testing.ts'
import { openParts } from './part.ts'
import { assemblyVerbs } from './verbs.ts'

/** Two pumps and three boards on the shelf. */
function shop(): Shop {
  const plant = new Shop(assemblyVerbs)
  plant.item('PUMP', { tracking: 'serial' })
  plant.item('BOARD', { tracking: 'serial' })
  plant.item('SEAL')
  for (const code of ['P-1', 'P-2']) plant.stocked('PUMP', code, '1')
  for (const code of ['B-1', 'B-2', 'B-3']) plant.stocked('BOARD', code, '1')
  plant.stocked('SEAL', 'S-1', '10')
  return plant
}

/** Codes of the parts that are in a unit now. */
function contains(plant: Shop, unit: string): string[] {
  return openParts(plant.view, plant.lot(unit).no).map((row) => plant.codeOf(row.part))
}

const install = { verb: 'install', unit: 'P-1', part: 'B-1', slot: 'A1' }

describe('install', () => {
  test('[B12] a part leaves its place and is in the unit', () => {
    const plant = shop()
    plant.do(install)
    expect(contains(plant, 'P-1')).toEqual(['B-1'])
    expect(plant.stock('B-1')).toEqual({})
    expect(plant.reaches('B-1')).toEqual(['P-1'])
  })

  test('[B12] a part of a lot goes in by number, and the rest stays', () => {
    const plant = shop()
    plant.do({ verb: 'install', unit: 'P-1', part: 'S-1', quantity: { value: '2' } })
    expect(plant.stock('S-1')).toEqual({ 'place STORE': '8' })
    plant.do({ verb: 'install', unit: 'P-2', part: 'S-1', quantity: { value: '2' } })
    expect(plant.reaches('S-1')).toEqual(['P-1', 'P-2'])
    expect(plant.reaches('P-1', 'backward')).toEqual(['S-1'])
  })

  test('[B12] trees of any depth', () => {
    const plant = shop()
    plant.item('LINE', { tracking: 'serial' })
    plant.stocked('LINE', 'L-1', '1')
    plant.all(install, { verb: 'install', unit: 'L-1', part: 'P-1' })
    expect(plant.reaches('B-1')).toEqual(['L-1', 'P-1'])
    plant.refuses({ verb: 'install', unit: 'B-1', part: 'L-1' }, 'part_of_itself')
    plant.refuses({ verb: 'install', unit: 'B-1', part: 'B-1' }, 'part_of_itself')
  })

  test('[B12] a serial part has one active parent, and the refusal names it', () => {
    const plant = shop()
    plant.do(install)
    const refusal = plant.refuses({ ...install, unit: 'P-2' }, 'part_in_other_unit')
    expect(refusal.message).toContain('P-1')
  })

  test.each([
    ['[B12] a position that is taken', { part: 'B-2' }, 'slot_occupied'],
    ['[B12] an unknown part', { part: 'B-9' }, 'lot_unknown'],
    ['[B12] a unit nobody knows', { unit: 'P-9', part: 'B-2' }, 'lot_unknown'],
    ['[D1][B12] a part on hold', { part: 'B-3', slot: 'A2' }, 'lot_on_hold'],
    ['[B12] a part that is elsewhere', { part: 'B-2', slot: 'A2', from: 'LINE' }, 'not_there'],
    [
      '[A5][B12] a part the order does not ask for',
      { part: 'B-2', slot: 'A2', order: 'WO-1' },
      'material_not_in_bom',
    ],
  ])('%s is refused', (_title, fields, code) => {
    const plant = shop()
    plant.held('B-3')
    const bom = plant.definition('bom', { no: plant.itemNo('PUMP') }, { lines: [], output: '1' })
    plant.order('WO-1', { item: plant.itemNo('PUMP'), bom })
    plant.do(install)
    plant.refuses({ ...install, ...fields }, code)
  })

  test('[B12][C4] an old record of a part that was elsewhere is taken in, as an exception', () => {
    const plant = shop()
    plant.do(install)
    plant.do({ ...install, unit: 'P-2', historical: true })
    expect(plant.exceptions()).toEqual(['part_in_other_unit'])
  })
})

describe('remove and replace', () => {
  test('[B12] what is taken out lies where it was put and can be used again', () => {
    const plant = shop()
    plant.do(install)
    plant.refuses({ verb: 'remove', unit: 'P-2', part: 'B-1' }, 'not_installed')
    plant.do({ verb: 'remove', unit: 'P-1', part: 'B-1', to: 'LINE' })
    expect(contains(plant, 'P-1')).toEqual([])
    expect(plant.stock('B-1')).toEqual({ 'place LINE': '1' })
    plant.refuses({ verb: 'remove', unit: 'P-1', part: 'B-1' }, 'not_installed')
    plant.do({ ...install, unit: 'P-2' })
  })

  test('[B12] both "contains now" and "ever touched" are answered after a swap', () => {
    const plant = shop()
    plant.do(install)
    plant.do({ verb: 'replace', unit: 'P-1', remove: 'B-1', install: 'B-2', to: 'LINE', reason: 'alarm' })
    expect(contains(plant, 'P-1')).toEqual(['B-2'])
    expect(plant.reaches('P-1', 'backward')).toEqual(['B-1', 'B-2'])
    expect(plant.holdsNow('P-1')).toEqual(['B-2'])
    expect(plant.stock('B-1')).toEqual({ 'place LINE': '1' })
    expect(plant.stock('B-2')).toEqual({})
  })

  test('[B12] a removed part put into another unit implicates no strangers', () => {
    const plant = shop()
    plant.all(
      install,
      { verb: 'install', unit: 'P-1', part: 'B-2', slot: 'A2' },
      { verb: 'remove', unit: 'P-1', part: 'B-1', to: 'STORE' },
      { ...install, unit: 'P-2' },
    )
    expect(plant.holdsNow('P-2')).toEqual(['B-1'])
    expect(plant.holdsNow('P-1')).toEqual(['B-2'])
  })

  test('[B12] the new part takes the position of the old one unless said otherwise', () => {
    const plant = shop()
    plant.do(install)
    plant.do({ verb: 'replace', unit: 'P-1', remove: 'B-1', install: 'B-2' })
    const [row] = openParts(plant.view, plant.lot('P-1').no)
    expect(row?.slot).toBe('A1')
    expect(plant.stock('B-1'), 'it lies where the unit is').toEqual({ 'place STORE': '1' })
  })

  test('[B12] a part cannot be replaced by one that is in another unit', () => {
    const plant = shop()
    plant.all(install, { ...install, unit: 'P-2', part: 'B-2' })
    plant.refuses({ verb: 'replace', unit: 'P-1', remove: 'B-1', install: 'B-2' }, 'part_in_other_unit')
  })
})
