import type { Script } from './script.ts'

const pieces = (value: number) => ({ value: String(value), unit: 'pc' })
const kilograms = (value: string) => ({ value, unit: 'kg' })

/**
 * What the floor of the machine shop has before it today: deliveries on the way, gearboxes to build by a route of three
 * steps, an order to ship, and one lot that may not be used.
 */
export function openFloorWork(script: Script): void {
  for (const [code, name] of [
    ['RECEIVING-1', 'Receiving'],
    ['ASSEMBLY-1', 'Assembly 1'],
    ['SHIPPING-1', 'Shipping'],
  ] as const)
    script.say({ verb: 'define', thing: 'station', code, name, place: 'H-WIP' })
  makeShaftsToday(script)
  expectDeliveries(script)
  buildGearboxes(script)
  script.say({
    verb: 'open',
    order: 'CO-5001',
    kind: 'customer',
    party: 'ACME',
    dueOn: script.dateIn(1),
    lines: [{ item: 'GEARBOX-G2', quantity: pieces(12) }],
  })
}

function makeShaftsToday(script: Script): void {
  const order = 'WO-2001'
  script.say({
    verb: 'receive',
    item: 'BAR-4140',
    quantity: kilograms('120'),
    place: 'H-BAR',
    supplier: 'NORTHMILL',
    heat: 'H-31000',
    lot: 'R-3000',
    attributes: { 'country of melt': 'SE' },
  })
  script.say({ verb: 'open', order, kind: 'work', item: 'SHAFT-12', quantity: pieces(48) })
  const use = { order, operation: '10', what: 'R-3000', quantity: kilograms('96') }
  script.say({ verb: 'consume', ...use, concession: 'bar is the blank' })
  script.say({
    verb: 'produce',
    order,
    operation: '10',
    item: 'SHAFT-12',
    lot: 'S-900',
    quantity: pieces(48),
    place: 'H-WIP',
  })
  script.say({ verb: 'close', order })
}

function expectDeliveries(script: Script): void {
  for (const [code, gtin] of [
    ['BRG-6204', '04012345000016'],
    ['SEAL-30', '04012345000023'],
    ['BAR-4140', '04012345000030'],
  ] as const)
    script.say({ verb: 'revise', thing: 'item', code, attributes: { gtin } })
  const bearings = { item: 'BRG-6204', quantity: pieces(300) }
  const seals = { item: 'SEAL-30', quantity: pieces(300) }
  const buy = { verb: 'open', kind: 'purchase', place: 'H-RECV', dueOn: script.dateIn(0) } as const
  script.say({ ...buy, order: 'PO-9001', party: 'BEARCO', lines: [bearings] })
  script.say({ ...buy, order: 'PO-9002', party: 'SEALTEC', lines: [seals] })
  const bars = { item: 'BAR-4140', quantity: kilograms('400') }
  script.say({ ...buy, order: 'PO-9003', party: 'STEELCO', place: 'H-BAR', lines: [bars] })
}

function buildGearboxes(script: Script): void {
  script.say({
    verb: 'define',
    thing: 'routing',
    code: 'ROUTE-G2-1',
    item: 'GEARBOX-G2',
    version: '1',
    operations: [
      { operation: '10', name: 'Press bearings', equipment: 'PRESS-1' },
      { operation: '20', name: 'Assemble', requires: ['10'] },
      { operation: '30', name: 'Run and test', requires: ['20'], inspection: true },
    ],
  })
  const order = 'WO-3000'
  const item = 'GEARBOX-G2'
  const dueOn = script.dateIn(0)
  script.say({ verb: 'open', order, kind: 'work', item, quantity: pieces(12), place: 'H-FIN', dueOn })
  script.say({
    verb: 'receive',
    item: 'SEAL-30',
    quantity: pieces(40),
    place: 'H-RECV',
    supplier: 'SEALTEC',
    supplierLot: 'ST-900',
    lot: 'SL-900',
  })
  script.say({
    verb: 'hold',
    what: ['SL-900'],
    reasonCode: 'measurement',
    reason: 'Inner diameter out of tolerance',
  })
}
