import { expect } from 'vitest'
import { ProblemError } from '@lotline/client/problem'
import { story, type StoryPlant } from './story.ts'

async function oven(plant: StoryPlant): Promise<void> {
  await plant.define({
    items: { DOUGH: { unit: 'kg' }, BREAD: {}, BOX: { tracking: 'serial' } },
    suppliers: ['MILL'],
    places: ['BAKERY'],
  })
  for (const code of ['OVEN-3', 'OVEN-4'])
    await plant.do({ verb: 'define', thing: 'equipment', code, name: code })
  const received = { item: 'DOUGH', quantity: { value: '50' }, place: 'BAKERY', supplier: 'MILL' }
  await plant.do({ verb: 'receive', ...received, supplierLot: 'M-1', lot: 'R-1010' })
  await plant.do({ verb: 'open', order: 'WO-1', kind: 'work', item: 'BREAD', quantity: { value: '90' } })
}

story('[C9 C4] A machine or place that nobody knows is refused with its nearest names', async (plant) => {
  await oven(plant)
  const asked = (query: Record<string, string>) =>
    plant.client.ask<{ complete: boolean }>({ method: 'GET', path: '/v1/conditions', query })
  const refused = async (query: Record<string, string>) => {
    const error = await asked(query).catch((problem: unknown) => problem)
    if (!(error instanceof ProblemError)) throw new Error('not refused')
    return error
  }
  const unknown = await refused({ equipment: 'OVEN-33' })
  expect(unknown.status).toBe(404)
  expect(unknown.body).toMatchObject({ code: 'condition_unknown', fix: expect.stringContaining('OVEN-3') })
  expect((await refused({ tool: 'OVEN-3' })).status).toBe(404)
  expect((await refused({ operator: 'NOBODY' })).body.detail).toContain('person')
  expect((await refused({ place: 'BAKERZ' })).body.fix).toContain('BAKERY')
  // Known and never used: nothing is an answer.
  expect(await asked({ equipment: 'OVEN-4' })).toMatchObject({ complete: true })
})

story('[C4 D1] Gaps name what came out without its inputs, holds name no nothing', async (plant) => {
  await oven(plant)
  await plant.do({
    ...{ verb: 'produce', order: 'WO-1', operation: '10', item: 'BREAD', quantity: { value: '30' } },
    ...{ lot: 'B-1', place: 'BAKERY' },
  })
  const { rows: gaps } = await plant.client.list<Record<string, unknown>>('gaps')
  expect(gaps).toMatchObject([{ kind: 'input-not-recorded', code: 'B-1', traceable: expect.any(String) }])
  const answer = await plant.client.answers(['B-1'])
  expect(answer.answers.gaps).toMatchObject([{ kind: 'input-not-recorded', code: 'B-1' }])
  await plant.do({
    ...{ verb: 'consume', order: 'WO-1', operation: '10', what: 'R-1010', quantity: { value: '5' } },
    ...{ concession: 'late' },
  })
  await plant.do({ verb: 'hold', what: ['R-1010'], reasonCode: 'check', reason: 'smells' })
  const { rows: holds } = await plant.client.list<{ codes: readonly unknown[] }>('holds')
  expect(holds.length).toBe(1)
  expect(holds.flatMap((hold) => hold.codes)).not.toContain(null)
})

story(
  '[C12 C3] A process is said in words: order, operation and unit, or what was received',
  async (plant) => {
    await oven(plant)
    const into = { verb: 'consume', order: 'WO-1', what: 'R-1010', concession: 'no bill' } as const
    await plant.do({ ...into, operation: '20', quantity: { value: '5' } })
    await plant.do({ verb: 'open', order: 'WO-2', kind: 'work', item: 'BOX', quantity: { value: '1' } })
    const forUnit = { code: 'BX-1', item: 'BOX' }
    await plant.do({ ...into, order: 'WO-2', quantity: { value: '1' }, forUnit })
    await plant.do({ verb: 'produce', order: 'WO-2', item: 'BOX', serials: ['BX-1'], place: 'BAKERY' })
    await plant.do({
      ...{ verb: 'produce', order: 'WO-1', operation: '20', item: 'BREAD', quantity: { value: '30' } },
      ...{ lot: 'B-1', place: 'BAKERY' },
    })
    const toUnit = await plant.client.explain('R-1010', 'BX-1')
    expect(toUnit.steps[0]).toMatchObject({ from: 'R-1010', to: 'WO-2, unit BX-1' })
    expect(toUnit.steps[0]?.process?.key).toMatch(/^unit:/)
    const toBread = await plant.client.explain('M-1', 'B-1')
    expect(toBread.steps.map((step) => step.to)).toEqual([
      'receipt R-1010',
      'R-1010',
      'WO-1 operation 20',
      'B-1',
    ])
    const trace = await plant.client.trace(['R-1010'])
    const names = trace.edges.map((edge) => String(edge.process.name))
    expect(names.sort()).toEqual(['WO-1 operation 20', 'WO-2, unit BX-1'])
  },
)
