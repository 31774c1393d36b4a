import { describe, expect, test } from 'vitest'
import { shipmentLineTable, shipmentTable } from '../ledger/record-tables.ts'
import { movementTable, orderLineTable, reservationTable } from '../ledger/tables.ts'
import { receiveBar, receiveJar, yard } from '../warehouse/yard.testing.ts'

function plantWithPallet() {
  const plant = yard()
  plant.all(
    { ...receiveJar, lot: 'J-1', container: 'CASE-1' },
    { ...receiveJar, lot: 'K-1', container: 'CASE-2' },
    { ...receiveJar, lot: 'L-1' },
    { verb: 'pack', container: 'PALLET', contents: [{ what: 'CASE-1' }, { what: 'CASE-2' }] },
  )
  return plant
}
const ship = (...what: string[]) => ({
  verb: 'ship',
  shipment: 'S-1',
  customer: 'ACME',
  contents: what.map((each) => ({ what: each })),
})

describe('ship', () => {
  test('[B15] a pallet takes all that is in it to the customer; container and lots are recorded', () => {
    const plant = plantWithPallet()
    plant.do(ship('PALLET', 'L-1'))
    expect(plant.stock('J-1')).toEqual({ 'customer 3': '100' })
    expect(plant.stock('PALLET')).toEqual({ 'customer 3': '1' })
    const lines = plant.view
      .all(shipmentLineTable)
      .map((line) => [
        plant.codeOf(line.traceable),
        line.container === null ? null : plant.codeOf(line.container),
        line.amount,
      ])
    expect(lines).toEqual([
      ['PALLET', null, 1n],
      ['CASE-1', 'PALLET', 1n],
      ['CASE-2', 'PALLET', 1n],
      ['J-1', 'CASE-1', 100n],
      ['K-1', 'CASE-2', 100n],
      ['L-1', null, 100n],
    ])
    const shipped = plant.view.all(movementTable).filter((row) => row.cause === 'shipped')
    expect(shipped.reduce((sum, row) => sum + row.delta, 0n)).toBe(0n)
  })

  test('[D1] [B15] every held, expired or waiting lot inside a pallet is named with its container in one refusal', () => {
    const plant = plantWithPallet()
    plant.do({ ...receiveJar, lot: 'W-1', status: 'pending' })
    plant.do({ verb: 'hold', what: ['J-1'], reasonCode: 'lid', reason: 'loose lids' })
    plant.do({ verb: 'hold', what: ['K-1'], reasonCode: 'lid', reason: 'loose lids' })
    const before = plant.events.length
    const refusal = plant.refuses(ship('PALLET', 'W-1'), 'lot_on_hold')
    expect(refusal.message).toBe(
      'In CASE-1: J-1 is on hold: loose lids. In CASE-2: K-1 is on hold: loose lids. W-1 waits for its inspection.',
    )
    expect(refusal.details).toMatchObject({
      blocked: [
        { lot: 'J-1', container: 'CASE-1', code: 'lot_on_hold' },
        { lot: 'K-1', container: 'CASE-2', code: 'lot_on_hold' },
        { lot: 'W-1', container: null, code: 'lot_not_released' },
      ],
    })
    expect(plant.events.length).toBe(before)
    expect(plant.view.all(shipmentTable)).toEqual([])
    plant.all(
      { verb: 'release', hold: 1, reason: 'checked' },
      { verb: 'release', hold: 2, reason: 'checked' },
    )
    plant.do(ship('PALLET'))
  })

  test('[B15] an expired lot is refused on the day after, not on the day', () => {
    const plant = yard()
    plant.do({ ...receiveBar, item: 'MILK', lot: 'M-1', expiresOn: '2026-03-02' })
    plant.do({ ...ship('M-1'), contents: [{ what: 'M-1', quantity: { value: '1' } }] })
    plant.refuses({ ...ship('M-1'), happenedAt: '2026-03-03T00:00:00Z' }, 'clock_ahead')
    plant.do({ ...receiveBar, item: 'MILK', lot: 'N-1', expiresOn: '2026-03-01' })
    plant.refuses(ship('N-1'), 'lot_expired')
  })

  test('[B15] [G1] order lines and promises are kept: wrong customer, unordered item, promised elsewhere, owned by another', () => {
    const plant = plantWithPallet()
    const lines = [{ item: 'JAR', quantity: { value: '60' } }]
    const open = { verb: 'open', kind: 'customer', lines }
    plant.do({ ...open, order: 'SO-1', party: 'ACME' })
    plant.do({ ...open, order: 'SO-2', party: 'BOLT' })
    plant.do({ verb: 'reserve', order: 'SO-2', what: 'L-1', quantity: { value: '60' } })
    plant.do({ verb: 'reserve', order: 'SO-1', what: 'L-1', quantity: { value: '10' } })
    const some = (value: string) => ({
      ...ship('L-1'),
      order: 'SO-1',
      contents: [{ what: 'L-1', quantity: { value } }],
    })
    plant.refuses(some('41'), 'lot_reserved')
    plant.refuses({ ...some('1'), order: 'SO-2' }, 'order_of_other_party')
    plant.do(some('40'))
    expect(plant.view.get(orderLineTable, [1, 1])?.done).toBe(40n)
    expect(plant.view.all(reservationTable).map((row) => row.endedPosition !== null)).toEqual([false, true])
    plant.do({ ...receiveBar, lot: 'R-1' })
    plant.refuses({ ...ship('R-1'), order: 'SO-1' }, 'not_ordered')
    plant.do({ verb: 'define', thing: 'item', code: 'THEIRS', owner: 'BOLT' })
    plant.do({ ...receiveJar, item: 'THEIRS', lot: 'T-1' })
    plant.refuses(ship('T-1'), 'owned_by_another')
    plant.do({ ...ship('T-1'), shipment: 'S-9', customer: 'BOLT' })
  })

  test('[B15] refused: unknown lot, customer and order, more than there is, one thing twice', () => {
    const plant = plantWithPallet()
    plant.refuses(ship('NOPE'), 'lot_unknown')
    plant.refuses({ ...ship('L-1'), customer: 'NOPE' }, 'party_unknown')
    plant.refuses({ ...ship('L-1'), order: 'NOPE' }, 'order_unknown')
    plant.refuses({ ...ship('L-1'), contents: [{ what: 'L-1', quantity: { value: '101' } }] }, 'not_enough')
    plant.refuses(ship('L-1', 'L-1'), 'named_twice')
    plant.refuses(ship('J-1'), 'not_there')
  })

  test('[A8] a capture rule at shipment names the field and the lot', () => {
    const plant = plantWithPallet()
    const rules = [{ at: 'shipment', field: 'carrier', force: 'enforce' }]
    plant.do({ verb: 'revise', thing: 'item', code: 'JAR', rules })
    expect(plant.refuses(ship('L-1'), 'capture_required').field).toBe('carrier')
    plant.do({ ...ship('L-1'), carrier: 'DHL' })
  })

  test('[A3] a shipment is added to until it is delivered, by one customer; its number comes by rule if left out', () => {
    const plant = plantWithPallet()
    plant.do({ ...ship('L-1'), contents: [{ what: 'L-1', quantity: { value: '1' } }] })
    plant.do(ship('L-1'))
    plant.refuses({ ...ship('PALLET'), customer: 'BOLT' }, 'shipment_of_other_customer')
    plant.do({ verb: 'deliver', shipment: 'S-1' })
    plant.refuses(ship('PALLET'), 'already_delivered')
    plant.refuses({ verb: 'deliver', shipment: 'S-1' }, 'already_delivered')
    plant.refuses({ verb: 'deliver', shipment: 'S-7' }, 'shipment_unknown')
    const { shipment: _shipment, ...unnumbered } = ship('PALLET')
    plant.do(unnumbered)
    expect(plant.view.all(shipmentTable).map((row) => row.code)).toEqual(['S-1', 'S-20260302-001'])
  })

  test('[C4] historical: a lot that a fact names twice is one lot', () => {
    const plant = plantWithPallet()
    plant.do({ ...ship('GHOST-1', 'GHOST-1'), historical: true })
    expect(plant.lot('GHOST-1').status).toBe('expected')
    expect(plant.exceptions()).toEqual(['named_twice'])
  })

  test('[C4] historical: a held lot that had left is an exception, what was never received a gap', () => {
    const plant = plantWithPallet()
    plant.do({ verb: 'hold', what: ['J-1'], reasonCode: 'lid', reason: 'loose lids' })
    plant.do({ ...ship('PALLET', 'GHOST-1'), historical: true })
    expect(plant.exceptions()).toEqual(['lot_on_hold'])
    expect(plant.gaps()).toContain('used-before-received')
    expect(plant.stock('J-1')).toEqual({ 'customer 3': '100' })
  })
})
