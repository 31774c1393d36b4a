import { describe, expect, test } from 'vitest'
import { verbs } from './catalogue.ts'
import { Plant } from './ledger/plant.testing.ts'

const origin = { field: 'origin', force: 'enforce' } as const

/** A pump is made of a drive, a drive of magnets; ACME buys the pumps under the contract C-77. */
function pumpWorks(): Plant {
  const plant = new Plant(verbs)
  const party = (code: string, more: object) => ({ verb: 'define', thing: 'party', code, ...more })
  const item = (code: string, more: object = {}) => ({ verb: 'define', thing: 'item', code, ...more })
  plant.all(
    { verb: 'define', thing: 'place', code: 'NORTH', kind: 'site' },
    { verb: 'define', thing: 'place', code: 'SOUTH', kind: 'site' },
    { verb: 'define', thing: 'place', code: 'N-STORE', parent: 'NORTH' },
    { verb: 'define', thing: 'place', code: 'S-STORE', parent: 'SOUTH' },
    party('MAGNETIC', { roles: ['supplier'] }),
    party('ACME', { roles: ['customer'], rules: [{ ...origin, at: 'shipment', tiers: 3 }] }),
    party('EASY', { roles: ['customer'] }),
    item('MAGNET'),
    item('DRIVE'),
    item('PUMP', { tracking: 'serial' }),
    {
      ...{ verb: 'open', kind: 'customer', order: 'C-77', party: 'EASY' },
      rules: [{ ...origin, at: 'consumption', tiers: 2, item: 'DRIVE' }],
    },
  )
  return plant
}

const magnets = (lot: string, more: object = {}) => ({
  ...{ verb: 'receive', item: 'MAGNET', place: 'N-STORE', supplier: 'MAGNETIC', quantity: { value: '10' } },
  lot,
  ...more,
})

/** A drive out of magnets, and a pump out of the drive. */
function drive(plant: Plant, lot: string, magnet: string): void {
  plant.do({ verb: 'consume', process: `wind ${lot}`, what: magnet, quantity: { value: '1' } })
  const attributes = { origin: 'DE' }
  plant.do({
    ...{ verb: 'produce', process: `wind ${lot}`, item: 'DRIVE', lot, place: 'N-STORE' },
    ...{ quantity: { value: '1' }, attributes },
  })
}

function pump(plant: Plant, serial: string, lot: string): void {
  plant.do({ verb: 'consume', process: `fit ${serial}`, what: lot, quantity: { value: '1' } })
  const attributes = { origin: 'DE' }
  plant.do({
    verb: 'produce',
    process: `fit ${serial}`,
    item: 'PUMP',
    serials: [serial],
    place: 'N-STORE',
    attributes,
  })
}

describe('what must be captured', () => {
  test('[A8] a supplier’s rule asks at its receipts, at one site and for one item only', () => {
    const plant = pumpWorks()
    plant.do({
      ...{ verb: 'revise', thing: 'party', code: 'MAGNETIC' },
      rules: [{ ...origin, at: 'receipt', site: 'NORTH', item: 'MAGNET' }],
    })
    const refusal = plant.refuses(magnets('M-1'), 'capture_required')
    expect(refusal.field).toBe('origin')
    expect(refusal.message).toContain('MAGNETIC asks of MAGNET for origin at receipt')
    plant.do(magnets('M-1', { origin: 'JP' }))
    plant.do(magnets('M-2', { place: 'S-STORE' }))
  })

  test('[A8] a contract’s rule holds in the orders that are worked off for it, and in no other', () => {
    const plant = pumpWorks()
    plant.do(magnets('M-1'))
    plant.do(magnets('M-2', { origin: 'JP' }))
    drive(plant, 'D-1', 'M-1')
    drive(plant, 'D-2', 'M-2')
    plant.do({ verb: 'open', kind: 'work', order: 'W-1', item: 'PUMP', contract: 'C-77' })
    plant.do({ verb: 'open', kind: 'work', order: 'W-2', item: 'PUMP' })
    const use = (order: string, what: string) => ({ verb: 'consume', order, what, quantity: { value: '1' } })
    const refusal = plant.refuses(use('W-1', 'D-1'), 'capture_required')
    expect(refusal.message).toBe(
      'C-77 asks of DRIVE for origin at consumption; M-1, which is in it, has none.',
    )
    expect(refusal).toMatchObject({ field: 'origin', value: 'M-1' })
    plant.do(use('W-1', 'D-2'))
    plant.do(use('W-2', 'D-1'))
    plant.refuses({ verb: 'open', kind: 'work', item: 'PUMP', contract: 'C-99' }, 'order_unknown')
  })

  test('[A8] a customer’s rule stops what goes to that customer, down to the tier it names', () => {
    const plant = pumpWorks()
    plant.do(magnets('M-1'))
    drive(plant, 'D-1', 'M-1')
    pump(plant, 'P-1', 'D-1')
    const ship = (customer: string) => ({ verb: 'ship', customer, contents: [{ what: 'P-1' }] })
    const refusal = plant.refuses(ship('ACME'), 'capture_required')
    expect(refusal.message).toContain('ACME asks of PUMP for origin at shipment; M-1')
    plant.do(ship('EASY'))
  })

  test('[A8] two tiers look less deep than three', () => {
    const plant = pumpWorks()
    const rules = [{ ...origin, at: 'shipment', tiers: 2 }]
    plant.do({ verb: 'revise', thing: 'party', code: 'ACME', rules })
    plant.do(magnets('M-1'))
    drive(plant, 'D-1', 'M-1')
    pump(plant, 'P-1', 'D-1')
    plant.do({ verb: 'ship', customer: 'ACME', contents: [{ what: 'P-1' }] })
  })

  test.each(['observe', 'warn'] as const)('[A8] a rule that would %s stops nothing', (force) => {
    const plant = pumpWorks()
    const rules = [{ field: 'certificate', force, at: 'receipt' }]
    plant.do({ verb: 'revise', thing: 'item', code: 'MAGNET', rules })
    const event = plant.do(magnets('M-1'))
    expect(event.body['missing']).toEqual(['certificate'])
    expect(plant.exceptions()).toEqual(force === 'warn' ? ['capture_required'] : [])
  })

  test('[A8] certificate, heat and passed inspection on record of a lot need not be said again', () => {
    const plant = pumpWorks()
    const rules = ['certificate', 'heat', 'inspection', 'expiresOn'].map((field) => ({
      ...{ field, force: 'enforce', at: 'consumption' },
    }))
    plant.do({ verb: 'revise', thing: 'item', code: 'MAGNET', rules })
    const use = { verb: 'consume', process: 'wind', what: 'M-1', quantity: { value: '1' } }
    const certificate = { sha256: 'a'.repeat(64), name: 'm.pdf', mediaType: 'application/pdf', size: 10 }
    plant.do(magnets('M-1', { expiresOn: '2027-01-01' }))
    plant.refuses(use, 'capture_required')
    plant.do(magnets('M-1', { certificate }))
    expect(plant.refuses(use, 'capture_required').field).toBe('heat')
    plant.do(magnets('M-1', { heat: 'H-1' }))
    expect(plant.refuses(use, 'capture_required').field).toBe('inspection')
    plant.do({ verb: 'inspect', what: 'M-1', kind: 'incoming', verdict: 'pass' })
    plant.do(use)
  })

  test('[A8] a demand for inspection at receipt is kept by letting the goods wait', () => {
    const plant = pumpWorks()
    const rules = [{ field: 'inspection', force: 'enforce', at: 'receipt' }]
    plant.do({ verb: 'revise', thing: 'item', code: 'MAGNET', rules })
    plant.refuses(magnets('M-1'), 'capture_required')
    plant.do(magnets('M-1', { status: 'pending' }))
    plant.refuses(
      { verb: 'consume', process: 'x', what: 'M-1', quantity: { value: '1' } },
      'lot_not_released',
    )
  })

  test('[A8] at output a rule may ask what went in', () => {
    const plant = pumpWorks()
    const rules = [{ ...origin, at: 'output', tiers: 2 }]
    plant.do({ verb: 'revise', thing: 'item', code: 'DRIVE', rules })
    plant.do(magnets('M-1'))
    plant.do({ verb: 'consume', process: 'wind', what: 'M-1', quantity: { value: '1' } })
    const output = {
      ...{ verb: 'produce', process: 'wind', item: 'DRIVE', lot: 'D-1', place: 'N-STORE' },
      ...{ quantity: { value: '1' }, attributes: { origin: 'DE' } },
    }
    expect(plant.refuses(output, 'capture_required').value).toBe('M-1')
    plant.do({ ...output, historical: true })
    expect(plant.exceptions()).toEqual(['capture_required'])
  })

  test('[A8] an installed part is used too', () => {
    const plant = pumpWorks()
    const rules = [{ ...origin, at: 'consumption' }]
    plant.do({ verb: 'define', thing: 'item', code: 'BOARD', tracking: 'serial', rules })
    plant.do({ verb: 'produce', item: 'PUMP', serials: ['P-1'], place: 'N-STORE' })
    const boards = { verb: 'receive', item: 'BOARD', place: 'N-STORE', supplier: 'MAGNETIC' }
    plant.do({ ...boards, serials: ['B-1'] })
    plant.do({ ...boards, serials: ['B-2'], origin: 'CZ' })
    plant.refuses({ verb: 'install', unit: 'P-1', part: 'B-1' }, 'capture_required')
    plant.do({ verb: 'install', unit: 'P-1', part: 'B-2' })
  })
})
