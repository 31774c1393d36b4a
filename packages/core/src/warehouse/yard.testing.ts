import { Plant } from '../ledger/plant.testing.ts'
import { qualityVerbs } from '../quality/verbs.ts'
import { receivingVerbs } from '../receiving/verbs.ts'
import { setupVerbs } from '../setup/verbs.ts'
import { shippingVerbs } from '../shipping/verbs.ts'
import { warehouseVerbs } from './verbs.ts'

/**
 * A yard with two customers, two suppliers, four places (`CELL-1` takes one lot at a time), steel in kg, jars in pieces,
 * pumps by serial, glue without identity, and milk that expires.
 */
export function yard(): Plant {
  const plant = new Plant([
    ...setupVerbs,
    ...receivingVerbs,
    ...warehouseVerbs,
    ...shippingVerbs,
    ...qualityVerbs,
  ])
  const define = { verb: 'define' }
  plant.all(
    { ...define, thing: 'party', code: 'NUCOR', roles: ['supplier'] },
    { ...define, thing: 'party', code: 'ARCELOR', roles: ['supplier'] },
    { ...define, thing: 'party', code: 'ACME', roles: ['customer'] },
    { ...define, thing: 'party', code: 'BOLT', roles: ['customer'] },
    { ...define, thing: 'place', code: 'PLANT', kind: 'site' },
    { ...define, thing: 'place', code: 'STORE', parent: 'PLANT' },
    { ...define, thing: 'place', code: 'DOCK', parent: 'PLANT' },
    { ...define, thing: 'place', code: 'CELL-1', kind: 'single-lot', parent: 'PLANT' },
    { ...define, thing: 'item', code: 'BAR', unit: 'kg' },
    { ...define, thing: 'item', code: 'JAR' },
    { ...define, thing: 'item', code: 'PUMP', tracking: 'serial' },
    { ...define, thing: 'item', code: 'GLUE', tracking: 'none', unit: 'kg' },
    { ...define, thing: 'item', code: 'MILK', unit: 'l', expiryRule: 'required' },
  )
  return plant
}

/** A receipt of steel bars into the store; the fields given replace these. */
export const receiveBar = {
  verb: 'receive',
  item: 'BAR',
  place: 'STORE',
  supplier: 'NUCOR',
  quantity: { value: '100' },
} as const

export const receiveJar = { ...receiveBar, item: 'JAR' } as const
