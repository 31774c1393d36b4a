import { expect, test } from 'vitest'
import { Plant } from '../ledger/plant.testing.ts'
import { productionVerbs } from '../production/verbs.ts'
import { receivingVerbs } from '../receiving/verbs.ts'
import { receiveBar } from '../warehouse/yard.testing.ts'
import { setupVerbs } from './verbs.ts'

test('[B24] what was issued and neither used nor returned is told when the order is closed: left_in_process', () => {
  const plant = new Plant([...setupVerbs, ...receivingVerbs, ...productionVerbs])
  plant.all(
    { verb: 'define', thing: 'item', code: 'BAR', unit: 'kg' },
    { verb: 'define', thing: 'item', code: 'PUMP', tracking: 'serial' },
    { verb: 'define', thing: 'party', code: 'NUCOR' },
    { verb: 'define', thing: 'place', code: 'STORE' },
    { ...receiveBar, lot: 'R-1' },
    { verb: 'open', kind: 'work', order: 'W-1', item: 'PUMP', quantity: { value: '1' } },
    { verb: 'issue', order: 'W-1', what: 'R-1', quantity: { value: '3' } },
    { verb: 'close', order: 'W-1' },
  )
  expect(plant.exceptions()).toEqual(['left_in_process'])
})

test('[B8] a step of the route that nothing went through is told when the order is closed: route_unfinished', () => {
  const plant = new Plant([...setupVerbs, ...productionVerbs])
  plant.all(
    { verb: 'define', thing: 'item', code: 'PUMP', tracking: 'serial' },
    { verb: 'define', thing: 'place', code: 'DONE' },
    {
      verb: 'define',
      thing: 'routing',
      item: 'PUMP',
      version: '1',
      operations: [{ operation: '10' }, { operation: '20' }, { operation: 'wash', requires: [] }],
    },
    { verb: 'open', kind: 'work', order: 'W-1', item: 'PUMP', quantity: { value: '1' } },
    { verb: 'complete', order: 'W-1', operation: '10' },
  )
  plant.refuses(
    { verb: 'produce', order: 'W-1', operation: 'x', lot: 'P-1', place: 'DONE' },
    'operation_unknown',
  )
  plant.do({ verb: 'produce', order: 'W-1', operation: '20', lot: 'P-1', place: 'DONE' })
  plant.do({ verb: 'complete', order: 'W-1', operation: '20' })
  plant.do({ verb: 'close', order: 'W-1' })
  expect(plant.exceptions()).toEqual(['route_unfinished'])
})

test('[B9] [B24] the last output closes its order, takes the rest by itself, and tells what is short: order_short', () => {
  const plant = new Plant([...setupVerbs, ...productionVerbs])
  plant.all(
    { verb: 'define', thing: 'item', code: 'PUMP' },
    { verb: 'define', thing: 'place', code: 'DONE' },
    { verb: 'open', kind: 'work', order: 'W-1', item: 'PUMP', quantity: { value: '10' } },
    { verb: 'open', kind: 'work', order: 'W-2', item: 'PUMP', quantity: { value: '10' } },
    { verb: 'produce', order: 'W-1', lot: 'A', place: 'DONE', quantity: { value: '4' } },
    { verb: 'produce', order: 'W-1', lot: 'B', place: 'DONE', final: true },
  )
  expect(plant.stock('B')).toEqual({ 'place DONE': '6' })
  plant.refuses(
    { verb: 'produce', order: 'W-1', lot: 'C', place: 'DONE', quantity: { value: '1' } },
    'order_closed',
  )
  expect(plant.exceptions()).toEqual([])
  plant.do({ verb: 'produce', order: 'W-2', lot: 'D', place: 'DONE', quantity: { value: '9' }, final: true })
  expect(plant.exceptions()).toEqual(['order_short'])
})
