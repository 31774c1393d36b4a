import { exposureByTraces } from './exposure-by-traces.ts'
import type {
  ExposureQuery,
  Exposures,
  GenealogyEngine,
  GraphChange,
  GraphEdge,
  GraphNode,
  Held,
  NodeNo,
  Position,
  TraceQuery,
  TraceResult,
} from './engine.ts'
import { ringOf, rings } from './touch.ts'

interface Label {
  readonly ring: number
  readonly depth: number
}

/**
 * The brute-force oracle: lists of all edges, scanned again and again until nothing changes. No adjacency, no queue, no
 * visited set; slow, and short enough to be believed.
 */
export class OracleEngine implements GenealogyEngine {
  readonly #nodes: GraphNode[] = []
  #edges: GraphEdge[] = []
  #position: Position = -1

  constructor(changes: readonly GraphChange[]) {
    for (const change of changes) {
      this.#nodes.push(...change.nodes)
      const gone = new Set(change.retracted)
      this.#edges = this.#edges.map((edge) =>
        gone.has(edge.no) ? { ...edge, retractedAt: change.position } : edge,
      )
      this.#edges.push(...change.added)
      this.#position = change.position
    }
  }

  async position(): Promise<Position> {
    return this.#position
  }

  async trace(query: TraceQuery): Promise<TraceResult> {
    return this.#result(query, this.#labels(query), query.limit ?? Infinity)
  }

  async between(query: TraceQuery, to: readonly NodeNo[]): Promise<TraceResult> {
    const opposite = query.direction === 'forward' ? 'backward' : 'forward'
    const there = this.#distances(query, Infinity)
    const back = this.#distances({ ...query, from: to, direction: opposite }, Infinity)
    const labels = new Map<NodeNo, Label>()
    for (const [node, label] of there) {
      const other = back.get(node)
      if (other) labels.set(node, { ring: Math.max(label.ring, other.ring), depth: label.depth })
    }
    const reached = new Set(there.keys())
    const result = this.#result(query, labels, query.limit ?? Infinity)
    return { ...result, loops: this.#loops(query, reached).filter((node) => result.nodes.includes(node)) }
  }

  /** Not an answer to compare step by step: only whether there is a proof. */
  async explain(): Promise<undefined> {
    return undefined
  }

  async edgesAmong(nodes: Int32Array, asKnownOn = this.#position): Promise<readonly GraphEdge[]> {
    return this.#edges.filter(
      (edge) => isKnown(edge, asKnownOn) && nodes.includes(edge.source) && nodes.includes(edge.target),
    )
  }

  async statesOf(traceables: readonly number[], asKnownOn = this.#position): Promise<readonly GraphNode[]> {
    return traceables.flatMap((traceable) =>
      this.#nodes
        .filter((node) => node.traceable === traceable && node.position <= asKnownOn)
        .sort((a, b) => `${a.from ?? ''}`.localeCompare(`${b.from ?? ''}`) || a.no - b.no),
    )
  }

  async nodes(nos: Int32Array): Promise<readonly GraphNode[]> {
    return [...nos].flatMap((no) => this.#nodes.filter((node) => node.no === no))
  }

  exposure(query: ExposureQuery): Promise<Exposures> {
    return exposureByTraces((asked) => this.trace(asked), query)
  }

  async held(states: readonly NodeNo[], asKnownOn = this.#position): Promise<(Held | undefined)[]> {
    const edges = this.#edges.filter((edge) => isKnown(edge, asKnownOn) && edge.kind !== 'contact')
    return states.map((state) => heldBy(edges, state, []))
  }

  /** Which edges the question follows, in the direction of the question. */
  followed(query: TraceQuery): { from: NodeNo; to: NodeNo; ring: number; no: number }[] {
    const overlay = (query.overlay ?? []).map((edge, index) => ({
      ...edge,
      no: -1 - index,
      event: 0,
      addedAt: -1,
      retractedAt: null,
    }))
    const weakest = rings.indexOf(query.ring ?? 'cannot-exclude')
    return [...this.#edges, ...overlay]
      .filter((edge) => isKnown(edge, query.asKnownOn ?? this.#position))
      .filter((edge) => query.happened?.from === undefined || edge.happenedAt >= query.happened.from)
      .filter((edge) => query.happened?.to === undefined || edge.happenedAt <= query.happened.to)
      .filter((edge) => query.follow !== 'contains' || isContained(edge))
      .filter((edge) => rings.indexOf(ringOf(edge.evidence)) <= weakest)
      .map((edge) => {
        const [from, to] =
          query.direction === 'forward' ? [edge.source, edge.target] : [edge.target, edge.source]
        return { from, to, ring: rings.indexOf(ringOf(edge.evidence)), no: edge.no }
      })
  }

  /** With a limit: what is known when the first level is complete that holds more nodes than that. */
  #labels(query: TraceQuery): Map<NodeNo, Label> {
    if (query.limit === undefined) return this.#distances(query, Infinity)
    for (let depth = 0; ; depth++) {
      const labels = this.#distances(query, depth)
      const isDone = this.#distances(query, Infinity).size === labels.size && depth > this.#nodes.length
      if (labels.size > query.limit || isDone) return labels
    }
  }

  /** The best ring of each node over paths of at most so many edges, and the shortest length in that ring. */
  #distances(query: TraceQuery, depthMax: number): Map<NodeNo, Label> {
    const labels = new Map<NodeNo, Label>()
    const edges = this.followed(query)
    rings.forEach((_, ring) => {
      const distance = new Map<NodeNo, number>(query.from.map((node) => [node, 0]))
      for (let changed = true; changed;) {
        changed = false
        for (const edge of edges) {
          const next = (distance.get(edge.from) ?? Infinity) + 1
          if (edge.ring > ring || next > depthMax || next >= (distance.get(edge.to) ?? Infinity)) continue
          distance.set(edge.to, next)
          changed = true
        }
      }
      for (const [node, depth] of distance) if (!labels.has(node)) labels.set(node, { ring, depth })
    })
    return labels
  }

  #result(query: TraceQuery, labels: ReadonlyMap<NodeNo, Label>, limit: number): TraceResult {
    const all = [...labels].sort(([a, left], [b, right]) => left.depth - right.depth || a - b)
    const kept = all.slice(0, limit)
    return {
      nodes: Int32Array.from(kept, ([node]) => node),
      ring: Uint8Array.from(kept, ([, label]) => label.ring),
      depth: Int32Array.from(kept, ([, label]) => label.depth),
      loops: this.#loops(query, new Set(kept.map(([node]) => node))),
      truncated: all.length > limit,
      position: this.#position,
    }
  }

  /** A node is on a loop when it reaches itself by at least one edge. */
  #loops(query: TraceQuery, within: ReadonlySet<NodeNo>): NodeNo[] {
    const edges = this.followed(query).filter((edge) => within.has(edge.from) && within.has(edge.to))
    return [...within]
      .filter((start) => {
        const reached = new Set<NodeNo>()
        for (let size = -1; size !== reached.size;) {
          size = reached.size
          for (const edge of edges) if (edge.from === start || reached.has(edge.from)) reached.add(edge.to)
        }
        return reached.has(start)
      })
      .sort((a, b) => a - b)
  }
}

/** What came in, or was left in the state before, against what went out. A state that is its own source is not known. */
function heldBy(edges: readonly GraphEdge[], state: NodeNo, path: readonly NodeNo[]): Held | undefined {
  if (path.includes(state)) return undefined
  const into = (node: NodeNo) => edges.filter((edge) => edge.target === node)
  const out = (node: NodeNo) => edges.filter((edge) => edge.source === node)
  const isStep = (process: NodeNo) =>
    [into(process), out(process)].every(
      (side) => side.length === 1 && side[0]?.kind === 'identity' && side[0].amount === null,
    )
  const left = out(state).map((edge) => edge.amount ?? (isStep(edge.target) ? 0n : undefined))
  const came = into(state).map((edge) => {
    if (edge.amount !== null) return edge.amount
    if (isStep(edge.source))
      return heldBy(edges, into(edge.source)[0]?.source ?? 0, [...path, state])?.remaining
    return edge.kind === 'material' ? undefined : ('none' as const)
  })
  if (left.includes(undefined) || came.includes(undefined)) return undefined
  const drawn = left.reduce<bigint>((sum, amount) => sum + (amount ?? 0n), 0n)
  const made = came.reduce<bigint>((sum, amount) => sum + (typeof amount === 'bigint' ? amount : 0n), 0n)
  const total = made < drawn ? drawn : made
  return { total, remaining: total - drawn }
}

function isKnown(edge: GraphEdge, position: Position): boolean {
  return edge.addedAt <= position && (edge.retractedAt === null || edge.retractedAt > position)
}

function isContained(edge: GraphEdge): boolean {
  return edge.kind === 'install' ? edge.until === null : edge.kind !== 'contact'
}
