import { expect } from 'vitest'
import { story } from './story.ts'

story(
  '[C7 C1] As known then: which orders were open, what they lacked, and what had arrived',
  async (plant) => {
    await plant.define({
      items: { PLATE: {} },
      suppliers: ['MILL'],
      customers: ['YARD'],
      places: ['STORE'],
    })
    const received = { item: 'PLATE', quantity: { value: '50' }, place: 'STORE', supplier: 'MILL' }
    await plant.do({ verb: 'receive', ...received, supplierLot: 'H-1', lot: 'P-1' })
    const order = (code: string) =>
      plant.do({
        ...{ verb: 'open', order: code, kind: 'customer', party: 'YARD' },
        lines: [{ item: 'PLATE', quantity: { value: '10' } }],
      })
    await order('SO-1')
    await order('SO-2')
    await order('SO-3')
    await plant.do({ verb: 'close', order: 'SO-3' })
    const contents = [{ what: 'P-1', quantity: { value: '10' } }]
    await plant.do({ verb: 'ship', shipment: 'SH-0', customer: 'YARD', order: 'SO-2', contents })
    const then = String(await plant.position())

    await plant.do({ verb: 'ship', shipment: 'SH-1', customer: 'YARD', order: 'SO-1', contents })
    await plant.do({ verb: 'deliver', shipment: 'SH-0' })
    await plant.do({ verb: 'close', order: 'SO-1' })
    await order('SO-4')

    const now = await plant.client.answers(['H-1'])
    expect(now.answers.orders.map((row) => row.order)).toEqual(['SO-4'])
    expect(now.answers.wentTo.map((row) => row.deliveredAt !== null)).toEqual([true, false])
    const known = await plant.client.answers(['H-1'], { asKnownOn: then })
    expect(known.answers.orders.map((row) => row.order)).toEqual(['SO-1'])
    expect(known.answers.wentTo).toMatchObject([{ shipment: 'SH-0', deliveredAt: null }])
    expect(known.complete).toBe(true)
  },
)

story('[C7 C4] An order whose opening was taken back since is said to be missing then', async (plant) => {
  await plant.define({ items: { PLATE: {} }, suppliers: ['MILL'], customers: ['YARD'], places: ['STORE'] })
  const received = { item: 'PLATE', quantity: { value: '50' }, place: 'STORE', supplier: 'MILL' }
  await plant.do({ verb: 'receive', ...received, supplierLot: 'H-1', lot: 'P-1' })
  const lines = [{ item: 'PLATE', quantity: { value: '10' } }]
  const opened = await plant.do({ verb: 'open', order: 'SO-1', kind: 'customer', party: 'YARD', lines })
  const then = String(await plant.position())
  await plant.do({ verb: 'correct', event: opened.position, reason: 'typed twice' })
  expect((await plant.client.answers(['H-1'])).complete).toBe(true)
  const known = await plant.client.answers(['H-1'], { asKnownOn: then })
  expect(known.reasons).toContain('orders-corrected-since')
})

story('[C2] A lot that was received without a lot of its supplier is a source itself', async (plant) => {
  await plant.define({
    items: { NUT: {}, OIL: {}, PUMP: {} },
    suppliers: ['TRADER', 'MILL'],
    places: ['STORE'],
  })
  const receive = (item: string, lot: string, from: object) =>
    plant.do({ verb: 'receive', item, lot, quantity: { value: '50' }, place: 'STORE', ...from })
  await receive('NUT', 'N-1', { supplier: 'TRADER' })
  await receive('OIL', 'O-1', { supplier: 'MILL', supplierLot: 'H-1' })
  await plant.do({ verb: 'open', order: 'WO-1', kind: 'work', item: 'PUMP', quantity: { value: '5' } })
  for (const what of ['N-1', 'O-1'])
    await plant.do({ verb: 'consume', order: 'WO-1', what, quantity: { value: '5' }, concession: 'no bill' })
  const pump = { item: 'PUMP', quantity: { value: '5' }, lot: 'PU-1', place: 'STORE' }
  await plant.do({ verb: 'produce', order: 'WO-1', ...pump })
  const { answers, summary } = await plant.client.answers(['PU-1'])
  const shown = answers.sources.map(({ code, kind, supplier }) => ({ code, kind, supplier }))
  expect(shown).toHaveLength(2)
  expect(shown).toContainEqual({ code: 'N-1', kind: 'lot', supplier: 'TRADER' })
  expect(shown).toContainEqual({ code: 'H-1', kind: 'supplier-lot', supplier: 'MILL' })
  expect(summary.sources).toBe(2)
})
