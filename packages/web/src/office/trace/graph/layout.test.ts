import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { crossings, ordered } from './barycentre.ts'
import { columnsOf } from './columns.ts'
import { placed } from './heights.ts'
import { boxHeight, layoutOf } from './layout.ts'

describe('columns', () => {
  test('[C1] what is made of something stands right of it, also inside a lane', () => {
    const nodes = [
      { key: 'heat', lane: 0 },
      { key: 'mix', lane: 2 },
      { key: 'dough', lane: 2 },
      { key: 'loaf', lane: 4 },
    ]
    const edges = [
      { from: 'heat', to: 'mix' },
      { from: 'mix', to: 'dough' },
      { from: 'dough', to: 'loaf' },
    ]
    expect([...columnsOf(nodes, edges)]).toEqual([
      ['heat', 0],
      ['mix', 1],
      ['dough', 2],
      ['loaf', 3],
    ])
  })

  test('[B13] a rework loop ends', () => {
    const nodes = ['a', 'b', 'c'].map((key) => ({ key, lane: 1 }))
    const edges = [
      { from: 'a', to: 'b' },
      { from: 'b', to: 'c' },
      { from: 'c', to: 'a' },
      { from: 'b', to: 'b' },
    ]
    expect([...columnsOf(nodes, edges).values()].every((column) => column >= 0 && column < 3)).toBe(true)
  })
})

describe('order', () => {
  test('[C1] links that need not cross do not', () => {
    const columns = [
      ['a', 'b', 'c'],
      ['x', 'y', 'z'],
    ]
    const links = [
      ['a', 'z'],
      ['b', 'y'],
      ['c', 'x'],
    ]
    const right = new Map(links.map(([from = '', to = '']) => [from, [to]]))
    const left = new Map(links.map(([from = '', to = '']) => [to, [from]]))
    expect(crossings(columns, right)).toBe(3)
    expect(crossings(ordered({ columns, left, right }), right)).toBe(0)
  })
})

describe('heights', () => {
  test('[C1] vertices stand where they wish when there is room, and share the room when there is none', () => {
    const at = (...middles: number[]) => placed(middles.map((middle) => ({ middle, height: 10 })))
    expect(at(0, 50)).toEqual([0, 50])
    expect(at(20, 20)).toEqual([15, 25])
    expect(at(0, 0, 0)).toEqual([-10, 0, 10])
  })

  test('[C1] none overlap and the order is kept, whatever they wish', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ middle: fc.integer({ min: -500, max: 500 }), height: fc.integer({ min: 1, max: 60 }) }),
        ),
        (wishes) => {
          const middles = placed(wishes)
          for (let at = 1; at < wishes.length; at++) {
            const room = ((wishes[at - 1]?.height ?? 0) + (wishes[at]?.height ?? 0)) / 2
            expect((middles[at] ?? 0) - (middles[at - 1] ?? 0)).toBeGreaterThanOrEqual(room - 1e-6)
          }
        },
      ),
      { numRuns: 200 },
    )
  })
})

describe('layout', () => {
  const graph = fc.array(fc.tuple(fc.nat(19), fc.nat(19)), { maxLength: 60 })

  test('[C1] every box is inside the drawing, none covers another, and every link reaches both its ends', () => {
    fc.assert(
      fc.property(graph, (pairs) => {
        const nodes = Array.from({ length: 20 }, (_, at) => ({ key: `n${at}`, lane: at % 5 }))
        const edges = pairs.map(([from, to]) => ({ from: `n${from}`, to: `n${to}` }))
        const layout = layoutOf(nodes, edges)
        const boxes = [...layout.boxes.values()]
        for (const box of boxes) {
          expect(box.y - boxHeight / 2).toBeGreaterThanOrEqual(0)
          expect(box.y + boxHeight / 2).toBeLessThanOrEqual(layout.height)
          const close = boxes.filter(
            (other) => other.column === box.column && Math.abs(other.y - box.y) < boxHeight,
          )
          expect(close).toEqual([box])
        }
        for (const [at, link] of layout.links.entries()) {
          expect(link.at(0)?.y).toBe(layout.boxes.get(edges[at]?.from ?? '')?.y)
          expect(link.at(-1)?.y).toBe(layout.boxes.get(edges[at]?.to ?? '')?.y)
        }
      }),
      { numRuns: 100 },
    )
  })

  test('[C1] the same answer is drawn the same way', () => {
    const nodes = Array.from({ length: 250 }, (_, at) => ({ key: `n${at}`, lane: Math.floor(at / 32) }))
    const edges = Array.from({ length: 600 }, (_, at) => ({
      from: `n${(at * 7) % 200}`,
      to: `n${((at * 13) % 200) + 32}`,
    }))
    expect(layoutOf(nodes, edges)).toEqual(layoutOf(nodes, edges))
  })

  test('[C1] nothing at all is an empty drawing', () => {
    expect(layoutOf([], []).boxes.size).toBe(0)
  })
})
