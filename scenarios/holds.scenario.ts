import { expect } from 'vitest'
import type { Command } from '@lotline/core/catalogue'
import { type StoryPlant, story } from './story.ts'

const kg = (value: string) => ({ quantity: { value } })

/** Two deliveries of milk under one supplier's batch, and a third of another; some of the first is cheese already. */
async function dairy(plant: StoryPlant): Promise<void> {
  await plant.define({
    items: { MILK: { unit: 'kg' }, CHEESE: { unit: 'kg' }, BOX: { tracking: 'serial' } },
    suppliers: ['FARM'],
    customers: ['SHOP'],
    places: ['COLD'],
  })
  const milk = (lot: string, batch: string): Command => ({
    ...{ verb: 'receive', item: 'MILK', lot, batch, ...kg('100'), place: 'COLD', supplier: 'FARM' },
  })
  for (const [lot, batch] of [
    ['M-1', 'F-7'],
    ['M-2', 'F-7'],
    ['M-3', 'F-8'],
  ] as const)
    await plant.do(milk(lot, batch))
  await plant.do({ verb: 'consume', process: 'vat 1', what: 'M-1', ...kg('50') })
  await plant.do({ verb: 'produce', process: 'vat 1', item: 'CHEESE', lot: 'C-1', place: 'COLD', ...kg('5') })
}

const held = async (plant: StoryPlant, codes: readonly string[]) => {
  const rows = await Promise.all(codes.map((code) => plant.client.answers([code])))
  return rows.map(({ answers }, index) => answers.affected.find((row) => row.code === codes[index])?.held)
}

const hold = (what: string, reason: string): Command => ({
  verb: 'hold',
  what: [what],
  reasonCode: 'lab',
  reason,
})

story(
  '[D1] A hold reaches what was made and what will be made, and each reason is released by itself',
  async (plant) => {
    await dairy(plant)
    await plant.do(hold('F-7', 'antibiotics'))
    await plant.do(hold('M-1', 'temperature'))
    const all = ['M-1', 'M-2', 'M-3', 'C-1']
    expect(await held(plant, all)).toEqual([true, true, false, true])
    // What comes of it after the hold is born held: here written down late, for live use is refused.
    const late = { historical: true } as const
    await plant.do({ verb: 'consume', process: 'vat 2', what: 'M-2', ...kg('10'), ...late })
    await plant.do({
      verb: 'produce',
      process: 'vat 2',
      item: 'CHEESE',
      lot: 'C-2',
      place: 'COLD',
      ...kg('1'),
      ...late,
    })
    expect(await held(plant, ['C-2'])).toEqual([true])

    await plant.do({ verb: 'release', hold: 1, what: ['M-2'], reason: 'tested by itself' })
    expect(await held(plant, [...all, 'C-2'])).toEqual([true, false, false, true, true])
    await plant.do({ verb: 'release', hold: 1, reason: 'second test is good' })
    expect(await held(plant, [...all, 'C-2'])).toEqual([true, false, false, true, false])
    const refusal = await plant.refused({ verb: 'ship', customer: 'SHOP', contents: [{ what: 'C-1' }] })
    expect(refusal).toMatchObject({ code: 'lot_on_hold', details: { blocked: [{ lot: 'C-1' }] } })
    expect(refusal.detail).toContain('temperature')
    await plant.do({ verb: 'release', hold: 2, reason: 'logger was wrong' })
    await plant.do({ verb: 'ship', customer: 'SHOP', contents: [{ what: 'C-1' }] })
    const open = await plant.client.list<{ hold: number }>('holds', { open: 'true' })
    expect(open.rows).toEqual([])
  },
)

story('[D1 B15] A hold beats a reservation and stops every way of using a lot', async (plant) => {
  await dairy(plant)
  await plant.do({ verb: 'open', kind: 'customer', order: 'SO-1', party: 'SHOP' })
  await plant.do({ verb: 'open', kind: 'work', order: 'W-1', item: 'CHEESE' })
  await plant.do({ verb: 'reserve', order: 'SO-1', what: 'M-3', ...kg('20') })
  await plant.do(hold('M-3', 'smell'))
  const ways: readonly unknown[] = [
    { verb: 'issue', order: 'W-1', what: 'M-3', ...kg('1') },
    { verb: 'consume', order: 'W-1', what: 'M-3', ...kg('1') },
    { verb: 'pack', container: 'CRATE', contents: [{ what: 'M-3', ...kg('1') }], place: 'COLD' },
    { verb: 'ship', customer: 'SHOP', order: 'SO-1', contents: [{ what: 'M-3', ...kg('20') }] },
    { verb: 'reserve', order: 'SO-1', what: 'M-3', ...kg('1') },
    { verb: 'load', vessel: 'TANK', newVessel: true, place: 'COLD', what: 'M-3', ...kg('1') },
    { verb: 'install', unit: 'BOX-1', part: 'M-3', ...kg('1') },
  ]
  await plant.do({ verb: 'produce', item: 'BOX', serials: ['BOX-1'], place: 'COLD' })
  const position = await plant.position()
  const codes = []
  for (const way of ways) codes.push((await plant.refused(way)).code)
  expect(codes).toEqual(ways.map(() => 'lot_on_hold'))
  expect(await plant.position()).toBe(position)
  // Put aside, split off and thrown away it may be.
  await plant.do({ verb: 'split', what: 'M-3', into: [{ code: 'M-3X', ...kg('5') }] })
  expect(await held(plant, ['M-3X'])).toEqual([true])
  await plant.do({ verb: 'scrap', what: 'M-3X', reason: 'sour' })
})
