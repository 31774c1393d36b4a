import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { GraphEdge } from './engine.ts'
import { drawnMax, lanes, type LaneNode } from './lanes.ts'
import { minute } from './notation.testing.ts'

function edge(no: number, source: number, target: number): GraphEdge {
  const facts = {
    kind: 'material',
    evidence: 'scanned',
    amount: null,
    happenedAt: minute(0),
    until: null,
  } as const
  return { no, source, target, ...facts, event: 0, addedAt: 0, retractedAt: null }
}

/** `1a 2b > 3c`: nodes with number and label, and every left one leads to every right one. */
function drawing(text: string, limit: number) {
  const nodes = new Map<number, LaneNode>()
  const edges: GraphEdge[] = []
  const read = (words: string) =>
    words
      .trim()
      .split(/\s+/)
      .map((word) => {
        const no = Number.parseInt(word, 10)
        nodes.set(no, { no, label: word.replace(/^\d+/, ''), ring: 0 })
        return no
      })
  for (const rule of text.split('|')) {
    const [left = '', right = ''] = rule.split('>')
    const targets = read(right)
    for (const source of read(left))
      for (const target of targets) edges.push(edge(edges.length + 1, source, target))
  }
  const found = lanes([...nodes.values()], edges, limit)
  return {
    ...found,
    boxText: found.boxes.map((box) => `${box.lane}:${box.label}x${box.count}`).join(' '),
    linkText: found.links.map((link) => `${link.from}>${link.to}x${link.count}`).join(' '),
  }
}

it('[C1] draws each node in the lane of its longest way', () => {
  expect(drawing('1a > 2p | 2p > 3b | 1a > 4q | 3b > 4q', 9).boxText).toBe('0:ax1 1:px1 2:bx1 3:qx1')
})

it('[C1] folds what is alike and linked to the same, and counts it', () => {
  const found = drawing('1a > 2p | 2p > 3b 4b 5b 6c', 5)
  expect(found.boxText).toBe('0:ax1 1:px1 2:bx3 2:cx1')
  expect(found.linkText).toBe('0>1x1 1>2x3 1>3x1')
  expect(found.coarse).toBe(false)
})

it('[C1] says so when it must fold what is linked differently', () => {
  const found = drawing('1a > 2p | 1a > 3p | 2p > 4b | 3p > 5b 6c', 4)
  expect(found.boxText).toBe('0:ax1 1:px2 2:bx2 2:cx1')
  expect(found.coarse).toBe(true)
})

it('[B13] draws a loop without end', () => {
  expect(drawing('1a > 2p | 2p > 3b | 3b > 2p', 9).boxText).toBe('0:ax1 1:px1 2:bx1')
})

it('[C1] never draws more boxes than can be read, and forgets no node', () => {
  const pair = fc.tuple(fc.nat({ max: 400 }), fc.nat({ max: 400 }))
  fc.assert(
    fc.property(fc.array(pair, { maxLength: 700 }), fc.nat({ max: 400 }), (pairs, labels) => {
      const nodes = Array.from({ length: 401 }, (_, no) => ({
        no,
        label: `${no % (labels + 1)}`,
        ring: no % 3,
      }))
      const found = lanes(
        nodes,
        pairs.map(([source, target], index) => edge(index + 1, source, target)),
      )
      expect(found.boxes.length).toBeLessThanOrEqual(drawnMax)
      expect(found.boxes.flatMap((box) => box.nodes).sort((a, b) => a - b)).toEqual(
        nodes.map((node) => node.no),
      )
    }),
    { numRuns: 40, seed: 20260107 },
  )
})
