import { expect } from 'vitest'
import { codes, story } from './story.ts'

story('[B18 C7] A correction shows, and what was known before it stays what it was', async (plant) => {
  await plant.define({
    items: { STEEL: { unit: 'kg' }, BOLT: {} },
    suppliers: ['MILL'],
    customers: ['ACME'],
    places: ['STORE'],
  })
  await plant.do({
    verb: 'receive',
    item: 'STEEL',
    quantity: { value: '10' },
    place: 'STORE',
    supplier: 'MILL',
    heat: 'H-1',
    lot: 'ST-1',
  })
  await plant.do({
    verb: 'receive',
    item: 'STEEL',
    quantity: { value: '10' },
    place: 'STORE',
    supplier: 'MILL',
    heat: 'H-2',
    lot: 'ST-2',
  })
  await plant.do({ verb: 'consume', process: 'batch-7', what: 'ST-1', quantity: { value: '4' } })
  const made = await plant.do({
    verb: 'produce',
    process: 'batch-7',
    item: 'BOLT',
    lot: 'BO-1',
    quantity: { value: '100' },
    place: 'STORE',
  })
  const shipped = await plant.do({
    verb: 'ship',
    shipment: 'SH-1',
    customer: 'ACME',
    contents: [{ what: 'BO-1', quantity: { value: '30' } }],
  })
  const asKnownOn = String(shipped.position)
  const before = await plant.client.answers(['H-1'], { asKnownOn })

  const corrected = await plant.do({
    verb: 'correct',
    event: shipped.position,
    reason: 'the truck never came',
  })
  const now = await plant.client.answers(['H-1'])
  expect(before.answers.wentTo).toMatchObject([{ shipment: 'SH-1', quantity: { value: '30' } }])
  expect(now.answers.wentTo).toEqual([])
  const again = await plant.client.answers(['H-1'], { asKnownOn })
  expect({ ...again, position: 0 }).toEqual({ ...before, position: 0 })

  const event = await plant.client.ask<{ voidedBy: number; corrections: { position: number }[] }>({
    method: 'GET',
    path: `/v1/events/${shipped.position}`,
  })
  expect(event).toMatchObject({
    voidedBy: corrected.position,
    corrections: [{ position: corrected.position }],
  })
  // What was used since cannot be taken back over its head.
  const first = await plant.refused({ verb: 'correct', event: made.position - 3, reason: 'typed wrong' })
  expect(first.code).toBe('used_downstream')
})

story('[C4 I4] A gap is said, and mended by a receipt that is recorded later', async (plant) => {
  await plant.define({
    items: { FLOUR: { unit: 'kg' }, BREAD: {} },
    suppliers: ['MILLER'],
    places: ['BAKERY'],
  })
  const historical = { historical: true } as const
  await plant.do({
    verb: 'consume',
    process: 'bake-1',
    what: { code: 'FL-1', item: 'FLOUR' },
    quantity: { value: '5' },
    happenedAt: '2026-02-02T05:00:00Z',
    ...historical,
  })
  await plant.do({
    verb: 'produce',
    process: 'bake-1',
    item: 'BREAD',
    lot: 'BR-1',
    quantity: { value: '50' },
    place: 'BAKERY',
    happenedAt: '2026-02-02T06:00:00Z',
    ...historical,
  })
  const open = await plant.client.answers(['BR-1'])
  expect(open).toMatchObject({ complete: false, reasons: ['gaps'] })
  expect(open.answers.gaps.map((gap) => gap.code)).toContain('FL-1')
  expect(open.answers.gaps[0]?.fix).toMatch(/receipt/i)

  await plant.do({
    verb: 'receive',
    item: 'FLOUR',
    quantity: { value: '25' },
    place: 'BAKERY',
    supplier: 'MILLER',
    supplierLot: 'W-77',
    lot: 'FL-1',
    happenedAt: '2026-02-01T05:00:00Z',
    ...historical,
  })
  const mended = await plant.client.answers(['BR-1'])
  expect(mended).toMatchObject({ complete: true, reasons: [] })
  expect(mended.answers.sources).toMatchObject([{ code: 'W-77' }])
  expect(codes((await plant.client.answers(['W-77'])).answers.affected)).toEqual(['BR-1', 'FL-1'])
})

story('[A2 A4] One heat on two receipts is one question; of two items it is asked which', async (plant) => {
  await plant.define({
    items: { 'BAR-20': { unit: 'kg' }, 'BAR-30': { unit: 'kg' } },
    suppliers: ['MILL'],
    places: ['STORE'],
  })
  const receive = (item: string, lot: string) =>
    plant.do({
      verb: 'receive',
      item,
      quantity: { value: '10' },
      place: 'STORE',
      supplier: 'MILL',
      heat: 'H-7',
      lot,
    })
  await receive('BAR-20', 'L-1')
  await receive('BAR-20', 'L-2')
  expect(codes((await plant.client.answers(['H-7'])).answers.affected)).toEqual(['L-1', 'L-2'])
  await receive('BAR-30', 'L-3')
  await expect(plant.client.answers(['H-7'])).rejects.toMatchObject({
    status: 409,
    code: 'ambiguous_id',
    body: { details: { choices: [{ item: 'BAR-20' }, { item: 'BAR-30' }] } },
  })
  expect(codes((await plant.client.answers(['H-7'], { item: 'BAR-30' })).answers.affected)).toEqual(['L-3'])
  expect(codes((await plant.client.answers(['H-7'], { all: true })).answers.affected)).toEqual([
    'L-1',
    'L-2',
    'L-3',
  ])

  await expect(plant.client.answers(['H-77'])).rejects.toMatchObject({
    status: 404,
    code: 'id_unknown',
    body: { details: { near: [{ code: 'H-7' }, { code: 'H-7' }] } },
  })
  await expect(plant.client.answers(['BAR-20'])).rejects.toMatchObject({
    status: 422,
    code: 'id_names_no_lot',
  })
})
