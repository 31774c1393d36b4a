import { describe, expect, test } from 'vitest'
import { receiveBar, receiveJar, yard } from '../warehouse/yard.testing.ts'
import { holderOf, holderText, sayAmount } from './stock.ts'
import { movementTable, stockTable } from './tables.ts'

describe('stock', () => {
  test('[C6] whatever the order of arrival, the balance is the sum of its movements', () => {
    const commands = [
      { verb: 'move', what: 'R-1', quantity: { value: '30' }, from: 'STORE', to: 'DOCK', historical: true },
      { verb: 'move', what: 'R-1', quantity: { value: '20' }, from: 'DOCK', to: 'STORE', historical: true },
      { ...receiveBar, lot: 'R-1', historical: true },
    ]
    const ends = [
      [0, 1, 2],
      [2, 0, 1],
      [1, 2, 0],
      [2, 1, 0],
    ].map((order) => {
      const plant = yard()
      plant.do({ ...receiveBar, lot: 'R-1', quantity: { value: '1' } })
      for (const index of order) plant.do(commands[index] ?? receiveBar)
      const movements = plant.view.all(movementTable).reduce((sum, row) => sum + row.delta, 0n)
      const stock = plant.view.all(stockTable).reduce((sum, row) => sum + row.onHand - row.owed, 0n)
      expect(movements).toBe(stock)
      return plant.stock('R-1')
    })
    for (const end of ends) expect(end).toEqual({ 'place STORE': '91.000', 'place DOCK': '10.000' })
  })

  test('[A7] 0.1 kg and 0.2 kg received are 0.3 kg in stock', () => {
    const plant = yard()
    plant.do({ ...receiveBar, lot: 'R-1', quantity: { value: '0.1' } })
    plant.do({ ...receiveBar, lot: 'R-1', quantity: { value: '200', unit: 'g' } })
    expect(plant.stock('R-1')).toEqual({ 'place STORE': '0.300' })
    expect(sayAmount(plant.view, plant.lot('R-1').item, 300n)).toBe('0.3 kg')
    expect(plant.events.at(-1)?.body).toHaveProperty('lots.0.given', { value: '200', unit: 'g' })
  })

  test('[B15] a refusal says where the rest is', () => {
    const plant = yard()
    plant.do({ ...receiveJar, lot: 'J-1', container: 'PALLET' })
    plant.do({ ...receiveJar, lot: 'J-1', place: 'DOCK', quantity: { value: '7' } })
    const move = { verb: 'move', what: 'J-1', from: 'STORE', to: 'CELL-1' }
    const refusal = plant.refuses({ ...move, quantity: { value: '1' } }, 'not_there')
    expect(refusal.fix).toContain('100 pc in container PALLET')
    expect(refusal.fix).toContain('7 pc at DOCK')
  })

  test('[B18] a holder is one word in an event', () => {
    expect(holderOf(holderText({ kind: 'customer', no: 12 }))).toEqual({ kind: 'customer', no: 12 })
  })
})
