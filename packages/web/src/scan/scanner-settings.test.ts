import { expect, test } from 'vitest'
import { codeIn, plainScanner } from './scanner-settings.ts'

test.each([
  ['R-1077', {}, 'R-1077'],
  ['R-1077\r', {}, 'R-1077'],
  ['#R-1077*', { prefix: '#', suffix: '*' }, 'R-1077'],
  ['R-1077', { prefix: '#', suffix: '*' }, 'R-1077'],
  [']C110AB~17261231', { separatorSubstitute: '~' }, ']C110AB\u001d17261231'],
  ['A~B', {}, 'A~B'],
])('[B20] %j with the settings %j is the code %j', (text, settings, code) => {
  expect(codeIn(text, { ...plainScanner, ...settings })).toBe(code)
})
