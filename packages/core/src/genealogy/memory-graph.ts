import { assert } from '../base/assert.ts'
import type { Amount } from '../base/quantity.ts'
import {
  type Appended,
  AppendedEdges,
  emptyAdjacency,
  type SealedAdjacency,
  sealAdjacency,
  type VisitEdge,
} from './adjacency.ts'
import {
  evidenceOf,
  grownBytes,
  grownInt32,
  instantOfCell,
  kindOf,
  type Traits,
  traitsOf,
} from './columns.ts'
import { EdgeColumns } from './edge-columns.ts'
import type { Direction, GraphChange, GraphEdge, GraphNode, NodeNo, Position } from './engine.ts'
import type { Graph } from './graph.ts'
import { NodeColumns } from './node-columns.ts'
import { TopologicalOrder } from './topological-order.ts'
import type { TraceableNo } from './touch.ts'

/** New edges are sealed when they are this many, or an eighth of the sealed ones, whichever is more. */
const sealAfter = 65_536

/**
 * The genealogy in memory: columns over shared memory. Sealed adjacency both ways, and an append buffer that is merged
 * into it when it has grown by an eighth, so that each edge is moved a few times in its life. About 36 bytes an edge with
 * every attribute, both directions counted.
 */
export class MemoryGraph implements Graph {
  position: Position = -1
  readonly nodes = new NodeColumns()
  readonly edges = new EdgeColumns()
  readonly #order = new TopologicalOrder()
  #forward: SealedAdjacency = emptyAdjacency
  #backward: SealedAdjacency = emptyAdjacency
  #sealedEdges = 0
  #newSources = grownInt32(new Int32Array(0), 1024)
  #newTargets = grownInt32(new Int32Array(0), 1024)
  #newTraits = grownBytes(new Uint8Array(0), 1024)
  readonly #newForward = new AppendedEdges()
  readonly #newBackward = new AppendedEdges()

  get nodeCount(): number {
    return this.nodes.count
  }

  get hasFreshRetractions(): boolean {
    return this.edges.freshRetractions > 0
  }

  /**
   * Takes a whole graph in, nodes and edges in order of number, at start. Retracted edges belong to it, for *as known on*.
   * O(nodes + edges), about a second for five million edges. Throws if the graph is not empty.
   */
  load(nodes: Iterable<GraphNode>, edges: Iterable<GraphEdge>, position: Position): void {
    assert(this.nodeCount === 0 && this.edges.count === 0, 'a graph is loaded once, while empty')
    for (const node of nodes) this.nodes.append(node)
    for (const edge of edges) {
      this.#keep(edge)
      if (edge.retractedAt !== null) this.edges.retract(edge.no, edge.retractedAt)
    }
    this.position = position
    this.seal()
    this.#order.rebuild(this.#forward, this.#backward, this.nodeCount)
    this.nodes.trim()
    this.edges.trim()
  }

  /** Takes in what one capture changed. Changes come in order of position; a gap is a fault. O(changes), merging aside. */
  apply(change: GraphChange): void {
    assert(
      change.position >= this.position,
      `graph stands at ${this.position}, not before ${change.position}`,
    )
    for (const node of change.nodes) {
      this.nodes.append(node)
      this.#order.append(node.no)
    }
    for (const edge of change.added) {
      const index = this.#keep(edge)
      this.#newForward.note(edge.source, index)
      this.#newBackward.note(edge.target, index)
      this.#order.join(edge.source, edge.target, this.#visitEdges)
    }
    for (const edge of change.retracted) this.edges.retract(edge, change.position)
    this.position = change.position
    const waiting = this.edges.count - this.#sealedEdges
    if (waiting >= Math.max(sealAfter, this.#sealedEdges >> 3)) this.seal()
  }

  /** Merges the new edges into the sealed ones. O(nodes + edges). */
  seal(): void {
    const first = this.#sealedEdges + 1
    const count = this.edges.count - this.#sealedEdges
    const isRetracted = (edge: number) => this.edges.isRetracted(edge)
    const [sources, targets, traits] = [this.#newSources, this.#newTargets, this.#newTraits]
    const nodeCount = this.nodeCount
    this.#forward = sealAdjacency(
      this.#forward,
      { first, count, traits, at: sources, others: targets },
      nodeCount,
      isRetracted,
    )
    this.#backward = sealAdjacency(
      this.#backward,
      { first, count, traits, at: targets, others: sources },
      nodeCount,
      isRetracted,
    )
    this.#sealedEdges = this.edges.count
    this.edges.freshRetractions = 0
    this.#newForward.clear()
    this.#newBackward.clear()
    this.#newSources = grownInt32(new Int32Array(0), 1024)
    this.#newTargets = grownInt32(new Int32Array(0), 1024)
    this.#newTraits = grownBytes(new Uint8Array(0), 1024)
  }

  sealed(direction: Direction): SealedAdjacency {
    return direction === 'forward' ? this.#forward : this.#backward
  }

  appended(direction: Direction): Appended {
    const isForward = direction === 'forward'
    return {
      lists: isForward ? this.#newForward : this.#newBackward,
      first: this.#sealedEdges + 1,
      others: isForward ? this.#newTargets : this.#newSources,
      traits: this.#newTraits,
    }
  }

  forEachEdge(node: NodeNo, direction: Direction, visit: VisitEdge): void {
    const sealed = this.sealed(direction)
    const end = sealed.offsets[node + 1] ?? 0
    for (let slot = sealed.offsets[node] ?? end; slot < end; slot++) {
      visit(sealed.others[slot] ?? 0, sealed.edges[slot] ?? 0, sealed.traits[slot] ?? 0)
    }
    const { lists, first, others, traits } = this.appended(direction)
    for (let index = lists.newestOf(node); index >= 0; index = lists.next[index] ?? -1) {
      visit(others[index] ?? 0, first + index, traits[index] ?? 0)
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
    return this.edges.isRetracted(edge)
  }

  retractedAt(edge: number): Position | undefined {
    return this.edges.retractedAt(edge)
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
      retractedAt: this.edges.retractedAt(edge) ?? null,
    }
  }

  /** Bytes held in columns: what the benchmark divides by the edges. */
  get byteLength(): number {
    const adjacency = [this.#forward, this.#backward].flatMap((side) => Object.values(side))
    const appended = [this.#newSources, this.#newTargets, this.#newTraits]
    const columns: { byteLength: number }[] = [...adjacency, ...appended]
    return columns.reduce(
      (sum, column) => sum + column.byteLength,
      this.nodes.byteLength + this.edges.byteLength + this.#order.byteLength,
    )
  }

  #keep(edge: GraphEdge): number {
    assert(
      edge.source <= this.nodeCount && edge.target <= this.nodeCount,
      `edge ${edge.no} joins unknown nodes`,
    )
    this.edges.append(edge)
    const index = edge.no - this.#sealedEdges - 1
    this.#newSources = grownInt32(this.#newSources, index + 1)
    this.#newTargets = grownInt32(this.#newTargets, index + 1)
    this.#newTraits = grownBytes(this.#newTraits, index + 1)
    this.#newSources[index] = edge.source
    this.#newTargets[index] = edge.target
    this.#newTraits[index] = traitsOf(edge)
    return index
  }
}
