import { expect, test } from 'vitest'
import { statusInWords } from './status-in-words.ts'

test('[B8] a mark of a bypass stands beside the status, held or not', () => {
  const mark = { code: 'route_bypassed', message: 'The route was bypassed by ada.', position: 7 }
  expect(statusInWords({ status: 'released', held: false, marks: [] })).toBe('released')
  expect(statusInWords({ status: 'released', held: true, marks: [mark] })).toBe('held, route bypassed')
})
