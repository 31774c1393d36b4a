import { expect, test } from 'vitest'
import { expectRatchet } from './ratchet.ts'
import { fileLengths, functionLengths, longFiles, longFunctions } from './measures.ts'

test('no file is longer than 400 lines', () => {
  expectRatchet('file lines', longFiles(), 'split it by what it talks about; 400 lines is the end')
})

test('no function is longer than 70 lines', () => {
  expectRatchet(
    'function lines',
    longFunctions(),
    'name its parts and make them functions; 70 lines is the end',
  )
})

test('files are short: nine of ten under 250 lines, functions 99 of 100 under 60', () => {
  const files = [...fileLengths().values()]
  const functions = [...functionLengths().values()]
  expect(shareBelow(files, 250), 'share of files under 250 lines').toBeGreaterThanOrEqual(0.9)
  expect(shareBelow(functions, 60), 'share of functions under 60 lines').toBeGreaterThanOrEqual(0.99)
})

function shareBelow(lengths: readonly number[], limit: number): number {
  return lengths.filter((length) => length < limit).length / Math.max(1, lengths.length)
}
