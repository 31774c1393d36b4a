import { describe, expect, test } from 'vitest'
import { isRefusal } from '../base/refusal.ts'
import { correctionVerbs } from '../corrections/verbs.ts'
import { Plant } from '../ledger/plant.testing.ts'
import { receivingVerbs } from '../receiving/verbs.ts'
import { setupVerbs } from '../setup/verbs.ts'
import { receiveBar, receiveJar, yard } from '../warehouse/yard.testing.ts'
import { candidatesOf, findPlace, findTraceable } from './lookup.ts'

describe('finding a traceable', () => {
  test('[A4] a code of two items asks which, and the item answers', () => {
    const plant = yard()
    plant.all({ ...receiveBar, lot: 'L-1' }, { ...receiveJar, lot: 'L-1' })
    const found = findTraceable(plant.view, 'L-1', 'what')
    expect(isRefusal(found) && found.code).toBe('ambiguous_id')
    expect(isRefusal(found) && found.details).toMatchObject({ choices: [{ item: 'BAR' }, { item: 'JAR' }] })
    expect(plant.lot({ code: 'L-1', item: 'JAR' }).item).toBe(2)
    plant.refuses({ verb: 'move', what: 'L-1', to: 'DOCK' }, 'ambiguous_id')
  })

  test('[A2] a number that is ours and the supplier’s means ours; by kind it means the supplier’s', () => {
    const plant = yard()
    plant.do({ ...receiveBar, lot: 'X-1', supplierLot: 'X-1' })
    expect(plant.lot('X-1').kind).toBe('lot')
    expect(plant.lot({ code: 'X-1', kind: 'supplier-lot' }).kind).toBe('supplier-lot')
    expect(plant.lot({ code: 'X-1', kind: 'supplier-lot', supplier: 'NUCOR' }).party).toBe(1)
    expect(candidatesOf(plant.view, { code: 'X-1', supplier: 'ARCELOR' })).toEqual([])
    expect(candidatesOf(plant.view, { code: 'X-1', item: 'NOPE' })).toEqual([])
  })

  test('[A4] blanks and width do not matter; case does', () => {
    const plant = yard()
    plant.do({ ...receiveBar, lot: 'Heat 7' })
    expect(plant.lot('  Heat  7 ').code).toBe('Heat 7')
    expect(plant.knows('heat 7')).toBe(false)
  })

  test('[A4] the label of what was taken back is void, and says so', () => {
    const plant = new Plant([...setupVerbs, ...receivingVerbs, ...correctionVerbs])
    plant.all(
      { verb: 'define', thing: 'item', code: 'BAR' },
      { verb: 'define', thing: 'party', code: 'NUCOR' },
      { verb: 'define', thing: 'place', code: 'STORE' },
    )
    const wrong = plant.do({ ...receiveBar, lot: 'R-1' })
    plant.do({ verb: 'correct', event: wrong.id, reason: 'wrong delivery' })
    const found = findTraceable(plant.view, 'R-1', 'what')
    expect(isRefusal(found) && found.code).toBe('lot_void')
    plant.do({ ...receiveBar, lot: 'R-1' })
    expect(plant.lot('R-1').status).toBe('released')
  })

  test('[A6] places are found by URI as well', () => {
    const plant = yard()
    plant.do({ verb: 'define', thing: 'place', code: 'W-9', uri: 'urn:epc:id:sgln:0614141.07346.1234' })
    expect(findPlace(plant.view, 'urn:epc:id:sgln:0614141.07346.1234')).toMatchObject({ code: 'W-9' })
  })
})
