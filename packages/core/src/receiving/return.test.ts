import { describe, expect, test } from 'vitest'
import { shipmentLineTable } from '../ledger/record-tables.ts'
import { receiveJar, yard } from '../warehouse/yard.testing.ts'

const back = { verb: 'return', customer: 'ACME', place: 'DOCK', reason: 'wrong size' }

function shipped() {
  const plant = yard()
  plant.do({ ...receiveJar, lot: 'J-1' })
  plant.do({
    verb: 'ship',
    shipment: 'S-1',
    customer: 'ACME',
    contents: [{ what: 'J-1', quantity: { value: '40' } }],
  })
  return plant
}

describe('return', () => {
  test('[B16] a lot that comes back whole keeps its identity and waits for inspection', () => {
    const plant = shipped()
    const rest = [{ what: 'J-1', quantity: { value: '60' } }]
    plant.do({ verb: 'ship', shipment: 'S-2', customer: 'ACME', contents: rest })
    plant.do({ ...back, what: 'J-1' })
    expect(plant.stock('J-1')).toEqual({ 'place DOCK': '100' })
    expect(plant.lot('J-1').status).toBe('pending')
    expect(plant.knows('J-1/R1')).toBe(false)
  })

  test('[B16] a part that comes back waits as a lot of its own; what never left does not wait', () => {
    const plant = shipped()
    plant.do({ ...back, what: 'J-1', quantity: { value: '15' }, shipment: 'S-1' })
    expect(plant.stock('J-1')).toEqual({ 'customer 3': '25', 'place STORE': '60' })
    expect(plant.stock('J-1/R1')).toEqual({ 'place DOCK': '15' })
    expect([plant.lot('J-1').status, plant.lot('J-1/R1').status]).toEqual(['released', 'pending'])
    expect(plant.reaches('J-1')).toEqual(['J-1/R1'])
    const more = [{ what: 'J-1', quantity: { value: '60' } }]
    plant.do({ verb: 'ship', shipment: 'S-2', customer: 'BOLT', contents: more })
    plant.refuses(
      { verb: 'ship', shipment: 'S-3', customer: 'BOLT', contents: [{ what: 'J-1/R1' }] },
      'lot_not_released',
    )
    plant.do({ ...back, what: 'J-1', quantity: { value: '5' } })
    expect(plant.stock('J-1/R2')).toEqual({ 'place DOCK': '5' })
    expect(plant.view.all(shipmentLineTable)[0]).toMatchObject({ amount: 40n, returned: 20n })
  })

  test('[B16] a part that is sold again at once, and a serial, keep the identity they left with', () => {
    const plant = shipped()
    plant.do({ ...back, what: 'J-1', quantity: { value: '15' }, shipment: 'S-1', status: 'released' })
    expect(plant.stock('J-1')).toEqual({ 'customer 3': '25', 'place DOCK': '15', 'place STORE': '60' })
    plant.do({ ...receiveJar, item: 'PUMP', serials: ['P-1', 'P-2'], quantity: undefined })
    plant.do({ verb: 'ship', shipment: 'S-2', customer: 'ACME', contents: [{ what: 'P-1' }] })
    plant.do({ ...back, what: 'P-1' })
    expect(plant.stock('P-1')).toEqual({ 'place DOCK': '1' })
    expect([plant.lot('P-1').status, plant.lot('P-2').status]).toEqual(['pending', 'released'])
  })

  test('[B16] the second customer is found as well as the first', () => {
    const plant = shipped()
    plant.do({ ...back, what: 'J-1' })
    plant.do({ verb: 'inspect', what: 'J-1/R1', kind: 'incoming', verdict: 'pass' })
    const again = [{ what: 'J-1/R1', quantity: { value: '40' } }]
    plant.do({ verb: 'ship', shipment: 'S-2', customer: 'BOLT', contents: again, from: 'DOCK' })
    plant.do({ ...back, what: 'J-1/R1', customer: 'BOLT', quantity: { value: '1' } })
    const lines = plant.view.all(shipmentLineTable)
    expect(lines.map((line) => [line.shipment, line.amount, line.returned])).toEqual([
      [1, 40n, 40n],
      [2, 40n, 1n],
    ])
  })

  test('[B16] a pallet comes back with what is left in it; a lot comes back loose out of its pallet', () => {
    const plant = yard()
    plant.do({ ...receiveJar, lot: 'J-1', container: 'PALLET' })
    plant.do({ ...receiveJar, lot: 'K-1', container: 'PALLET' })
    plant.do({ verb: 'ship', shipment: 'S-1', customer: 'ACME', contents: [{ what: 'PALLET' }] })
    plant.do({ ...back, what: 'K-1' })
    expect(plant.stock('K-1')).toEqual({ 'place DOCK': '100' })
    plant.do({ ...back, what: 'PALLET' })
    expect(plant.stock('PALLET')).toEqual({ 'place DOCK': '1' })
    expect(plant.stock('J-1')).toEqual({ [`container ${plant.lot('PALLET').no}`]: '100' })
    expect(plant.stock('K-1')).toEqual({ 'place DOCK': '100' })
  })

  test('[B16] what the customer does not have, and what another shipment took, is refused', () => {
    const plant = shipped()
    plant.refuses({ ...back, what: 'J-1', customer: 'BOLT' }, 'not_with_customer')
    plant.refuses({ ...back, what: 'J-1', quantity: { value: '41' } }, 'not_with_customer')
    plant.refuses({ ...back, what: 'J-1', shipment: 'S-9' }, 'not_in_shipment')
    plant.refuses({ ...back, what: 'NOPE' }, 'lot_unknown')
  })

  test('[B16] historical: what was never on record with the customer is owed, with a gap', () => {
    const plant = shipped()
    plant.do({ ...back, what: 'J-1', quantity: { value: '50' }, historical: true })
    expect(plant.stock('J-1')).toMatchObject({ 'customer 3': '-10', 'place STORE': '60' })
    expect(plant.stock('J-1/R1')).toEqual({ 'place DOCK': '50' })
    expect(plant.gaps()).toEqual(['shortfall'])
    expect(plant.exceptions()).toEqual(['not_with_customer'])
  })
})
