import { expect } from 'vitest'
import type { Command } from '@lotline/core/catalogue'
import { numberFromManyClients } from './numbers.ts'
import { type StoryPlant, story } from './story.ts'

interface Advice {
  readonly tracking: string
  readonly reasons: readonly { readonly tracking: string; readonly why: string }[]
  readonly item: unknown
}

const receive = (lot: string | undefined, more: object = {}): Command => ({
  ...{ verb: 'receive', item: 'BAR', quantity: { value: '5' }, place: 'STORE', supplier: 'MILL' },
  ...(lot === undefined ? {} : { lot }),
  ...more,
})

async function store(plant: StoryPlant): Promise<void> {
  await plant.define({ items: { BAR: { unit: 'kg' } }, suppliers: ['MILL'], places: ['STORE'] })
}

story(
  '[A1] The adviser says a level and why, and each thing it is told changes its advice',
  async (plant) => {
    await store(plant)
    const ask = (query: Readonly<Record<string, string | readonly string[]>>) =>
      plant.client.ask<Advice>({ method: 'GET', path: '/v1/tracking-advice', query })
    const cheap = { unitValue: '49.99' }
    expect(await ask(cheap)).toMatchObject({
      tracking: 'batch',
      reasons: [{ why: expect.stringContaining('50') }],
    })
    expect((await ask({ unitValue: '50' })).tracking).toBe('lot')
    expect((await ask({ unitValue: '500' })).tracking).toBe('serial')
    const levels = { 'food-traceability-list': 'lot', iatf: 'lot', as9100: 'serial', udi: 'serial' }
    for (const [rule, level] of Object.entries(levels)) {
      const advice = await ask({ ...cheap, rules: [rule] })
      expect([rule, advice.tracking, advice.reasons.length]).toEqual([rule, level, 2])
    }
    const gmp = await ask({ risk: 'low', rules: ['gmp'] })
    expect(gmp).toMatchObject({
      tracking: 'batch',
      reasons: [{ why: expect.stringContaining('211.188') }, {}],
    })
    const both = await ask({
      ...cheap,
      rules: ['gmp', 'udi'],
      risk: 'harm',
      customerAsks: 'lot',
      item: 'BAR',
    })
    expect(both).toMatchObject({ tracking: 'serial', item: { code: 'BAR', tracking: 'lot' } })
    expect(both.reasons.map((reason) => reason.tracking)).toEqual(['serial', 'lot', 'lot', 'batch', 'batch'])
  },
)

story(
  '[A3] A rule shows its next three numbers, checks its own digit, and warns when it is too long',
  async (plant) => {
    await store(plant)
    const rule = { verb: 'define', thing: 'numbering', gives: 'lot', item: 'BAR' } as const
    const long = await plant.do({ ...rule, code: 'LONG', scheme: '{YYYY}{MM}{DD}-{SUPPLIER}-{ITEM}-{SEQ:8}' })
    expect(long.notes.exceptions).toMatchObject([{ code: 'number_too_long' }])
    await plant.do({ verb: 'retire', thing: 'numbering', code: 'LONG' })
    await plant.do({ ...rule, code: 'SHORT', scheme: 'B{SEQ:5}{CHECK}', format: 'B{D:5}{CHECK}' })
    const next = () =>
      plant.client.ask<{ next: string[]; tooLong: boolean }>({
        ...{ method: 'GET', path: '/v1/next-numbers', query: { gives: 'lot', item: 'BAR', place: 'STORE' } },
      })
    const shown = await next()
    expect(shown.tooLong).toBe(false)
    const given: string[] = []
    for (let each = 0; each < 3; each++)
      given.push((await plant.do(receive(undefined))).made['lots']?.[0]?.code ?? '')
    expect(given).toEqual(shown.next)
    const [first = ''] = (await next()).next
    const slip = `${first.slice(0, -1)}${first.endsWith('0') ? '1' : '0'}`
    expect((await plant.refused(receive(slip))).code).toBe('code_unlike_format')
    await plant.do(receive(first))
  },
)

story('[A4] A format is enforced where codes are typed, and refused where it is none', async (plant) => {
  await store(plant)
  const rule = {
    verb: 'define',
    thing: 'numbering',
    code: 'LOTS',
    gives: 'lot',
    scheme: 'LOT-{YYYY}-{SEQ:4}',
    reset: 'year',
  }
  expect(await plant.refused({ ...rule, format: '^LOT.*$}' })).toMatchObject({
    code: 'format_malformed',
    status: 422,
  })
  expect((await plant.refused({ ...rule, format: 'LOT{D:4}' })).code).toBe('scheme_unlike_format')
  await plant.do({ ...rule, format: 'LOT-{YYYY}-{D:4}' } as Command)
  const refusal = await plant.refused(receive('2024847'))
  expect(refusal).toMatchObject({ code: 'code_unlike_format', field: 'lot', value: '2024847' })
  expect(refusal.fix).toContain('LOT-2026-1234')
  await plant.do(receive('LOT-2024-0847'))
  expect((await plant.refused(receive('LOT-2024-0874X'))).code).toBe('code_unlike_format')
})

story('[A3] Who may bring lots into being is a rule of the item', async (plant) => {
  await store(plant)
  const rule: Command = {
    ...{ verb: 'define', thing: 'numbering', code: 'LOTS', gives: 'lot', item: 'BAR', scheme: 'B-{SEQ:4}' },
    creators: ['ada'],
  }
  await plant.do(rule)
  expect(await plant.refused(receive('B-9000'))).toMatchObject({ code: 'creation_not_allowed', status: 403 })
  expect((await plant.refused(receive(undefined))).fix).toContain('ada')
  await plant.do({ verb: 'revise', thing: 'numbering', code: 'LOTS', creators: ['ada', 'administrator'] })
  await plant.do(receive(undefined))
})

story(
  '[A4] Scanning an unknown or void label opens an exception until the label means something',
  async (plant) => {
    await store(plant)
    const made = await plant.do(receive('R-1'))
    await plant.do({ verb: 'correct', event: made.position, reason: 'wrong delivery' })
    const position = await plant.position()
    const use = (what: string) => ({ verb: 'consume', process: 'saw', what, quantity: { value: '1' } })
    for (const label of ['R-1', 'R-2', 'R-2']) await plant.refused(use(label))
    expect(await plant.position()).toBe(position)
    const open = async () =>
      (
        await plant.client.list<{ code: string; lot: string; fix: string }>('exceptions', { open: 'true' })
      ).rows.map((row) => `${row.lot} ${row.code}`)
    expect(await open()).toEqual(['R-1 lot_void', 'R-2 lot_unknown'])
    await plant.do(receive('R-2'))
    expect(await open()).toEqual(['R-1 lot_void'])
  },
)

story('[A3 I1] Sixteen clients at once get numbers: none twice, none refused', async (plant) => {
  await store(plant)
  await numberFromManyClients(plant, { clients: 16, each: 10 })
})
