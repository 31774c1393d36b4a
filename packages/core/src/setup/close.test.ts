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
