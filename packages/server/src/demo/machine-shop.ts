import type { CivilDate } from '@lotline/core/base/instant'
import { openFloorWork } from './floor-work.ts'
import { Script, serials, type Story } from './script.ts'

const customers = ['ACME', 'BORG', 'CRANE', 'DELTA', 'ELBE', 'FORTIS', 'GANTRY', 'HELIX'] as const
const pieces = (value: number) => ({ value: String(value), unit: 'pc' })
const kilograms = (value: string) => ({ value, unit: 'kg' })

/** What a generated shop knows of itself: the answer key of its traces. */
export interface ShopTruth {
  /** Serials that hold steel of a heat, by heat. */
  readonly serialsOf: ReadonlyMap<string, ReadonlySet<string>>
  /** Customer and shipment of every serial that left. */
  readonly shipped: ReadonlyMap<string, { readonly customer: string; readonly shipment: string }>
}

interface Shop {
  readonly script: Script
  readonly serialsOf: Map<string, Set<string>>
  readonly shipped: Map<string, { customer: string; shipment: string }>
}

/**
 * A machine shop that turns bar into shafts, sends them to heat treatment, and builds gearboxes by serial number.
 * Planted: heat H-20931 is bad. It came in three receipts, went into shafts of several orders, and is in gearboxes at
 * customers, in store and in process.
 */
export function machineShop(
  today: CivilDate,
  barLots = 48,
): { script: Script; stories: readonly Story[]; truth: ShopTruth } {
  const script = new Script('shop', today, 120, 20931)
  const shop: Shop = { script, serialsOf: new Map(), shipped: new Map() }
  setUp(script)
  assemble(shop, makeShafts(script, barLots))
  if (barLots > Math.max(...badReceipts)) {
    planNext(script)
    openFloorWork(script)
  }
  const stories = [
    {
      title: 'A supplier recalls heat H-20931',
      text: 'Mill certificate wrong: which gearboxes hold steel of that heat, who has them, what is still here?',
      id: 'H-20931',
    },
  ]
  return { script, stories, truth: shop }
}

function setUp(script: Script): void {
  script.say({ verb: 'define', thing: 'place', code: 'HARBOUR', name: 'Harbour Works', kind: 'site' })
  for (const code of ['H-RECV', 'H-BAR', 'H-WIP', 'H-FIN', 'H-SHIP'])
    script.say({
      verb: 'define',
      thing: 'place',
      code,
      name: `Harbour ${code}`,
      kind: 'location',
      parent: 'HARBOUR',
    })
  for (const code of ['STEELCO', 'NORTHMILL', 'BEARCO', 'SEALTEC'])
    script.say({ verb: 'define', thing: 'party', code, name: `${code} Ltd`, roles: ['supplier'] })
  const approvals = JSON.stringify([{ process: 'heat treatment', until: script.dateIn(900) }])
  const attributes = { approvals }
  script.say({
    verb: 'define',
    thing: 'party',
    code: 'HEATCO',
    name: 'Heatco',
    roles: ['subcontractor'],
    attributes,
  })
  for (const code of customers)
    script.say({ verb: 'define', thing: 'party', code, name: `${code} Inc`, roles: ['customer'] })
  for (const code of ['LATHE-1', 'LATHE-2', 'PRESS-1'])
    script.say({ verb: 'define', thing: 'equipment', code, name: code, place: 'H-WIP' })
  const lot = { verb: 'define', thing: 'item', tracking: 'lot' } as const
  script.say({ ...lot, code: 'BAR-4140', name: '4140 bar 40 mm', unit: 'kg', scale: 3 })
  script.say({ ...lot, code: 'SHAFT-12', name: 'Output shaft', unit: 'pc', scale: 0 })
  script.say({ ...lot, code: 'BRG-6204', name: 'Bearing 6204', unit: 'pc', scale: 0 })
  script.say({ ...lot, code: 'SEAL-30', name: 'Seal 30x52', unit: 'pc', scale: 0 })
  script.say({ ...lot, code: 'GREASE-2', name: 'Grease EP2', unit: 'kg', scale: 3 })
  const gearbox = {
    code: 'GEARBOX-G2',
    name: 'Gearbox G2',
    tracking: 'serial',
    unit: 'pc',
    scale: 0,
  } as const
  script.say({ verb: 'define', thing: 'item', ...gearbox })
  script.say({
    verb: 'define',
    thing: 'bom',
    code: 'BOM-G2-C',
    item: 'GEARBOX-G2',
    version: 'C',
    lines: [
      { item: 'SHAFT-12', quantity: { value: '1' } },
      { item: 'BRG-6204', quantity: { value: '2' } },
      { item: 'SEAL-30', quantity: { value: '2' } },
      { item: 'GREASE-2', quantity: { value: '0.200' } },
    ],
  })
}

/** An order that is about to use what is left of the bad heat: what a recall must stop. */
function planNext(script: Script): void {
  const order = 'WO-2000'
  script.say({
    verb: 'open',
    order,
    kind: 'work',
    item: 'SHAFT-12',
    quantity: pieces(4),
    dueOn: script.dateIn(21),
  })
  script.say({ verb: 'reserve', order, what: 'R-1021', quantity: kilograms('8') })
}

/** A lot of shafts and how many are left to build in. */
interface ShaftLot {
  readonly code: string
  readonly heat: string
  left: number
}

const badReceipts = [9, 10, 21]

function makeShafts(script: Script, barLots: number): ShaftLot[] {
  const shafts: ShaftLot[] = []
  for (let turn = 0; turn < barLots; turn++) {
    const heat = badReceipts.includes(turn) ? 'H-20931' : `H-${20800 + Math.floor(turn / 2) * 7}`
    const supplier = heat === 'H-20931' || turn % 3 ? 'STEELCO' : 'NORTHMILL'
    const bar = `R-${1000 + turn}`
    script.say({
      verb: 'receive',
      item: 'BAR-4140',
      quantity: kilograms('200'),
      place: 'H-BAR',
      supplier,
      heat,
      lot: bar,
      attributes: { 'country of melt': 'DE' },
    })
    const order = `WO-${String(100 + turn)}`
    script.say({ verb: 'open', order, kind: 'work', item: 'SHAFT-12', quantity: pieces(96) })
    script.wait(60)
    script.say({
      verb: 'issue',
      order,
      what: bar,
      quantity: kilograms('192'),
      concession: 'bar is the blank',
    })
    const run = { order, operation: '10', equipment: turn % 2 ? 'LATHE-1' : 'LATHE-2', operators: [] }
    script.say({ verb: 'start', ...run, parameters: [{ name: 'spindle speed', value: '1200', unit: 'rpm' }] })
    script.say({
      verb: 'consume',
      order,
      operation: '10',
      what: bar,
      quantity: kilograms('192'),
      concession: 'bar is the blank',
    })
    script.wait(240)
    const code = `S-${String(500 + turn)}`
    script.say({
      verb: 'produce',
      order,
      operation: '10',
      item: 'SHAFT-12',
      lot: code,
      quantity: pieces(96),
      place: 'H-WIP',
    })
    script.say({ verb: 'complete', ...run })
    script.say({
      verb: 'subcontract-send',
      subcontractor: 'HEATCO',
      what: code,
      quantity: pieces(96),
      process: 'heat treatment',
    })
    script.wait(1440)
    script.say({
      verb: 'subcontract-receive',
      subcontractor: 'HEATCO',
      what: code,
      quantity: pieces(96),
      place: 'H-WIP',
    })
    script.say({ verb: 'close', order })
    shafts.push({ code, heat, left: 96 })
  }
  return shafts
}

function assemble(shop: Shop, shafts: ShaftLot[]): void {
  const { script } = shop
  let serial = 4001
  let box = 1
  for (let turn = 0; shafts.some((lot) => lot.left >= 12); turn++) {
    const order = `WO-${1000 + turn}`
    buyParts(script, turn)
    script.say({
      verb: 'open',
      order,
      kind: 'work',
      item: 'GEARBOX-G2',
      quantity: pieces(12),
      bomVersion: 'C',
    })
    const units = serials('SN-', serial, 12)
    serial += 12
    const shaft = shafts.find((lot) => lot.left >= 12)
    if (!shaft) return
    shaft.left -= 12
    const known = shop.serialsOf.get(shaft.heat) ?? new Set()
    shop.serialsOf.set(shaft.heat, new Set([...known, ...units]))
    const parts = [
      { what: shaft.code, quantity: pieces(12) },
      { what: `B-${Math.floor(turn / 10)}`, quantity: pieces(24) },
      { what: `SL-${Math.floor(turn / 10)}`, quantity: pieces(24) },
    ]
    for (const part of parts) script.say({ verb: 'consume', order, operation: '20', forUnit: units, ...part })
    script.say({
      verb: 'consume',
      order,
      operation: '20',
      what: `GR-${Math.floor(turn / 40)}`,
      quantity: kilograms('2.4'),
    })
    script.wait(30)
    script.say({
      verb: 'produce',
      order,
      operation: '20',
      item: 'GEARBOX-G2',
      serials: units,
      place: 'H-FIN',
    })
    if (turn % 2 === 0) script.say({ verb: 'close', order })
    script.wait(10)
    if (turn % 8 !== 7) box = packAndShip(shop, units, box)
  }
}

function buyParts(script: Script, turn: number): void {
  const buy = { verb: 'receive', place: 'H-RECV' } as const
  if (turn % 10 === 0) {
    const lot = Math.floor(turn / 10)
    const bearings = { item: 'BRG-6204', supplier: 'BEARCO', supplierLot: `BC${7700 + lot}`, lot: `B-${lot}` }
    script.say({ ...buy, ...bearings, quantity: pieces(260) })
    const seals = {
      item: 'SEAL-30',
      supplier: 'SEALTEC',
      supplierLot: `ST-${lot * 3 + 11}`,
      lot: `SL-${lot}`,
    }
    script.say({ ...buy, ...seals, quantity: pieces(260) })
  }
  if (turn % 40 === 0) {
    const lot = Math.floor(turn / 40)
    script.say({
      ...buy,
      item: 'GREASE-2',
      supplier: 'SEALTEC',
      supplierLot: `EP-${lot}`,
      lot: `GR-${lot}`,
      quantity: kilograms('100'),
    })
  }
}

function packAndShip(shop: Shop, units: readonly string[], box: number): number {
  const { script } = shop
  const cases = [units.slice(0, 6), units.slice(6)]
  for (const [index, contents] of cases.entries()) {
    const container = `CASE-${String(box + index).padStart(5, '0')}`
    script.say({ verb: 'pack', container, contents: contents.map((what) => ({ what })), place: 'H-FIN' })
    script.say({ verb: 'move', what: container, to: 'H-SHIP' })
    const shipment = `PS-${String(box + index).padStart(5, '0')}`
    const customer = script.pick(customers)
    script.say({ verb: 'ship', shipment, customer, contents: [{ what: container }], carrier: 'Road' })
    for (const unit of contents) shop.shipped.set(unit, { customer, shipment })
    script.wait(15)
  }
  return box + cases.length
}
