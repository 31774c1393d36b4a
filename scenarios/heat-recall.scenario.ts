import { expect } from 'vitest'
import { codes, story } from './story.ts'

story('[C1 C2 C6 D3] A supplier recalls heat H-20931', async (plant) => {
  await plant.define({
    items: {
      BAR: { unit: 'kg', name: 'Bar 4140' },
      SHAFT: { tracking: 'serial' },
      SEAL: {},
    },
    suppliers: ['MILL', 'SEALTEC'],
    customers: ['ACME', 'BOLT'],
    places: ['STORE', 'SHOP', 'DOCK'],
  })
  await plant.do({
    verb: 'receive',
    item: 'BAR',
    quantity: { value: '200' },
    place: 'STORE',
    supplier: 'MILL',
    heat: 'H-20931',
    lot: 'BAR-1',
  })
  await plant.do({
    verb: 'receive',
    item: 'BAR',
    quantity: { value: '100' },
    place: 'STORE',
    supplier: 'MILL',
    heat: 'H-55555',
    lot: 'BAR-2',
  })
  await plant.do({ verb: 'open', order: 'WO-1', kind: 'work', item: 'SHAFT', quantity: { value: '3' } })
  await plant.do({ verb: 'open', order: 'WO-2', kind: 'work', item: 'SHAFT', quantity: { value: '2' } })
  await plant.do({
    verb: 'issue',
    order: 'WO-1',
    what: 'BAR-1',
    quantity: { value: '60' },
    concession: 'no bill of material',
  })
  await plant.do({ verb: 'consume', order: 'WO-1', what: 'BAR-1', quantity: { value: '45.5' } })
  await plant.do({
    verb: 'produce',
    order: 'WO-1',
    item: 'SHAFT',
    serials: ['S-1', 'S-2', 'S-3'],
    place: 'SHOP',
  })
  await plant.do({
    verb: 'consume',
    order: 'WO-2',
    what: 'BAR-2',
    quantity: { value: '30' },
    concession: 'no bill of material',
  })
  await plant.do({ verb: 'produce', order: 'WO-2', item: 'SHAFT', serials: ['S-8', 'S-9'], place: 'SHOP' })
  await plant.do({
    verb: 'ship',
    shipment: 'SH-1',
    customer: 'ACME',
    contents: [{ what: 'S-1' }, { what: 'S-8' }],
  })
  await plant.do({ verb: 'ship', shipment: 'SH-2', customer: 'BOLT', contents: [{ what: 'S-2' }] })

  const { summary, answers, balance, complete, roots } = await plant.client.answers(['H-20931'])
  expect(roots).toMatchObject([{ kind: 'supplier-lot', code: 'H-20931' }])
  expect(complete).toBe(true)
  expect(codes(answers.affected)).toEqual(['BAR-1', 'S-1', 'S-2', 'S-3'])
  expect(summary.affected).toMatchObject({ traceables: 4, lots: 1, serials: 3, byRing: { proven: 4 } })
  expect(answers.wentTo.map((row) => [row.customer.code, row.shipment, row.code])).toEqual([
    ['ACME', 'SH-1', 'S-1'],
    ['BOLT', 'SH-2', 'S-2'],
  ])
  expect(summary.shipped).toMatchObject({ traceables: 2, customers: 2, shipments: 2 })
  expect(
    answers.remains.map((row) => [row.code, row.holder.kind, row.holder.code, row.quantity.value]),
  ).toEqual(
    expect.arrayContaining([
      ['BAR-1', 'place', 'STORE', '140'],
      ['BAR-1', 'order', 'WO-1', '14.5'],
      ['S-3', 'place', 'SHOP', '1'],
    ]),
  )
  expect(answers.remains).toHaveLength(3)
  expect(answers.orders).toMatchObject([{ order: 'WO-1', why: 'issued', lots: ['BAR-1'] }])
  expect(answers.sources).toMatchObject([
    { code: 'H-20931', supplier: 'MILL', quantity: { value: '200', unit: 'kg' } },
  ])
  expect(balance.find((row) => row.item === 'BAR')).toMatchObject({
    in: '200',
    out: '45.5',
    remains: '154.5',
    unexplained: '0',
  })
  expect(balance.find((row) => row.item === 'SHAFT')).toMatchObject({
    in: '3',
    out: '2',
    remains: '1',
    unexplained: '0',
  })

  const back = await plant.client.trace(['S-2'], { direction: 'backward' })
  expect(codes(back.nodes)).toEqual(['BAR-1', 'H-20931', 'S-2'])
  const bySupplierLot = await plant.client.trace(['SH-2'], { direction: 'backward' })
  expect(codes(bySupplierLot.nodes)).toEqual(codes(back.nodes))
  const between = (from: string, to: string) =>
    plant.client.ask<typeof back>({ method: 'GET', path: '/v1/between', query: { from, to } })
  expect(codes((await between('H-20931', 'S-2')).nodes)).toEqual(['BAR-1', 'H-20931', 'S-2'])
  expect(codes((await between('S-2', 'BAR-1')).nodes)).toEqual(['BAR-1', 'S-2'])
  expect((await between('H-20931', 'S-9')).nodes).toEqual([])
  const proof = await plant.client.explain('H-20931', 'S-2')
  expect(proof.inScope).toBe(true)
  expect(proof.steps.map((step) => step.event.type)).toEqual(['Received', 'Received', 'Consumed', 'Produced'])
  expect((await plant.client.explain('H-20931', 'S-9')).inScope).toBe(false)
})

story('[C6] The balance names what no fact explains', async (plant) => {
  await plant.define({ items: { OIL: { unit: 'l' } }, suppliers: ['SUP'], places: ['TANK-ROOM'] })
  await plant.do({
    verb: 'receive',
    item: 'OIL',
    quantity: { value: '10' },
    place: 'TANK-ROOM',
    supplier: 'SUP',
    supplierLot: 'O-1',
    lot: 'OIL-1',
  })
  await plant.do({ verb: 'scrap', what: 'OIL-1', quantity: { value: '1.5' }, reason: 'spilt' })
  await plant.do({
    verb: 'count',
    place: 'TANK-ROOM',
    what: 'OIL-1',
    quantity: { value: '8' },
    reason: 'yearly count',
  })
  const { balance } = await plant.client.answers(['O-1'])
  expect(balance).toMatchObject([
    {
      item: 'OIL',
      in: '10',
      out: '1.5',
      remains: '8',
      unexplained: '0.5',
      because: [{ name: 'count differences', quantity: '0.5' }],
    },
  ])
})
