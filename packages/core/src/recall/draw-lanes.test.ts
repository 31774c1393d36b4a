import { expect, test } from 'vitest'
import { evidences } from '../genealogy/touch.ts'
import { drawLanes, type LaneFact, type LaneThing } from './draw-lanes.ts'

const pieces = (amount: number) => ({ amount: BigInt(amount), unit: 'pc', scale: 0 })
const kilograms = (amount: bigint, scale = 3) => ({ amount, unit: 'kg', scale })

function thing(key: string, more: Partial<LaneThing> = {}): LaneThing {
  return {
    ...{ key, id: key, lane: 'finished', label: `SN-${key}`, kind: 'serial', item: 'UNIT' },
    ...{ quantity: pieces(1), ring: 0, status: 'released', held: false, gap: false, root: false },
    ...more,
  }
}

function step(key: string): LaneThing {
  return thing(key, { id: null, kind: 'process', label: key, item: '10', quantity: null, status: null })
}

/** `h > r 120`: a fact from the first to the second, of so many thousandths of a kilogram. */
function drawing(things: readonly LaneThing[], facts: readonly string[], open: readonly string[] = []) {
  const at = (key: string) => things.findIndex((one) => one.key === key)
  const read = facts.map((text, index): LaneFact => {
    const [from = '', , to = '', amount] = text.split(' ')
    const quantity = amount === undefined ? null : kilograms(BigInt(amount))
    return { from: at(from), to: at(to), fact: index, quantity, evidence: 0 }
  })
  return drawLanes(things, read, open)
}

const numbers = (count: number) => Array.from({ length: count }, (_, at) => String(at + 1))

test('[C1] equal units share a box with their range, count and quantity', () => {
  const lot = thing('r', { kind: 'lot', label: 'R-1', lane: 'received', quantity: kilograms(120_000n) })
  const units = numbers(12).map((key) => thing(key))
  const { nodes, lines, lanes } = drawing(
    [lot, step('WO-1'), ...units],
    ['r > WO-1 60000', ...units.map(({ key }) => `WO-1 > ${key} 1000`)],
  )
  expect(
    nodes.map(({ lane, label, count, quantity }) => `${lane} ${label} ${count} ${quantity?.value}`),
  ).toEqual(['received R-1 1 120', 'finished WO-1 1 undefined', 'finished SN-1 … SN-12 12 12'])
  expect(lines.map(({ from, to, quantity, count }) => `${from}>${to} ${quantity?.value} ${count}`)).toEqual([
    'r>WO-1 60 1',
    'WO-1>1 12 12',
  ])
  expect(lanes.find(({ name }) => name === 'finished')?.count).toBe(12)
})

test('[C4] gaps, roots and what is held are never lost in a fold of others, however much is folded', () => {
  const units = numbers(900).map((key) =>
    thing(key, {
      item: `I-${Number(key) % 400}`,
      gap: key === '5',
      held: key === '6',
      root: key === '7',
    }),
  )
  const { nodes } = drawing(
    [thing('r'), ...units],
    units.map(({ key }) => `r > ${key}`),
  )
  expect(nodes.length).toBeLessThanOrEqual(250)
  expect(nodes.reduce((sum, { count }) => sum + count, 0)).toBe(901)
  const flagged = nodes.filter(({ gap, held, root }) => gap || held || root)
  expect(flagged.map(({ label, count }) => `${label} ${count}`)).toEqual(['SN-5 1', 'SN-6 1', 'SN-7 1'])
})

test('[C1] three hundred roots and three hundred gaps still make a drawing that can be read', () => {
  const things = numbers(600).map((key) =>
    thing(key, { root: Number(key) <= 300, gap: Number(key) > 300, item: `I-${key}` }),
  )
  const { nodes } = drawing(things, [])
  expect(nodes.map(({ root, gap, count }) => [root, gap, count])).toEqual([
    [true, false, 300],
    [false, true, 300],
  ])
})

test('[C5] a fold shows its weakest ring, evidence and its worst state', () => {
  const units = numbers(300).map((key) =>
    thing(key, {
      item: `I-${key}`,
      ring: key === '9' ? 2 : 0,
      status: key === '8' ? 'scrapped' : 'released',
    }),
  )
  const facts = units.map(({ key }, index): LaneFact => ({
    from: 300,
    to: index,
    fact: index,
    quantity: null,
    evidence: key === '9' ? evidences.indexOf('prorated') : 0,
  }))
  const { nodes, lines } = drawLanes([...units, thing('r', { kind: 'lot' })], facts)
  expect(nodes[0]).toMatchObject({ count: 300, ring: 'cannot-exclude', status: 'scrapped' })
  expect(lines).toMatchObject([{ evidence: 'prorated', count: 300 }])
})

test('[C6] one fact met many times is counted once, and different units have no sum', () => {
  const things = [thing('r'), ...numbers(3).map((key) => thing(key))]
  const fact = { from: 0, fact: 7, quantity: kilograms(60_000n), evidence: 0 }
  const shared = drawLanes(
    things,
    [1, 2, 3].map((to) => ({ ...fact, to })),
  )
  expect(shared.lines).toMatchObject([{ quantity: { value: '60', unit: 'kg' }, count: 3 }])
  const mixed = drawLanes(things, [
    { ...fact, to: 1 },
    { ...fact, to: 2, fact: 8, quantity: kilograms(5n, 1) },
    { ...fact, to: 3, fact: 9, quantity: kilograms(5n, 1) },
  ])
  expect(mixed.lines[0]?.quantity).toEqual({ value: '61', unit: 'kg' })
  const unlike = drawLanes(things, [
    { ...fact, to: 1 },
    { ...fact, to: 2, fact: 8, quantity: pieces(1) },
    { ...fact, to: 3, fact: 9, quantity: null },
  ])
  expect(unlike.lines[0]?.quantity).toBeNull()
})

test('[C1] a box opens in place, and its rest can be opened again', () => {
  const units = numbers(130).map((key) => thing(key))
  const things = [thing('r', { kind: 'lot' }), ...units]
  const facts = units.map(({ key }) => `r > ${key}`)
  const counts = (open: readonly string[]) => {
    const { nodes, opened } = drawing(things, facts, open)
    return [
      nodes.length,
      ...nodes.filter(({ count }) => count > 1).map(({ key, count }) => `${key}x${count}`),
      ...opened,
    ]
  }
  expect(counts([])).toEqual([2, '1x130'])
  expect(counts(['1'])).toEqual([52, '51x80', '1'])
  expect(counts(['1', '51'])).toEqual([102, '101x30', '1', '51'])
  expect(counts(['nobody'])).toEqual([2, '1x130'])
})
