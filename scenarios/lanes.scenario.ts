import { expect } from 'vitest'
import type { Client } from '@lotline/client/client'
import type { Lanes } from '@lotline/core/recall/lanes-shape'
import { type StoryPlant, story } from './story.ts'

const units = 3_000

/** A heat in two lots, shafts of one, three thousand gearboxes of these; some shipped, one held. */
async function gearboxes(plant: StoryPlant): Promise<void> {
  await plant.define({
    items: { BAR: { unit: 'kg', scale: 3 }, SHAFT: {}, BOX: { tracking: 'serial' } },
    suppliers: ['MILL'],
    customers: ['ACME', 'BOREALIS'],
    places: ['STORE'],
  })
  for (const lot of ['BAR-1', 'BAR-2'])
    await plant.do({
      ...{ verb: 'receive', item: 'BAR', lot, heat: 'H-1', supplier: 'MILL' },
      ...{ quantity: { value: '4000' }, place: 'STORE' },
    })
  await plant.do({ verb: 'open', order: 'WO-1', kind: 'work', item: 'SHAFT', quantity: { value: '3000' } })
  await plant.do({
    verb: 'consume',
    order: 'WO-1',
    what: 'BAR-1',
    quantity: { value: '3000' },
    from: 'STORE',
  })
  await plant.do({
    ...{ verb: 'produce', order: 'WO-1', item: 'SHAFT', lot: 'SH-1' },
    ...{ quantity: { value: '3000' }, place: 'STORE' },
  })
  await plant.do({ verb: 'open', order: 'WO-2', kind: 'work', item: 'BOX', quantity: { value: `${units}` } })
  await plant.do({
    verb: 'consume',
    order: 'WO-2',
    what: 'SH-1',
    quantity: { value: `${units}` },
    from: 'STORE',
  })
  for (let first = 1; first <= units; first += 500)
    await plant.do({
      verb: 'produce',
      order: 'WO-2',
      item: 'BOX',
      serials: serials(first, 500),
      place: 'STORE',
    })
  await plant.do({
    ...{ verb: 'ship', shipment: 'S-1', customer: 'ACME' },
    contents: serials(1, 500).map((what) => ({ what })),
  })
  await plant.do({ verb: 'hold', what: ['B-0777'], reasonCode: 'noise', reason: 'runs loud' })
}

function serials(first: number, count: number): string[] {
  return Array.from({ length: count }, (_, at) => `B-${String(first + at).padStart(4, '0')}`)
}

function lanes(client: Client, id: string, open: readonly string[] = []): Promise<Lanes> {
  return client.lanes([id], { open })
}

const boxes = (drawn: Lanes) =>
  drawn.nodes
    .map(({ lane, label, count, held }) => `${lane}: ${label} x${count}${held ? ' held' : ''}`)
    .sort()

story('[C1] a recall of thousands is drawn in a handful of boxes that open in place', async (plant) => {
  await gearboxes(plant)
  const drawn = await lanes(plant.client, 'H-1')
  expect(boxes(drawn)).toEqual([
    'customer: ACME x1',
    'finished: B-0001 … B-0500 x500',
    'finished: B-0501 … B-3000 x2499',
    'finished: B-0777 x1 held',
    'finished: WO-2 x1',
    'intermediate: SH-1 x1',
    'intermediate: WO-1 x1',
    'received: BAR-1 x1',
    'received: BAR-2 x1',
    'shipment: S-1 x1',
    'supplier: H-1 x1',
  ])
  expect(drawn).toMatchObject({ complete: true, traceables: 3_004, position: await plant.position() })
  const label = (key: string) => drawn.nodes.find((node) => node.key === key)?.label
  const words = drawn.edges.map(
    ({ from, to, quantity, shareOfSource, shareOfTarget }) =>
      `${label(from)} > ${label(to)}: ${quantity?.value} ${quantity?.unit} ${shareOfSource} ${shareOfTarget}`,
  )
  expect(words).toContain('H-1 > BAR-1: 4000 kg 0.5 1')
  expect(words).toContain('BAR-1 > WO-1: 3000 kg 0.75 1')
  expect(words).toContain('WO-2 > B-0501 … B-3000: 2499 pc null null')
  expect(words).toContain('B-0001 … B-0500 > S-1: 500 pc null null')

  const fold = drawn.nodes.find((node) => node.count === 2_499)
  const opened = await lanes(plant.client, 'H-1', [fold?.key ?? ''])
  expect(opened.nodes.length).toBe(drawn.nodes.length + 50)
  expect(boxes(opened)).toContain('finished: B-0501 x1')
  expect(boxes(opened)).toContain('finished: B-0551 … B-3000 x2449')
  expect(opened.opened).toEqual([fold?.key])

  const list = await plant.client.ask<{ count: number; rows: { code: string }[]; nextCursor: string | null }>(
    {
      method: 'GET',
      path: '/v1/lanes/members',
      query: { id: 'H-1', box: fold?.key ?? '', limit: 2_000 },
    },
  )
  expect(list.count).toBe(2_499)
  expect(list.rows).toHaveLength(2_000)
  const rest = await plant.client.ask<typeof list>({
    method: 'GET',
    path: '/v1/lanes/members',
    query: { id: 'H-1', box: fold?.key ?? '', limit: 2_000, cursor: list.nextCursor ?? '' },
  })
  expect(new Set([...list.rows, ...rest.rows].map(({ code }) => code)).size).toBe(2_499)
  expect(rest.nextCursor).toBeNull()
})

story(
  '[C6][B11] a share of a tank is of the content it was drawn from, not of all it ever held',
  async (plant) => {
    await plant.define({
      items: { MILK: { unit: 'kg', scale: 3 }, CUP: { unit: 'kg', scale: 3 } },
      suppliers: ['FARM'],
      places: ['HALL'],
    })
    const at = (hour: string) => ({ happenedAt: `2026-03-02T${hour}:00Z` })
    for (const [lot, value] of [
      ['M-1', '1000'],
      ['M-2', '100'],
    ] as const)
      await plant.do({
        ...{ verb: 'receive', item: 'MILK', lot, supplier: 'FARM', supplierLot: `F-${lot}` },
        ...{ quantity: { value }, place: 'HALL', ...at('06:00') },
      })
    const draw = { verb: 'draw', vessel: 'T-1', item: 'CUP', place: 'HALL' } as const
    await plant.do({
      verb: 'load',
      vessel: 'T-1',
      newVessel: true,
      place: 'HALL',
      what: 'M-1',
      ...at('07:00'),
    })
    await plant.do({ ...draw, quantity: { value: '900' }, lot: 'C-1', ...at('08:00') })
    await plant.do({ verb: 'load', vessel: 'T-1', what: 'M-2', ...at('09:00') })
    await plant.do({ ...draw, quantity: { value: '50' }, lot: 'C-2', ...at('10:00') })

    // 1000 kg came, 900 went, 100 came: of the 200 kg that were there, 50 kg are a quarter.
    const trace = await plant.client.trace(['M-2'])
    const id = (code: string) => trace.nodes.find((node) => node.code === code)?.id
    const link = trace.edges.find(({ from, to }) => from === id('T-1') && to === id('C-2'))
    expect(link).toMatchObject({ quantity: '50', shareOfSource: '0.25' })
    const drawn = await lanes(plant.client, 'M-2')
    const key = (text: string) => drawn.nodes.find(({ label }) => label === text)?.key
    expect(drawn.edges.find(({ from, to }) => from === key('T-1') && to === key('C-2'))).toMatchObject({
      quantity: { value: '50', unit: 'kg' },
      shareOfSource: '0.25',
    })
    const all = await plant.client.trace(['M-1'])
    const first = all.edges.find(
      ({ from, to }) => from === id('T-1') && to === all.nodes.find(({ code }) => code === 'C-1')?.id,
    )
    expect(first).toMatchObject({ quantity: '900', shareOfSource: '0.9' })
  },
)
