import { describe, expect, test } from 'vitest'
import { correctionVerbs } from '../corrections/verbs.ts'
import { productionVerbs } from '../production/verbs.ts'
import { receivingVerbs } from '../receiving/verbs.ts'
import { setupVerbs } from '../setup/verbs.ts'
import { Plant } from './plant.testing.ts'
import { movementTable } from './tables.ts'

function plant(): Plant {
  const made = new Plant([...setupVerbs, ...receivingVerbs, ...productionVerbs, ...correctionVerbs])
  made.all(
    { verb: 'define', thing: 'place', code: 'STORE' },
    { verb: 'define', thing: 'item', code: 'BAR', unit: 'kg' },
    { verb: 'define', thing: 'item', code: 'JAR' },
  )
  return made
}

const consume = {
  verb: 'consume',
  what: 'ZZ-1',
  process: 'cook-1',
  quantity: { value: '5' },
  historical: true,
} as const
const receive = {
  verb: 'receive',
  item: 'BAR',
  lot: 'ZZ-1',
  place: 'STORE',
  quantity: { value: '50' },
} as const
const ofBar = { ...consume, what: { code: 'ZZ-1', item: 'BAR' } }

describe('what was used before anybody said what it is', () => {
  test('[C4] its quantity is settled when the receipt tells the item, owed first', () => {
    const made = plant()
    made.do(consume)
    expect(made.stock('ZZ-1')).toEqual({})
    expect(made.gaps()).toEqual(['used-before-received', 'shortfall'])
    made.do(receive)
    expect(made.stock('ZZ-1')).toEqual({ 'place STORE': '45.000' })
    expect(made.gaps()).toEqual([])
    const consumed = made.view.all(movementTable).filter((moved) => moved.cause === 'consumed')
    expect(consumed).toMatchObject([{ delta: -5000n, happenedAt: made.events[3]?.happenedAt }])
  })

  test('[C4] a unit that the item cannot measure keeps its gap, whatever else is settled', () => {
    const made = plant()
    made.do({ ...consume, quantity: { value: '2', unit: 'bucket' } })
    made.all(consume, receive)
    expect(made.stock('ZZ-1')).toEqual({ 'place STORE': '45.000' })
    expect(made.gaps()).toEqual(['shortfall'])
  })

  test('[C4] named with its item later, it is the same lot, and both quantities count', () => {
    const made = plant()
    made.all(consume, ofBar)
    expect(made.stock('ZZ-1')).toEqual({ 'place 0': '-10.000' })
    made.do(receive)
    expect(made.stock('ZZ-1')).toEqual({ 'place STORE': '40.000' })
    expect(made.gaps()).toEqual([])
  })

  test('[B18][C4] voided consumptions and receipts are unsettled again', () => {
    const made = plant()
    const used = made.do(consume)
    const receipt = made.do(receive)
    made.do({ verb: 'correct', event: receipt.id, reason: 'not ours', historical: true })
    expect(made.stock('ZZ-1')).toEqual({})
    expect(made.gaps()).toEqual(['used-before-received', 'shortfall'])
    made.do(receive)
    made.do({ verb: 'correct', event: used.id, reason: 'never used', historical: true })
    const total = Object.values(made.stock('ZZ-1')).reduce((sum, text) => sum + Number(text), 0)
    expect(total).toBe(50)
  })

  test('[B18] voiding the receipt that paid what was owed opens the shortfall again', () => {
    const made = plant()
    made.do({ ...receive, quantity: { value: '1' } })
    made.do({ ...ofBar, quantity: { value: '6' } })
    expect(made.gaps()).toEqual(['shortfall'])
    const was = made.stock('ZZ-1')
    const late = made.do(receive)
    expect(made.gaps()).toEqual([])
    made.do({ verb: 'correct', event: late.id, reason: 'entered twice', historical: true })
    expect(made.stock('ZZ-1')).toEqual(was)
    expect(made.gaps()).toEqual(['shortfall'])
  })
})
