import { expect } from 'vitest'
import { codes, story } from './story.ts'

const pieces = (value: number) => ({ value: String(value), unit: 'pc' })
const kilograms = (value: string) => ({ value, unit: 'kg' })

story(
  '[B4] [B6] [B7] [B14] A shaft order with outside heat treatment keeps one unbroken chain',
  async (plant) => {
    await plant.define({
      items: { BAR: { unit: 'kg', scale: 3 }, OIL: { unit: 'kg', scale: 3 }, SHAFT: {} },
      suppliers: ['MILL', 'OILCO'],
      customers: ['ACME'],
      places: ['STORE', 'LINE', 'DOCK'],
    })
    const approvals = [{ process: 'hardening', until: '2099-12-31' }]
    await plant.do({
      verb: 'define',
      thing: 'party',
      code: 'HEATCO',
      name: 'Heatco',
      roles: ['subcontractor'],
      attributes: { approvals: JSON.stringify(approvals) },
    })
    await plant.do({ verb: 'define', thing: 'equipment', code: 'LATHE-1', name: 'Lathe 1' })
    await plant.do({
      verb: 'define',
      thing: 'bom',
      code: 'B-SHAFT',
      item: 'SHAFT',
      version: '1',
      lines: [
        { item: 'BAR', quantity: kilograms('2') },
        { item: 'OIL', quantity: kilograms('0.1') },
      ],
    })
    await plant.do({
      verb: 'receive',
      item: 'BAR',
      quantity: kilograms('100'),
      place: 'STORE',
      supplier: 'MILL',
      heat: 'HEAT-77',
      lot: 'R-1',
    })
    await plant.do({
      verb: 'receive',
      item: 'OIL',
      quantity: kilograms('5'),
      place: 'LINE',
      supplier: 'OILCO',
      supplierLot: 'OIL-A',
      lot: 'O-1',
    })
    await plant.do({ verb: 'open', order: 'WO-1', kind: 'work', item: 'SHAFT', quantity: pieces(20) })
    await plant.do({ verb: 'reserve', order: 'WO-1', what: 'R-1', quantity: kilograms('40') })
    await plant.do({ verb: 'unreserve', order: 'WO-1', what: 'R-1' })
    await plant.do({ verb: 'move', what: 'R-1', quantity: kilograms('60'), from: 'STORE', to: 'LINE' })
    await plant.do({ verb: 'issue', order: 'WO-1', what: 'R-1', quantity: kilograms('50'), from: 'LINE' })
    await plant.do({
      verb: 'return-to-stock',
      order: 'WO-1',
      what: 'R-1',
      quantity: kilograms('10'),
      to: 'STORE',
    })
    await plant.do({
      verb: 'start',
      order: 'WO-1',
      operation: '10',
      equipment: 'LATHE-1',
      parameters: [{ name: 'speed', value: '1200', unit: 'rpm' }],
    })
    await plant.do({
      verb: 'consume',
      order: 'WO-1',
      operation: '10',
      what: 'R-1',
      quantity: kilograms('40'),
    })
    await plant.do({
      verb: 'backflush',
      order: 'WO-1',
      operation: '10',
      quantity: pieces(20),
      place: 'LINE',
      only: ['OIL'],
    })
    await plant.do({
      verb: 'produce',
      order: 'WO-1',
      operation: '10',
      item: 'SHAFT',
      lot: 'S-1',
      quantity: pieces(20),
      place: 'LINE',
    })
    await plant.do({ verb: 'complete', order: 'WO-1', operation: '10', equipment: 'LATHE-1' })
    await plant.do({
      verb: 'subcontract-send',
      subcontractor: 'HEATCO',
      what: 'S-1',
      quantity: pieces(20),
      process: 'hardening',
    })
    const outside = await plant.client.answers(['HEAT-77'])
    expect(outside.answers.remains.filter((row) => row.code === 'S-1').map((row) => row.holder.kind)).toEqual(
      ['subcontractor'],
    )
    await plant.do({
      verb: 'subcontract-receive',
      subcontractor: 'HEATCO',
      what: 'S-1',
      quantity: pieces(20),
      place: 'LINE',
    })
    await plant.do({ verb: 'close', order: 'WO-1' })
    await plant.do({
      verb: 'split',
      what: 'S-1',
      into: [{ code: 'S-1-A', quantity: pieces(5), place: 'LINE' }],
    })
    await plant.do({ verb: 'relabel', what: 'S-1-A', code: 'SPECIAL-9', reason: 'customer label' })
    await plant.do({ verb: 'pack', container: 'CRATE-1', contents: [{ what: 'SPECIAL-9' }], place: 'LINE' })
    await plant.do({ verb: 'unpack', container: 'CRATE-1', place: 'LINE' })
    await plant.do({ verb: 'ship', shipment: 'PS-1', customer: 'ACME', contents: [{ what: 'SPECIAL-9' }] })
    await plant.do({ verb: 'deliver', shipment: 'PS-1' })

    const answers = await plant.client.answers(['HEAT-77'])
    expect(answers.complete).toBe(true)
    expect(codes(answers.answers.affected)).toEqual(['R-1', 'S-1', 'S-1-A', 'SPECIAL-9'])
    expect(answers.answers.wentTo).toMatchObject([
      { shipment: 'PS-1', code: 'SPECIAL-9', quantity: { value: '5' } },
    ])
    expect(answers.answers.wentTo[0]?.deliveredAt).not.toBeNull()
    const oil = await plant.client.answers(['OIL-A'])
    const rings = new Map(oil.answers.affected.map((row) => [row.code, row.ring]))
    expect([rings.get('O-1'), rings.get('S-1')]).toEqual(['proven', 'possible'])
    const label = await plant.client.trace(['S-1-A'], { direction: 'forward' })
    expect(codes(label.nodes)).toContain('SPECIAL-9')
  },
)

story(
  '[B3] [B12] [B13] [B17] [B18] A pump is inspected, repaired, serviced and scrapped without losing its history',
  async (plant) => {
    await plant.define({
      items: { BOARD: { tracking: 'serial' }, PUMP: { tracking: 'serial' } },
      suppliers: ['BOARDTEC'],
      customers: ['CLINIC'],
      places: ['STORE', 'LINE', 'REPAIR'],
    })
    await plant.do({
      verb: 'receive',
      item: 'BOARD',
      serials: ['PCB-1', 'PCB-2'],
      place: 'STORE',
      supplier: 'BOARDTEC',
      supplierLot: 'BL-7',
    })
    await plant.do({ verb: 'open', order: 'WO-P', kind: 'work', item: 'PUMP', quantity: pieces(1) })
    await plant.do({
      verb: 'produce',
      order: 'WO-P',
      operation: 'build',
      item: 'PUMP',
      serials: ['IP-1'],
      place: 'LINE',
    })
    await plant.do({ verb: 'install', unit: 'IP-1', part: 'PCB-1', slot: 'A1', from: 'STORE' })
    for (const reason of ['flow too low', 'flow too high', 'noise'])
      await plant.do({ verb: 'rework', what: 'IP-1', reason })
    const limits = { characteristic: 'flow', unit: 'ml/h', lower: '95', upper: '105' }
    const outside = await plant.refused({
      verb: 'inspect',
      what: 'IP-1',
      kind: 'final',
      verdict: 'pass',
      results: [{ ...limits, value: '120' }],
    })
    expect(outside.code).toBe('out_of_limits')
    await plant.do({
      verb: 'inspect',
      what: 'IP-1',
      kind: 'final',
      verdict: 'pass',
      results: [{ ...limits, value: '100' }],
    })
    await plant.do({ verb: 'service', unit: 'IP-1', kind: 'maintenance', notes: 'yearly' })
    await plant.do({ verb: 'remove', unit: 'IP-1', part: 'PCB-1', to: 'REPAIR', reason: 'alarm' })
    await plant.do({ verb: 'install', unit: 'IP-1', part: 'PCB-2', slot: 'A1', from: 'STORE' })
    await plant.do({ verb: 'dispose', what: 'PCB-1', disposition: 'scrap', reason: 'burnt' })

    const now = await plant.client.trace(['IP-1'], { direction: 'backward', follow: 'contains' })
    const ever = await plant.client.trace(['IP-1'], { direction: 'backward', follow: 'touched' })
    expect(codes(now.nodes)).not.toContain('PCB-1')
    expect(codes(ever.nodes)).toEqual(['BL-7', 'IP-1', 'PCB-1', 'PCB-2'])
    expect(ever.nodes.filter((node) => node.code === 'IP-1')).toHaveLength(1)
  },
)

story(
  '[A5] [A6] [B2] [B11] A cleaned tank, a revised item, a retired place and a certificate leave the past alone',
  async (plant) => {
    await plant.define({
      items: { MILK: { unit: 'l', scale: 3 }, CREAM: { unit: 'l', scale: 3 } },
      suppliers: ['FARM'],
      places: ['DAIRY', 'OLD-SHED'],
    })
    const litres = (value: string) => ({ value, unit: 'l' })
    for (const lot of ['M-1', 'M-2'])
      await plant.do({
        verb: 'receive',
        item: 'MILK',
        quantity: litres('50'),
        place: 'DAIRY',
        supplier: 'FARM',
        supplierLot: `F-${lot}`,
        lot,
      })
    await plant.do({
      verb: 'attach',
      what: 'M-1',
      kind: 'certificate',
      sha256: 'ab'.repeat(32),
      name: 'milk.pdf',
      mediaType: 'application/pdf',
      size: 1200,
    })
    await plant.do({
      verb: 'load',
      vessel: 'T-1',
      newVessel: true,
      place: 'DAIRY',
      what: 'M-1',
      quantity: litres('50'),
    })
    await plant.do({
      verb: 'draw',
      vessel: 'T-1',
      quantity: litres('40'),
      item: 'CREAM',
      lot: 'C-1',
      place: 'DAIRY',
    })
    await plant.do({ verb: 'clean', vessel: 'T-1', empty: true, reason: 'end of day' })
    await plant.do({ verb: 'load', vessel: 'T-1', what: 'M-2', quantity: litres('50') })
    await plant.do({
      verb: 'draw',
      vessel: 'T-1',
      quantity: litres('30'),
      item: 'CREAM',
      lot: 'C-2',
      place: 'DAIRY',
    })
    const before = await plant.client.trace(['M-1'], { direction: 'forward' })
    await plant.do({ verb: 'revise', thing: 'item', code: 'CREAM', name: 'Double cream' })
    await plant.do({ verb: 'retire', thing: 'place', code: 'OLD-SHED' })
    const after = await plant.client.trace(['M-1'], { direction: 'forward' })
    expect(codes(after.nodes)).toEqual(['C-1', 'M-1', 'T-1'])
    expect(codes(before.nodes)).toEqual(codes(after.nodes))
    const refused = await plant.refused({
      verb: 'receive',
      item: 'MILK',
      quantity: litres('1'),
      place: 'OLD-SHED',
      supplier: 'FARM',
    })
    expect(refused.code).toBe('retired')
  },
)
