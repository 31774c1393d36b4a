import { expect } from 'vitest'
import { codes, story } from './story.ts'

const approvals = JSON.stringify([{ process: 'heat treatment', until: '2099-12-31' }])

story('[B4 B6 B7 B13 B14 C9] A gear goes through the shop, outside and back', async (plant) => {
  await plant.define({
    items: { STEEL: { unit: 'kg' }, GREASE: { unit: 'kg' }, GEAR: { tracking: 'serial' } },
    suppliers: ['MILL'],
    customers: ['ACME'],
    places: ['STORE', 'SHOP'],
  })
  await plant.do({
    verb: 'define',
    thing: 'party',
    code: 'HEATCO',
    roles: ['subcontractor'],
    attributes: { approvals },
  })
  await plant.do({ verb: 'define', thing: 'equipment', code: 'LATHE-3', name: 'Lathe 3' })
  await plant.do({ verb: 'revise', thing: 'equipment', code: 'LATHE-3', name: 'Lathe 3, hall 2' })
  await plant.do({
    verb: 'define',
    thing: 'bom',
    item: 'GEAR',
    version: '1',
    lines: [
      { item: 'STEEL', quantity: { value: '2' } },
      { item: 'GREASE', quantity: { value: '0.1' } },
    ],
  })
  await plant.do({
    verb: 'receive',
    item: 'STEEL',
    quantity: { value: '50' },
    place: 'STORE',
    supplier: 'MILL',
    heat: 'H-1',
    lot: 'ST-1',
  })
  await plant.do({
    verb: 'receive',
    item: 'GREASE',
    quantity: { value: '5' },
    place: 'SHOP',
    supplier: 'MILL',
    supplierLot: 'G-1',
    lot: 'GR-1',
  })
  const file = Buffer.from('chemistry of heat H-1')
  const { sha256, size } = await plant.client.ask<{ sha256: string; size: number }>({
    method: 'POST',
    path: '/v1/documents',
    query: { name: 'mill.txt' },
    content: { body: file, mediaType: 'text/plain' },
  })
  await plant.do({
    verb: 'attach',
    what: 'ST-1',
    kind: 'certificate',
    sha256,
    name: 'mill.txt',
    mediaType: 'text/plain',
    size,
  })

  await plant.do({ verb: 'open', order: 'WO-1', kind: 'work', item: 'GEAR', quantity: { value: '2' } })
  await plant.do({ verb: 'reserve', order: 'WO-1', what: 'ST-1', quantity: { value: '4' } })
  await plant.do({ verb: 'issue', order: 'WO-1', what: 'ST-1', quantity: { value: '10' } })
  await plant.do({ verb: 'start', order: 'WO-1', equipment: 'LATHE-3' })
  await plant.do({ verb: 'consume', order: 'WO-1', what: 'ST-1', quantity: { value: '4' } })
  await plant.do({
    verb: 'backflush',
    order: 'WO-1',
    quantity: { value: '2' },
    place: 'SHOP',
    only: ['GREASE'],
  })
  await plant.do({
    verb: 'complete',
    order: 'WO-1',
    equipment: 'LATHE-3',
    parameters: [{ name: 'speed', value: '910', unit: 'rpm', lower: '800', upper: '900' }],
  })
  await plant.do({
    verb: 'produce',
    order: 'WO-1',
    item: 'GEAR',
    serials: ['G-1001', 'G-1002'],
    place: 'SHOP',
    status: 'pending',
  })
  await plant.do({ verb: 'return-to-stock', order: 'WO-1', what: 'ST-1', to: 'STORE' })
  await plant.do({ verb: 'reserve', order: 'WO-1', what: 'ST-1', quantity: { value: '1' } })
  await plant.do({ verb: 'unreserve', order: 'WO-1', what: 'ST-1' })
  await plant.do({ verb: 'inspect', what: 'G-1001', kind: 'final', verdict: 'pass' })
  await plant.do({ verb: 'inspect', what: 'G-1002', kind: 'final', verdict: 'fail' })
  await plant.do({ verb: 'rework', what: 'G-1002', reason: 'burr on the bore' })
  await plant.do({ verb: 'inspect', what: 'G-1002', kind: 'final', verdict: 'pass' })
  await plant.do({ verb: 'close', order: 'WO-1' })
  await plant.do({
    verb: 'subcontract-send',
    subcontractor: 'HEATCO',
    what: 'G-1001',
    process: 'heat treatment',
  })
  expect((await plant.client.answers(['H-1'])).summary.atSubcontractor).toMatchObject({ traceables: 1 })
  await plant.do({
    verb: 'subcontract-receive',
    subcontractor: 'HEATCO',
    what: 'G-1001',
    place: 'SHOP',
    status: 'released',
  })
  await plant.do({ verb: 'ship', shipment: 'SH-1', customer: 'ACME', contents: [{ what: 'G-1001' }] })
  await plant.do({ verb: 'deliver', shipment: 'SH-1' })
  await plant.do({
    verb: 'service',
    unit: 'G-1001',
    kind: 'maintenance',
    customer: 'ACME',
    notes: 'noise checked',
  })

  const steel = await plant.client.answers(['H-1'])
  expect(codes(steel.answers.affected)).toEqual(['G-1001', 'G-1002', 'ST-1'])
  expect(steel.answers.affected.map((row) => row.ring)).toEqual(['proven', 'proven', 'proven'])
  expect(steel.answers.wentTo[0]?.deliveredAt).not.toBeNull()
  const grease = await plant.client.answers(['G-1'], { item: 'GREASE' })
  expect(grease.answers.affected.find((row) => row.code === 'G-1001')).toMatchObject({ ring: 'possible' })
  // A trace can begin at the machine, and at the reading that was out of range.
  const lathe = await plant.client.ask<typeof steel>({
    method: 'GET',
    path: '/v1/conditions',
    query: { equipment: 'LATHE-3', outOfRange: true },
  })
  expect(codes(lathe.answers.affected)).toEqual(['G-1001', 'G-1002'])
  const proof = await plant.client.explain('H-1', 'G-1001')
  expect(proof.steps.flatMap((step) => step.documents.map((each) => each.name))).toContain('mill.txt')
})

story('[B10 B11 B12 B15] Lots are split, moved and packed, and things taken out again', async (plant) => {
  await plant.define({
    items: { SYRUP: { unit: 'l' }, PUMP: { tracking: 'serial' }, MOTOR: { tracking: 'serial' } },
    suppliers: ['SUGARCO'],
    places: ['YARD', 'HALL'],
  })
  await plant.do({
    verb: 'receive',
    item: 'SYRUP',
    quantity: { value: '100' },
    place: 'YARD',
    supplier: 'SUGARCO',
    supplierLot: 'S-1',
    lot: 'SY-1',
  })
  await plant.do({
    verb: 'split',
    what: 'SY-1',
    into: [{ code: 'SY-1-B', quantity: { value: '30' } }],
    confirmNew: true,
  })
  await plant.do({ verb: 'move', what: 'SY-1-B', to: 'HALL' })
  await plant.do({
    verb: 'relabel',
    what: 'SY-1-B',
    code: 'SYRUP-77',
    reason: 'customer label',
    confirmNew: true,
  })
  await plant.do({
    verb: 'pack',
    container: 'CRATE-1',
    contents: [{ what: 'SYRUP-77', quantity: { value: '20' } }],
  })
  await plant.do({ verb: 'unpack', container: 'CRATE-1', place: 'HALL' })
  await plant.do({
    verb: 'dispose',
    what: 'SYRUP-77',
    quantity: { value: '5' },
    disposition: 'scrap',
    from: 'HALL',
    reason: 'leaking can',
  })
  await plant.do({
    verb: 'load',
    vessel: 'TANK-1',
    newVessel: true,
    place: 'YARD',
    what: 'SY-1',
    quantity: { value: '40' },
  })
  await plant.do({ verb: 'clean', vessel: 'TANK-1', empty: true, reason: 'end of campaign' })
  const found = await plant.client.answers(['S-1'])
  expect(codes(found.answers.affected)).toEqual(['SY-1', 'SY-1-B', 'SYRUP-77', 'TANK-1'])
  expect(found.balance[0]).toMatchObject({ item: 'SYRUP' })
  // The old label still leads to the lot.
  expect(codes((await plant.client.trace(['SY-1-B'])).nodes)).toContain('SYRUP-77')

  await plant.do({
    verb: 'receive',
    item: 'MOTOR',
    serials: ['M-1'],
    place: 'HALL',
    supplier: 'SUGARCO',
    supplierLot: 'ML',
  })
  await plant.do({
    verb: 'receive',
    item: 'PUMP',
    serials: ['P-1'],
    place: 'HALL',
    supplier: 'SUGARCO',
    supplierLot: 'PL',
  })
  await plant.do({ verb: 'install', unit: 'P-1', part: 'M-1', slot: 'drive' })
  await plant.do({ verb: 'remove', unit: 'P-1', part: 'M-1', to: 'HALL', reason: 'noisy' })
  expect(codes((await plant.client.answers(['ML'], { follow: 'contains' })).answers.affected)).toEqual([
    'M-1',
  ])
  await plant.do({ verb: 'retire', thing: 'item', code: 'MOTOR' })
  expect(
    (
      await plant.refused({
        verb: 'receive',
        item: 'MOTOR',
        serials: ['M-2'],
        place: 'HALL',
        supplier: 'SUGARCO',
      })
    ).code,
  ).toBe('retired')
})
