import { expect } from 'vitest'
import { codes, story } from './story.ts'

story('[C4 C5 C1] What nobody recorded cannot be excluded, and the answer says why', async (plant) => {
  await plant.define({
    items: { ONION: { unit: 'kg' }, TOMATO: { unit: 'kg' }, SALSA: { unit: 'kg' } },
    suppliers: ['FARM'],
    places: ['KITCHEN'],
  })
  await plant.do({
    verb: 'define',
    thing: 'bom',
    item: 'SALSA',
    version: '1',
    lines: [
      { item: 'ONION', quantity: { value: '1' } },
      { item: 'TOMATO', quantity: { value: '3' } },
    ],
  })
  const receive = (item: string, supplierLot: string, lot: string) =>
    plant.do({
      verb: 'receive',
      item,
      quantity: { value: '10' },
      place: 'KITCHEN',
      supplier: 'FARM',
      supplierLot,
      lot,
    })
  await receive('ONION', 'F-1', 'ON-1')
  await receive('ONION', 'F-2', 'ON-2')
  await receive('TOMATO', 'F-3', 'TO-1')
  await plant.do({ verb: 'scrap', what: 'ON-2', quantity: { value: '10' }, reason: 'mouldy' })
  await plant.do({ verb: 'consume', process: 'cook-1', what: 'TO-1', quantity: { value: '3' } })
  await plant.do({
    verb: 'produce',
    process: 'cook-1',
    item: 'SALSA',
    lot: 'SA-1',
    quantity: { value: '4' },
    place: 'KITCHEN',
  })

  const back = await plant.client.trace(['SA-1'], { direction: 'backward' })
  const rings = Object.fromEntries(back.nodes.map((node) => [node.code, node.ring]))
  // The second lot was gone by then, and so cannot have gone in.
  expect(rings).toEqual({
    'SA-1': 'proven',
    'TO-1': 'proven',
    'F-3': 'proven',
    'ON-1': 'cannot-exclude',
    'F-1': 'cannot-exclude',
  })
  expect(back).toMatchObject({ complete: false, reasons: ['gaps'], gaps: [{ kind: 'input-not-recorded' }] })
  const forward = await plant.client.answers(['F-1'])
  expect(codes(forward.answers.affected)).toEqual(['ON-1', 'SA-1'])
  expect(forward.summary.affected.byRing).toEqual({ proven: 1, possible: 0, 'cannot-exclude': 1 })
  expect(codes((await plant.client.answers(['F-1'], { ring: 'proven' })).answers.affected)).toEqual(['ON-1'])
})

story('[C1 I1] Pages, lines and the whole answer hold the same rows', async (plant) => {
  await plant.define({
    items: { TUBE: { unit: 'm' }, CUT: { tracking: 'serial' } },
    suppliers: ['MILL'],
    customers: ['ACME'],
    places: ['SHOP'],
  })
  await plant.do({
    verb: 'receive',
    item: 'TUBE',
    quantity: { value: '900' },
    place: 'SHOP',
    supplier: 'MILL',
    heat: 'H-3',
    lot: 'T-1',
  })
  await plant.do({ verb: 'consume', process: 'saw-1', what: 'T-1', quantity: { value: '900' } })
  await plant.do({
    verb: 'produce',
    process: 'saw-1',
    item: 'CUT',
    serialRange: { from: 'C-0001', count: 300 },
    place: 'SHOP',
  })
  const contents = Array.from({ length: 120 }, (_, at) => ({ what: `C-${String(at + 1).padStart(4, '0')}` }))
  await plant.do({ verb: 'ship', shipment: 'SH-9', customer: 'ACME', contents })

  const whole = await plant.client.answers(['H-3'], { limit: 10_000 })
  expect(whole.nextCursor).toBeNull()
  expect(whole.answers.affected).toHaveLength(301)
  const paged = { affected: [] as unknown[], wentTo: [] as unknown[], remains: [] as unknown[] }
  let cursor: string | undefined
  do {
    const page = await plant.client.answers(['H-3'], {
      limit: 70,
      ...(cursor === undefined ? {} : { cursor }),
    })
    expect(page.summary).toEqual(whole.summary)
    paged.affected.push(...page.answers.affected)
    paged.wentTo.push(...page.answers.wentTo)
    paged.remains.push(...page.answers.remains)
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  const { affected, wentTo, remains } = whole.answers
  expect(paged).toEqual({ affected, wentTo, remains })

  const lines: Record<string, unknown>[] = []
  for await (const line of plant.client.lines({ method: 'GET', path: '/v1/answers', query: { id: 'H-3' } }))
    lines.push(Object(line))
  expect(lines[0]).toMatchObject({ summary: whole.summary, balance: whole.balance })
  expect(lines.flatMap((line) => line['affected'] ?? [])).toEqual(affected)
  expect(lines.flatMap((line) => line['wentTo'] ?? [])).toEqual(wentTo)
  expect(lines.at(-1)).toEqual({ end: true, complete: true })

  const trace = await plant.client.trace(['H-3'], { limit: 10_000 })
  expect(trace.nodes).toHaveLength(302)
  expect(trace.edges).toHaveLength(301)
  const nodes: unknown[] = []
  for await (const line of plant.client.lines({ method: 'GET', path: '/v1/trace', query: { id: 'H-3' } }))
    nodes.push(...[Object(line)].flatMap((each) => each['node'] ?? []))
  expect(nodes).toEqual(trace.nodes)
})
