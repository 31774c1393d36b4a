import { expect, test } from 'vitest'
import { csvLine, fileNamePart } from './csv.ts'

test.each([
  [['H-1', 12, true], '"H-1","12","true"\r\n'],
  [['say "no"', 'a,b', 'two\nlines'], '"say ""no""","a,b","two\nlines"\r\n'],
  [[null, undefined, ''], ',,""\r\n'],
  [['=1+1', '+1', '@x', '-x', '-5.0'], '"\'=1+1","\'+1","\'@x","\'-x","-5.0"\r\n'],
])('[C2] %j is the line %j', (cells, line) => {
  expect(csvLine(cells)).toBe(line)
})

test('[C2] a file is named after what was asked', () => {
  expect(fileNamePart('https://id.example.org/01/0952')).toBe('https-id.example.org-01-0952')
  expect(fileNamePart('(10)ABC')).toBe('10-ABC')
})
