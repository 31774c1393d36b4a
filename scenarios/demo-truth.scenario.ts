import { expect } from 'vitest'
import type { CivilDate } from '@lotline/core/base/instant'
import { machineShop } from '@lotline/server/demo/machine-shop'
import { story } from './story.ts'

// Twelve bar lots of nine heats, three of them the bad one: 96 gearboxes a lot, some in the same crates.
story('[C1] [D3] [K1] a generated shop of any size is answered as its generator knows it', async (plant) => {
  const { script, truth } = machineShop('2026-06-01' as CivilDate, 12)
  const { commands } = script
  for (let at = 0; at < commands.length; at += 1_000) {
    const part = commands.slice(at, at + 1_000)
    const told = await plant.client.captureMany(part)
    expect(told.refused, JSON.stringify(told.results.find((result) => !result.ok))).toBe(0)
  }
  expect(truth.serialsOf.size).toBeGreaterThan(5)
  for (const [heat, serials] of truth.serialsOf) {
    const reached = new Set<string>()
    const shipped = new Map<string, string>()
    const answer = await plant.client.answers([heat], { limit: 5_000 })
    expect(answer.complete).toBe(true)
    for (const row of answer.answers.affected) if (row.kind === 'serial') reached.add(row.code)
    for (const row of answer.answers.wentTo) shipped.set(row.code, `${row.customer.code} ${row.shipment}`)
    expect(reached).toEqual(serials)
    const known = [...serials].flatMap((serial) => {
      const line = truth.shipped.get(serial)
      return line ? [[serial, `${line.customer} ${line.shipment}`] as const] : []
    })
    expect(shipped).toEqual(new Map(known))
  }
})
