import { expect, test } from 'vitest'
import { balanceParts, firstToLookAt, isZero } from './balance-parts.ts'

const closed = {
  item: 'A',
  name: 'A',
  unit: 'kg',
  in: '200',
  out: '174',
  remains: '26',
  terms: { received: '200', consumed: '170', scrapped: '4', onHand: '26' },
  unexplained: '0.000',
  because: [],
}
const open = {
  ...closed,
  item: 'B',
  terms: { produced: '412', shipped: '318', onHand: '48', inProcess: '40' },
  unexplained: '6',
}

test('[C6] the bar shows where everything that came in ended, and names the rest', () => {
  expect(balanceParts(open).map(({ name, quantity }) => `${quantity} ${name}`)).toEqual([
    '318 shipped',
    '48 onHand',
    '40 inProcess',
    '6 unexplained',
  ])
  expect(balanceParts(open).reduce((sum, { width }) => sum + width, 0)).toBeCloseTo(1)
})

test('[C6] a balance that closes has no rest', () => {
  expect(balanceParts(closed).map(({ name }) => name)).toEqual(['consumed', 'scrapped', 'onHand'])
})

test('[C6] what does not close is shown first', () => {
  expect(firstToLookAt([closed, open])).toBe(1)
  expect(firstToLookAt([closed, closed])).toBe(0)
  expect(firstToLookAt([closed, { ...open, unexplained: '0' }])).toBe(1)
  expect(firstToLookAt([])).toBe(0)
})

test.each([
  ['0', true],
  ['0.000', true],
  ['-0.0', true],
  ['0.001', false],
  ['-6', false],
])('[C6] %s is nothing: %s', (text, zero) => {
  expect(isZero(text)).toBe(zero)
})
