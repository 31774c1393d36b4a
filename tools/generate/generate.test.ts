import { expect, test } from 'vitest'
import { eventsPage } from './events-page.ts'
import { isNamed } from './refusal-codes.ts'
import { statusOf } from './requirements-page.ts'
import { readTitle } from './test-titles.ts'

test('a title gives the requirements it begins with', () => {
  expect(readTitle('[C4] an unknown lot is a gap')).toEqual({ ids: ['C4'], words: 'an unknown lot is a gap' })
  expect(readTitle('[B10 C6][D1] a split')).toEqual({ ids: ['B10', 'C6', 'D1'], words: 'a split' })
  expect(readTitle('a heat [C1] in the middle')).toEqual({ ids: [], words: 'a heat [C1] in the middle' })
})

test('a requirement is proven by a test, partly where something is known to be missing, else open', () => {
  const proof = { path: 'x.test.ts', title: 'x', proves: ['A1'] }
  expect(statusOf({ id: 'A1', text: '' }, [proof])).toBe('proven')
  expect(statusOf({ id: 'A1', text: '', missing: 'the screen' }, [proof])).toBe('partly')
  expect(statusOf({ id: 'A1', text: '', missing: 'the screen' }, [])).toBe('open')
})

test('a refusal code counts as tested only where it stands whole, in quotes', () => {
  expect(isNamed('lot_on_hold', `toBe('lot_on_hold')`)).toBe(true)
  expect(isNamed('lot_on_hold', `toBe('lot_on_hold_twice')`)).toBe(false)
  expect(isNamed('lot_on_hold', 'a lot_on_hold in a comment')).toBe(false)
  expect(isNamed('…_unknown', `toBe('item_unknown')`)).toBe(true)
})

test('the page of verbs names a field that a verb requires, also where every verb may carry it', async () => {
  const page = (await eventsPage()) ?? ''
  const correct = page.split('\n## ').find((entry) => entry.startsWith('`correct`'))
  expect(correct).toMatch(/^- `reason` \(string, required\)/m)
  expect(page.split('## Fields of every verb')[1]).toMatch(/^- `reason` \(string\)/m)
})
