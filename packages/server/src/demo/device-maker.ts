import type { CivilDate } from '@lotline/core/base/instant'
import { Script, serials, type Story } from './script.ts'

const hospitals = ['ST-MARY', 'CITY-CLINIC', 'UNIKLINIK', 'HOSPITAL-SUR', 'LAKESIDE'] as const
const pieces = (value: number) => ({ value: String(value), unit: 'pc' })

/**
 * A maker of infusion pumps: every pump, board and battery has its serial; housings and tubing come by lot. Pumps are
 * tested, shipped to hospitals, serviced, and get other boards. Planted: board lot PCB-LOT-17 of one supplier; pump
 * IP-00042 had its board swapped, so one board was in two pumps and one pump had two boards.
 */
export function deviceMaker(today: CivilDate): { script: Script; stories: readonly Story[] } {
  const script = new Script('device', today, 90, 77)
  setUp(script)
  for (let batch = 0; batch < 84; batch++) buildBatch(script, batch)
  inTheField(script)
  const stories = [
    {
      title: 'Pump IP-00042 came back from the field',
      text: 'Its board was swapped in service: what it holds now, what it ever touched, and where the old board went.',
      id: 'IP-00042',
    },
    {
      title: 'Board supplier lot PCB-LOT-17 is suspect',
      text: 'Which pumps hold a board of that lot today, and in which hospitals are they?',
      id: 'PCB-LOT-17',
    },
  ]
  return { script, stories }
}

function setUp(script: Script): void {
  script.say({ verb: 'define', thing: 'place', code: 'LAKESITE', name: 'Lakeside Devices', kind: 'site' })
  for (const code of ['L-STORE', 'L-LINE', 'L-DONE', 'L-REPAIR'])
    script.say({
      verb: 'define',
      thing: 'place',
      code,
      name: `Lakeside ${code}`,
      kind: 'location',
      parent: 'LAKESITE',
    })
  for (const code of ['BOARDTEC', 'POWERCELL', 'PLASTICO'])
    script.say({ verb: 'define', thing: 'party', code, name: `${code} SA`, roles: ['supplier'] })
  for (const code of hospitals)
    script.say({ verb: 'define', thing: 'party', code, name: code, roles: ['customer'] })
  const item = { verb: 'define', thing: 'item', unit: 'pc', scale: 0 } as const
  script.say({ ...item, code: 'PCB-MAIN', name: 'Main board', tracking: 'serial' })
  script.say({ ...item, code: 'BATT-12', name: 'Battery pack', tracking: 'serial' })
  script.say({ ...item, code: 'HOUSING', name: 'Housing', tracking: 'lot' })
  script.say({ ...item, code: 'PUMP-IP2', name: 'Infusion pump IP2', tracking: 'serial' })
  script.say({ verb: 'define', thing: 'equipment', code: 'TEST-RIG-1', name: 'Test rig 1', place: 'L-LINE' })
}

function buildBatch(script: Script, batch: number): void {
  script.until(88 - batch)
  const first = batch * 20 + 1
  const parts = { boards: serials('PCB-', first, 20), batteries: serials('BAT-', first, 20) }
  const pumps = serials('IP-', first, 20)
  const order = `PO-IP-${batch}`
  const work = { order, operation: 'assemble' }
  buy(script, batch, parts)
  script.say({ verb: 'open', order, kind: 'work', item: 'PUMP-IP2', quantity: pieces(20) })
  const housing = { what: `HS-${Math.floor(batch / 5)}`, quantity: pieces(20) }
  script.say({ verb: 'consume', ...work, forUnit: pumps, ...housing })
  script.say({ verb: 'produce', ...work, item: 'PUMP-IP2', serials: pumps, place: 'L-LINE' })
  for (const [index, unit] of pumps.entries()) {
    const from = { order, from: 'L-STORE' }
    script.say({ verb: 'install', unit, part: parts.boards[index] ?? unit, slot: 'A1', ...from })
    script.say({ verb: 'install', unit, part: parts.batteries[index] ?? unit, slot: 'B1', ...from })
    script.say({ verb: 'inspect', what: unit, kind: 'final', verdict: 'pass', results: [flowRate(index)] })
    script.wait(3)
  }
  script.say({ verb: 'close', order })
  if (batch < 70) shipPumps(script, pumps, batch)
}

function buy(script: Script, batch: number, parts: { boards: string[]; batteries: string[] }): void {
  const into = { verb: 'receive', place: 'L-STORE' } as const
  const boards = { item: 'PCB-MAIN', supplier: 'BOARDTEC', supplierLot: `PCB-LOT-${batch}` }
  script.say({ ...into, ...boards, serials: parts.boards })
  const batteries = { item: 'BATT-12', supplier: 'POWERCELL', supplierLot: `PC-${batch}` }
  script.say({ ...into, ...batteries, serials: parts.batteries })
  if (batch % 5 !== 0) return
  const housings = {
    item: 'HOUSING',
    supplier: 'PLASTICO',
    supplierLot: `MOLD-${batch}`,
    lot: `HS-${batch / 5}`,
  }
  script.say({ ...into, ...housings, quantity: pieces(100) })
}

function flowRate(index: number) {
  const value = `${98 + (index % 4)}`
  return { characteristic: 'flow rate', value, unit: 'ml/h', lower: '95', upper: '105' }
}

function shipPumps(script: Script, pumps: readonly string[], batch: number): void {
  for (let part = 0; part < 4; part++) {
    const shipment = `LS-${batch}-${part}`
    const contents = pumps.slice(part * 5, part * 5 + 5).map((what) => ({ what }))
    script.say({ verb: 'ship', shipment, customer: script.pick(hospitals), contents, carrier: 'Courier' })
    script.say({ verb: 'deliver', shipment })
  }
}

function inTheField(script: Script): void {
  script.until(20)
  script.say({
    verb: 'ship',
    shipment: 'LS-EXTRA',
    customer: 'LAKESIDE',
    contents: [{ what: 'IP-01430' }],
    carrier: 'Courier',
  })
  script.say({ verb: 'service', unit: 'IP-00042', kind: 'maintenance', notes: 'flow alarm, board exchanged' })
  script.say({
    verb: 'remove',
    unit: 'IP-01500',
    part: 'PCB-01500',
    to: 'L-REPAIR',
    reason: 'spare for the field',
  })
  const swap = { verb: 'replace', unit: 'IP-00042', slot: 'A1' } as const
  script.say({ ...swap, remove: 'PCB-00042', install: 'PCB-01500', to: 'L-REPAIR', reason: 'flow alarm' })
  script.wait(2880)
  // The repaired board goes into the pump it took the spare from.
  script.say({ verb: 'install', unit: 'IP-01500', part: 'PCB-00042', slot: 'A1', from: 'L-REPAIR' })
}
