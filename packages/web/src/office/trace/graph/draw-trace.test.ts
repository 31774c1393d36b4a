import type { WentToRow } from '@lotline/core/recall/answers-shape'
import type { TraceEdge, TraceNode } from '@lotline/core/recall/trace-shape'
import { expect, test } from 'vitest'
import { drawTrace } from './draw-trace.ts'

function node(id: string, more: Partial<TraceNode> = {}): TraceNode {
  const about = {
    kind: 'serial',
    item: 'UNIT',
    itemName: 'Unit',
    uri: null,
    status: 'released',
    states: 1,
    ring: 'proven',
  } as const
  const rest = {
    depth: 1,
    made: null,
    place: null,
    expiresOn: null,
    supplier: null,
    held: false,
    direction: 'forward',
  } as const
  return { id, code: `SN-${id}`, marks: [], ...about, quantity: { value: '1', unit: 'pc' }, ...rest, ...more }
}

function edge(from: string, to: string, more: Partial<TraceEdge> = {}): TraceEdge {
  const about = {
    kind: 'material',
    evidence: 'scanned',
    ring: 'proven',
    happenedAt: '2026-01-01T00:00:00.000Z',
  } as const
  const shares = { quantity: '60', unit: 'kg', shareOfSource: '0.5', shareOfTarget: '1', event: 7 }
  return { from, to, process: { key: 'wo', order: 'WO-1', operation: '10' }, ...about, ...shares, ...more }
}

function sent(id: string, more: Partial<WentToRow> = {}): WentToRow {
  const one = { value: '1', unit: 'pc' }
  const about = {
    customer: { code: 'AC', name: 'Acme' },
    shipment: 'SHP-1',
    shippedAt: '2026-01-02T00:00:00.000Z',
  }
  return {
    id,
    code: `SN-${id}`,
    item: 'UNIT',
    ...about,
    deliveredAt: null,
    quantity: one,
    returned: { value: '0', unit: 'pc' },
    container: null,
    ring: 'proven',
    ...more,
  }
}

const heat = node('h', { kind: 'supplier-lot', code: 'H-1', item: 'BAR', direction: 'root' })
const lot = node('r', { kind: 'lot', code: 'R-1', item: 'BAR', quantity: { value: '120', unit: 'kg' } })
const receipt = edge('h', 'r', {
  process: { key: 'receipt', order: null, operation: null },
  quantity: '120',
  shareOfSource: '1',
})

test('[C1] an order stands between what went in and what came out, and equal units share a box', () => {
  const units = ['1', '2', '3', '4', '5'].map((id) => node(id))
  const edges = [receipt, ...units.map(({ id }) => edge('r', id))]
  const lanes = drawTrace({
    nodes: [heat, lot, ...units],
    edges,
    wentTo: units.slice(0, 3).map(({ id }) => sent(id)),
    gaps: new Set(),
  })
  expect(lanes.nodes.map(({ lane, label, count }) => `${lane}: ${label} x${count}`)).toEqual([
    'supplier: H-1 x1',
    'received: R-1 x1',
    'finished: SN-1 … SN-3 x3',
    'finished: SN-4 x1',
    'finished: SN-5 x1',
    'finished: WO-1 x1',
    'shipment: SHP-1 x1',
    'customer: Acme x1',
  ])
  expect(lanes.lanes.find(({ name }) => name === 'finished')?.count).toBe(5)
})

test('[C6] a link says what went along it once, however much came of it', () => {
  const units = ['1', '2', '3'].map((id) => node(id))
  const lanes = drawTrace({
    nodes: [heat, lot, ...units],
    edges: [receipt, ...units.map(({ id }) => edge('r', id))],
    wentTo: units.map(({ id }) => sent(id)),
    gaps: new Set(),
  })
  const words = lanes.edges.map(
    ({ from, to, quantity, shareOfSource }) =>
      `${from} > ${to}: ${quantity?.value} ${quantity?.unit} ${shareOfSource}`,
  )
  expect(words).toEqual([
    'h > r: 120 kg 1',
    'r > process wo: 60 kg 0.5',
    'process wo > 1: 3 pc null',
    '1 > shipment SHP-1: 3 pc null',
    'shipment SHP-1 > customer AC: 3 pc null',
  ])
})

test('[C4] gaps, roots and what is held are never lost in a fold of others', () => {
  const units = ['1', '2', '3', '4', '5', '6', '7'].map((id) =>
    node(id, id === '7' ? { status: 'expected' } : id === '6' ? { held: true } : {}),
  )
  const lanes = drawTrace({
    nodes: [lot, ...units],
    edges: units.map(({ id }) => edge('r', id)),
    wentTo: [],
    gaps: new Set(['5']),
  })
  const shown = lanes.nodes
    .filter(({ kind }) => kind === 'serial')
    .map(({ label, gap, held }) => `${label}${gap ? ' gap' : ''}${held ? ' held' : ''}`)
  expect(shown).toEqual(['SN-1 … SN-4', 'SN-5 gap', 'SN-6 held', 'SN-7 gap'])
})

test('[C5] a fold is only as sure as its least sure link', () => {
  const units = ['1', '2', '3'].map((id) => node(id))
  const edges = units.map(({ id }) =>
    edge('r', id, { event: Number(id), evidence: id === '2' ? 'prorated' : 'scanned' }),
  )
  const lanes = drawTrace({ nodes: [lot, ...units], edges, wentTo: [], gaps: new Set() })
  expect(lanes.edges.map(({ evidence }) => evidence)).toEqual(['prorated', 'prorated'])
})

test('[C1] a trace of any size is drawn with boxes that can be read', () => {
  const units = Array.from({ length: 900 }, (_, at) => node(`${at}`, { item: `I-${at % 400}` }))
  const edges = units.map(({ id }) =>
    edge('r', id, { process: { key: `p${id}`, order: `WO-${id}`, operation: '1' } }),
  )
  const lanes = drawTrace({
    nodes: [heat, lot, ...units],
    edges: [receipt, ...edges],
    wentTo: [],
    gaps: new Set(),
  })
  expect(lanes.nodes.length).toBeLessThanOrEqual(250)
  expect(lanes.nodes.flatMap(({ members }) => members)).toHaveLength(902)
})

test('[C6] of a receipt of many units each says its own part, and together what they are', () => {
  const boards = ['1', '2', '3', '4'].map((id) => node(id, { item: 'BAR', made: { value: '1', unit: 'pc' } }))
  const received = {
    process: { key: 'receipt', order: null, operation: null },
    quantity: '20',
    unit: 'pc',
    shareOfSource: '1',
  }
  const lanes = drawTrace({
    nodes: [heat, ...boards],
    edges: boards.map(({ id }) => edge('h', id, received)),
    wentTo: [],
    gaps: new Set(),
  })
  expect(lanes.edges).toMatchObject([{ quantity: { value: '4', unit: 'pc' }, shareOfSource: null, count: 4 }])
})
