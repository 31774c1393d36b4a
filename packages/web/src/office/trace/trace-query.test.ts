import { expect, test } from 'vitest'
import { readAddress, writeAddress } from '../../shared/address.ts'
import { questionOf, readTraceSearch } from './trace-query.ts'

test('[C1] an address holds the whole question and reads back the same', () => {
  const search = readTraceSearch({
    id: ['H-1', '(10)A&B'],
    direction: 'both',
    follow: 'contains',
    ring: 'proven',
    happenedFrom: '2026-01-01',
    asKnownOn: '12',
    tab: 'remains',
    view: 'table',
    pin: ['7'],
    all: 'true',
  })
  expect(readTraceSearch(readAddress(writeAddress({ ...search })))).toEqual(search)
})

test('[C1] what is usual stays out of the address', () => {
  const search = readTraceSearch({
    id: 'H-1',
    direction: 'forward',
    follow: 'touched',
    ring: 'cannot-exclude',
    view: 'both',
  })
  expect(writeAddress({ ...search })).toBe('?id=H-1')
})

test('[C1] an address that somebody mistyped asks what can be understood of it', () => {
  const search = readTraceSearch({ id: [20931, null, {}], direction: 'sideways', tab: 'nothing', ring: 'x' })
  expect(search).toEqual({ id: ['20931'] })
  expect(questionOf(search)).toMatchObject({ id: ['20931'], direction: 'forward', follow: 'touched' })
})
