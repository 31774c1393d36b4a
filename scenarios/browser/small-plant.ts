/** What a small shop recorded: a heat in two lots, shafts of it, gearboxes by serial, two shipments, one on hold, one order waiting. */
export const smallPlant: readonly object[] = [
  { verb: 'define', thing: 'place', code: 'SHOP', name: 'Shop', kind: 'site' },
  ...['STORE', 'LINE', 'DOCK'].map((code) => ({
    verb: 'define',
    thing: 'place',
    code,
    name: `Shop ${code.toLowerCase()}`,
    kind: 'location',
    parent: 'SHOP',
  })),
  { verb: 'define', thing: 'party', code: 'STEELCO', name: 'Steel Company', roles: ['supplier'] },
  { verb: 'define', thing: 'party', code: 'ACME', name: 'Acme Robotics', roles: ['customer'] },
  { verb: 'define', thing: 'party', code: 'BOREALIS', name: 'Borealis Lifts', roles: ['customer'] },
  { verb: 'define', thing: 'item', code: 'BAR', name: 'Bar 40 mm', tracking: 'lot', unit: 'kg', scale: 3 },
  { verb: 'define', thing: 'item', code: 'SHAFT', name: 'Shaft', tracking: 'lot', unit: 'pc', scale: 0 },
  {
    verb: 'define',
    thing: 'item',
    code: 'GEARBOX',
    name: 'Gearbox',
    tracking: 'serial',
    unit: 'pc',
    scale: 0,
  },
  received('BAR-LOT-A', '120'),
  received('BAR-LOT-B', '80'),
  { verb: 'open', order: 'WO-SHAFTS', kind: 'work', item: 'SHAFT', quantity: { value: '40' } },
  { verb: 'consume', order: 'WO-SHAFTS', what: 'BAR-LOT-A', quantity: { value: '60' }, from: 'STORE' },
  {
    verb: 'produce',
    order: 'WO-SHAFTS',
    item: 'SHAFT',
    lot: 'SHAFTS-1',
    quantity: { value: '40' },
    place: 'LINE',
  },
  { verb: 'open', order: 'WO-BOXES', kind: 'work', item: 'GEARBOX', quantity: { value: '12' } },
  { verb: 'consume', order: 'WO-BOXES', what: 'SHAFTS-1', quantity: { value: '12' }, from: 'LINE' },
  { verb: 'produce', order: 'WO-BOXES', item: 'GEARBOX', serials: boxes(1, 12), place: 'DOCK' },
  { verb: 'ship', shipment: 'SHP-1', customer: 'ACME', contents: boxes(1, 5).map((what) => ({ what })) },
  { verb: 'ship', shipment: 'SHP-2', customer: 'BOREALIS', contents: boxes(6, 3).map((what) => ({ what })) },
  { verb: 'hold', what: ['GB-0012'], reasonCode: 'noise', reason: 'Runs loud on the bench' },
  { verb: 'open', order: 'WO-NEXT', kind: 'work', item: 'SHAFT', quantity: { value: '10' } },
  { verb: 'reserve', order: 'WO-NEXT', what: 'BAR-LOT-B', quantity: { value: '20' } },
]

function received(lot: string, quantity: string): object {
  return {
    verb: 'receive',
    item: 'BAR',
    lot,
    heat: 'H-77',
    supplier: 'STEELCO',
    quantity: { value: quantity },
    place: 'STORE',
  }
}

/** `GB-0001`, as many as asked from the first on. */
function boxes(first: number, count: number): string[] {
  return Array.from({ length: count }, (_, at) => `GB-${String(first + at).padStart(4, '0')}`)
}
