import { describe, expect, test } from 'vitest'
import { Plant } from '../ledger/plant.testing.ts'
import { setupVerbs } from '../setup/verbs.ts'
import { receivingVerbs } from './verbs.ts'

function steelPlant(): Plant {
  const plant = new Plant([...setupVerbs, ...receivingVerbs])
  plant.all(
    { verb: 'define', thing: 'item', code: 'BAR-4140', unit: 'kg' },
    { verb: 'define', thing: 'item', code: 'PUMP', tracking: 'serial' },
    { verb: 'define', thing: 'party', code: 'NUCOR', roles: ['supplier'] },
    { verb: 'define', thing: 'place', code: 'STORE' },
  )
  return plant
}
const bar = { verb: 'receive', item: 'BAR-4140', place: 'STORE', supplier: 'NUCOR' }

describe('receive', () => {
  test('[A2] [B1] the heat is kept apart from our lot and joined to it', () => {
    const plant = steelPlant()
    plant.do({ ...bar, quantity: { value: '200' }, heat: 'H-20931', lot: 'R-1' })
    expect(plant.stock('R-1')).toEqual({ 'place STORE': '200.000' })
    expect(plant.lot('H-20931').kind).toBe('supplier-lot')
    expect(plant.reaches('H-20931')).toEqual(['R-1'])
    expect(plant.reaches('R-1', 'backward')).toEqual(['H-20931'])
  })

  test('[A3] without a rule lots are numbered by day, supplier and sequence', () => {
    const plant = steelPlant()
    plant.do({ ...bar, quantity: { value: '1' } })
    plant.do({ ...bar, quantity: { value: '1' } })
    expect(plant.stock('20260302-NUCOR-002')).toEqual({ 'place STORE': '1.000' })
  })
})
