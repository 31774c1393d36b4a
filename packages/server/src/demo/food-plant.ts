import { type CivilDate, instantOf, millisecondsOf } from '@lotline/core/base/instant'
import { Script, type Story } from './script.ts'

const retailers = ['MARKET-A', 'MARKET-B', 'GREENS', 'CITYFOOD', 'NORDKAUF', 'FRESHCO'] as const
const growers = ['FINCA-SOL', 'VALLE-VERDE', 'AGRO-NORTE'] as const
const kilograms = (value: number | string) => ({ value: String(value), unit: 'kg' })
const pieces = (value: number) => ({ value: String(value), unit: 'pc' })

/**
 * A sauce kitchen: vegetables on the food traceability list are received by lot, cooked into base, held in two tanks that
 * are topped up and cleaned, drawn into jars, packed and shipped. Planted: a top-up of tank T2 that was recorded a day
 * late; cilantro lot CIL-0417 held after its jars had left; a batch whose onions nobody recorded.
 */
export function foodPlant(today: CivilDate): { script: Script; stories: readonly Story[] } {
  const script = new Script('food', today, 60, 417)
  setUp(script)
  for (let day = 0; day < 56; day++) cookOneDay(script, day)
  afterwards(script)
  const stories = [
    {
      title: 'Cilantro lot CIL-0417 was held too late',
      text: 'Quality held the lot when some of its salsa had already been shipped: who has it, what is still here?',
      id: 'CIL-0417',
    },
    {
      title: 'A tank top-up recorded a day late',
      text: 'Tank T2 was topped up between two draws and written down the next day: jars drawn before it are not in scope.',
      id: 'TOM-LATE',
    },
  ]
  return { script, stories }
}

function setUp(script: Script): void {
  script.say({ verb: 'define', thing: 'place', code: 'VALLEY', name: 'Valley Kitchen', kind: 'site' })
  for (const code of ['V-COLD', 'V-KETTLE', 'V-TANKS', 'V-JARS', 'V-DOCK'])
    script.say({
      verb: 'define',
      thing: 'place',
      code,
      name: `Valley ${code}`,
      kind: 'location',
      parent: 'VALLEY',
    })
  for (const code of growers)
    script.say({ verb: 'define', thing: 'party', code, name: code, roles: ['supplier'] })
  for (const code of retailers)
    script.say({ verb: 'define', thing: 'party', code, name: code, roles: ['customer'] })
  const food = { verb: 'define', thing: 'item', tracking: 'lot', unit: 'kg', scale: 3 } as const
  const listed = { attributes: { 'food traceability list': true } }
  script.say({ ...food, code: 'CILANTRO', name: 'Cilantro, fresh', expiryRule: 'required', ...listed })
  script.say({ ...food, code: 'TOMATO', name: 'Tomatoes, fresh', expiryRule: 'required', ...listed })
  script.say({ ...food, code: 'ONION', name: 'Onions' })
  script.say({ ...food, code: 'SALSA-BASE', name: 'Salsa base' })
  script.say({ ...food, code: 'SALSA-350', name: 'Salsa 350 g jar', unit: 'pc', scale: 0 })
  script.say({
    verb: 'define',
    thing: 'bom',
    code: 'BOM-SALSA-BASE',
    item: 'SALSA-BASE',
    version: '1',
    output: kilograms(180),
    lines: [
      { item: 'TOMATO', quantity: kilograms(150) },
      { item: 'CILANTRO', quantity: kilograms(8) },
      { item: 'ONION', quantity: kilograms(22) },
    ],
  })
  for (const code of ['KETTLE-1', 'FILLER-1'])
    script.say({ verb: 'define', thing: 'equipment', code, name: code, place: 'V-KETTLE' })
}

function cookOneDay(script: Script, day: number): void {
  script.until(58 - day)
  const suffix = String(380 + day).padStart(4, '0')
  const lots = {
    cilantro: `CIL-${suffix}`,
    tomato: `TOM-${suffix}`,
    onion: `ONI-${String(Math.floor(day / 7))}`,
  }
  buy(script, day, lots)
  const tank = day % 2 === 0 ? 'T1' : 'T2'
  if (day < 2) script.wait(5)
  for (let batch = 0; batch < 4; batch++) {
    const base = cook(script, { day, batch, lots })
    const vessel = { vessel: tank, ...(day < 2 && batch === 0 ? { newVessel: true, place: 'V-TANKS' } : {}) }
    script.say({ verb: 'load', ...vessel, what: base, quantity: kilograms(180) })
    script.wait(20)
    fill(script, { day, batch, tank })
  }
  if (day % 6 === 5)
    script.say({ verb: 'clean', vessel: tank, empty: true, method: 'clean in place', reason: 'end of week' })
}

interface DayLots {
  readonly cilantro: string
  readonly tomato: string
  readonly onion: string
}

function buy(script: Script, day: number, lots: DayLots): void {
  const into = { verb: 'receive', place: 'V-COLD' } as const
  const grower = script.pick(growers)
  const fresh = { expiresOn: script.dateIn(9), origin: 'MX' }
  script.say({
    ...into,
    item: 'CILANTRO',
    quantity: kilograms(40),
    supplier: grower,
    supplierLot: `C${day}-${grower}`,
    lot: lots.cilantro,
    ...fresh,
  })
  script.say({
    ...into,
    item: 'TOMATO',
    quantity: kilograms(900),
    supplier: grower,
    supplierLot: `T${day}-${grower}`,
    lot: lots.tomato,
    ...fresh,
  })
  if (day % 7 === 0)
    script.say({
      ...into,
      item: 'ONION',
      quantity: kilograms(700),
      supplier: 'AGRO-NORTE',
      supplierLot: `ON-${day}`,
      lot: lots.onion,
    })
}

function cook(script: Script, at: { day: number; batch: number; lots: DayLots }): string {
  const process = `cook-${at.day}-${at.batch}`
  const base = `BASE-${String(at.day).padStart(2, '0')}${'ABCD'[at.batch]}`
  script.say({ verb: 'consume', process, what: at.lots.tomato, quantity: kilograms(150) })
  script.say({ verb: 'consume', process, what: at.lots.cilantro, quantity: kilograms(8) })
  // One day the onions were thrown in without a scan: the gap that a trace must name.
  if (!(at.day === 40 && at.batch === 2))
    script.say({ verb: 'consume', process, what: at.lots.onion, quantity: kilograms(22) })
  script.wait(45)
  script.say({
    verb: 'produce',
    process,
    item: 'SALSA-BASE',
    lot: base,
    quantity: kilograms(180),
    place: 'V-KETTLE',
  })
  return base
}

function fill(script: Script, at: { day: number; batch: number; tank: string }): void {
  const order = `FILL-${at.day}-${at.batch}`
  const jars = `J${String(at.day).padStart(2, '0')}${'ABCD'[at.batch]}`
  script.say({ verb: 'open', order, kind: 'work', item: 'SALSA-350', quantity: pieces(450) })
  const run = { order, operation: 'fill', equipment: 'FILLER-1' }
  script.say({
    verb: 'start',
    ...run,
    parameters: [
      {
        name: 'fill temperature',
        value: String(script.between(86, 93)),
        unit: 'CEL',
        lower: '85',
        upper: '95',
      },
    ],
  })
  script.say({ verb: 'draw', vessel: at.tank, quantity: kilograms('157.5'), order, operation: 'fill' })
  script.say({
    verb: 'produce',
    order,
    operation: 'fill',
    item: 'SALSA-350',
    lot: jars,
    quantity: pieces(450),
    place: 'V-JARS',
    expiresOn: script.dateIn(360),
  })
  script.say({ verb: 'complete', ...run })
  script.say({ verb: 'close', order })
  script.wait(15)
  shipJars(script, { ...at, jars })
}

function shipJars(script: Script, of: { day: number; batch: number; jars: string }): void {
  for (let turn = 0; turn < 3; turn++) {
    const pallet = `VP-${of.day}-${of.batch}-${turn}`
    const quantity = pieces(120)
    script.say({ verb: 'pack', container: pallet, contents: [{ what: of.jars, quantity }], place: 'V-JARS' })
    script.say({ verb: 'move', what: pallet, to: 'V-DOCK' })
    if (of.day > 52) continue
    const shipment = `VS-${of.day}-${of.batch}-${turn}`
    script.say({
      verb: 'ship',
      shipment,
      customer: script.pick(retailers),
      contents: [{ what: pallet }],
      carrier: 'Cold chain',
    })
    if (of.day < 50) script.say({ verb: 'deliver', shipment })
  }
}

function afterwards(script: Script): void {
  script.until(2)
  script.say({
    verb: 'hold',
    what: ['CIL-0417'],
    reasonCode: 'supplier-notice',
    reason: 'grower reports Cyclospora in the field',
  })
  const late = millisecondsOf(script.now) - 22 * 3_600_000
  script.say(
    {
      verb: 'receive',
      item: 'TOMATO',
      quantity: kilograms(60),
      place: 'V-COLD',
      supplier: 'FINCA-SOL',
      supplierLot: 'LATE-1',
      lot: 'TOM-LATE',
      expiresOn: script.dateIn(7),
    },
    instantOf(late - 8 * 3_600_000),
  )
  const topUp = { verb: 'load', vessel: 'T2', what: 'TOM-LATE', quantity: kilograms(60) } as const
  script.say({ ...topUp, historical: true, reason: 'written down the next day' }, instantOf(late))
}
