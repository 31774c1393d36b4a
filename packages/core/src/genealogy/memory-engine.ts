import { between } from './between.ts'
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
  ProofStep,
  TraceQuery,
  TraceResult,
} from './engine.ts'
import { edgesAmong } from './edges-among.ts'
import { explain } from './explain.ts'
import { exposureOf } from './exposure.ts'
import type { GraphState } from './graph-state.ts'
import { MemoryGraph } from './memory-graph.ts'
import { flowsIn, Quantities } from './quantities.ts'
import { trace, TraceScratch, traceWithin } from './trace.ts'
import type { TraceableNo } from './touch.ts'

/**
 * The engine people wait for: the graph in memory, answered by the free functions of this folder. The methods are
 * asynchronous only because their contract is; `graph` may be asked directly.
 */
export class MemoryEngine implements GenealogyEngine {
  readonly graph: MemoryGraph
  readonly #scratch = new TraceScratch()

  /** Empty, or over the columns of a state. */
  constructor(from?: GraphState) {
    this.graph = new MemoryGraph(from)
  }

  /** See `MemoryGraph.load`. */
  load(nodes: Iterable<GraphNode>, edges: Iterable<GraphEdge>, position: Position): void {
    this.graph.load(nodes, edges, position)
  }

  /** See `MemoryGraph.apply`. */
  apply(change: GraphChange): void {
    this.graph.apply(change)
  }

  position(): Promise<Position> {
    return Promise.resolve(this.graph.position)
  }

  trace(query: TraceQuery): Promise<TraceResult> {
    return Promise.resolve(this.traceNow(query))
  }

  /** The trace itself, without a promise. */
  traceNow(query: TraceQuery): TraceResult {
    return trace(this.graph, query, this.#scratch)
  }

  /** The trace, unless it reaches more than `nodesMax` nodes. */
  traceWithin(query: TraceQuery, nodesMax: number): TraceResult | undefined {
    return traceWithin(this.graph, query, nodesMax, this.#scratch)
  }

  explain(query: TraceQuery, to: NodeNo): Promise<readonly ProofStep[] | undefined> {
    return Promise.resolve(explain(this.graph, query, to))
  }

  between(query: TraceQuery, to: readonly NodeNo[]): Promise<TraceResult> {
    return Promise.resolve(between(this.graph, query, to, this.#scratch))
  }

  edgesAmong(nodes: Int32Array, asKnownOn?: Position): Promise<readonly GraphEdge[]> {
    return Promise.resolve(edgesAmong(this.graph, nodes, asKnownOn))
  }

  statesOf(traceables: readonly TraceableNo[], asKnownOn?: Position): Promise<readonly GraphNode[]> {
    const states = traceables.flatMap((traceable) => this.graph.statesOf(traceable))
    return Promise.resolve(
      asKnownOn === undefined ? states : states.filter((state) => state.position <= asKnownOn),
    )
  }

  nodes(nos: Int32Array): Promise<readonly GraphNode[]> {
    const found: GraphNode[] = []
    for (const no of nos) {
      const node = this.graph.node(no)
      if (node) found.push(node)
    }
    return Promise.resolve(found)
  }

  exposure(query: ExposureQuery, pause?: () => Promise<void>): Promise<Exposures> {
    return exposureOf(this.graph, query, pause)
  }

  held(states: readonly NodeNo[], asKnownOn?: Position): Promise<readonly (Held | undefined)[]> {
    const quantities = new Quantities(flowsIn(this.graph, asKnownOn))
    return Promise.resolve(states.map((state) => quantities.heldBy(state)))
  }
}
