import { describe, expect, test } from 'vitest'
import { addDays, type CivilDate, isCivilDate, millisecondsOf, parseInstant } from './instant.ts'

describe('instants', () => {
  test.each([
    ['2026-03-01T14:05:00+01:00', '2026-03-01T13:05:00.000Z'],
    ['2026-03-01T14:05Z', '2026-03-01T14:05:00.000Z'],
    ['2026-03-01T14:05:00.1234567-05:30', '2026-03-01T19:35:00.123Z'],
    // The repeated hour of a clock change: the offset tells the two apart.
    ['2026-10-25T02:30:00+02:00', '2026-10-25T00:30:00.000Z'],
    ['2026-10-25T02:30:00+01:00', '2026-10-25T01:30:00.000Z'],
  ])('[C7] %s is %s', (given, instant) => expect(parseInstant(given)).toBe(instant))

  test.each([
    '2026-03-01',
    '2026-03-01T14:05:00',
    '2026-02-30T00:00:00Z',
    '2026-03-01T24:00:00Z',
    'today',
    '',
  ])('[C7] %j is no moment', (given) => expect(parseInstant(given)).toBeUndefined())

  test('[C7] text order is time order', () => {
    const [early, late] = [parseInstant('2026-03-01T23:30:00-02:00'), parseInstant('2026-03-02T01:31:00Z')]
    expect(early && late && early < late && millisecondsOf(late) - millisecondsOf(early)).toBe(60_000)
  })
})

describe('civil dates', () => {
  test.each([
    ['2024-02-29', true],
    ['2026-02-29', false],
    ['2026-13-01', false],
    ['26-01-01', false],
  ])('[A9] %s: %s', (text, valid) => expect(isCivilDate(text)).toBe(valid))

  test.each([
    ['2026-02-28', 1, '2026-03-01'],
    ['2026-03-29', 7, '2026-04-05'],
    ['2026-01-01', -1, '2025-12-31'],
  ])('[A9] %s and %d days is %s', (date, days, result) =>
    expect(addDays(date as CivilDate, days)).toBe(result),
  )
})
