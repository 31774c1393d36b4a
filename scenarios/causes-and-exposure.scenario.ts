import { expect } from 'vitest'
import type { CivilDate } from '@lotline/core/base/instant'
import { machineShop } from '@lotline/server/demo/machine-shop'
import { type StoryPlant, story } from './story.ts'

async function shop(plant: StoryPlant) {
  const { script, truth } = machineShop('2026-06-01' as CivilDate, 6)
  for (let at = 0; at < script.commands.length; at += 1_000) {
    const told = await plant.client.captureMany(script.commands.slice(at, at + 1_000))
    expect(told.refused, JSON.stringify(told.results.find((result) => !result.ok))).toBe(0)
  }

  return { truth }
}

story(
  '[C8][C14][D5] the heat behind failing units comes first, and every bought lot is drilled as its own trace says',
  async (plant) => {
    const { truth } = await shop(plant)
    // Of the three heats, the one that came from one supplier alone.
    const heat = 'H-20814'
    const serials = truth.serialsOf.get(heat) ?? new Set()
    expect(serials.size).toBeGreaterThan(20)
    // One in ten of them has not failed yet; and one unit of another heat failed for a reason of its own.
    const failing = [...serials].filter((_, index) => index % 10 !== 0)
    const stranger =
      [...truth.serialsOf]
        .find(([other]) => other !== heat)?.[1]
        .values()
        .next().value ?? ''
    const found = await plant.client.commonCause([...failing, stranger])
    const [first] = found.causes
    expect([first?.name, ...(first?.same.map(({ name }) => name) ?? [])]).toContain(heat)
    expect(first).toMatchObject({ failingWith: failing.length, significant: true, explainedBy: null })
    expect(first?.goodWith).toBe(serials.size - failing.length)
    expect(first?.odds.low).toBeGreaterThan(10)
    expect(found).toMatchObject({ failing: failing.length + 1, good: { chosen: 'same-item' } })
    const rivals = found.causes.filter(({ significant, explainedBy }) => significant && explainedBy === null)
    expect(rivals).toHaveLength(1)

    const good = [...truth.serialsOf].filter(([other]) => other !== heat).flatMap(([, own]) => [...own])
    const given = await plant.client.commonCause(failing, { good })
    expect(given).toMatchObject({ failing: failing.length, good: { chosen: 'given', units: good.length } })
    expect(given.causes[0]).toMatchObject({ goodWith: 0, odds: { corrected: true } })
    await expect(plant.client.commonCause([failing[0] ?? ''])).rejects.toMatchObject({
      body: { code: 'units_too_few' },
    })

    const exposure = await plant.client.exposure({ limit: 1_000 })
    expect(exposure.sources).toBe(exposure.rows.length)
    expect(exposure.rows.map(({ code }) => code)).toEqual(expect.arrayContaining([...truth.serialsOf.keys()]))
    expect(exposure.rows.map(({ units }) => units)).toEqual(
      exposure.rows.map(({ units }) => units).toSorted((a, b) => b - a),
    )
    for (const row of exposure.rows.filter((_, index) => index % 5 === 0)) {
      const { summary } = await plant.client.answers([`#${row.id}`], { limit: 1 })
      expect({ code: row.code, units: row.units, customers: row.customers }).toEqual({
        code: row.code,
        units: summary.affected.traceables,
        customers: summary.shipped.customers,
      })
    }
    const paged = await plant.client.exposure({ sort: 'customers', limit: 3 })
    const next = await plant.client.exposure({ sort: 'customers', limit: 3, cursor: paged.nextCursor ?? '' })
    expect(new Set([...paged.rows, ...next.rows].map(({ id }) => id)).size).toBe(6)
  },
)

story(
  '[C14] value at risk is what is on hand and with customers, at the value of its item',
  async (plant) => {
    await plant.define({
      items: { RESIN: { unit: 'kg', scale: 3 }, CASE: {} },
      suppliers: ['CHEM'],
      customers: ['ACME'],
      places: ['HALL'],
    })
    const [resin, cases] = [{ value: '2.25' }, { value: '10' }]
    for (const [code, attributes] of [
      ['RESIN', resin],
      ['CASE', cases],
    ] as const)
      await plant.do({ verb: 'revise', thing: 'item', code, attributes, reason: 'price list' })
    await plant.do({
      ...{ verb: 'receive', item: 'RESIN', lot: 'R-1', supplier: 'CHEM', supplierLot: 'S-1' },
      ...{ quantity: { value: '100' }, place: 'HALL' },
    })
    await plant.do({ verb: 'open', order: 'WO-1', kind: 'work', item: 'CASE', quantity: { value: '60' } })
    await plant.do({ verb: 'consume', order: 'WO-1', what: 'R-1', quantity: { value: '30.5' }, from: 'HALL' })
    await plant.do({
      ...{
        verb: 'produce',
        order: 'WO-1',
        item: 'CASE',
        lot: 'C-1',
        quantity: { value: '60' },
        place: 'HALL',
      },
    })
    await plant.do({
      ...{ verb: 'ship', shipment: 'S-9', customer: 'ACME' },
      contents: [{ what: 'C-1', quantity: { value: '20' } }],
    })
    // 69.5 kg at 2.25, and 60 cases at 10 of which 20 are with the customer.
    const { rows, valued } = await plant.client.exposure()
    expect(valued).toBe(true)
    expect(rows).toMatchObject([{ code: 'S-1', units: 2, customers: 1, value: '756.375' }])
  },
)
