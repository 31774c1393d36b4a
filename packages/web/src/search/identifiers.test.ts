import { expect, test } from 'vitest'
import { identifiersIn, identifiersText } from './identifiers.ts'

test.each([
  ['H-20931', ['H-20931']],
  ['  H-20931  ', ['H-20931']],
  ['H-1, H-2;H-3\nH-4\tH-5', ['H-1', 'H-2', 'H-3', 'H-4', 'H-5']],
  ['H-1,H-1', ['H-1']],
  ['WO 118', ['WO 118']],
  ['(01)09521234543213(10)ABC', ['(01)09521234543213(10)ABC']],
  [
    'https://id.example.org/01/09521234543213/10/ABC?17=261231',
    ['https://id.example.org/01/09521234543213/10/ABC?17=261231'],
  ],
  ['0109521234543213\u001d10ABC', ['0109521234543213\u001d10ABC']],
  ['', []],
  [' ,; ', []],
])('[A2] %j holds the identifiers %j', (text, ids) => {
  expect(identifiersIn(text)).toEqual(ids)
})

test('[A2] what the box shows reads back as the same set', () => {
  const ids = ['H-1', 'SN 7', '(00)395212345000000012']
  expect(identifiersIn(identifiersText(ids))).toEqual(ids)
})
