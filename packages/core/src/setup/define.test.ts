import { describe, expect, test } from 'vitest'
import { itemTable, numberingTable, partyTable, placeTable, resourceTable } from '../identity/rows.ts'
import { findItem } from '../identity/lookup.ts'
import { definitionTable, documentTable } from '../ledger/record-tables.ts'
import { orderLineTable, orderTable } from '../ledger/tables.ts'
import { receiveBar, receiveJar, yard } from '../warehouse/yard.testing.ts'

const item = { verb: 'define', thing: 'item', code: 'NEW' }

describe('define', () => {
  test('[A1] [A7] an item gets its level, unit and scale; a URI names it', () => {
    const plant = yard()
    plant.do({ ...item, unit: 'kg', uri: 'https://id.gs1.org/01/09506000134352', attributes: { grade: 'A' } })
    const uri = findItem(plant.view, 'https://id.gs1.org/01/09506000134352')
    expect(uri).toMatchObject({ code: 'NEW', tracking: 'lot', scale: 3, attributes: { grade: 'A' } })
    expect(plant.view.all(itemTable).map((row) => [row.no, row.code])).toContainEqual([6, 'NEW'])
  })

  test('[A6] parties, places and resources', () => {
    const plant = yard()
    plant.do({ verb: 'define', thing: 'party', code: 'P', roles: ['supplier', 'subcontractor'] })
    plant.do({ verb: 'define', thing: 'place', code: 'A-01', parent: 'STORE', kind: 'area' })
    plant.do({ verb: 'define', thing: 'equipment', code: 'OVEN-3', name: 'Oven 3', place: 'DOCK' })
    plant.do({ verb: 'define', thing: 'person', code: 'ada' })
    expect(plant.view.get(partyTable, [5])?.roles).toEqual(['supplier', 'subcontractor'])
    expect(plant.view.get(placeTable, [5])?.parent).toBe(2)
    expect(plant.view.all(resourceTable).map((row) => [row.kind, row.place])).toEqual([
      ['equipment', 3],
      ['person', null],
    ])
  })

  test.each([
    ['[A6] a code in use', { ...item, code: 'BAR' }, 'already_defined'],
    ['[A6] no code', { verb: 'define', thing: 'item' }, 'code_missing'],
    ['[A4] an invisible code', { ...item, code: 'A\u200B' }, 'code_malformed'],
    ['[A6] a field of another thing', { ...item, roles: ['supplier'] }, 'field_not_of_thing'],
    ['[A9] a shelf life without a rule', { ...item, shelfLifeDays: 7 }, 'expiry_rule_missing'],
    ['[A9] a rule without its days', { ...item, expiryRule: 'from-manufacture' }, 'expiry_rule_missing'],
    ['[A1] serials in parts', { ...item, tracking: 'serial', scale: 3 }, 'serial_scale'],
    ['[A6] an unknown owner', { ...item, owner: 'NOPE' }, 'party_unknown'],
    [
      '[A3] a numbering without scheme',
      { ...item, thing: 'numbering', gives: 'lot' },
      'numbering_incomplete',
    ],
    [
      '[A3] a numbering that repeats',
      { ...item, thing: 'numbering', gives: 'lot', scheme: 'A-{SEQ}', reset: 'day' },
      'scheme_repeats',
    ],
    [
      '[A3] a scheme that is none',
      { ...item, thing: 'numbering', gives: 'lot', scheme: '{X}{SEQ}' },
      'scheme_malformed',
    ],
    ['[A5] a bill without version', { verb: 'define', thing: 'bom', item: 'JAR' }, 'definition_incomplete'],
    [
      '[A5] a thing made of itself',
      {
        verb: 'define',
        thing: 'bom',
        item: 'JAR',
        version: '1',
        lines: [{ item: 'JAR', quantity: { value: '1' } }],
      },
      'material_of_itself',
    ],
    [
      '[A5] a step that waits for none',
      {
        verb: 'define',
        thing: 'routing',
        item: 'JAR',
        version: '1',
        operations: [{ operation: '10', requires: ['5'] }],
      },
      'definition_incomplete',
    ],
  ])('%s is refused', (_title, command, code) => {
    const plant = yard()
    const events = plant.events.length
    plant.refuses(command, code)
    expect(plant.events.length).toBe(events)
  })

  test('[A6] a URI names one thing', () => {
    const plant = yard()
    plant.do({ ...item, uri: 'urn:x:1' })
    plant.refuses({ ...item, code: 'OTHER', uri: 'urn:x:1' }, 'uri_taken')
  })

  test('[A3] an over-long scheme is taken with a warning', () => {
    const plant = yard()
    const scheme = '{YYYY}{MM}{DD}-{SUPPLIER}-{ITEM}-{SEQ:8}'
    plant.do({ verb: 'define', thing: 'numbering', code: 'N', gives: 'lot', scheme })
    expect(plant.exceptions()).toEqual(['number_too_long'])
    expect(plant.view.all(numberingTable)).toHaveLength(1)
  })
})

describe('revise and retire', () => {
  test('[A6] only what is named changes, and a retired thing comes back', () => {
    const plant = yard()
    const revise = { verb: 'revise', thing: 'item', code: 'BAR' }
    plant.do({ ...revise, name: 'Round bar', attributes: { grade: '4140' } })
    plant.do({ ...revise, attributes: { norm: 'EN 10083' } })
    expect(plant.view.get(itemTable, [1])).toMatchObject({
      name: 'Round bar',
      unit: 'kg',
      attributes: { grade: '4140', norm: 'EN 10083' },
    })
    plant.do({ verb: 'retire', thing: 'item', code: 'BAR' })
    plant.refuses(receiveBar, 'retired')
    plant.do(revise)
    plant.do(receiveBar)
  })

  test('[A7] unit and scale are kept for ever', () => {
    const plant = yard()
    plant.refuses({ verb: 'revise', thing: 'item', code: 'BAR', unit: 't' }, 'scale_fixed')
    plant.refuses({ verb: 'revise', thing: 'item', code: 'BAR', scale: 2 }, 'scale_fixed')
  })

  test('[A6] refused: what is not defined, and a place inside itself', () => {
    const plant = yard()
    plant.refuses({ verb: 'revise', thing: 'party', code: 'NOPE' }, 'not_defined')
    plant.refuses({ verb: 'retire', thing: 'tool', code: 'NOPE' }, 'not_defined')
    plant.refuses({ verb: 'revise', thing: 'place', code: 'PLANT', parent: 'STORE' }, 'place_inside_itself')
  })
})

describe('bills of material and orders', () => {
  const bom = (version: string, more: object = {}) => ({
    verb: 'define',
    thing: 'bom',
    item: 'PUMP',
    version,
    lines: [
      { item: 'BAR', quantity: { value: '250', unit: 'g' }, operation: '10', alternates: ['GLUE'] },
      { item: 'JAR', quantity: { value: '2' } },
    ],
    ...more,
  })
  const work = { verb: 'open', kind: 'work', item: 'PUMP', quantity: { value: '3' } }

  test('[A5] an order keeps the version in force on its day and lists what it needs', () => {
    const plant = yard()
    plant.do(bom('1', { effectiveTo: '2026-03-02' }))
    plant.do(bom('2', { effectiveFrom: '2026-03-03' }))
    plant.do({ ...work, order: 'W-1' })
    plant.now = '2026-03-03T08:00:00.000Z' as never
    plant.do({ ...work, order: 'W-2' })
    plant.do({ ...work, order: 'W-3', bomVersion: '1' })
    expect(plant.view.all(orderTable).map((row) => row.bom)).toEqual([1, 2, 1])
    expect(plant.view.list(orderLineTable, 'byOrder', [1]).map((row) => row.amount)).toEqual([750n, 6n])
    plant.refuses({ ...work, order: 'W-4', bomVersion: '9' }, 'version_unknown')
  })

  test('[A5] a version that stands keeps its content; its days and retirement may change', () => {
    const plant = yard()
    plant.do(bom('1'))
    plant.refuses({ ...bom('1'), verb: 'revise' }, 'version_fixed')
    plant.refuses(bom('1'), 'already_defined')
    const { lines: _lines, ...days } = bom('1', { effectiveTo: '2026-12-31' })
    plant.do({ ...days, verb: 'revise' })
    expect(plant.view.all(definitionTable)).toMatchObject([{ effectiveTo: '2026-12-31' }])
    plant.do({ verb: 'retire', thing: 'bom', item: 'PUMP', version: '1' })
    plant.do({ ...work, order: 'W-1' })
    expect(plant.view.get(orderTable, [1])?.bom).toBeNull()
  })

  test('[A6] refused: an order twice, work without a product; numbers come by rule if left out', () => {
    const plant = yard()
    plant.do({ ...work, order: 'W-1' })
    plant.refuses({ ...work, order: 'W-1' }, 'order_exists')
    plant.refuses({ verb: 'open', kind: 'work', order: 'W-2' }, 'order_incomplete')
    plant.do({ verb: 'open', kind: 'purchase', party: 'NUCOR' })
    expect(plant.view.get(orderTable, [2])?.code).toBe('O-26-00001')
  })

  test('[A6] closing frees promises and tells what is not complete', () => {
    const plant = yard()
    const lines = [{ item: 'JAR', quantity: { value: '5' } }]
    plant.do({ verb: 'open', order: 'SO-1', kind: 'customer', lines })
    plant.do({ ...receiveJar, lot: 'J-1' })
    plant.do({ verb: 'reserve', order: 'SO-1', what: 'J-1', quantity: { value: '100' } })
    plant.refuses({ verb: 'reserve', order: 'SO-1', what: 'J-1', quantity: { value: '1' } }, 'not_free')
    plant.do({ verb: 'close', order: 'SO-1' })
    expect(plant.exceptions()).toEqual(['lines_unfinished'])
    plant.refuses({ verb: 'close', order: 'SO-1' }, 'order_closed')
    plant.do({ verb: 'open', order: 'SO-2', kind: 'customer' })
    plant.do({ verb: 'reserve', order: 'SO-2', what: 'J-1', quantity: { value: '100' } })
    plant.do({ verb: 'unreserve', order: 'SO-2', what: 'J-1' })
    plant.refuses({ verb: 'unreserve', order: 'SO-2', what: 'J-1' }, 'not_reserved')
    plant.do({ verb: 'pack', container: 'C-1', contents: [{ what: 'J-1' }] })
    plant.refuses({ verb: 'reserve', order: 'SO-2', what: 'C-1', quantity: { value: '1' } }, 'not_a_material')
  })

  test('[B2] a file is bound to a lot or an order by its hash', () => {
    const plant = yard()
    const file = { verb: 'attach', kind: 'drawing', sha256: 'b'.repeat(64), name: 'd.pdf' }
    plant.refuses(file, 'attached_to_nothing')
    plant.do({ ...work, order: 'W-1' })
    plant.do({ ...file, order: 'W-1' })
    expect(plant.view.all(documentTable)).toMatchObject([{ orderNo: 1, traceable: null, kind: 'drawing' }])
  })
})
