import { expect, test } from 'vitest'
import type { LaneEdge, LaneNode } from '@lotline/core/recall/lanes-shape'
import type { Drawing } from './graph/drawing.ts'
import { boxesById, pinsAfter } from './selection.ts'
import { treeRows } from './tree-rows.ts'

const node = (key: string, root = false): LaneNode => ({
  key,
  lane: 'received',
  label: key,
  kind: 'lot',
  item: null,
  count: 1,
  quantity: null,
  ring: 'proven',
  status: 'released',
  root,
  held: false,
  gap: false,
  members: [`${key} 1`, `${key} 2`],
})
const edge = (from: string, to: string): LaneEdge => ({
  from,
  to,
  quantity: null,
  shared: true,
  shareOfSource: null,
  shareOfTarget: null,
  evidence: 'scanned',
  count: 1,
})
const lanes: Drawing = {
  lanes: [],
  nodes: [node('heat', true), node('a'), node('b'), node('unit'), node('customer')],
  edges: [
    edge('heat', 'a'),
    edge('heat', 'b'),
    edge('a', 'unit'),
    edge('b', 'unit'),
    edge('unit', 'customer'),
  ],
}
const lines = (...asked: Parameters<typeof treeRows>) =>
  treeRows(...asked).map(
    (row) => `${'.'.repeat(row.level)}${row.node.key}${row.seenAbove ? ' seen above' : ''}`,
  )

test('[C1] the tree says the same as the graph, and a box met again points above', () => {
  expect(lines(lanes, 'forward', new Set())).toEqual([
    '.heat',
    '..a',
    '...unit',
    '....customer',
    '..b',
    '...unit seen above',
  ])
})

test('[C1] a closed branch hides what is below it', () => {
  expect(lines(lanes, 'forward', new Set(['forward/heat/a']))).toEqual([
    '.heat',
    '..a',
    '..b',
    '...unit',
    '....customer',
  ])
})

test('[C2] backward it begins at what was asked too', () => {
  const asked = { ...lanes, nodes: lanes.nodes.map((one) => ({ ...one, root: one.key === 'unit' })) }
  expect(lines(asked, 'backward', new Set())).toEqual(['.unit', '..a', '...heat', '..b', '...heat'])
})

test('[B13] a loop ends', () => {
  const loop = { ...lanes, edges: [edge('heat', 'a'), edge('a', 'heat')] }
  expect(lines(loop, 'forward', new Set())).toEqual(['.heat', '..a', '...heat seen above'])
})

test('[C1] a row finds its box by the number of any traceable inside', () => {
  expect(boxesById(lanes.nodes).get('unit 2')?.key).toBe('unit')
  expect(boxesById(lanes.nodes).get('unit')?.key).toBe('unit')
})

test('[C1] opening pins, opening again lets go, adding keeps', () => {
  expect(pinsAfter([], 'a', false)).toEqual(['a'])
  expect(pinsAfter(['a'], 'b', false)).toEqual(['b'])
  expect(pinsAfter(['a'], 'b', true)).toEqual(['a', 'b'])
  expect(pinsAfter(['a', 'b'], 'a', false)).toEqual(['b'])
})
