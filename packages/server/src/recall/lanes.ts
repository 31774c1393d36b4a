import { isRefusal, type Refusal } from '@lotline/core/base/refusal'
import type { NodeNo } from '@lotline/core/genealogy/engine'
import { type DrawnLanes, drawLanes, type LaneThing } from '@lotline/core/recall/draw-lanes'
import { laneLinks, type LaneLink, stepsAmong } from '@lotline/core/recall/lane-links'
import type { Snapshot } from '../plant/plant.ts'
import { addShipments } from './lane-shipments.ts'
import { type DrawnFact, factOf, stepThing } from './lane-facts.ts'
import { drawnTraceables, lanesOf, laneThings, stepNames } from './lane-things.ts'
import { processNames } from './process-rows.ts'
import type { TraceSet } from './trace-set.ts'
import { trace } from './trace.ts'

/** A trace as it is drawn, with the traceables inside each box. */
export interface LaneSet {
  readonly set: TraceSet
  readonly things: readonly LaneThing[]
  readonly drawing: DrawnLanes<DrawnFact>
}

/**
 * Folds a whole trace into at most 250 boxes. O(reached) time and memory, and a fixed number of queries: what is sent does
 * not grow with the trace.
 */
export async function drawnTrace(
  snapshot: Snapshot,
  question: TraceSet['question'],
  open: readonly string[],
): Promise<LaneSet | Refusal> {
  const set = await trace(snapshot, question)
  if (isRefusal(set)) return set
  const drawn = await drawnTraceables(snapshot, set)
  const names = await namesOfSteps(snapshot, set)
  const nodes = {
    thingOf: (node: NodeNo) => set.traceableOf.get(node),
    isNamed: (process: NodeNo) => names.has(process),
    isSupplierLot: (no: number) => drawn.get(no)?.kind === 'supplier-lot',
  }
  const steps = stepsAmong(set.edges, nodes)
  const unnamed = [...steps].filter((step) => !names.has(step))
  for (const [no, { key, name }] of await processNames(snapshot, unnamed))
    names.set(no, { key, label: name, operation: null })
  const links = laneLinks(set.edges, nodes, steps)
  const shipments = await addShipments(snapshot, set)
  const lanes = lanesOf(drawn, thingLinks(set, links), shipments.shipped)
  const things = [...(await laneThings(snapshot, set, drawn, lanes))]
  const indexes = new Map(things.map(({ key }, index) => [key, index]))
  const stepIndex = new Map<NodeNo, number>()
  for (const { from, to } of links) {
    const target = things[indexes.get(String(set.traceableOf.get(to))) ?? -1]
    if (!steps.has(from) || stepIndex.has(from)) continue
    stepIndex.set(from, things.length)
    things.push(stepThing(names.get(from), target))
  }
  for (const step of steps) {
    if (stepIndex.has(step)) continue
    stepIndex.set(step, things.length)
    things.push(stepThing(names.get(step), undefined))
  }
  const indexOf = (node: NodeNo) => stepIndex.get(node) ?? indexes.get(String(set.traceableOf.get(node)))
  const facts = links.flatMap((link) => factOf({ set, drawn, things, indexOf }, link) ?? [])
  const sent = shipments.draw(things, indexes, set.edges.length * 2)
  return { set, things, drawing: drawLanes(things, [...facts, ...sent], open) }
}

async function namesOfSteps(snapshot: Snapshot, set: TraceSet) {
  const processes = new Set(set.scopes.flatMap(([scope]) => scope.processes))
  return new Map(await stepNames(snapshot, processes))
}

/** Links as they tell lanes apart: a step counts as something that is made. */
function* thingLinks(set: TraceSet, links: readonly LaneLink[]) {
  for (const { first, from, to } of links) {
    const contact = set.edges[first]?.kind === 'contact'
    yield { from: set.traceableOf.get(from) ?? 0, to: set.traceableOf.get(to) ?? 0, contact }
  }
}
