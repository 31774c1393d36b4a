import { expect } from 'vitest'
import type { Command } from '@lotline/core/catalogue'
import { codes, story } from './story.ts'

const at = (time: string) => ({ historical: true, happenedAt: `2026-03-02T${time}Z` })

story('[B4 C5] Boards placed just after a splice may still hold the reel before it', async (plant) => {
  await plant.define({
    items: {
      RESISTOR: { feed: 'sequential', overlapSeconds: 90 },
      CAPACITOR: { feed: 'sequential' },
      BOARD: { tracking: 'serial' },
    },
    suppliers: ['VISHAY'],
    places: ['STORE', 'LINE-1'],
  })
  const reel = (item: string, lot: string): Command => ({
    ...{ verb: 'receive', item, lot, quantity: { value: '5000' }, place: 'STORE', supplier: 'VISHAY' },
    ...{ supplierLot: `V-${lot}`, ...at('06:00:00') },
  })
  await plant.do(reel('RESISTOR', 'REEL-1'))
  await plant.do(reel('RESISTOR', 'REEL-2'))
  await plant.do(reel('CAPACITOR', 'CAP-1'))
  await plant.do(reel('CAPACITOR', 'CAP-2'))
  await plant.do({ verb: 'open', kind: 'work', order: 'W-1', item: 'BOARD', quantity: { value: '4' } })
  const load = (what: string, time: string): Command => ({
    ...{ verb: 'consume', order: 'W-1', operation: 'place', what, quantity: { value: '1000' }, ...at(time) },
  })
  const board = (serial: string, time: string): Command => ({
    ...{ verb: 'produce', order: 'W-1', operation: 'place', serials: [serial], place: 'LINE-1', ...at(time) },
  })
  await plant.do(load('REEL-1', '08:00:00'))
  await plant.do(load('CAP-1', '08:00:10'))
  await plant.do(board('B-1', '08:05:00'))
  await plant.do(load('REEL-2', '08:10:00'))
  await plant.do(load('CAP-2', '08:10:00'))
  await plant.do(board('B-3', '08:12:00'))
  // Recorded last, and within the ninety seconds.
  await plant.do(board('B-2', '08:11:30'))

  const ringsOf = async (id: string) => {
    const { answers } = await plant.client.answers([id])
    return answers.affected
      .filter((row) => row.kind === 'serial')
      .map((row) => `${row.code} ${row.ring}`)
      .sort()
  }
  expect(await ringsOf('V-REEL-1')).toEqual(['B-1 proven', 'B-2 possible'])
  expect(await ringsOf('V-REEL-2')).toEqual(['B-2 proven', 'B-3 proven'])
  expect(await ringsOf('V-CAP-1')).toEqual(['B-1 proven'])
  const back = await plant.client.trace(['B-3'], { direction: 'backward' })
  expect(codes(back.nodes.filter((node) => node.kind === 'lot'))).toEqual(['CAP-2', 'REEL-2'])
})
