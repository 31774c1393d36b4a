import { describe, expect, test } from 'vitest'
import { correctionVerbs } from '../corrections/verbs.ts'
import { edgeTable } from '../genealogy/rows.ts'
import { itemTable } from '../identity/rows.ts'
import { qualityVerbs } from '../quality/verbs.ts'
import { holdsOn } from '../quality/usable.ts'
import { receivingVerbs } from '../receiving/verbs.ts'
import { setupVerbs } from '../setup/verbs.ts'
import { shippingVerbs } from '../shipping/verbs.ts'
import { warehouseVerbs } from '../warehouse/verbs.ts'
import { receiveBar, receiveJar } from '../warehouse/yard.testing.ts'
import { Plant, type TestCommand } from './plant.testing.ts'
import { eventTable, shipmentLineTable } from './record-tables.ts'
import { containmentTable, orderLineTable, orderTable, reservationTable } from './tables.ts'

function plant(): Plant {
  const made = new Plant([
    ...setupVerbs,
    ...receivingVerbs,
    ...warehouseVerbs,
    ...shippingVerbs,
    ...qualityVerbs,
    ...correctionVerbs,
  ])
  made.all(
    { verb: 'define', thing: 'party', code: 'NUCOR' },
    { verb: 'define', thing: 'party', code: 'ACME' },
    { verb: 'define', thing: 'place', code: 'STORE' },
    { verb: 'define', thing: 'place', code: 'DOCK' },
    { verb: 'define', thing: 'item', code: 'BAR', unit: 'kg' },
    { verb: 'define', thing: 'item', code: 'JAR' },
    { ...receiveBar, lot: 'R-1', heat: 'H-1' },
    { ...receiveJar, lot: 'J-1', status: 'pending' },
    { verb: 'open', order: 'SO-1', kind: 'customer', lines: [{ item: 'BAR', quantity: { value: '50' } }] },
  )
  return made
}

/** What stands of the plant beside the record of what was said: stock, states, packing, orders, shipments, promises. */
function standing(of: Plant) {
  const { view } = of
  const open = <Row extends { outAt: unknown }>(rows: readonly Row[]) =>
    rows.filter((row) => row.outAt === null)
  return {
    stock: ['R-1', 'J-1'].map((code) => of.stock(code)),
    status: ['R-1', 'J-1'].map((code) => of.lot(code).status),
    edges: view.all(edgeTable).filter((edge) => edge.retractedAt === null).length,
    holds: ['R-1', 'J-1'].map((code) => holdsOn(view, of.lot(code).no).length),
    packed: open(view.all(containmentTable)).map(({ container, child }) => [container, child]),
    orders: view.all(orderTable).map(({ status, done, closedAt }) => ({ status, done, closedAt })),
    lines: view.all(orderLineTable).map((line) => line.done),
    shipped: view
      .all(shipmentLineTable)
      .map(({ traceable, amount, returned }) => [traceable, amount, returned]),
    promised: view.all(reservationTable).filter((row) => row.endedPosition === null).length,
    items: view.all(itemTable).map(({ name, retired }) => ({ name, retired })),
    gaps: of.gaps(),
  }
}

const kilograms = (value: string) => ({ value })
const part = [{ what: 'R-1', quantity: kilograms('10') }]
const ship = { verb: 'ship', shipment: 'S-1', customer: 'ACME', order: 'SO-1', contents: part }

describe('a correction takes back all that an event did', () => {
  test.each<[string, TestCommand[], TestCommand]>([
    ['receive', [], { ...receiveBar, lot: 'R-2', heat: 'H-1', order: 'SO-1' }],
    ['receive, into a known lot', [], { ...receiveBar, lot: 'R-1', heat: 'H-2' }],
    ['move', [], { verb: 'move', what: 'R-1', quantity: kilograms('10'), to: 'DOCK' }],
    [
      'count',
      [],
      { verb: 'count', place: 'STORE', what: 'R-1', quantity: kilograms('90'), reason: 'spilled' },
    ],
    ['split', [], { verb: 'split', what: 'R-1', into: [{ quantity: kilograms('10') }] }],
    ['pack', [], { verb: 'pack', container: 'C-1', contents: part }],
    [
      'unpack',
      [{ verb: 'pack', container: 'C-1', contents: part }],
      { verb: 'unpack', container: 'C-1', place: 'STORE' },
    ],
    ['ship', [], ship],
    ['return', [ship], { verb: 'return', what: 'R-1', customer: 'ACME', place: 'DOCK', reason: 'refused' }],
    ['inspect', [], { verb: 'inspect', what: 'J-1', kind: 'incoming', verdict: 'pass' }],
    ['hold', [], { verb: 'hold', what: ['H-1'], reasonCode: 'x', reason: 'x' }],
    [
      'release',
      [{ verb: 'hold', what: ['H-1'], reasonCode: 'x', reason: 'x' }],
      { verb: 'release', hold: 1, reason: 'x' },
    ],
    ['dispose', [], { verb: 'dispose', what: 'R-1', disposition: 'scrap', reason: 'x' }],
    ['reserve', [], { verb: 'reserve', order: 'SO-1', what: 'R-1', quantity: kilograms('10') }],
    [
      'unreserve',
      [{ verb: 'reserve', order: 'SO-1', what: 'R-1', quantity: kilograms('10') }],
      { verb: 'unreserve', order: 'SO-1', what: 'R-1' },
    ],
    ['close', [], { verb: 'close', order: 'SO-1' }],
    ['revise', [], { verb: 'revise', thing: 'item', code: 'BAR', name: 'Round bar' }],
    ['retire', [], { verb: 'retire', thing: 'item', code: 'BAR' }],
  ])('[B18] %s', (_verb, before, command) => {
    const made = plant()
    made.all(...before)
    const was = standing(made)
    const event = made.do(command)
    expect(standing(made)).not.toEqual(was)
    made.do({ verb: 'correct', event: event.id, reason: 'by mistake' })
    expect(standing(made)).toEqual(was)
    expect(made.view.get(eventTable, [event.position])?.voidedBy).toBe(event.position + 1)
  })

  test('[B18] what other events still name becomes expected, and says so; a new thing is retired', () => {
    const made = plant()
    const receipt = made.events.find((event) => event.type === 'Received')
    made.do({ verb: 'move', what: 'R-1', quantity: kilograms('10'), to: 'DOCK' })
    made.do({ verb: 'correct', event: receipt?.position, reason: 'wrong delivery', historical: true })
    expect(made.lot('R-1').status).toBe('expected')
    expect(made.stock('R-1')).toEqual({ 'place DOCK': '10.000', 'place STORE': '-10.000' })
    const defined = made.do({ verb: 'define', thing: 'item', code: 'SLIP' })
    made.do({ verb: 'correct', event: defined.id, reason: 'typing error' })
    made.refuses({ ...receiveBar, item: 'SLIP' }, 'retired')
    made.do({ verb: 'define', thing: 'item', code: 'SLIP', unit: 'kg' })
    made.do({ ...receiveBar, item: 'SLIP', quantity: { value: '0.5' } })
  })
})
