import type { WentToRow } from '@lotline/core/recall/answers-shape'
import type { TraceEdge, TraceNode } from '@lotline/core/recall/trace-shape'
import type { Evidence } from '@lotline/core/genealogy/touch'
import type { LaneNode, Quantity } from '#shared/answer-shapes.ts'

export const laneNames = [
  'supplier',
  'received',
  'intermediate',
  'finished',
  'pack',
  'shipment',
  'customer',
] as const
export type LaneName = (typeof laneNames)[number]

/** What is drawn before anything is folded: traceables, the steps between them, shipments and customers. */
export interface Parts {
  readonly things: ReadonlyMap<string, LaneNode & { readonly lane: LaneName }>
  readonly links: readonly PartLink[]
}

export interface PartLink {
  readonly from: string
  readonly to: string
  /** Tells two facts between the same two apart; the same fact is met once per thing that came of it. */
  readonly fact: string
  readonly quantity: Quantity | null
  readonly shared: boolean
  readonly shareOfSource: string | null
  readonly shareOfTarget: string | null
  readonly evidence: Evidence
}

export interface TraceSet {
  readonly nodes: readonly TraceNode[]
  readonly edges: readonly TraceEdge[]
  readonly wentTo: readonly WentToRow[]
  /** Numbers of the traceables that gaps are about. */
  readonly gaps: ReadonlySet<string>
}

/**
 * Takes a trace apart into what is drawn. A step of an order stands as a box of its own between what went in and what came
 * out, so that ten inputs and a thousand outputs are not ten thousand lines. O(nodes + edges).
 */
export function partsOf({ nodes, edges, wentTo, gaps }: TraceSet): Parts {
  const things = new Map<string, LaneNode & { lane: LaneName }>()
  const lanes = lanesOfTraceables(nodes, edges, new Set(wentTo.map(({ id }) => id)))
  for (const node of nodes) {
    things.set(node.id, { ...boxOf(node, gaps.has(node.id)), lane: lanes.get(node.id) ?? 'intermediate' })
  }
  const made = new Map(nodes.map((node) => [node.id, node.made]))
  const links = new Map<string, PartLink>()
  const add = (link: PartLink): void => void links.set(`${link.from} ${link.to} ${link.fact}`, link)
  for (const edge of edges) for (const link of linksOfEdge(edge, things, made)) add(link)
  for (const line of wentTo) for (const link of linksOfShipment(line, things)) add(link)
  return { things, links: [...links.values()] }
}

function boxOf(node: TraceNode, gap: boolean): LaneNode {
  const { id, code, kind, item, quantity, ring, status, held } = node
  const missing = gap || status === 'expected'
  return {
    key: id,
    lane: '',
    label: code,
    kind,
    item,
    count: 1,
    quantity,
    ring,
    status,
    held,
    gap: missing,
    root: node.direction === 'root',
    members: [id],
  }
}

/** Supplier lots, what was received from them, what goes on, and what is finished because it was shipped or goes nowhere. */
function lanesOfTraceables(
  nodes: readonly TraceNode[],
  edges: readonly TraceEdge[],
  shipped: ReadonlySet<string>,
): ReadonlyMap<string, LaneName> {
  const kinds = new Map(nodes.map(({ id, kind }) => [id, kind]))
  const made = new Set<string>()
  const fromSupplier = new Set<string>()
  const goesOn = new Set<string>()
  for (const { from, to, kind } of edges) {
    if (kinds.get(from) === 'supplier-lot') fromSupplier.add(to)
    else made.add(to)
    if (kind !== 'contact') goesOn.add(from)
  }
  const laneOf = ({ id, kind, supplier }: TraceNode): LaneName => {
    if (kind === 'supplier-lot') return 'supplier'
    if (kind === 'container') return 'pack'
    if (kind === 'vessel') return 'intermediate'
    if (!made.has(id) && (fromSupplier.has(id) || supplier !== null)) return 'received'
    return shipped.has(id) || !goesOn.has(id) ? 'finished' : 'intermediate'
  }
  return new Map(nodes.map((node) => [node.id, laneOf(node)]))
}

function linksOfEdge(
  edge: TraceEdge,
  things: Map<string, LaneNode & { lane: LaneName }>,
  madeOf: ReadonlyMap<string, Quantity | null>,
): PartLink[] {
  const { from, to, process, quantity, unit, evidence, shareOfSource, shareOfTarget, event } = edge
  const [source, target] = [things.get(from), things.get(to)]
  if (!source || !target || from === to) return []
  const amount = quantity === null || unit === null ? null : { value: quantity, unit }
  const went = { fact: String(event), quantity: amount, shared: true, shareOfSource, shareOfTarget, evidence }
  const label = process.order ?? process.operation
  if (label === null || source.kind === 'supplier-lot') {
    return [{ from, to, ...went, ...(source.item === target.item ? ownPart(amount, madeOf.get(to)) : {}) }]
  }
  const key = `process ${process.key}`
  if (!things.has(key))
    things.set(
      key,
      stepBox(key, { label, operation: process.order === null ? null : process.operation }, target),
    )
  const made = {
    fact: 'made',
    shared: false,
    quantity: target.quantity,
    shareOfSource: null,
    shareOfTarget: null,
    evidence,
  }
  return [
    { from, to: key, ...went },
    { from: key, to, ...made },
  ]
}

/** A receipt or split of many says what went in as a whole; what came to one of them is no more than it ever was. */
function ownPart(whole: Quantity | null, made: Quantity | null | undefined) {
  if (!whole || !made || whole.unit !== made.unit || Number(made.value) >= Number(whole.value)) return {}
  return { quantity: made, shared: false, shareOfSource: null, shareOfTarget: null }
}

/** A step stands in the lane of what it makes, left of it. */
function stepBox(
  key: string,
  step: { readonly label: string; readonly operation: string | null },
  target: LaneNode & { lane: LaneName },
): LaneNode & { lane: LaneName } {
  return {
    key,
    lane: target.lane,
    label: step.label,
    kind: 'process',
    item: step.operation,
    count: 1,
    quantity: null,
    ring: target.ring,
    status: null,
    members: [],
  }
}

function linksOfShipment(line: WentToRow, things: Map<string, LaneNode & { lane: LaneName }>): PartLink[] {
  const source = things.get(line.id)
  if (!source) return []
  const [shipment, customer] = [`shipment ${line.shipment}`, `customer ${line.customer.code}`]
  const place = { item: null, count: 1, quantity: null, ring: line.ring, status: null, members: [] }
  if (!things.has(shipment))
    things.set(shipment, {
      key: shipment,
      lane: 'shipment',
      label: line.shipment,
      kind: 'shipment',
      ...place,
    })
  if (!things.has(customer)) {
    things.set(customer, {
      key: customer,
      lane: 'customer',
      label: line.customer.name || line.customer.code,
      kind: 'customer',
      ...place,
    })
  }
  const facts = {
    shared: false,
    quantity: line.quantity,
    shareOfSource: null,
    shareOfTarget: null,
    evidence: 'declared' as const,
  }
  return [
    { from: line.id, to: shipment, fact: line.container ?? '', ...facts },
    { from: shipment, to: customer, fact: `${line.id} ${line.container}`, ...facts },
  ]
}
