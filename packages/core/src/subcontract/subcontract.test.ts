import { describe, expect, test } from 'vitest'
import { documentTable, processFactTable } from '../ledger/record-tables.ts'
import { Shop } from '../ledger/shop.testing.ts'
import { subcontractVerbs } from './verbs.ts'

const approvals = [
  { process: 'Heat treatment', until: '2027-01-01', certificate: 'NADCAP-1' },
  { process: 'plating', until: '2026-03-01' },
]

/** Shafts, a heat treater with approvals, and a painter whom nobody asks for one. */
function shop(): Shop {
  const plant = new Shop(subcontractVerbs)
  plant.item('SHAFT')
  plant.item('SHAFT-HT', { tracking: 'serial' })
  plant.party('HEATCO', { approvals: JSON.stringify(approvals) })
  plant.party('PAINTCO')
  plant.party('LISTCO', {
    approvals: [{ process: 'heat treatment', until: null }, 'what is this', { until: 'never' }],
  })
  plant.party('BADCO', { approvals: 'see the folder' })
  plant.stocked('SHAFT', 'S-1', '96')
  return plant
}

const send = { verb: 'subcontract-send', subcontractor: 'HEATCO', what: 'S-1', process: 'heat treatment' }
const back = { verb: 'subcontract-receive', subcontractor: 'HEATCO', what: 'S-1', place: 'LINE' }

describe('approvals', () => {
  test.each([
    ['[B14] an approval that holds lets it go', { subcontractor: 'HEATCO' }, undefined],
    ['[B14] an approval without an end lets it go', { subcontractor: 'LISTCO' }, undefined],
    [
      '[B14] a party that lists none is not asked',
      { subcontractor: 'PAINTCO', process: 'painting' },
      undefined,
    ],
    ['[B14] an expired approval stops the send', { process: 'plating' }, 'approval_expired'],
    ['[B14] a process nobody approved stops the send', { process: 'welding' }, 'approval_missing'],
    ['[B14] what cannot be read is no approval', { subcontractor: 'BADCO' }, 'approval_missing'],
  ])('%s', (_title, fields, code) => {
    const plant = shop()
    if (code === undefined) plant.do({ ...send, ...fields })
    else plant.refuses({ ...send, ...fields }, code)
  })

  test('[B14] an old send without approval is an exception', () => {
    const plant = shop()
    plant.do({ ...send, process: 'plating', quantity: { value: '96' }, historical: true })
    expect(plant.exceptions()).toEqual(['approval_expired'])
  })
})

describe('there and back', () => {
  test('[B14] the lot is at the subcontractor, and comes back as itself in another state', () => {
    const plant = shop()
    plant.do({ ...send, quantity: { value: '90' } })
    expect(Object.values(plant.stock('S-1'))).toEqual(['6', '90'])
    plant.do({ ...back, quantity: { value: '90' }, status: 'pending', process: 'heat treatment' })
    expect(plant.stock('S-1')).toEqual({ 'place STORE': '6', 'place LINE': '90' })
    expect(plant.states('S-1')).toBe(2)
    expect(plant.lot('S-1').status).toBe('pending')
    const facts = plant.view.all(processFactTable).map((fact) => fact.value ?? fact.name)
    expect(facts).toEqual(expect.arrayContaining(['heat treatment', 'HEATCO', 'LINE']))
  })

  test('[B14] a chain through outside processing has no gap, and its certificate is carried through', () => {
    const plant = shop()
    plant.do(send)
    const certificate = { sha256: 'ab'.repeat(32), name: 'ht.pdf' }
    const into = { item: 'SHAFT-HT', serials: ['H-1', 'H-2'] }
    plant.do({ ...back, quantity: { value: '2' }, into, certificate })
    expect(plant.reaches('S-1')).toEqual(['H-1', 'H-2'])
    expect(plant.reaches('H-1', 'backward')).toEqual(['S-1'])
    expect(plant.stock('H-1')).toEqual({ 'place LINE': '1' })
    expect(plant.view.all(documentTable).map((row) => row.traceable)).toEqual(
      ['H-1', 'H-2'].map((code) => plant.lot(code).no),
    )
    expect(plant.gaps()).toEqual([])
  })

  test('[B14] no more comes back than went', () => {
    const plant = shop()
    plant.do({ ...send, quantity: { value: '10' } })
    plant.refuses({ ...back, quantity: { value: '11' } }, 'not_enough')
    const refusal = plant.refuses(
      { ...back, subcontractor: 'PAINTCO', quantity: { value: '1' } },
      'not_there',
    )
    expect(refusal.message).toContain('PAINTCO')
    expect(refusal.fix).toContain('HEATCO')
  })

  test('[D1][B14] a held lot is not sent', () => {
    const plant = shop()
    plant.held('S-1')
    plant.refuses(send, 'lot_on_hold')
  })
})
