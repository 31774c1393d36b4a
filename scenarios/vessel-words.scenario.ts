import { expect } from 'vitest'
import { story } from './story.ts'

story(
  '[B11 C1] What a tank holds is told in its own unit, and once it is gone, that it is',
  async (plant) => {
    await plant.define({
      items: { MILK: { unit: 'kg', scale: 3 }, YOGHURT: { unit: 'kg', scale: 3 } },
      suppliers: ['FARM'],
      places: ['DAIRY', 'COLD'],
    })
    const day = (hour: string) => `2026-03-02T${hour}:00Z`
    for (const [lot, hour] of [
      ['MILK-A', '06:00'],
      ['MILK-B', '06:30'],
    ] as const)
      await plant.do({
        ...{ verb: 'receive', item: 'MILK', quantity: { value: '150' }, place: 'DAIRY' },
        ...{ supplier: 'FARM', supplierLot: `F-${lot}`, lot, happenedAt: day(hour) },
      })
    const tank = { verb: 'load', vessel: 'T2', newVessel: true, place: 'DAIRY' } as const
    await plant.do({ ...tank, what: 'MILK-A', happenedAt: day('07:00') })

    const full = await plant.client.answers(['MILK-A'])
    expect(full.answers.remains).toMatchObject([{ code: 'T2', quantity: { value: '150', unit: 'kg' } }])
    expect(full.summary.onHand.byItem).toMatchObject([{ item: '', unit: 'kg', count: 1, quantity: '150' }])
    expect(full.answers.affected.find((row) => row.code === 'T2')).toMatchObject({
      quantity: { value: '150', unit: 'kg' },
      place: 'at DAIRY',
    })
    const { rows } = await plant.client.ask<{ rows: readonly object[] }>({ method: 'GET', path: '/v1/stock' })
    expect(rows).toContainEqual(expect.objectContaining({ code: 'T2', unit: 'kg', quantity: '150' }))

    const drawn = { verb: 'draw', vessel: 'T2', quantity: { value: '40.5' }, item: 'YOGHURT' } as const
    await plant.do({ ...drawn, lot: 'CUP-1', place: 'COLD', happenedAt: day('08:00') })
    const trace = await plant.client.trace(['MILK-A'])
    const [t2, cup] = ['T2', 'CUP-1'].map((code) => trace.nodes.find((node) => node.code === code)?.id)
    expect(trace.edges.find((edge) => edge.from === t2 && edge.to === cup)).toMatchObject({
      quantity: '40.5',
      unit: 'kg',
    })
    const why = await plant.client.explain('T2', 'CUP-1')
    expect(why.steps[0]?.quantity).toEqual({ value: '40.5', unit: 'kg' })

    await plant.do({
      verb: 'clean',
      vessel: 'T2',
      empty: true,
      reason: 'end of day',
      happenedAt: day('09:00'),
    })
    await plant.do({ verb: 'load', vessel: 'T2', what: 'MILK-B', happenedAt: day('10:00') })
    const gone = await plant.client.answers(['MILK-A'])
    expect(gone.answers.remains.map((row) => row.code)).toEqual(['CUP-1'])
    expect(gone.answers.affected.find((row) => row.code === 'T2')).toMatchObject({
      quantity: { value: '0', unit: 'kg' },
      place: 'at DAIRY, affected content gone',
    })
  },
)

story('[B12 C1] A part that is built in is told to be in its unit', async (plant) => {
  await plant.define({
    items: { PUMP: { tracking: 'serial' }, MOTOR: { tracking: 'serial' } },
    suppliers: ['MOTORS'],
    places: ['LINE'],
  })
  const received = { item: 'MOTOR', serials: ['M-1'], place: 'LINE', supplier: 'MOTORS', supplierLot: 'BAD' }
  await plant.do({ verb: 'receive', ...received })
  await plant.do({ verb: 'open', order: 'WO-7', kind: 'work', item: 'PUMP', quantity: { value: '1' } })
  await plant.do({ verb: 'produce', order: 'WO-7', item: 'PUMP', serials: ['P-1'], place: 'LINE' })
  const before = await plant.position()
  await plant.do({ verb: 'install', unit: 'P-1', part: 'M-1', slot: 'drive', concession: 'none yet' })
  const placeOf = async (asKnownOn?: string) => {
    const { answers } = await plant.client.answers(['M-1'], asKnownOn === undefined ? {} : { asKnownOn })
    return answers.affected.find((row) => row.code === 'M-1')?.place
  }
  expect(await placeOf()).toBe('in P-1')
  expect(await placeOf(String(before))).toBe('at LINE')
})
