import { describe, expect, test } from 'vitest'
import { documentTable, exceptionTable } from '../ledger/record-tables.ts'
import { orderLineTable } from '../ledger/tables.ts'
import { receiveBar, receiveJar, yard } from '../warehouse/yard.testing.ts'

describe('receive', () => {
  test('[A2] [B1] the heat is kept apart from our lot and joined to it by the receipt', () => {
    const plant = yard()
    plant.do({ ...receiveBar, heat: 'H-20931', batch: 'B7', lot: 'R-1' })
    expect(plant.stock('R-1')).toEqual({ 'place STORE': '100.000' })
    expect(plant.lot('H-20931')).toMatchObject({ kind: 'supplier-lot', party: 1 })
    expect(plant.lot('B7').no).toBe(plant.lot('H-20931').no)
    expect(plant.reaches('H-20931')).toEqual(['R-1'])
    expect(plant.reaches('R-1', 'backward')).toEqual(['H-20931'])
  })

  test('[A2] one heat on several receipts is one supplier lot; of another supplier, another', () => {
    const plant = yard()
    plant.do({ ...receiveBar, heat: 'H-1', lot: 'R-1' })
    plant.do({ ...receiveBar, heat: 'H-1', supplierLot: undefined, lot: 'R-2', batch: 'B9' })
    plant.do({ ...receiveBar, heat: 'H-1', supplier: 'ARCELOR', lot: 'R-3' })
    expect(plant.reaches({ code: 'H-1', kind: 'supplier-lot', supplier: 'NUCOR' })).toEqual(['R-1', 'R-2'])
    expect(plant.reaches({ code: 'H-1', kind: 'supplier-lot', supplier: 'ARCELOR' })).toEqual(['R-3'])
    expect(plant.lot('B9').party).toBe(1)
  })

  test('[B1] a second receipt of our lot adds to it and keeps the earlier expiry', () => {
    const plant = yard()
    const milk = { ...receiveBar, item: 'MILK', quantity: { value: '10' }, lot: 'M-1' }
    plant.do({ ...milk, supplierLot: 'A', expiresOn: '2026-04-10' })
    plant.do({ ...milk, supplierLot: 'B', expiresOn: '2026-04-01' })
    expect(plant.stock('M-1')).toEqual({ 'place STORE': '20.000' })
    expect(plant.lot('M-1').expiresOn).toBe('2026-04-01')
    expect(plant.reaches('M-1', 'backward')).toEqual(['A', 'B'])
  })

  test('[A3] without a rule lots are numbered by day, supplier and sequence', () => {
    const plant = yard()
    plant.do(receiveBar)
    plant.do({ ...receiveBar, supplier: 'ARCELOR' })
    plant.do(receiveBar)
    expect(plant.stock('20260302-NUCOR-002')).toEqual({ 'place STORE': '100.000' })
    expect(plant.stock('20260302-ARCELOR-001')).toEqual({ 'place STORE': '100.000' })
  })

  test('[A3] the rule of the item goes before that of the site, and a code in use is passed over', () => {
    const plant = yard()
    const rule = { verb: 'define', thing: 'numbering', gives: 'lot' }
    plant.do({ ...rule, code: 'N1', site: 'PLANT', scheme: '{SITE}-{SEQ:2}' })
    plant.do({ ...rule, code: 'N2', item: 'BAR', scheme: '{ITEM}-{LETTER}' })
    plant.do({ ...receiveBar, lot: 'BAR-A' })
    plant.do(receiveBar)
    plant.do(receiveJar)
    expect(plant.knows('BAR-B')).toBe(true)
    expect(plant.knows('PLANT-01')).toBe(true)
  })

  test('[A3] 200 receipts give 200 numbers', () => {
    const plant = yard()
    for (let each = 0; each < 200; each++) plant.do(receiveBar)
    const codes = plant.events.flatMap((event) =>
      event.type === 'Received' ? [(event.body['lots'] as unknown as { code: string }[])[0]?.code] : [],
    )
    expect(new Set(codes).size).toBe(200)
  })

  test('[A1] serials come by list, by range, by number and by rule: one piece each', () => {
    const plant = yard()
    const pump = { verb: 'receive', item: 'PUMP', place: 'STORE', supplier: 'NUCOR' }
    plant.do({ ...pump, serials: ['P1', 'P2'], supplierLot: 'BOX-9' })
    plant.do({ ...pump, serialRange: { from: 'Q-098', count: 3 } })
    plant.do({ ...pump, quantity: { value: '2' } })
    plant.do({ ...pump, lot: 'SOLO' })
    expect(plant.stock('Q-100')).toEqual({ 'place STORE': '1' })
    expect(plant.knows('20260302-00002')).toBe(true)
    expect(plant.lot('SOLO').kind).toBe('serial')
    expect(plant.reaches('BOX-9')).toEqual(['P1', 'P2'])
  })

  test('[A1] an item without identity is one pool; what is made of it only cannot exclude a supplier lot', () => {
    const plant = yard()
    const glue = { ...receiveBar, item: 'GLUE' }
    plant.all(glue, { ...glue, supplierLot: 'G-7' })
    expect(plant.stock('GLUE*')).toEqual({ 'place STORE': '200.000' })
    expect(plant.reaches('G-7')).toEqual(['GLUE*'])
  })

  test('[B1] order lines count what came; more than ordered and unordered items are told', () => {
    const plant = yard()
    const lines = [{ item: 'BAR', quantity: { value: '150' } }]
    plant.do({ verb: 'open', order: 'PO-1', kind: 'purchase', party: 'NUCOR', lines })
    const { supplier: _supplier, ...fromOrder } = receiveBar
    plant.do({ ...fromOrder, order: 'PO-1', lot: 'R-1', heat: 'H-1' })
    expect(plant.view.get(orderLineTable, [1, 1])?.done).toBe(100_000n)
    expect(plant.lot('H-1').party).toBe(1)
    plant.do({ ...fromOrder, order: 'PO-1', lot: 'R-2', confirmNew: true })
    expect(plant.exceptions()).toEqual(['more_than_ordered'])
    plant.refuses({ ...receiveJar, order: 'PO-1' }, 'not_ordered')
    plant.refuses({ ...receiveBar, supplier: 'ARCELOR', order: 'PO-1' }, 'order_of_other_party')
  })

  test('[B1] [B2] a pallet, a certificate, a URI and other names come with it', () => {
    const plant = yard()
    plant.do({
      ...receiveJar,
      lot: 'J-1',
      container: '00123456000000000018',
      certificate: { sha256: 'a'.repeat(64), name: 'coa.pdf' },
      uri: 'https://id.gs1.org/01/09506000134352/10/J-1',
      names: [{ scheme: 'gs1', value: '(01)09506000134352(10)J-1' }],
      origin: 'MX',
    })
    const pallet = plant.lot('00123456000000000018')
    expect(plant.stock(pallet.code)).toEqual({ 'place STORE': '1' })
    expect(plant.stock('J-1')).toEqual({ [`container ${pallet.no}`]: '100' })
    expect(plant.lot('https://id.gs1.org/01/09506000134352/10/J-1').code).toBe('J-1')
    expect(plant.lot('(01)09506000134352(10)J-1').attributes).toEqual({ origin: 'MX' })
    expect(plant.view.all(documentTable)).toMatchObject([
      { kind: 'certificate', traceable: plant.lot('J-1').no },
    ])
  })
})

describe('receive, live, refuses', () => {
  const milk = { ...receiveBar, item: 'MILK' }
  test.each([
    ['[B1] an unknown item', { ...receiveBar, item: 'NOPE' }, 'item_unknown'],
    ['[B1] an unknown place', { ...receiveBar, place: 'NOPE' }, 'place_unknown'],
    ['[B1] an unknown supplier', { ...receiveBar, supplier: 'NOPE' }, 'party_unknown'],
    ['[B1] an unknown order', { ...receiveBar, order: 'NOPE' }, 'order_unknown'],
    ['[A7] a wrong unit', { ...receiveBar, quantity: { value: '1', unit: 'l' } }, 'unit_unknown'],
    ['[A7] nothing', { ...receiveBar, quantity: { value: '0' } }, 'quantity_not_positive'],
    ['[A7] less than nothing', { ...receiveBar, quantity: { value: '-1' } }, 'quantity_malformed'],
    ['[A7] 40 digits', { ...receiveBar, quantity: { value: '1'.repeat(40) } }, 'quantity_malformed'],
    ['[A7] an exponent', { ...receiveBar, quantity: { value: '1e3' } }, 'quantity_malformed'],
    ['[A7] no quantity', { ...receiveBar, quantity: undefined }, 'quantity_missing'],
    ['[A9] a dated item without expiry', milk, 'expiry_missing'],
    ['[A9] a date that is none', { ...milk, expiresOn: '2026-02-30' }, 'date_malformed'],
    ['[A9] goods made tomorrow', { ...receiveBar, manufacturedOn: '2026-03-03' }, 'dates_contradict'],
    [
      '[A9] goods that expired before they were made',
      { ...milk, manufacturedOn: '2026-03-01', expiresOn: '2026-02-01' },
      'dates_contradict',
    ],
    ['[A1] serials of a lot item', { ...receiveBar, serials: ['A', 'B'] }, 'not_serialised'],
    ['[A4] an invisible character', { ...receiveBar, lot: 'R\u200B1' }, 'code_malformed'],
  ])('%s', (_title, command, code) => {
    const plant = yard()
    plant.refuses(command, code)
    expect(plant.events.some((event) => event.type === 'Received')).toBe(false)
  })

  test('[A1] a number of serials that differs from the list, and a serial that came before', () => {
    const plant = yard()
    const pump = { verb: 'receive', item: 'PUMP', place: 'STORE' }
    plant.refuses({ ...pump, serials: ['A', 'B'], quantity: { value: '3' } }, 'serial_count_differs')
    plant.refuses({ ...pump, serials: ['A', 'A'] }, 'serial_repeated')
    plant.refuses({ ...pump, quantity: { value: '10001' } }, 'too_many_serials')
    plant.do({ ...pump, serials: ['A'] })
    plant.refuses({ ...pump, serials: ['A'] }, 'serial_exists')
  })

  test('[A4] a look-alike asks before it writes, and writes when confirmed', () => {
    const plant = yard()
    plant.do({ ...receiveBar, lot: 'LOT-2024-0847' })
    const refusal = plant.refuses({ ...receiveBar, lot: '2024847' }, 'lot_looks_alike')
    expect(refusal.details).toMatchObject({ code: 'LOT-2024-0847' })
    plant.do({ ...receiveBar, lot: '2024847', confirmNew: true })
    plant.do({ ...receiveJar, lot: '2024-847' })
  })

  test('[B10] a single-lot place that holds another lot', () => {
    const plant = yard()
    plant.do({ ...receiveBar, lot: 'R-1', place: 'CELL-1' })
    const refusal = plant.refuses({ ...receiveBar, lot: 'X-2', place: 'CELL-1' }, 'place_occupied')
    expect(refusal.message).toContain('R-1')
    plant.do({ ...receiveBar, lot: 'R-1', place: 'CELL-1' })
    plant.refuses({ ...receiveJar, lot: 'J-1', place: 'CELL-1', container: 'PALLET' }, 'place_occupied')
  })

  test('[A6] a retired item and a closed order', () => {
    const plant = yard()
    plant.do({ verb: 'open', order: 'PO-1', kind: 'purchase' })
    plant.do({ verb: 'close', order: 'PO-1' })
    plant.refuses({ ...receiveBar, order: 'PO-1' }, 'order_closed')
    plant.do({ verb: 'retire', thing: 'item', code: 'BAR' })
    plant.refuses(receiveBar, 'retired')
  })
})

describe('capture rules at receipt', () => {
  const ruled = (force: string, more: object = {}) => {
    const plant = yard()
    const rules = [
      { at: 'receipt', field: 'origin', force, ...more },
      { at: 'receipt', field: 'attributes.melt practice', force: 'observe' },
    ]
    plant.do({ verb: 'revise', thing: 'item', code: 'BAR', rules })
    return plant
  }

  test('[A8] enforced: refused, naming the field', () => {
    const plant = ruled('enforce')
    expect(plant.refuses(receiveBar, 'capture_required').field).toBe('origin')
    plant.do({ ...receiveBar, origin: 'US' })
  })

  test('[A8] warned: taken in, with an exception; observed: kept in the event alone', () => {
    const plant = ruled('warn')
    const event = plant.do(receiveBar)
    expect(plant.exceptions()).toEqual(['capture_required'])
    expect(event.body['missing']).toEqual(['origin', 'attributes.melt practice'])
  })

  test('[A8] a rule of another site does not apply', () => {
    const plant = ruled('enforce', { site: 'ELSEWHERE' })
    plant.do(receiveBar)
  })

  test('[A8] historical: an exception beside the event', () => {
    const plant = ruled('enforce')
    plant.do({ ...receiveBar, historical: true })
    expect(plant.view.all(exceptionTable)).toMatchObject([{ code: 'capture_required' }])
  })
})

describe('receive, historical', () => {
  test('[C4] a receipt mends the gap of a lot that was moved before it came, and fills what is owed', () => {
    const plant = yard()
    plant.do({ verb: 'move', what: 'R-1', quantity: { value: '1' }, to: 'DOCK', historical: true })
    expect(plant.gaps()).toContain('used-before-received')
    expect(plant.lot('R-1').status).toBe('expected')
    plant.do({ ...receiveBar, lot: 'R-1', heat: 'H-1', historical: true })
    expect(plant.gaps()).not.toContain('used-before-received')
    expect(plant.lot('R-1')).toMatchObject({ status: 'released', item: 1 })
    expect(plant.reaches('H-1')).toEqual(['R-1'])
  })

  test('[B1] what today refuses is taken in with an exception each', () => {
    const plant = yard()
    plant.do({ ...receiveBar, item: 'MILK', lot: 'M', historical: true })
    plant.do({ ...receiveBar, lot: 'R-1', place: 'CELL-1' })
    plant.do({ ...receiveBar, lot: 'R-2', place: 'CELL-1', historical: true })
    expect(plant.exceptions()).toEqual(['expiry_missing', 'place_occupied'])
    expect(plant.stock('R-2')).toEqual({ 'place CELL-1': '100.000' })
  })
})
