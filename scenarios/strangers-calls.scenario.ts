import { expect } from 'vitest'
import type { BulkAnswer } from '@lotline/client/client'
import type { Command } from '@lotline/core/catalogue'
import { codes, type StoryPlant, story } from './story.ts'

const receive = (lot: string, more: Partial<Extract<Command, { verb: 'receive' }>> = {}): Command => ({
  verb: 'receive',
  item: 'BAR',
  quantity: { value: '5' },
  place: 'STORE',
  supplier: 'MILL',
  lot,
  ...more,
})

const store = (plant: StoryPlant) =>
  plant.define({ items: { BAR: { unit: 'kg' } }, suppliers: ['MILL'], places: ['STORE'] })

story('[A4 C1] A number is found without the letters in front of it, and by its beginning', async (plant) => {
  await store(plant)
  await plant.do(receive('B-1', { heat: 'H-20931' }))
  for (const lot of ['SN-04861', 'SN-04862', 'R-77', '5-118', 'pal 9-1', 'Z']) await plant.do(receive(lot))
  const near = async (text: string) => codes((await plant.client.search(text)).near)
  expect(await near('20931')).toEqual(['H-20931'])
  expect(await near('2093')).toEqual(['H-20931'])
  expect(await near('SN-0486')).toEqual(['SN-04861', 'SN-04862'])
  expect(await near('0486')).toEqual(['SN-04861', 'SN-04862'])
  expect(await near('118')).toEqual([])
  expect((await plant.client.search('H-20931')).matches).toHaveLength(1)
})

story('[I1] A rehearsal of several commands says what the rules of the floor will say', async (plant) => {
  await store(plant)
  const before = await plant.position()
  const use: Command = {
    verb: 'scrap',
    what: 'L-1',
    quantity: { value: '9' },
    reason: 'bent',
    key: 'rehearse-2',
  }
  const rehearse = (mode: string) =>
    plant.client.ask<BulkAnswer>({
      method: 'POST',
      path: '/v1/captures',
      json: { mode, dryRun: true, commands: [{ ...receive('L-1'), key: 'rehearse-1' }, use] },
    })
  expect(await rehearse('each')).toMatchObject({
    dryRun: true,
    accepted: 1,
    refused: 1,
    withheld: 0,
    results: [
      { ok: true, replayed: false },
      { ok: false, problem: { code: 'not_enough' } },
    ],
  })
  expect(await rehearse('all-or-nothing')).toMatchObject({ accepted: 0, refused: 1, withheld: 1 })
  expect(await plant.position()).toBe(before)
})

story('[B2 I1] A mapping may come as a file of its own', async (plant) => {
  await store(plant)
  const mapping = {
    rows: [{ verb: 'receive', fields: { item: '${item}' } }],
  }
  const form = new FormData()
  form.set('mapping', new Blob([JSON.stringify(mapping)]), 'm.json')
  form.set('file', new Blob(['item\nBAR\n']), 'x.csv')
  const send = (body: FormData) =>
    fetch(`${plant.url}/v1/imports`, {
      method: 'POST',
      headers: { authorization: `Bearer ${plant.token}` },
      body,
    })
  const text = new FormData()
  text.set('mapping', JSON.stringify(mapping))
  text.set('file', new Blob(['item\nBAR\n']), 'x.csv')
  const [asFile, asText] = await Promise.all([send(form), send(text)])
  const withoutId = async (response: Response) => ({ ...JSON.parse(await response.text()), instance: '' })
  expect(asFile.status).toBeLessThan(500)
  expect(await withoutId(asFile)).toEqual(await withoutId(asText))
})
