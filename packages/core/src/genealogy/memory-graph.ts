import { assert } from '../base/assert.ts'
import type { Amount } from '../base/quantity.ts'
import { emptyAdjacency, type SealedAdjacency, type VisitEdge } from './adjacency.ts'
import { copyOf } from './chunked.ts'
import {
  byteColumn,
  evidenceOf,
  instantOfCell,
  int32Column,
  kindOf,
  type Traits,
  traitsOf,
} from './columns.ts'
import { edgeCells, type EdgeCells, EdgeColumns } from './edge-columns.ts'
import type { Direction, GraphChange, GraphEdge, GraphNode, NodeNo, Position } from './engine.ts'
import { type Appended, FreshEdges } from './fresh-edges.ts'
import type { Graph } from './graph.ts'
import type { GraphState, KeptColumns, KeptNumbers } from './graph-state.ts'
import { nodeCells, type NodeCells, NodeColumns } from './node-columns.ts'
import { type SealElsewhere, type Sealing, sealedColumns, sealedOf, sealingOf } from './sealing.ts'
import { TopologicalOrder } from './topological-order.ts'
import type { TraceableNo } from './touch.ts'

/** New edges are sealed when they are this many, or an eighth of the sealed ones, whichever is more. */
const sealAfter = 65_536

/** A bulk load under way: nodes and edges in order of number, as numbers. */
export interface GraphLoading {
  node(cells: Readonly<NodeCells>): void
  edge(
    cells: Readonly<EdgeCells>,
    ends: { readonly source: NodeNo; readonly target: NodeNo },
    traits: Traits,
  ): void
  retracted(edge: number, position: Position): void
  /** Ends the load: the graph may be asked. O(nodes + edges). */
  done(position: Position): void
}

/**
 * The genealogy in memory: columns over shared memory. Sealed adjacency both ways, and fresh edges that are merged into it
 * when they have grown by an eighth, so that each edge is moved a few times in its life. About 30 bytes an edge with every
 * attribute, both directions counted.
 */
export class MemoryGraph implements Graph {
  position: Position
  readonly nodes: NodeColumns
  readonly edges: EdgeColumns
  readonly #order: TopologicalOrder
  #forward: SealedAdjacency
  #backward: SealedAdjacency
  #fresh: FreshEdges
  #movesBefore = 0
  #isSealing = false

  /** Empty, or over the columns of a state: those of another thread (to read only), or of a file. */
  constructor(from?: GraphState) {
    this.position = from?.numbers.position ?? -1
    this.nodes = new NodeColumns(from)
    this.edges = new EdgeColumns(from)
    this.#order = new TopologicalOrder(from)
    this.#forward = from ? sealedOf(from, 'forward') : emptyAdjacency
    this.#backward = from ? sealedOf(from, 'backward') : emptyAdjacency
    this.#fresh = new FreshEdges((from?.numbers.sealedEdges ?? 0) + 1, from)
  }

  get nodeCount(): number {
    return this.nodes.count
  }

  get edgeCount(): number {
    return this.edges.count
  }

  get hasFreshRetractions(): boolean {
    return this.edges.freshRetractions > 0
  }

  /** Changes when a reader in another thread, who began before, may have missed something and must ask again. */
  get moves(): number {
    return this.#movesBefore + this.#fresh.moves
  }

  /**
   * Takes a whole graph in, nodes and edges in order of number, at start. Retracted edges belong to it, for *as known on*.
   * O(nodes + edges). Throws if the graph is not empty.
   */
  loading(): GraphLoading {
    assert(this.nodeCount === 0 && this.edges.count === 0, 'a graph is loaded once, while empty')
    return {
      node: (cells) => this.nodes.append(cells),
      edge: (cells, { source, target }, traits) => {
        this.#check(cells.no, source, target)
        this.edges.append(cells)
        this.#fresh.append(source, target, traits, false)
      },
      retracted: (edge, position) => this.edges.retract(edge, position),
      done: (position) => {
        this.position = position
        this.seal()
        this.#order.rebuild(this.#forward, this.#backward, this.nodeCount)
        this.nodes.trim()
        this.edges.trim()
      },
    }
  }

  /** See `loading`. */
  load(nodes: Iterable<GraphNode>, edges: Iterable<GraphEdge>, position: Position): void {
    const loading = this.loading()
    for (const node of nodes) loading.node(nodeCells(node))
    for (const edge of edges) {
      loading.edge(edgeCells(edge), edge, traitsOf(edge))
      if (edge.retractedAt !== null) loading.retracted(edge.no, edge.retractedAt)
    }
    loading.done(position)
  }

  /** Takes in what one capture changed. Changes come in order of position; a gap is a fault. O(changes), merging aside. */
  apply(change: GraphChange, elsewhere?: { seal: SealElsewhere; failed: (error: unknown) => void }): void {
    assert(
      change.position >= this.position,
      `graph stands at ${this.position}, not before ${change.position}`,
    )
    for (const node of change.nodes) {
      this.nodes.append(nodeCells(node))
      this.#order.append(node.no)
    }
    for (const edge of change.added) {
      this.#check(edge.no, edge.source, edge.target)
      this.edges.append(edgeCells(edge))
      this.#fresh.append(edge.source, edge.target, traitsOf(edge), true)
      this.#order.join(edge.source, edge.target, this.#visitEdges)
    }
    for (const edge of change.retracted) this.edges.retract(edge, change.position)
    this.position = change.position
    const sealed = this.#fresh.first - 1
    if (this.#fresh.count < Math.max(sealAfter, sealed >> 3) || this.#isSealing) return
    if (elsewhere) void this.sealWith(elsewhere.seal).catch(elsewhere.failed)
    else this.seal()
  }

  /** Merges the fresh edges into the sealed ones, here and now. O(nodes + edges). */
  seal(): void {
    this.#take(this.sealing())
  }

  /** Lets the fresh edges be merged elsewhere, and takes the result over; changes are applied meanwhile. Gives whether it did. */
  async sealWith(sealElsewhere: SealElsewhere): Promise<boolean> {
    if (this.#isSealing) return false
    this.#isSealing = true
    try {
      this.#take(await sealElsewhere(this.state()))
      return true
    } finally {
      this.#isSealing = false
    }
  }

  /** The merge itself, for whoever hands it over. */
  sealing(): Sealing {
    const { edges, nodeCount, position } = this
    return sealingOf({
      ...{ forward: this.#forward, backward: this.#backward, fresh: this.#fresh },
      ...{ edges, nodeCount, position },
    })
  }

  #take(sealing: Sealing): void {
    this.#forward = sealing.forward
    this.#backward = sealing.backward
    const old = this.#fresh
    this.#fresh = old.after(sealing.upTo + 1 - old.first)
    this.#movesBefore += old.moves
    this.edges.freshRetractions -= sealing.retractions
  }

  sealed(direction: Direction): SealedAdjacency {
    return direction === 'forward' ? this.#forward : this.#backward
  }

  appended(direction: Direction): Appended {
    return this.#fresh.appended(direction)
  }

  forEachEdge(node: NodeNo, direction: Direction, visit: VisitEdge): void {
    const sealed = this.sealed(direction)
    const end = sealed.offsets[node + 1] ?? 0
    for (let slot = sealed.offsets[node] ?? end; slot < end; slot++) {
      visit(sealed.others[slot] ?? 0, sealed.edges[slot] ?? 0, sealed.traits[slot] ?? 0)
    }
    const { lists, first, others, traits } = this.appended(direction)
    for (let index = lists.newestOf(node); index >= 0; index = lists.before(index)) {
      visit(others.at(index), first + index, traits.at(index))
    }
  }

  readonly #visitEdges = this.forEachEdge.bind(this)

  get mayHaveLoops(): boolean {
    return this.#order.hasMarks
  }

  mayLieOnLoop(node: NodeNo): boolean {
    return this.#order.isMarked(node)
  }

  isState(node: NodeNo): boolean {
    return this.nodes.isState(node)
  }

  node(node: NodeNo): GraphNode | undefined {
    return this.nodes.at(node)
  }

  statesOf(traceable: TraceableNo): GraphNode[] {
    return this.nodes.statesOf(traceable)
  }

  amountOf(edge: number): Amount | null {
    return this.edges.amountOf(edge)
  }

  happenedAtMs(edge: number): number {
    return this.edges.happenedAtMs(edge)
  }

  firstEdgeAfter(position: Position): number {
    return this.edges.firstAfter(position)
  }

  isRetracted(edge: number): boolean {
    return this.edges.isRetracted(edge, this.position)
  }

  retractedAt(edge: number): Position | undefined {
    return this.edges.retractedAt(edge, this.position)
  }

  edge(source: NodeNo, target: NodeNo, edge: number, traits: Traits): GraphEdge {
    const happenedAt = instantOfCell(this.edges.happenedAtMs(edge))
    assert(happenedAt !== null, `edge ${edge} has no time`)
    return {
      no: edge,
      source,
      target,
      kind: kindOf(traits),
      evidence: evidenceOf(traits),
      amount: this.edges.amountOf(edge),
      happenedAt,
      until: this.edges.untilOf(edge),
      event: this.edges.eventOf(edge),
      addedAt: this.edges.addedAt(edge),
      retractedAt: this.retractedAt(edge) ?? null,
    }
  }

  /** The graph as plain data over the same memory, for another thread to read: what is appended later does not disturb it. */
  state(): GraphState {
    return {
      numbers: this.#numbers(),
      kept: this.#kept(),
      derived: { lastStates: this.nodes.lastStates, ...this.#fresh.derived() },
    }
  }

  /** The same for a file: what is written over later is copied. O(nodes), and as fast as memory. */
  picture(): GraphState {
    const { nodes, edges } = { nodes: this.nodeCount, edges: this.edges.count }
    const kept = this.#kept()
    return {
      numbers: this.#numbers(),
      kept: {
        ...kept,
        labels: copyOf(kept.labels, nodes + 1, int32Column),
        marks: copyOf(kept.marks, (nodes >> 3) + 1, byteColumn),
        retractedBits: copyOf(kept.retractedBits, (edges >> 3) + 1, byteColumn),
        retractions: kept.retractions.map((cells) => copyOfCells(cells)),
      },
    }
  }

  /** Bytes held in columns: what the benchmark divides by the edges. */
  get byteLength(): number {
    const { kept, derived } = this.state()
    const columns = [...Object.values(kept), ...Object.values(derived ?? {})].flat()
    return columns.reduce((sum, column) => sum + column.byteLength, 0)
  }

  #numbers(): KeptNumbers {
    return {
      position: this.position,
      sealedEdges: this.#fresh.first - 1,
      nextLabel: this.#order.nextLabel,
      hasMarks: this.#order.hasMarks ? 1 : 0,
      ...this.nodes.numbers(),
      ...this.edges.numbers(),
    }
  }

  #kept(): KeptColumns {
    return {
      ...this.nodes.kept(),
      ...this.edges.kept(),
      ...this.#fresh.kept(),
      ...sealedColumns(this.#forward, this.#backward),
      labels: this.#order.labels.chunks,
      marks: this.#order.marks.chunks,
    }
  }

  #check(edge: number, source: NodeNo, target: NodeNo): void {
    assert(source <= this.nodeCount && target <= this.nodeCount, `edge ${edge} joins unknown nodes`)
  }
}

function copyOfCells(cells: Int32Array): Int32Array {
  const copy = int32Column(cells.length)
  copy.set(cells)
  return copy
}
