import type { Instant } from '@lotline/core/base/instant'
import type {
  GraphEdge,
  GraphNode,
  NodeNo,
  Position,
  TraceQuery,
  TraceResult,
} from '@lotline/core/genealogy/engine'
import { type Ring, rings } from '@lotline/core/genealogy/touch'
import {
  inOrderOfTime,
  isReachedAt,
  isReachedNow,
  isWhole,
  type ReachedStates,
} from '@lotline/core/recall/intervals'
import type { ByRing } from '@lotline/core/recall/shapes'
import type { Snapshot } from '../plant/plant.ts'

/** A traceable that a trace reached: through which of its states, how surely, how far from the roots. */
export interface Reached extends ReachedStates {
  readonly no: number
  readonly ring: Ring
  readonly depth: number
  /** Every one of its states was reached: no time needs to be compared. */
  readonly whole: boolean
}

/** Everything one trace reached, by traceable. */
export class Scope {
  readonly result: TraceResult
  /** In order of depth, then number. */
  readonly reached: readonly Reached[]
  readonly processes: readonly NodeNo[]
  readonly #byNo: ReadonlyMap<number, Reached>

  constructor(result: TraceResult, reached: readonly Reached[], processes: readonly NodeNo[]) {
    this.result = result
    this.reached = reached
    this.processes = processes
    this.#byNo = new Map(reached.map((each) => [each.no, each]))
  }

  of(traceable: number): Reached | undefined {
    return this.#byNo.get(traceable)
  }

  has(traceable: number): boolean {
    return this.#byNo.has(traceable)
  }

  /** Whether something that happened to a traceable at a moment happened to a state in scope. */
  includes(traceable: number, at: Instant): boolean {
    const reached = this.#byNo.get(traceable)
    return reached !== undefined && (reached.whole || isReachedAt(reached, at))
  }

  /** Whether what is left of a traceable now is in scope. */
  includesNow(traceable: number): boolean {
    const reached = this.#byNo.get(traceable)
    return reached !== undefined && (reached.whole || isReachedNow(reached))
  }

  ringOf(traceable: number): Ring {
    return this.#byNo.get(traceable)?.ring ?? 'cannot-exclude'
  }

  byRing(): ByRing {
    const counts = { proven: 0, possible: 0, 'cannot-exclude': 0 }
    for (const each of this.reached) counts[each.ring]++
    return counts
  }

  numbers(): number[] {
    return this.reached.map((each) => each.no)
  }
}

export interface ScopeQuery {
  readonly from: readonly NodeNo[]
  readonly direction: 'forward' | 'backward'
  readonly follow: 'contains' | 'touched'
  readonly happened?: { readonly from?: Instant; readonly to?: Instant }
  readonly asKnownOn?: Position | undefined
  readonly ring?: Ring
  readonly overlay?: NonNullable<TraceQuery['overlay']>
}

/** Traces and gathers what was reached by traceable. O(reached). */
export async function scopeOf(snapshot: Snapshot, query: ScopeQuery): Promise<Scope> {
  const { engine } = snapshot
  const asKnownOn = query.asKnownOn ?? snapshot.asKnownOn
  const known = asKnownOn === undefined ? {} : { asKnownOn }
  const { asKnownOn: _asKnownOn, ...asked } = query
  return scopeOfResult(snapshot, await engine.trace({ ...asked, ...known }), asKnownOn)
}

/** What lies on any path from what the query starts from to the given nodes. */
export async function scopeBetween(
  snapshot: Snapshot,
  query: ScopeQuery,
  to: readonly NodeNo[],
): Promise<Scope> {
  const { asKnownOn = snapshot.asKnownOn, ...asked } = query
  const known = asKnownOn === undefined ? {} : { asKnownOn }
  return scopeOfResult(snapshot, await snapshot.engine.between({ ...asked, ...known }, to), asKnownOn)
}

/** Gathers the nodes of a result by traceable. O(nodes). */
export async function scopeOfResult(
  snapshot: Snapshot,
  result: TraceResult,
  asKnownOn: Position | undefined,
): Promise<Scope> {
  const { engine } = snapshot
  const nodes = await engine.nodes(result.nodes)
  const found = new Map<number, { ring: number; depth: number; reached: Set<NodeNo> }>()
  const processes: NodeNo[] = []
  nodes.forEach((node, at) => {
    if (node.kind === 'process' || node.traceable === null) {
      processes.push(node.no)
      return
    }
    const [ring, depth] = [result.ring[at] ?? 0, result.depth[at] ?? 0]
    const known = found.get(node.traceable)
    if (!known) found.set(node.traceable, { ring, depth, reached: new Set([node.no]) })
    else {
      known.ring = Math.min(known.ring, ring)
      known.depth = Math.min(known.depth, depth)
      known.reached.add(node.no)
    }
  })
  const states = statesByTraceable(await engine.statesOf([...found.keys()], asKnownOn))
  const reached = [...found].map(([no, each]): Reached => {
    const all = states.get(no) ?? []
    const scope = { states: all.length > 1 ? inOrderOfTime(all) : all, reached: each.reached }
    return {
      no,
      ring: rings[each.ring] ?? 'cannot-exclude',
      depth: each.depth,
      whole: isWhole(scope),
      ...scope,
    }
  })
  reached.sort((a, b) => a.depth - b.depth || a.no - b.no)
  return new Scope(result, reached, processes)
}

function statesByTraceable(
  nodes: readonly GraphNode[],
): ReadonlyMap<number, { no: NodeNo; from: Instant | null }[]> {
  const states = new Map<number, { no: NodeNo; from: Instant | null }[]>()
  for (const node of nodes) {
    if (node.traceable === null) continue
    const known = states.get(node.traceable)
    if (known) known.push(node)
    else states.set(node.traceable, [node])
  }
  return states
}

/** Live edges among everything the trace reached. */
export function edgesWithin(
  snapshot: Snapshot,
  scope: Scope,
  asKnownOn?: Position,
): Promise<readonly GraphEdge[]> {
  return snapshot.engine.edgesAmong(scope.result.nodes, asKnownOn ?? snapshot.asKnownOn)
}
