import { expect } from 'vitest'
import type { Command } from '@lotline/core/catalogue'
import type { Answers } from '@lotline/core/recall/answers-shape'
import { type StoryPlant, story } from './story.ts'

const reason = 'leak tester down; the foreman decided to go on'

/** Valves are turned, tested for leaks and engraved, one after the other; the leak test has an inspection. */
async function valveShop(plant: StoryPlant): Promise<void> {
  await plant.define({
    items: { VALVE: { tracking: 'serial' }, BLANK: {} },
    suppliers: ['FORGE'],
    customers: ['REFINERY'],
    places: ['STORE', 'DONE'],
  })
  await plant.do({
    verb: 'define',
    thing: 'routing',
    item: 'VALVE',
    version: 'A',
    operations: [
      { operation: 'turn' },
      { operation: 'leak-test', inspection: true },
      { operation: 'engrave' },
    ],
  })
  await plant.do({
    verb: 'receive',
    item: 'BLANK',
    quantity: { value: '10' },
    place: 'STORE',
    supplier: 'FORGE',
    heat: 'H-7',
    lot: 'BLANKS-1',
  })
  await plant.do({ verb: 'open', kind: 'work', order: 'W-1', item: 'VALVE', quantity: { value: '2' } })
}

const at = (operation: string, unit: string) => ({ order: 'W-1', operation, unit })

const marksOf = (rows: Answers['answers']['affected'], code: string) =>
  rows.find((row) => row.code === code)?.marks.map((mark) => mark.code)

story('[B8 B3] A step that was left out is named, and a bypass stays with the unit', async (plant) => {
  await valveShop(plant)
  const use = (unit: string): Command => ({
    verb: 'consume',
    order: 'W-1',
    operation: 'turn',
    what: 'BLANKS-1',
    quantity: { value: '1' },
    forUnit: unit,
  })
  for (const unit of ['V-1', 'V-2']) {
    await plant.do(use(unit))
    await plant.do({ verb: 'complete', ...at('turn', unit) })
  }
  const skipped = await plant.refused({ verb: 'start', ...at('engrave', 'V-1') })
  expect(skipped).toMatchObject({ code: 'route_order', status: 409, details: { missing: ['leak-test'] } })
  expect(skipped.detail).toContain('leak-test')
  const uninspected = await plant.refused({ verb: 'complete', ...at('leak-test', 'V-1') })
  expect(uninspected.detail).toContain('the passed inspection of leak-test')

  const inspection = { verb: 'inspect', order: 'W-1', operation: 'leak-test', kind: 'in-process' } as const
  const leak = { characteristic: 'leak', value: '0.9', unit: 'ml', upper: '0.5' }
  expect((await plant.refused({ ...inspection, what: 'V-1', verdict: 'pass', results: [leak] })).code).toBe(
    'out_of_limits',
  )
  await plant.do({ ...inspection, what: 'V-1', verdict: 'pass', results: [{ ...leak, value: '0.1' }] })
  await plant.do({ verb: 'complete', ...at('leak-test', 'V-1') })
  await plant.do({ verb: 'complete', ...at('engrave', 'V-1') })
  await plant.do({ verb: 'produce', order: 'W-1', lot: 'V-1', place: 'DONE' })

  const early = await plant.refused({ verb: 'produce', order: 'W-1', lot: 'V-2', place: 'DONE' })
  expect(early).toMatchObject({ code: 'route_order', details: { missing: ['leak-test', 'engrave'] } })
  expect(await plant.refused({ verb: 'start', ...at('engrave', 'V-2'), bypass: {} })).toMatchObject({
    code: 'command_malformed',
    field: 'bypass/reason',
  })
  await plant.do({ verb: 'complete', ...at('engrave', 'V-2'), bypass: { reason } })
  await plant.do({
    verb: 'produce',
    order: 'W-1',
    lot: 'V-2',
    place: 'DONE',
    operation: 'engrave',
    bypass: { reason },
  })

  const { answers } = await plant.client.answers(['H-7'])
  expect(marksOf(answers.affected, 'V-1')).toEqual([])
  expect(marksOf(answers.affected, 'V-2')).toEqual(['route_bypassed', 'route_bypassed'])
  const trace = await plant.client.trace(['V-2'], { direction: 'backward' })
  const [unit] = trace.nodes.filter((node) => node.code === 'V-2')
  expect(unit?.marks[0]?.message).toContain(reason)
  const record = await plant.client.ask<{ marks: unknown[]; exceptions: { message: string }[] }>({
    method: 'GET',
    path: `/v1/traceables/${unit?.id}`,
  })
  expect(record.marks).toHaveLength(2)
  expect(record.exceptions[0]?.message).toContain('leak-test')
  const event = await plant.client.ask<{ event: { body: { bypass: unknown } } }>({
    method: 'GET',
    path: `/v1/events/${unit?.marks[0]?.position}`,
  })
  expect(event.event.body.bypass).toMatchObject({ missing: ['leak-test'], reason, signature: null })
})

story(
  '[B8] A mark on an order is on everything the order made, and goes with its correction alone',
  async (plant) => {
    await valveShop(plant)
    const bypassed = await plant.do({ verb: 'start', order: 'W-1', operation: 'engrave', bypass: { reason } })
    await plant.do({ verb: 'complete', order: 'W-1', operation: 'turn' })
    const produced = { verb: 'produce', order: 'W-1', operation: 'leak-test', place: 'DONE' } as const
    await plant.do({ ...produced, lot: 'V-1' })
    const marked = async () => marksOf((await plant.client.answers(['V-1'])).answers.affected, 'V-1')
    expect(await marked()).toEqual(['route_bypassed'])
    await plant.do({ verb: 'correct', event: bypassed.position, reason: 'wrong order scanned' })
    expect(await marked()).toEqual([])
  },
)
