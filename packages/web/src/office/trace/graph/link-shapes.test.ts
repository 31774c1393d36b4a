import { expect, test } from 'vitest'
import { basisOf, labelPlace, linePath, readable } from './link-shapes.ts'

test('[C5] the line says how a link is known', () => {
  expect([basisOf('scanned'), basisOf('prorated'), basisOf('candidate')]).toEqual([
    'recorded',
    'prorata',
    'worst',
  ])
})

test('[C1] a line runs level where it can and bends between columns', () => {
  const points = [
    { x: 0, y: 10 },
    { x: 100, y: 10 },
    { x: 200, y: 50 },
  ]
  expect(linePath(points)).toBe('M0 10H100C150 10 150 50 200 50')
  expect(linePath([])).toBe('')
  expect(labelPlace(points)).toEqual({ x: 150, y: 30 })
})

test('[C6] words that would cover others are left out, the first ones stay', () => {
  const at = (x: number, y: number, text = '12.5 kg') => ({ text, share: '25 %', at: { x, y } })
  expect([...readable([at(0, 0), at(10, 5), at(0, 40), undefined, at(400, 0, '')])]).toEqual([0, 2])
})
