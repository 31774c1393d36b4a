import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Instant } from '../base/instant.ts'
import { causes, type HolderKind, holderKinds } from '../ledger/tables.ts'
import { balanceOf, type MovementSum, sayBalance, type StockSum } from './balance.ts'
import { cutToScope, madeOf } from './in-scope.ts'

const sum = (
  cause: MovementSum['cause'],
  plus: bigint,
  minus = 0n,
  holderKind: HolderKind = 'place',
): MovementSum => ({
  cause,
  holderKind,
  plus,
  minus,
})
const held = (holderKind: HolderKind, onHand: bigint, owed = 0n): StockSum => ({ holderKind, onHand, owed })

test('[C6] in is out and what remains', () => {
  const balance = balanceOf(
    [sum('received', 200_000n), sum('consumed', 0n, 45_500n, 'order'), sum('transferred', 60_000n, 60_000n)],
    [held('place', 140_000n), held('order', 14_500n)],
  )
  expect(sayBalance(balance, 3)).toMatchObject({
    in: '200',
    out: '45.5',
    remains: '154.5',
    unexplained: '0',
    because: [],
    terms: { received: '200', consumed: '45.5', onHand: '140', inProcess: '14.5' },
  })
})

test('[C6] a rest is named after its cause, never spread', () => {
  const balance = balanceOf([sum('received', 10n), sum('adjusted', 0n, 2n)], [held('place', 8n)])
  expect(balance).toMatchObject({ unexplained: 2n, because: [{ name: 'count differences', amount: 2n }] })
  const owed = balanceOf([sum('consumed', 0n, 5n)], [held('place', 0n, 5n)])
  expect(owed).toMatchObject({
    unexplained: -5n,
    because: [{ name: 'used beyond what was on record', amount: -5n }],
  })
})

test('[C6 B16] what comes back is in again, what is voided is not', () => {
  const shipped = [sum('shipped', 0n, 5n), sum('shipped', 5n, 0n, 'customer')]
  const returned = [sum('returned', 2n), sum('returned', 0n, 2n, 'customer')]
  const balance = balanceOf(
    [sum('received', 5n), ...shipped, ...returned],
    [held('place', 2n), held('customer', 3n)],
  )
  expect(balance).toMatchObject({ in: 7n, out: 5n, remains: 2n, unexplained: 0n })
  const voided = balanceOf([sum('received', 5n), sum('shipped', 5n, 5n)], [held('place', 5n)])
  expect(voided).toMatchObject({ in: 5n, out: 0n, remains: 5n, unexplained: 0n })
})

test('[C6] in = out + remains + unexplained, and the named causes sum to the unexplained, whatever moved', () => {
  const anyAmount = fc.bigInt(0n, 1_000_000n)
  const anySum = fc.record({
    cause: fc.constantFrom(...causes),
    holderKind: fc.constantFrom(...holderKinds),
    plus: anyAmount,
    minus: anyAmount,
  })
  const anyStock = fc.record({
    holderKind: fc.constantFrom(...holderKinds),
    onHand: anyAmount,
    owed: anyAmount,
  })
  fc.assert(
    fc.property(fc.array(anySum), fc.array(anyStock), anyAmount, anyAmount, (moved, stock, into, out) => {
      const balance = balanceOf(moved, stock, { in: into, out })
      expect(balance.in).toBe(balance.out + balance.remains + balance.unexplained)
      expect(balance.because.reduce((total, each) => total + each.amount, 0n)).toBe(balance.unexplained)
    }),
  )
})

test('[B11 C6] what was in the tank when the bad milk came is carried in, what left before is out', () => {
  const at = (hour: number): Instant => `2026-03-01T${String(hour).padStart(2, '0')}:00:00.000Z` as Instant
  const scope = {
    states: [
      { no: 1, from: at(6) },
      { no: 2, from: at(9) },
    ],
    reached: new Set([2]),
  }
  const moved = (hour: number, delta: bigint, cause: MovementSum['cause']) =>
    ({ cause, holderKind: 'place', delta, happenedAt: at(hour) }) as const
  const cut = cutToScope(scope, [
    moved(10, -50n, 'consumed'),
    moved(6, 100n, 'received'),
    moved(8, -40n, 'consumed'),
    moved(9, 100n, 'received'),
  ])
  expect(cut).toMatchObject({ carriedIn: 60n, carriedOut: 0n })
  expect(madeOf(cut.sums)).toBe(100n)
  expect(
    balanceOf(cut.sums, [held('place', 110n)], { in: cut.carriedIn, out: cut.carriedOut }),
  ).toMatchObject({
    in: 160n,
    out: 50n,
    remains: 110n,
    unexplained: 0n,
  })
  const before = cutToScope({ ...scope, reached: new Set([1]) }, [
    moved(6, 100n, 'received'),
    moved(9, 5n, 'received'),
  ])
  expect(before).toMatchObject({ carriedIn: 0n, carriedOut: 100n })
  // Nothing moves after the swap: what is there all the same came into scope with it.
  expect(cutToScope(scope, [moved(6, 1n, 'received')])).toMatchObject({
    carriedIn: 1n,
    carriedOut: 0n,
    sums: [],
  })
})
