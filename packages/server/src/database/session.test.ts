import { expect, test } from 'vitest'
import { instantText, sessionConfig } from './session.ts'

test.each([
  ['2026-11-21 09:12:58+00', '2026-11-21T09:12:58.000Z'],
  ['2026-11-21 09:12:58.1+00', '2026-11-21T09:12:58.100Z'],
  ['2026-11-21 09:12:58.123+00', '2026-11-21T09:12:58.123Z'],
  ['2026-11-21 09:12:58.123456+00', '2026-11-21T09:12:58.123Z'],
])('[B18] the moment %s has one spelling', (given, expected) => {
  expect(instantText(given)).toBe(expected)
})

test('[K2] every session speaks UTC and sees our schema only', () => {
  const { options } = sessionConfig({ connectionString: 'postgres://x', role: 'lotline_app' })
  expect(options).toBe('-c search_path=lotline -c timezone=UTC -c datestyle=ISO -c role=lotline_app')
})
