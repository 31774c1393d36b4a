import { expect, test } from 'vitest'
import { sumDecimals } from './decimals.ts'

test.each([
  [[], '0'],
  [['0.1', '0.2'], '0.3'],
  [['12.5', '3'], '15.5'],
  [['1.500', '1.5'], '3'],
  [['9007199254740991', '0.000000001'], '9007199254740991.000000001'],
  [['-1.5', '1'], '-0.5'],
])('[A7] the sum of %j is %s', (values, sum) => {
  expect(sumDecimals(values)).toBe(sum)
})
