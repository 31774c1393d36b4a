import { expect } from 'vitest'
import { codes, story } from './story.ts'

story('[B15 D1] A held lot inside a pallet stops the shipment and is named', async (plant) => {
  await plant.define({ items: { JAM: {} }, suppliers: ['FRUIT'], customers: ['SHOP'], places: ['DOCK'] })
  for (const lot of ['JAM-1', 'JAM-2'])
    await plant.do({
      verb: 'receive',
      item: 'JAM',
      quantity: { value: '50' },
      place: 'DOCK',
      supplier: 'FRUIT',
      supplierLot: `F-${lot}`,
      lot,
    })
  await plant.do({ verb: 'pack', container: 'PALLET-1', contents: [{ what: 'JAM-1' }, { what: 'JAM-2' }] })
  await plant.do({ verb: 'hold', what: ['JAM-2'], reasonCode: 'glass', reason: 'glass found in a jar' })

  const refusal = await plant.refused({
    verb: 'ship',
    shipment: 'SH-1',
    customer: 'SHOP',
    contents: [{ what: 'PALLET-1' }],
  })
  expect(refusal.status).toBe(409)
  expect(refusal.code).toBe('lot_on_hold')
  expect(refusal.detail).toContain('JAM-2')
  expect((await plant.client.answers(['F-JAM-2'])).answers.affected).toMatchObject([
    { code: 'JAM-2', held: true, place: 'in PALLET-1' },
  ])

  await plant.do({ verb: 'release', hold: 1, reason: 'jar was from another line' })
  await plant.do({ verb: 'ship', shipment: 'SH-1', customer: 'SHOP', contents: [{ what: 'PALLET-1' }] })
  const { answers } = await plant.client.answers(['F-JAM-2'])
  expect(answers.wentTo).toMatchObject([
    { shipment: 'SH-1', code: 'JAM-2', container: 'PALLET-1', quantity: { value: '50' } },
  ])
  // Packed together is no genealogy: the pallet leads to both lots, a lot never to the other.
  expect(codes((await plant.client.answers(['PALLET-1'])).answers.affected)).toEqual(['JAM-1', 'JAM-2'])
})

story(
  '[B16 C1] A returned unit sold again reaches the second customer as well as the first',
  async (plant) => {
    await plant.define({
      items: { DRILL: { tracking: 'serial' } },
      suppliers: ['MAKER'],
      customers: ['FIRST', 'SECOND'],
      places: ['STOCK'],
    })
    await plant.do({
      verb: 'receive',
      item: 'DRILL',
      serials: ['D-1'],
      place: 'STOCK',
      supplier: 'MAKER',
      supplierLot: 'L-9',
    })
    await plant.do({ verb: 'ship', shipment: 'SH-1', customer: 'FIRST', contents: [{ what: 'D-1' }] })
    await plant.do({
      verb: 'return',
      what: 'D-1',
      customer: 'FIRST',
      place: 'STOCK',
      reason: 'wrong colour',
      status: 'released',
    })
    await plant.do({ verb: 'ship', shipment: 'SH-2', customer: 'SECOND', contents: [{ what: 'D-1' }] })
    const { answers, summary, balance } = await plant.client.answers(['L-9'])
    expect(answers.wentTo.map((row) => [row.customer.code, row.shipment, row.returned.value])).toEqual([
      ['FIRST', 'SH-1', '1'],
      ['SECOND', 'SH-2', '0'],
    ])
    expect(summary.shipped.customers).toBe(2)
    expect(balance).toMatchObject([{ remains: '0', unexplained: '0' }])
  },
)
