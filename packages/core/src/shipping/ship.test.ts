import { describe, expect, test } from 'vitest'
import { Plant } from '../ledger/plant.testing.ts'
import { qualityVerbs } from '../quality/verbs.ts'
import { receivingVerbs } from '../receiving/verbs.ts'
import { setupVerbs } from '../setup/verbs.ts'
import { warehouseVerbs } from '../warehouse/verbs.ts'
import { shippingVerbs } from './verbs.ts'

function plantWithPallet(): Plant {
  const plant = new Plant([...setupVerbs, ...receivingVerbs, ...warehouseVerbs, ...qualityVerbs, ...shippingVerbs])
  plant.all(
    { verb: 'define', thing: 'item', code: 'JAR' },
    { verb: 'define', thing: 'party', code: 'ACME', roles: ['customer'] },
    { verb: 'define', thing: 'party', code: 'OTHER', roles: ['customer'] },
    { verb: 'define', thing: 'place', code: 'DOCK' },
    { verb: 'receive', item: 'JAR', place: 'DOCK', lot: 'J-1', quantity: { value: '10' }, container: 'PALLET-1' },
    { verb: 'receive', item: 'JAR', place: 'DOCK', lot: 'J-2', quantity: { value: '5' }, container: 'PALLET-1' },
    { verb: 'receive', item: 'JAR', place: 'DOCK', lot: 'J-3', quantity: { value: '7' } },
  )
  return plant
}

describe('ship', () => {
  test('[B15] a pallet takes all that is in it to the customer', () => {
    const plant = plantWithPallet()
    plant.do({ verb: 'ship', shipment: 'S-1', customer: 'ACME', contents: [{ what: 'PALLET-1' }] })
    expect(plant.stock('J-1')).toEqual({ 'customer 1': '10' })
    expect(plant.stock('PALLET-1')).toEqual({ 'customer 1': '1' })
  })

  test('[B15] [D1] a held lot inside a scanned pallet stops the shipment and is named with its pallet', () => {
    const plant = plantWithPallet()
    plant.do({ verb: 'hold', what: ['J-2'], reasonCode: 'supplier', reason: 'bad lids' })
    const command = { verb: 'ship', shipment: 'S-1', customer: 'ACME', contents: [{ what: 'PALLET-1' }] }
    const refusal = plant.refuses(command, 'lot_on_hold')
    expect(refusal.message).toContain('PALLET-1')
    expect(refusal.message).toContain('J-2')
    expect(plant.stock('J-1')).toEqual({ [`container ${plant.lot('PALLET-1').no}`]: '10' })
    plant.do({ verb: 'release', hold: 1, reason: 'checked' })
    plant.do(command)
  })
})
