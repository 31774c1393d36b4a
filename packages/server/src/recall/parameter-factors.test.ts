import { expect, test } from 'vitest'
import { parameterFactors } from './parameter-factors.ts'

const read = (values: readonly string[], unit: string | null = 'C') =>
  [
    ...parameterFactors(values.map((value, process) => ({ process, name: 'fill temperature', value, unit }))),
  ].map(([process, name]) => `${process}: ${name}`)

test('[C8] few different readings are told apart by their value', () => {
  expect(read(['72', '80', '72'])).toEqual([
    '0: fill temperature 72 C',
    '1: fill temperature 80 C',
    '2: fill temperature 72 C',
  ])
})

test('[C8] many readings are told apart by their lowest and highest quarter', () => {
  expect(read(['71', '72', '73', '74', '75', '76', '77', '90.5'], null)).toEqual([
    '0: fill temperature at most 72',
    '1: fill temperature at most 72',
    '6: fill temperature at least 77',
    '7: fill temperature at least 77',
  ])
})

test('[C8] what is no number is told apart by its words', () => {
  expect(read(['good', 'bad', 'fair', '1', '2', '3'], null)).toHaveLength(6)
})
