import type { Instant } from '../base/instant.ts'
import type { MutableView } from '../base/view.ts'
import type { GraphEdge, GraphNode, NodeNo } from '../genealogy/engine.ts'
import { edgeTable, nodeTable } from '../genealogy/rows.ts'
import type { Effect } from './effects.ts'
import { nextNumber } from './numbers.ts'
import { holdTable, type HoldRow } from './tables.ts'

interface At {
  readonly position: number
  readonly at: Instant
}

/**
 * The node of a hold on something that has no state yet: below zero, and one for each thing, so that a hold of several
 * unknown lots is several rows. Nodes are numbered from 1.
 */
function noStateOf(traceable: number): NodeNo {
  return -traceable
}

/** Whether a hold waits for the first state of what it holds. */
export function isWaiting(hold: Pick<HoldRow, 'node'>): boolean {
  return hold.node < 0
}

type HoldSeed = Omit<HoldRow, 'no' | 'traceable' | 'node' | 'releasedAt' | 'releasedPosition'>

/**
 * Places a hold on every state of a traceable and, where it cascades, on every state and process made from them, in the
 * capture's own transaction: there is no moment at which a result is free while its input is held. O(nodes reached),
 * one round of reading a level.
 */
export function placeHold(view: MutableView, hold: Extract<Effect, { do: 'hold' }>, when: At): void {
  const seed: HoldSeed = {
    root: hold.root,
    reasonCode: hold.reasonCode,
    reason: hold.reason,
    cascades: hold.cascades,
    placedAt: when.at,
    position: when.position,
  }
  const states = view.list(nodeTable, 'byTraceable', [hold.traceable]).map((node) => node.no)
  if (states.length > 0) return spread(view, seed, states)
  const waiting = view
    .list(holdTable, 'byTraceable', [hold.traceable])
    .some((row) => row.root === hold.root && row.releasedPosition === null)
  if (!waiting) putHold(view, seed, { node: noStateOf(hold.traceable), traceable: hold.traceable })
}

/** A hold that settles on the first state of a thing that had none: it was held before it was received or made. */
export function settleWaiting(view: MutableView, nodes: readonly GraphNode[]): void {
  const states = nodes.filter((node) => node.kind === 'state' && node.traceable !== null)
  const traceables = [...new Set(states.map((node) => node.traceable ?? 0))]
  view.prefetch(
    holdTable,
    'byTraceable',
    traceables.map((no) => [no]),
  )
  for (const no of traceables) {
    const waiting = view
      .list(holdTable, 'byTraceable', [no])
      .filter((row) => isWaiting(row) && row.releasedPosition === null)
    if (waiting.length === 0) continue
    const all = view.list(nodeTable, 'byTraceable', [no]).map((node) => node.no)
    for (const row of waiting) {
      view.remove(holdTable, [row.no])
      spread(view, seedOf(row), all)
    }
  }
}

/** Carries the holds of a source over each edge that a capture added, late ones too. */
export function cascadeOverEdges(view: MutableView, added: readonly GraphEdge[], when: At): void {
  const carrying = added.filter(carriesHolds)
  view.prefetch(
    holdTable,
    'byNode',
    carrying.map((edge) => [edge.source]),
  )
  for (const edge of carrying) {
    for (const hold of openHolds(view, edge.source)) {
      if (hold.cascades)
        spread(view, { ...seedOf(hold), placedAt: when.at, position: when.position }, [edge.target])
    }
  }
}

/** Ends the rows of one hold, everywhere or for some traceables only. Other holds on the same things stay. */
export function releaseHold(view: MutableView, release: Extract<Effect, { do: 'release' }>, when: At): void {
  for (const row of view.list(holdTable, 'byRoot', [release.root])) {
    const named = release.only === null || (row.traceable !== null && release.only.includes(row.traceable))
    if (named && row.releasedPosition === null) {
      view.put(holdTable, { ...row, releasedAt: when.at, releasedPosition: when.position })
    }
  }
}

function spread(view: MutableView, seed: HoldSeed, from: readonly NodeNo[]): void {
  let frontier = [...from]
  while (frontier.length > 0) {
    view.prefetch(
      holdTable,
      'byNode',
      frontier.map((no) => [no]),
    )
    const fresh = frontier.filter((no) => !openHolds(view, no).some((row) => row.root === seed.root))
    for (const no of fresh) holdNode(view, seed, no)
    if (!seed.cascades) return
    view.prefetch(
      edgeTable,
      'bySource',
      fresh.map((no) => [no]),
    )
    const reached = new Set<NodeNo>()
    for (const no of fresh) {
      for (const edge of view.list(edgeTable, 'bySource', [no]))
        if (carriesHolds(edge)) reached.add(edge.target)
    }
    frontier = [...reached]
  }
}

function holdNode(view: MutableView, seed: HoldSeed, no: NodeNo): void {
  putHold(view, seed, { node: no, traceable: view.get(nodeTable, [no])?.traceable ?? null })
}

function putHold(view: MutableView, seed: HoldSeed, on: Pick<HoldRow, 'node' | 'traceable'>): void {
  const row = { ...seed, ...on, no: nextNumber(view, 'hold-row') }
  view.put(holdTable, { ...row, releasedAt: null, releasedPosition: null })
}

/** What is made from a held thing is held; what merely touched it and went apart again is not. */
function carriesHolds(edge: Pick<GraphEdge, 'kind' | 'until' | 'retractedAt'>): boolean {
  return edge.retractedAt === null && edge.kind !== 'contact' && edge.until === null
}

function openHolds(view: MutableView, node: NodeNo): readonly HoldRow[] {
  return view.list(holdTable, 'byNode', [node]).filter((row) => row.releasedPosition === null)
}

function seedOf(row: HoldRow): HoldSeed {
  const { root, reasonCode, reason, cascades, placedAt, position } = row
  return { root, reasonCode, reason, cascades, placedAt, position }
}
