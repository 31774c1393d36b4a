import { expect, test } from 'vitest'
import { plainLabel, readLabel } from '../../scan/label.ts'
import type { ListedLine, ScannedThing } from '../ask/floor-shapes.ts'
import type { Found } from '../ask/look-up.ts'
import { nextStep, withFilled } from '../steps/step-flow.ts'
import { receiveFlow } from './receive-flow.ts'

const words = ((key: string) => key) as unknown as Parameters<typeof receiveFlow>[0]

function line(orderCode: string, item: string): ListedLine {
  return {
    orderCode,
    kind: 'purchase',
    line: 1,
    item,
    itemName: `${item} name`,
    tracking: 'lot',
    unit: 'kg',
    expiryRule: 'none',
    quantity: '200',
    doneQuantity: '50',
    party: 'MILL',
    partyName: 'The Mill',
    place: 'DOCK',
    dueOn: null,
  }
}

function found(text: string, more: Partial<Found> = {}): Found {
  const read = readLabel(text, new Date('2026-06-01'))
  const label = read.kind === 'label' ? read.label : plainLabel(text)
  return { label, thing: undefined, choices: [], item: null, old: false, near: [], ...more }
}

const honey = { code: 'BAR', name: 'Bar', tracking: 'lot', unit: 'kg', scale: 3, expiryRule: 'none' }

test('[B1] a GS1 label with one fitting line fills every step', () => {
  const flow = receiveFlow(words, { lines: [line('PO-1', 'BAR')], place: undefined })
  const taken = flow.take(found(']C1010952123454321310HEAT-9', { item: honey }), {})
  expect(taken).toMatchObject({
    fill: {
      order: { code: 'PO-1' },
      item: { code: 'BAR' },
      lot: { code: 'HEAT-9' },
      quantity: { code: '150' },
      place: { code: 'DOCK' },
    },
  })
  const filled = taken && 'fill' in taken ? taken.fill : {}
  expect(nextStep(flow, filled)).toBeUndefined()
  expect(flow.command(filled, false)).toEqual({
    verb: 'receive',
    item: 'BAR',
    place: 'DOCK',
    order: 'PO-1',
    line: 1,
    supplierLot: 'HEAT-9',
    quantity: { value: '150' },
  })
})

test('[B1] two lines that fit are asked about, and the label still says item and lot', () => {
  const flow = receiveFlow(words, { lines: [line('PO-1', 'BAR'), line('PO-2', 'BAR')], place: undefined })
  const taken = flow.take(found(']C1010952123454321310HEAT-9', { item: honey }), {})
  expect(taken).toMatchObject({ fill: { item: { code: 'BAR' }, lot: { code: 'HEAT-9' } } })
  expect(taken && 'fill' in taken ? taken.fill['order'] : 'none').toBeUndefined()
})

test('[B1] a plain label is the lot of the item that the document says', () => {
  const flow = receiveFlow(words, { lines: [line('PO-1', 'BAR')], place: undefined })
  const order: ScannedThing = {
    type: 'order',
    id: '1',
    code: 'PO-1',
    kind: 'purchase',
    item: null,
    status: 'open',
  }
  const first = flow.take(found('PO-1', { thing: order }), {})
  const filled = withFilled({}, first && 'fill' in first ? first.fill : {})
  expect(flow.take(found('HEAT-9'), filled)).toEqual({ fill: { lot: { code: 'HEAT-9' } } })
  expect(flow.take(found('HEAT-9'), {})).toBeUndefined()
})

test('[B1] the document of a work order is refused', () => {
  const flow = receiveFlow(words, { lines: [], place: undefined })
  const order: ScannedThing = {
    type: 'order',
    id: '1',
    code: 'WO-1',
    kind: 'work',
    item: 'BAR',
    status: 'open',
  }
  expect(flow.take(found('WO-1', { thing: order }), {})).toHaveProperty('stop')
})
