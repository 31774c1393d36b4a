import { describe, expect, test } from 'vitest'
import { Shop } from '../ledger/shop.testing.ts'
import { productionVerbs } from './verbs.ts'

function shop(): Shop {
  const plant = new Shop(productionVerbs)
  plant.item('MILK', { unit: 'kg', scale: 3 })
  const cheese = plant.item('CHEESE', { unit: 'kg', scale: 3 })
  const pump = plant.item('PUMP', { tracking: 'serial' })
  plant.order('WO-1', { item: pump.no, amount: 10n })
  plant.order('WO-2', { item: cheese.no, amount: 20_000n })
  plant.stocked('MILK', 'M-1', '500')
  return plant
}

const milk = { verb: 'consume', order: 'WO-2', what: 'M-1', quantity: { value: '100' } }

describe('what an output takes over', () => {
  function dated(rule: 'earliest-input' | 'from-manufacture' | 'required'): Shop {
    const plant = shop()
    const item = plant.item('YOGURT', {
      unit: 'kg',
      scale: 3,
      expiryRule: rule,
      shelfLifeDays: 30,
      inherits: ['origin', 'fat:strictest'],
    })
    plant.order('WO-4', { item: item.no, amount: 10_000n })
    const fields = (origin: string, fat: string) => ({
      attributes: { origin, fat },
      owner: 7,
      exportClass: 'EAR99',
    })
    plant.stocked('MILK', 'M-A', '50', { expiresOn: '2026-03-20', fields: fields('DE', '3.5') })
    plant.stocked('MILK', 'M-B', '50', { expiresOn: '2026-03-12', fields: fields('FR', '10.1') })
    for (const what of ['M-A', 'M-B'])
      plant.do({ verb: 'consume', order: 'WO-4', what, quantity: { value: '5' } })
    return plant
  }
  const made = { verb: 'produce', order: 'WO-4', lot: 'Y-1', place: 'DONE' }

  test('[A9] a product never outlives its shortest input', () => {
    const plant = dated('earliest-input')
    const refusal = plant.refuses({ ...made, expiresOn: '2026-03-13' }, 'outlives_input')
    expect(refusal.message).toContain('M-B')
    plant.do(made)
    expect(plant.lot('Y-1').expiresOn).toBe('2026-03-12')
  })

  test('[A9] a product keeps as long as its item says from its making', () => {
    const plant = dated('from-manufacture')
    plant.refuses({ ...made, expiresOn: '2026-06-01' }, 'outlives_shelf_life')
    plant.do({ ...made, manufacturedOn: '2026-03-01' })
    expect(plant.lot('Y-1').expiresOn).toBe('2026-03-31')
  })

  test('[A9] a dated product cannot be made without its date', () => {
    const plant = dated('required')
    plant.refuses(made, 'expiry_missing')
    plant.refuses({ ...made, expiresOn: '2026-02-30' }, 'date_malformed')
    plant.do({ ...made, historical: true })
    expect(plant.exceptions()).toEqual(['expiry_missing'])
  })

  test('[A8][F7] attributes, owner and export class are inherited by rule', () => {
    const plant = dated('earliest-input')
    plant.do(made)
    const { attributes, owner, exportClass } = plant.lot('Y-1')
    expect({ attributes, owner, exportClass }).toEqual({
      attributes: { origin: 'DE, FR', fat: '3.5' },
      owner: 7,
      exportClass: 'EAR99',
    })
  })

  test('[A8] what a rule asks to be captured at consumption and output is asked for by name', () => {
    const plant = shop()
    const rule = (at: 'consumption' | 'output', field: string) => ({ at, field, force: 'enforce' as const })
    const jam = plant.item('JAM', { unit: 'kg', scale: 3, rules: [rule('output', 'brix')] })
    plant.item('FRUIT', { unit: 'kg', scale: 3, rules: [rule('consumption', 'from')] })
    plant.order('WO-5', { item: jam.no, amount: 1000n })
    plant.stocked('FRUIT', 'F-1', '9')
    const use = { verb: 'consume', order: 'WO-5', what: 'F-1', quantity: { value: '1' } }
    expect(plant.refuses(use, 'capture_required').field).toBe('from')
    plant.do({ ...use, from: 'STORE' })
    const make = { verb: 'produce', order: 'WO-5', lot: 'J-1', place: 'DONE' }
    expect(plant.refuses(make, 'capture_required').field).toBe('brix')
    plant.do({ ...make, attributes: { brix: '62' } })
  })

  test('[D1] a lot made of a held input is held from its first moment', () => {
    const plant = shop()
    plant.do(milk)
    plant.held('M-1')
    plant.do({ verb: 'produce', order: 'WO-2', lot: 'C-1', place: 'DONE' })
    plant.refuses({ verb: 'consume', process: 'x', what: 'C-1', quantity: { value: '1' } }, 'lot_on_hold')
  })
})
