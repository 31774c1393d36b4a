import { expect, test } from 'vitest'
import type { OrderRecord } from '../ask/floor-shapes.ts'
import type { CaptureRecord } from '../queue/capture-record.ts'
import { type CandidateLot, matchComponent } from './match-component.ts'
import { componentLines, nextLine, takenRows } from './order-view.ts'

const order: OrderRecord = {
  position: 100,
  code: 'WO-1',
  kind: 'work',
  status: 'open',
  item: 'BOX',
  itemName: 'Box',
  tracking: 'serial',
  unit: 'pc',
  quantity: '2',
  done: '0',
  left: '2',
  dueOn: null,
  party: null,
  partyName: null,
  place: null,
  operations: [],
  captures: [],
  units: [],
  orderLines: [line('BEARING', '4', '1', '0', '2'), line('GREASE', '2', '0', '0.8', '1')],
}

function line(item: string, quantity: string, issued: string, used: string, perUnit: string) {
  const more = {
    line: 1,
    itemName: item,
    tracking: 'lot',
    unit: 'pc',
    scale: 0,
    done: '0',
    left: '0',
    operation: null,
  }
  return { ...more, item, quantity, issued, used, perUnit, lots: [] }
}

function lot(item: string, more: Partial<CandidateLot> = {}): CandidateLot {
  return { code: `${item}-1`, item, kind: 'lot', quantity: '100', place: 'STORE', held: undefined, ...more }
}

function capture(more: Partial<CaptureRecord>, quantity = '1'): CaptureRecord {
  return {
    seq: 1,
    key: 'k',
    job: 'WO-1',
    command: {
      verb: 'consume',
      order: 'WO-1',
      what: { code: 'BEARING-1', item: 'BEARING' },
      quantity: { value: quantity },
    },
    madeAt: '2026-06-01T10:42:00Z',
    state: 'waiting',
    tried: false,
    words: '',
    person: null,
    station: null,
    ...more,
  }
}

const ask = { quantity: undefined, perUnit: false, taken: [] }

test('[B4] a scan takes what is left, as far as the lot goes', () => {
  const lines = componentLines(order, [], 'issue')
  expect(nextLine(lines)?.item).toBe('BEARING')
  expect(matchComponent({ ...ask, lines, lot: lot('BEARING') })).toMatchObject({
    kind: 'take',
    quantity: '3',
  })
  expect(matchComponent({ ...ask, lines, lot: lot('BEARING', { quantity: '2' }) })).toMatchObject({
    quantity: '2',
  })
  expect(matchComponent({ ...ask, lines, lot: lot('GREASE') })).toMatchObject({ quantity: '1.2' })
  expect(matchComponent({ ...ask, lines, lot: lot('GREASE'), quantity: '0.5' })).toMatchObject({
    quantity: '0.5',
  })
  expect(matchComponent({ ...ask, lines, lot: lot('BEARING', { kind: 'serial' }) })).toMatchObject({
    quantity: '1',
  })
  expect(matchComponent({ ...ask, lines, lot: lot('BEARING'), perUnit: true })).toMatchObject({
    quantity: '2',
  })
})

test('[B4] more than is left is asked about, and what the bill does not name is refused', () => {
  const lines = componentLines(order, [capture({}, '3')], 'use')
  expect(lines[0]?.left).toBe('1')
  expect(matchComponent({ ...ask, lines, lot: lot('BEARING'), quantity: '2' })).toMatchObject({
    kind: 'over',
  })
  const full = componentLines(order, [capture({}, '4')], 'use')
  expect(matchComponent({ ...ask, lines: full, lot: lot('BEARING') })).toMatchObject({
    kind: 'over',
    quantity: '1',
  })
  expect(matchComponent({ ...ask, lines, lot: lot('GREASE'), quantity: '5' })).toMatchObject({
    kind: 'over',
    quantity: '5',
  })
  const match = matchComponent({ ...ask, lines, lot: lot('PAINT') })
  expect(match).toMatchObject({ kind: 'not-needed', needed: [{ item: 'BEARING' }, { item: 'GREASE' }] })
})

test('[B19] the same scan again is harmless, and says when it was recorded', () => {
  const lines = componentLines(order, [], 'issue')
  const taken = [{ what: 'BEARING-1', at: '10:42' }]
  const spent = lot('BEARING', { kind: 'serial' })
  expect(matchComponent({ ...ask, lines, lot: spent, taken })).toEqual({
    kind: 'again',
    lot: spent,
    at: '10:42',
  })
  expect(matchComponent({ ...ask, lines, lot: lot('BEARING', { quantity: '0' }), taken })).toMatchObject({
    kind: 'again',
  })
  expect(matchComponent({ ...ask, lines, lot: lot('BEARING'), taken })).toMatchObject({ kind: 'take' })
})

test('[B19] what this device did counts once: while it waits, and until the record knows it', () => {
  const left = (captures: readonly CaptureRecord[]) => componentLines(order, captures, 'use')[0]?.left
  expect(left([capture({})])).toBe('3')
  expect(left([capture({ state: 'accepted', position: 101 })])).toBe('3')
  expect(left([capture({ state: 'accepted', position: 100 })])).toBe('4')
  expect(left([capture({ state: 'refused' })])).toBe('4')
  expect(left([capture({ state: 'withdrawn' })])).toBe('4')
  expect(takenRows(order, [capture({})])).toMatchObject([{ what: 'BEARING-1', state: 'kept', quantity: '1' }])
})
