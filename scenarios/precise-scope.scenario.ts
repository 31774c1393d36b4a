import { expect } from 'vitest'
import { codes, story } from './story.ts'

story('[B11 C1 C6] What was drawn from the tank before the bad top-up is out of scope', async (plant) => {
  await plant.define({
    items: { MILK: { unit: 'l' }, BOTTLE: { unit: 'l' } },
    suppliers: ['FARM-A', 'FARM-B'],
    customers: ['SHOP-1', 'SHOP-2'],
    places: ['DAIRY', 'COLD'],
  })
  const day = (hour: string) => `2026-03-02T${hour}:00Z`
  const receive = (supplier: string, supplierLot: string, lot: string, hour: string) =>
    plant.do({
      verb: 'receive',
      item: 'MILK',
      quantity: { value: '100' },
      place: 'DAIRY',
      supplier,
      supplierLot,
      lot,
      happenedAt: day(hour),
    })
  await receive('FARM-A', 'A-1', 'MILK-A', '06:00')
  await receive('FARM-B', 'B-1', 'MILK-B', '06:30')
  await plant.do({
    verb: 'load',
    vessel: 'TANK-3',
    newVessel: true,
    place: 'DAIRY',
    what: 'MILK-A',
    happenedAt: day('07:00'),
  })
  await plant.do({
    verb: 'draw',
    vessel: 'TANK-3',
    quantity: { value: '40' },
    item: 'BOTTLE',
    lot: 'EARLY',
    place: 'COLD',
    happenedAt: day('08:00'),
  })
  await plant.do({ verb: 'load', vessel: 'TANK-3', what: 'MILK-B', happenedAt: day('09:00') })
  await plant.do({
    verb: 'draw',
    vessel: 'TANK-3',
    quantity: { value: '50' },
    item: 'BOTTLE',
    lot: 'LATE',
    place: 'COLD',
    happenedAt: day('10:00'),
  })
  await plant.do({ verb: 'ship', shipment: 'SH-EARLY', customer: 'SHOP-1', contents: [{ what: 'EARLY' }] })
  await plant.do({ verb: 'ship', shipment: 'SH-LATE', customer: 'SHOP-2', contents: [{ what: 'LATE' }] })

  const bad = await plant.client.answers(['B-1'])
  expect(codes(bad.answers.affected)).toEqual(['LATE', 'MILK-B', 'TANK-3'])
  expect(bad.answers.wentTo.map((row) => row.shipment)).toEqual(['SH-LATE'])
  const tank = bad.answers.affected.find((row) => row.code === 'TANK-3')
  expect(tank).toMatchObject({ states: 1 })
  const first = await plant.client.answers(['A-1'])
  expect(codes(first.answers.affected)).toEqual(['EARLY', 'LATE', 'MILK-A', 'TANK-3'])
  const late = await plant.client.trace(['LATE'], { direction: 'backward' })
  expect(codes(late.nodes)).toEqual(['A-1', 'B-1', 'LATE', 'MILK-A', 'MILK-B', 'TANK-3'])
  const early = await plant.client.trace(['EARLY'], { direction: 'backward' })
  expect(codes(early.nodes)).toEqual(['A-1', 'EARLY', 'MILK-A', 'TANK-3'])
})

story('[B12 C1] The unit before the swap is told from the unit after', async (plant) => {
  await plant.define({
    items: { PUMP: { tracking: 'serial' }, MOTOR: { tracking: 'serial' } },
    suppliers: ['MOTORS'],
    customers: ['CLINIC-1', 'CLINIC-2'],
    places: ['LINE', 'STOCK'],
  })
  const receive = (supplierLot: string, serials: string[]) =>
    plant.do({ verb: 'receive', item: 'MOTOR', serials, place: 'STOCK', supplier: 'MOTORS', supplierLot })
  await receive('GOOD', ['M-1'])
  await receive('BAD', ['M-2'])
  await plant.do({ verb: 'open', order: 'WO-7', kind: 'work', item: 'PUMP', quantity: { value: '2' } })
  await plant.do({ verb: 'produce', order: 'WO-7', item: 'PUMP', serials: ['P-1', 'P-2'], place: 'LINE' })
  await plant.do({
    verb: 'install',
    unit: 'P-1',
    part: 'M-2',
    slot: 'drive',
    concession: 'no bill of material',
  })
  await plant.do({
    verb: 'replace',
    unit: 'P-1',
    remove: 'M-2',
    install: 'M-1',
    to: 'STOCK',
    concession: 'no bill of material',
  })
  await plant.do({
    verb: 'install',
    unit: 'P-2',
    part: 'M-2',
    slot: 'drive',
    concession: 'no bill of material',
  })

  const contains = await plant.client.answers(['BAD'], { follow: 'contains' })
  expect(codes(contains.answers.affected)).toEqual(['M-2', 'P-2'])
  const touched = await plant.client.answers(['BAD'])
  expect(codes(touched.answers.affected)).toEqual(['M-2', 'P-1', 'P-2'])
  // The part that came out took nothing of the first unit's other part with it into the second one.
  const other = await plant.client.answers(['GOOD'])
  expect(codes(other.answers.affected)).toEqual(['M-1', 'P-1'])
})

story('[B5] Ten serials of one order never show each other’s parts', async (plant) => {
  await plant.define({
    items: { BOX: { tracking: 'serial' }, CHIP: {} },
    suppliers: ['FAB'],
    places: ['LINE'],
  })
  await plant.do({ verb: 'open', order: 'WO-9', kind: 'work', item: 'BOX', quantity: { value: '10' } })
  for (const n of [1, 2, 3]) {
    await plant.do({
      verb: 'receive',
      item: 'CHIP',
      quantity: { value: '1' },
      place: 'LINE',
      supplier: 'FAB',
      supplierLot: `REEL-${n}`,
      lot: `CHIP-${n}`,
    })
    await plant.do({
      verb: 'consume',
      order: 'WO-9',
      what: `CHIP-${n}`,
      quantity: { value: '1' },
      forUnit: { code: `BX-${n}`, item: 'BOX' },
      concession: 'no bill of material',
    })
  }
  await plant.do({
    verb: 'produce',
    order: 'WO-9',
    item: 'BOX',
    serials: ['BX-1', 'BX-2', 'BX-3'],
    place: 'LINE',
  })
  for (const n of [1, 2, 3]) {
    const { answers } = await plant.client.answers([`REEL-${n}`])
    expect(codes(answers.affected)).toEqual([`BX-${n}`, `CHIP-${n}`])
  }
})
