import { expect, test } from 'vitest'
import { wedge } from './wedge.ts'

function typed(text: string, gapMs: number): string | undefined {
  const reader = wedge()
  let at = 1000
  for (const key of text) reader.feed({ key, ctrlKey: false }, (at += gapMs))
  const outcome = reader.feed({ key: 'Enter', ctrlKey: false }, (at += gapMs))
  return outcome.kind === 'scan' ? outcome.text : undefined
}

test('[B20] a fast burst that ends in Enter is a scan, whatever has the focus', () => {
  expect(typed('H-20931', 8)).toBe('H-20931')
  expect(typed('(01)09521234543213(10)ABC', 20)).toBe('(01)09521234543213(10)ABC')
})

test('[B20] what a hand types is no scan', () => {
  expect(typed('H-20931', 120)).toBeUndefined()
})

test('[B20] two keys at once and Enter are no scan', () => {
  expect(typed('gt', 5)).toBeUndefined()
})

test('[B20] the burst begins anew after a pause, so that letters before it do not stick to the code', () => {
  const reader = wedge()
  reader.feed({ key: 'x', ctrlKey: false }, 0)
  let at = 500
  for (const key of 'R-1077') reader.feed({ key, ctrlKey: false }, (at += 10))
  expect(reader.feed({ key: 'Enter', ctrlKey: false }, at + 10)).toEqual({ kind: 'scan', text: 'R-1077' })
})

test('[B20] the group separator of a GS1 symbol is kept, and shift keys do not break a burst', () => {
  const reader = wedge()
  let at = 0
  for (const key of '10AB') reader.feed({ key, ctrlKey: false }, (at += 5))
  reader.feed({ key: 'Control', ctrlKey: true }, (at += 5))
  reader.feed({ key: ']', ctrlKey: true }, (at += 5))
  reader.feed({ key: 'Shift', ctrlKey: false }, (at += 5))
  for (const key of '17') reader.feed({ key, ctrlKey: false }, (at += 5))
  const outcome = reader.feed({ key: 'Enter', ctrlKey: false }, at + 5)
  expect(outcome).toEqual({ kind: 'scan', text: '10AB\u001d17' })
})
