import { expect } from 'vitest'
import type { Command } from '@lotline/core/catalogue'
import { type StoryPlant, story } from './story.ts'

const receive = (item: string, lot: string, more: object = {}): Command => ({
  verb: 'receive',
  item,
  lot,
  quantity: { value: '100' },
  place: 'STORE',
  supplier: 'MILL',
  ...more,
})

/** A shop that begins with its riskiest item: forgings must have a heat and a certificate, the rest nothing. */
async function forge(plant: StoryPlant): Promise<void> {
  await plant.define({
    items: {
      FORGING: {
        unit: 'kg',
        rules: [
          { at: 'receipt', field: 'heat', force: 'enforce' },
          { at: 'receipt', field: 'certificate', force: 'warn' },
        ],
      },
      RAG: {},
      SHAFT: {},
      ROTOR: { tracking: 'serial' },
    },
    suppliers: ['MILL'],
    customers: ['NAVY', 'FARM'],
    places: ['STORE'],
  })
}

story('[A8 B1] A plant begins with its riskiest items: an enforced rule names its field', async (plant) => {
  await forge(plant)
  const refusal = await plant.refused(receive('FORGING', 'F-1'))
  expect(refusal).toMatchObject({ code: 'capture_required', status: 409, field: 'heat' })
  const taken = await plant.do(receive('FORGING', 'F-1', { heat: 'H-1' }))
  expect(taken.notes.exceptions).toMatchObject([{ code: 'capture_required' }])
  expect((await plant.do(receive('RAG', 'RAG-1'))).notes.exceptions).toEqual([])
})

story('[A8 B15] What a contract asks holds down to the parts of parts', async (plant) => {
  await forge(plant)
  const rules = [{ at: 'shipment', field: 'origin', force: 'enforce', tiers: 3 }] as const
  await plant.do({ verb: 'open', kind: 'customer', order: 'SO-9', party: 'NAVY', rules: [...rules] })
  await plant.do({ verb: 'open', kind: 'customer', order: 'SO-10', party: 'FARM' })
  await plant.do(receive('FORGING', 'F-NO', { heat: 'H-1' }))
  await plant.do(receive('FORGING', 'F-US', { heat: 'H-2', origin: 'US' }))
  for (const [forging, shaft, rotor] of [
    ['F-NO', 'S-1', 'R-1'],
    ['F-US', 'S-2', 'R-2'],
  ] as const) {
    const [turn, fit] = [`turn ${shaft}`, `fit ${rotor}`]
    const one = { value: '1' }
    const made = { place: 'STORE', attributes: { origin: 'US' } }
    await plant.do({ verb: 'consume', process: turn, what: forging, quantity: one })
    await plant.do({ verb: 'produce', process: turn, item: 'SHAFT', lot: shaft, quantity: one, ...made })
    await plant.do({ verb: 'consume', process: fit, what: shaft, quantity: one })
    await plant.do({ verb: 'produce', process: fit, item: 'ROTOR', serials: [rotor], ...made })
  }
  await plant.do({
    verb: 'pack',
    container: 'CRATE-1',
    contents: [{ what: 'R-1' }, { what: 'R-2' }],
    place: 'STORE',
  })
  const ship = (order: string, customer: string, what: string): Command => ({
    ...{ verb: 'ship', order, customer, contents: [{ what }] },
  })
  const refusal = await plant.refused(ship('SO-9', 'NAVY', 'CRATE-1'))
  expect(refusal).toMatchObject({ code: 'capture_required', field: 'origin', value: 'F-NO' })
  expect(refusal.detail).toBe('SO-9 asks of ROTOR for origin at shipment; F-NO, which is in it, has none.')
  await plant.do({ verb: 'unpack', container: 'CRATE-1', place: 'STORE' })
  await plant.do(ship('SO-9', 'NAVY', 'R-2'))
  await plant.do(ship('SO-10', 'FARM', 'R-1'))
  const orders = await plant.client.list<{ code: string; rules: unknown }>('orders', { kind: 'customer' })
  expect(orders.rows).toMatchObject([
    { code: 'SO-9', rules },
    { code: 'SO-10', rules: null },
  ])
})
