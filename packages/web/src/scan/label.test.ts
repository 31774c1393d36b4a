import { expect, test } from 'vitest'
import { commandCode } from './command-codes.ts'
import { dayOf } from './label-dates.ts'
import { readLabel } from './label.ts'

const today = new Date('2026-06-01T00:00:00Z')
const gs = '\u001d'
const fields = (text: string) => {
  const read = readLabel(text, today)
  return read.kind === 'label' ? read.label : read
}

test.each([
  [`]C1010952123454321310R-7${gs}17270131`, { gtin: '09521234543213', lot: 'R-7', expiresOn: '2027-01-31' }],
  [`]d2010952123454321321SN-1`, { gtin: '09521234543213', serial: 'SN-1', code: 'SN-1' }],
  [`]Q3010952123454321310AB${gs}3103012500`, { lot: 'AB', quantity: { value: '12.5', unit: 'kg' } }],
  [`]C100106141411234567897`, { container: '106141411234567897', code: '106141411234567897' }],
  ['https://example.com/01/09521234543213/10/R-7?17=270131', { lot: 'R-7', expiresOn: '2027-01-31' }],
  ['(01)09521234543213(10)R-7(30)12', { lot: 'R-7', quantity: { value: '12', unit: undefined } }],
  ['R-1077', { code: 'R-1077', gtin: undefined, lot: undefined }],
  [']C0R-1077', { code: 'R-1077', text: 'R-1077' }],
  ['10ABC', { code: '10ABC', lot: undefined }],
])('[B20] %j is read as %j', (text, wanted) => {
  expect(fields(text)).toMatchObject(wanted)
})

test('[B20] a label whose separators were lost is asked about, never guessed', () => {
  const read = readLabel('010952123454321310ABC21DEF', today)
  expect(read.kind).toBe('ambiguous')
  if (read.kind !== 'ambiguous') return
  expect(read.readings.map(({ lot, serial }) => [lot, serial])).toContainEqual(['ABC', 'DEF'])
  expect(read.readings.map(({ lot }) => lot)).toContain('ABC21DEF')
  expect(read.plain.code).toBe('010952123454321310ABC21DEF')
})

test('[B20] a GS1 label that cannot be right says why', () => {
  expect(readLabel(']C10109521234543219', today)).toMatchObject({ kind: 'unreadable' })
})

test('[B20] a code of the command sheet is a command, whatever symbol carried it', () => {
  expect(readLabel(commandCode('confirm'), today)).toEqual({ kind: 'command', command: 'confirm' })
  expect(readLabel(']C0lotline-sign-out', today)).toEqual({ kind: 'command', command: 'sign-out' })
})

test.each([
  ['270131', '2027-01-31'],
  ['280200', '2028-02-29'],
  ['760101', '2076-01-01'],
  ['770101', '1977-01-01'],
  ['270230', undefined],
])('[B20] the date %s of a label is %s', (digits, day) => {
  expect(dayOf(digits, today)).toBe(day)
})
