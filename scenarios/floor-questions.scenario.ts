import { expect } from 'vitest'
import { story } from './story.ts'

interface OrderRecord {
  readonly left: string | null
  readonly orderLines: readonly {
    readonly item: string
    readonly quantity: string
    readonly issued: string
    readonly used: string
    readonly left: string
    readonly lots: readonly {
      readonly code: string
      readonly held: string | null
      readonly expired: boolean | null
    }[]
  }[]
  readonly operations: readonly {
    readonly operation: string
    readonly state: string
    readonly missing: readonly string[]
  }[]
  readonly captures: readonly { readonly position: number; readonly what: string; readonly void: boolean }[]
}

const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)

story(
  '[B4 B5 B8] An order says what is left to issue, which lot comes first, and which operation waits for which',
  async (plant) => {
    await plant.define({
      items: { BEARING: {}, SEAL: {}, BOX: { tracking: 'serial' } },
      suppliers: ['BEARCO'],
      places: ['STORE'],
    })
    await plant.do({
      verb: 'define',
      thing: 'bom',
      item: 'BOX',
      version: 'C',
      lines: [
        { item: 'BEARING', quantity: { value: '2' } },
        { item: 'SEAL', quantity: { value: '1' }, operation: '20' },
      ],
    })
    await plant.do({
      verb: 'define',
      thing: 'routing',
      item: 'BOX',
      version: '1',
      operations: [{ operation: '10' }, { operation: '20', requires: ['10'] }],
    })
    const buy = {
      verb: 'receive',
      item: 'BEARING',
      place: 'STORE',
      supplier: 'BEARCO',
      quantity: { value: '10' },
    } as const
    await plant.do({ ...buy, lot: 'LATE', supplierLot: 'B2', expiresOn: day(90) })
    await plant.do({ ...buy, lot: 'EARLY', supplierLot: 'B1', expiresOn: day(30) })
    await plant.do({ ...buy, lot: 'BAD', supplierLot: 'B0', expiresOn: day(10) })
    await plant.do({ verb: 'hold', what: ['BAD'], reason: 'Rust', reasonCode: 'inspection' })
    await plant.do({ verb: 'open', order: 'WO-1', kind: 'work', item: 'BOX', quantity: { value: '4' } })
    const order = () => plant.client.ask<OrderRecord>({ method: 'GET', path: '/v1/orders/WO-1' })

    const before = await order()
    expect(before.left).toBe('4')
    expect(before.orderLines).toMatchObject([
      { item: 'BEARING', quantity: '8', issued: '0', used: '0', left: '8', perUnit: '2', operation: null },
      { item: 'SEAL', quantity: '4', left: '4', operation: '20', lots: [] },
    ])
    expect(before.orderLines[0]?.lots.map(({ code, held }) => [code, held])).toEqual([
      ['BAD', 'Rust'],
      ['EARLY', null],
      ['LATE', null],
    ])
    expect(before.operations).toMatchObject([
      { operation: '10', state: 'ready', missing: [] },
      { operation: '20', state: 'locked', missing: ['10'] },
    ])

    await plant.do({ verb: 'issue', order: 'WO-1', what: 'EARLY', quantity: { value: '5' } })
    const used = await plant.do({ verb: 'consume', order: 'WO-1', what: 'EARLY', quantity: { value: '3' } })
    await plant.do({ verb: 'start', order: 'WO-1', operation: '10' })
    await plant.do({ verb: 'complete', order: 'WO-1', operation: '10' })
    const after = await order()
    expect(after.orderLines[0]).toMatchObject({ issued: '2', used: '3', left: '3' })
    expect(after.operations).toMatchObject([
      { operation: '10', state: 'done' },
      { operation: '20', state: 'ready' },
    ])
    expect(after.captures[0]).toMatchObject({ position: used.position, what: 'EARLY', void: false })

    await plant.do({ verb: 'correct', event: used.position, reason: 'wrong lot' })
    const corrected = await order()
    expect(corrected.orderLines[0]).toMatchObject({ issued: '5', used: '0', left: '3' })
    expect(corrected.captures.find(({ position }) => position === used.position)?.void).toBe(true)
    const missing = await plant.client
      .ask({ method: 'GET', path: '/v1/orders/WO-9' })
      .catch((fault: unknown) => fault)
    expect(missing).toMatchObject({ code: 'not_found', status: 404 })
  },
)

story(
  '[B1 B15 B20 D4] A scan says what it is, where it lies and why it may not be used; a new label says its item',
  async (plant) => {
    await plant.define({ items: { HONEY: { unit: 'kg' } }, suppliers: ['BEES'], places: ['COLD', 'DOCK'] })
    await plant.do({ verb: 'revise', thing: 'item', code: 'HONEY', attributes: { gtin: '09521234543213' } })
    await plant.do({
      verb: 'open',
      order: 'PO-7',
      kind: 'purchase',
      party: 'BEES',
      lines: [{ item: 'HONEY', quantity: { value: '40' } }],
    })
    const receive = {
      verb: 'receive',
      order: 'PO-7',
      item: 'HONEY',
      place: 'COLD',
      lot: 'HN-1',
      quantity: { value: '30' },
    } as const
    await plant.do({ ...receive, expiresOn: day(-1), supplierLot: 'X1' })
    await plant.do({ verb: 'move', what: 'HN-1', quantity: { value: '12.5' }, to: 'DOCK' })
    await plant.do({ verb: 'hold', what: ['HN-1'], reason: 'Smells of smoke', reasonCode: 'inspection' })
    const scan = (text: string) =>
      plant.client.ask<{ matches: readonly object[]; item: { code: string } | null }>({
        method: 'GET',
        path: '/v1/scan',
        query: { text },
      })

    const known = await scan('HN-1')
    expect(known.matches).toMatchObject([
      {
        type: 'traceable',
        code: 'HN-1',
        item: 'HONEY',
        unit: 'kg',
        expired: true,
        holds: [{ reason: 'Smells of smoke', reasonCode: 'inspection' }],
        at: [
          { holderKind: 'place', holder: 'COLD', quantity: '17.5' },
          { holderKind: 'place', holder: 'DOCK', quantity: '12.5' },
        ],
      },
    ])
    const fresh = await scan(']d2010952123454321310NEW-9')
    expect(fresh.matches).toEqual([])
    expect(fresh.item?.code).toBe('HONEY')
    expect((await scan('NOTHING')).item).toBeNull()

    const lines = await plant.client.list<{ orderCode: string; quantity: string; doneQuantity: string }>(
      'order-lines',
      {
        kind: 'purchase',
        item: 'HONEY',
        open: 'true',
      },
    )
    expect(lines.rows).toMatchObject([{ orderCode: 'PO-7', quantity: '40', doneQuantity: '30' }])
    const held = await plant.client.list<{ code: string }>('held')
    expect(held.rows).toMatchObject([{ code: 'HN-1', reason: 'Smells of smoke', item: 'HONEY' }])
  },
)
