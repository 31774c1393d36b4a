import { expect } from 'vitest'
import type { WhatIf } from '@lotline/core/recall/what-if-shape'
import { story } from './story.ts'

const codesOf = ({ added, removed }: WhatIf) => ({
  added: added.rows.map(({ code, ring }) => `${code} ${ring}`).sort(),
  removed: removed.rows.map(({ code }) => code).sort(),
})

story('[C11] a what-if tells the difference to the record, and saves nothing', async (plant) => {
  await plant.define({
    items: { FLOUR: { unit: 'kg' }, BREAD: {} },
    suppliers: ['MILL'],
    customers: ['SHOP'],
    places: ['BAKERY'],
  })
  await plant.do({ verb: 'define', thing: 'equipment', code: 'OVEN-3', name: 'Oven' })
  const at = (hour: number) => `2026-03-02T${String(hour).padStart(2, '0')}:00:00Z`
  for (const lot of ['F-1', 'F-2', 'F-3'])
    await plant.do({
      ...{ verb: 'receive', item: 'FLOUR', lot, supplier: 'MILL', supplierLot: `M-${lot}`, place: 'BAKERY' },
      ...{ quantity: { value: '100' }, happenedAt: at(5) },
    })
  for (const [index, hour] of [6, 8, 10].entries()) {
    const order = `WO-${index + 1}`
    const run = { order, operation: 'bake' }
    await plant.do({ verb: 'open', order, kind: 'work', item: 'BREAD', quantity: { value: '50' } })
    await plant.do({ verb: 'start', ...run, equipment: 'OVEN-3', happenedAt: at(hour) })
    await plant.do({
      ...{ verb: 'consume', what: `F-${index + 1}`, quantity: { value: '50' }, from: 'BAKERY' },
      ...run,
      happenedAt: at(hour),
    })
    await plant.do({
      ...{
        verb: 'produce',
        item: 'BREAD',
        lot: `B-${index + 1}`,
        quantity: { value: '50' },
        place: 'BAKERY',
      },
      ...run,
      happenedAt: at(hour + 1),
    })
  }
  await plant.do({
    ...{ verb: 'ship', shipment: 'S-1', customer: 'SHOP', happenedAt: at(12) },
    contents: [{ what: 'B-2', quantity: { value: '50' } }],
  })
  const position = await plant.position()
  const ask = plant.client.whatIf.bind(plant.client)

  const passed = await ask(['F-1'], { crossContact: [{ equipment: 'OVEN-3', from: at(6), to: at(9) }] })
  expect(codesOf(passed)).toEqual({ added: ['B-2 possible'], removed: [] })
  expect(passed).toMatchObject({ base: { customers: 0 }, whatIf: { customers: 1, shipments: 1 } })
  expect(codesOf(await ask(['F-1'], { crossContact: [{ equipment: 'OVEN-3' }] })).added).toEqual([
    'B-2 possible',
    'B-3 possible',
  ])
  const both = await ask(['F-1'], { contaminated: ['F-3'] })
  expect(codesOf(both)).toEqual({ added: ['B-3 proven', 'F-3 proven'], removed: [] })
  expect(codesOf(await ask(['M-F-1'], { stops: ['F-1'] }))).toEqual({ added: [], removed: ['B-1'] })
  expect(codesOf(await ask(['F-1', 'F-2'], { notAfter: at(7) }))).toEqual({ added: [], removed: ['B-2'] })
  await expect(ask(['F-1'], { crossContact: [{ equipment: 'OVEN-9' }] })).rejects.toMatchObject({
    body: { code: 'condition_unknown' },
  })
  expect(await plant.position()).toBe(position)
  expect((await plant.client.answers(['F-1'])).summary.affected.traceables).toBe(2)
})
