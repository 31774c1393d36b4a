import { expect, test } from 'vitest'
import { neighbourOf, pathsThrough } from './paths.ts'

const edges = [
  { from: 'heat', to: 'lot' },
  { from: 'lot', to: 'order' },
  { from: 'grease', to: 'order' },
  { from: 'order', to: 'unit' },
  { from: 'lot', to: 'scrap' },
]

test('[C1] the path through a box is where it comes from and where it goes, not its neighbours’ other ways', () => {
  const path = pathsThrough(['unit'], edges)
  expect([...path.nodes].toSorted()).toEqual(['grease', 'heat', 'lot', 'order', 'unit'])
  expect([...path.edges].toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3])
})

test('[C1] two pinned boxes show both their paths', () => {
  expect([...pathsThrough(['scrap', 'grease'], edges).nodes].toSorted()).toEqual([
    'grease',
    'heat',
    'lot',
    'order',
    'scrap',
    'unit',
  ])
})

test('[B13] a loop ends', () => {
  const loop = [
    { from: 'a', to: 'b' },
    { from: 'b', to: 'a' },
  ]
  expect(pathsThrough(['a'], loop).nodes.size).toBe(2)
})

test('arrow keys walk along links and down the column', () => {
  const boxes = new Map([
    ['heat', { y: 0, column: 0 }],
    ['grease', { y: 90, column: 1 }],
    ['lot', { y: 10, column: 1 }],
    ['order', { y: 30, column: 2 }],
    ['scrap', { y: 200, column: 2 }],
  ])
  expect(neighbourOf('heat', 'ArrowRight', edges, boxes)).toBe('lot')
  expect(neighbourOf('lot', 'ArrowRight', edges, boxes)).toBe('order')
  expect(neighbourOf('lot', 'ArrowDown', edges, boxes)).toBe('grease')
  expect(neighbourOf('lot', 'ArrowUp', edges, boxes)).toBeUndefined()
  expect(neighbourOf('order', 'ArrowLeft', edges, boxes)).toBe('lot')
})
