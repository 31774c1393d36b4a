import { describe, expect, test } from 'vitest'
import { contrast, dark, light, linePairs, textPairs } from './colours.ts'

describe.each([
  ['light', light],
  ['dark', dark],
])('[K5] in the %s scheme', (_, palette) => {
  test.each(textPairs)('%s on %s can be read by everybody', (front, back) => {
    expect(contrast(palette[front], palette[back])).toBeGreaterThanOrEqual(4.5)
  })

  test.each(linePairs)('a line of %s on %s can be seen by everybody', (front, back) => {
    expect(contrast(palette[front], palette[back])).toBeGreaterThanOrEqual(3)
  })
})

test('contrast is measured as the standard defines it', () => {
  expect(contrast('#000000', '#FFFFFF')).toBeCloseTo(21, 5)
  expect(contrast('#777777', '#FFFFFF')).toBeCloseTo(4.48, 2)
})
