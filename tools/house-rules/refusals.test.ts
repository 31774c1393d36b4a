import { test } from 'vitest'
import { refusalPlaces } from '../generate/refusal-codes.ts'
import { scatteredRefusals, untestedRefusals } from './measures.ts'
import { expectNone, expectRatchet } from './ratchet.ts'

test('a refusal code is a plain name of the world’s state', () => {
  const wrong = refusalPlaces().filter(
    ({ code }) => !/^[a-z][a-z0-9]*(_[a-z0-9…]+|…)*$|^…_[a-z_]+$/.test(code),
  )
  expectNone(
    wrong.map(({ code, path, line }) => `${path}:${line} refuses with "${code}"; write it like lot_on_hold`),
  )
})

test('a refusal code has one meaning: it is made in one file', () => {
  expectRatchet(
    'refusal codes made in several files',
    scatteredRefusals(),
    'make one function that gives this refusal and use it, or give the other meaning a code of its own',
  )
})

test('every refusal says what happened and what to do', () => {
  const silent = refusalPlaces().filter(({ message, fix }) => message === '' || fix === '')
  expectNone(
    silent.map(({ code, path, line }) => `${path}:${line} refuses with ${code} and leaves its words empty`),
  )
})

test('every refusal code is named by a test', () => {
  expectRatchet('refusal codes without a test', untestedRefusals(), 'write a test that is refused with it')
})
