/** A shop for the floor: deliveries expected, an order to build with a route, cases to pack and to ship, a lot on hold. */
export const floorPlant: readonly object[] = [
  { verb: 'define', thing: 'place', code: 'SHOP', name: 'Shop', kind: 'site' },
  ...['RECV', 'STORE', 'LINE', 'DOCK'].map((code) => ({
    verb: 'define',
    thing: 'place',
    code,
    name: `Shop ${code.toLowerCase()}`,
    kind: 'location',
    parent: 'SHOP',
  })),
  { verb: 'define', thing: 'station', code: 'ASSEMBLY-1', name: 'Assembly 1', place: 'LINE' },
  { verb: 'define', thing: 'party', code: 'BEARCO', name: 'Bearings Ltd', roles: ['supplier'] },
  { verb: 'define', thing: 'party', code: 'ACME', name: 'Acme Robotics', roles: ['customer'] },
  item('BEARING', 'Bearing 6204', { attributes: { gtin: '04012345000016' } }),
  item('SEAL', 'Seal 30x52'),
  item('GREASE', 'Grease', { unit: 'kg', scale: 3 }),
  item('PAINT', 'Paint', { unit: 'kg', scale: 3 }),
  item('CHIP', 'Control chip', { tracking: 'serial' }),
  item('BOX', 'Gearbox', { tracking: 'serial' }),
  {
    verb: 'define',
    thing: 'bom',
    item: 'BOX',
    version: 'C',
    lines: [
      { item: 'BEARING', quantity: { value: '2' } },
      { item: 'SEAL', quantity: { value: '1' } },
      { item: 'GREASE', quantity: { value: '0.2' } },
    ],
  },
  {
    verb: 'define',
    thing: 'routing',
    item: 'BOX',
    version: '1',
    operations: [
      { operation: '10', name: 'Press' },
      { operation: '20', name: 'Assemble', requires: ['10'] },
    ],
  },
  received('BEARING', 'R-1077', '100'),
  received('BEARING', 'R-1078', '100'),
  received('SEAL', 'R-2001', '40'),
  received('SEAL', 'R-2002', '40'),
  received('GREASE', 'R-3001', '10'),
  received('PAINT', 'R-4001', '10'),
  { verb: 'hold', what: ['R-2002'], reasonCode: 'measurement', reason: 'Inner diameter out of tolerance' },
  { verb: 'open', order: 'WO-118', kind: 'work', item: 'BOX', quantity: { value: '4' }, place: 'DOCK' },
  { verb: 'open', order: 'WO-119', kind: 'work', item: 'BOX', quantity: { value: '4' }, place: 'DOCK' },
  expected('PO-1', 'BEARING', '300'),
  expected('PO-2', 'SEAL', '500'),
  {
    verb: 'open',
    order: 'CO-1',
    kind: 'customer',
    party: 'ACME',
    lines: [{ item: 'BOX', quantity: { value: '8' } }],
  },
  { verb: 'produce', item: 'BOX', serials: boxes(1, 8), place: 'DOCK', process: 'old build' },
  { verb: 'pack', container: 'CASE-1', contents: boxes(1, 2).map((what) => ({ what })), place: 'DOCK' },
  { verb: 'pack', container: 'CASE-2', contents: boxes(3, 2).map((what) => ({ what })), place: 'DOCK' },
  { verb: 'pack', container: 'CASE-3', contents: boxes(5, 1).map((what) => ({ what })), place: 'DOCK' },
  { verb: 'hold', what: ['GB-0005'], reasonCode: 'noise', reason: 'Runs loud on the bench' },
  {
    verb: 'receive',
    item: 'CHIP',
    serials: chips(200),
    place: 'STORE',
    supplier: 'BEARCO',
    supplierLot: 'C-1',
  },
  {
    verb: 'define',
    thing: 'bom',
    item: 'PAINT',
    version: '1',
    lines: [{ item: 'CHIP', quantity: { value: '1' } }],
  },
  { verb: 'open', order: 'WO-STORM', kind: 'work', item: 'PAINT', quantity: { value: '200' } },
]

export function chips(count: number): string[] {
  return Array.from({ length: count }, (_, at) => `CHIP-${String(at + 1).padStart(4, '0')}`)
}

function item(code: string, name: string, more: object = {}): object {
  return { verb: 'define', thing: 'item', code, name, tracking: 'lot', unit: 'pc', scale: 0, ...more }
}

function received(code: string, lot: string, quantity: string): object {
  const from = { supplier: 'BEARCO', supplierLot: `${lot}-S`, place: 'STORE' }
  return { verb: 'receive', item: code, lot, quantity: { value: quantity }, ...from }
}

function expected(order: string, code: string, quantity: string): object {
  const lines = [{ item: code, quantity: { value: quantity } }]
  return { verb: 'open', order, kind: 'purchase', party: 'BEARCO', place: 'RECV', lines }
}

/** `GB-0001`, as many as asked from the first on. */
export function boxes(first: number, count: number): string[] {
  return Array.from({ length: count }, (_, at) => `GB-${String(first + at).padStart(4, '0')}`)
}
