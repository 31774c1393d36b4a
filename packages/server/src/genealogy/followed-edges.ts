import type { Direction, GraphEdge, NodeNo, Position, TraceQuery } from '@lotline/core/genealogy/engine'
import { edgeTable } from '@lotline/core/genealogy/rows'
import { ringOf, rings } from '@lotline/core/genealogy/touch'
import { arrayLiteral } from '../database/array-literal.ts'
import { selectRows } from '../database/select-rows.ts'
import type { Reader } from '../database/transaction.ts'

/** An edge that a question follows, seen from the node it was asked at. */
export interface FollowedEdge {
  readonly edge: GraphEdge
  readonly other: NodeNo
  /** Index into `rings`. */
  readonly ring: number
}

/** The edges that one question follows, fetched for whole frontiers at a time and kept for its second look at a node. */
export class FollowedEdges {
  readonly #reader: Reader
  readonly #query: TraceQuery
  readonly #position: Position
  readonly #direction: Direction
  readonly #known = new Map<NodeNo, FollowedEdge[]>()

  constructor(reader: Reader, query: TraceQuery, position: Position) {
    this.#reader = reader
    this.#query = query
    this.#position = position
    this.#direction = query.direction
  }

  /** Makes sure that the edges of these nodes are known: one query for all that are not. */
  async fetch(nodes: Iterable<NodeNo>): Promise<void> {
    const missing = [...nodes].filter((node) => !this.#known.has(node))
    if (missing.length === 0) return
    for (const node of missing) this.#known.set(node, [])
    for (const edge of await this.#select(missing)) this.#keep(edge)
    const asked = new Set(missing)
    for (const edge of this.#overlay()) if (asked.has(this.#near(edge))) this.#keep(edge)
  }

  /** The followed edges of a node that was fetched. */
  of(node: NodeNo): readonly FollowedEdge[] {
    return this.#known.get(node) ?? []
  }

  #select(nodes: readonly NodeNo[]): Promise<readonly GraphEdge[]> {
    const side = this.#direction === 'forward' ? 'source' : 'target'
    const list = arrayLiteral(nodes.map(String), true)
    return selectRows(
      this.#reader,
      edgeTable,
      `edges by ${side}`,
      `${side} = any($2::bigint[]) and added_at <= $3 and (retracted_at is null or retracted_at > $3) order by no`,
      [list, this.#query.asKnownOn ?? this.#position],
    )
  }

  #keep(edge: GraphEdge): void {
    if (!isFollowed(edge, this.#query)) return
    const other = this.#direction === 'forward' ? edge.target : edge.source
    const ring = rings.indexOf(ringOf(edge.evidence))
    this.#known.get(this.#near(edge))?.push({ edge, other, ring })
  }

  #near(edge: GraphEdge): NodeNo {
    return this.#direction === 'forward' ? edge.source : edge.target
  }

  /** Overlay edges have the numbers -1, -2 and so on, and stand at the graph's position. */
  #overlay(): GraphEdge[] {
    const at = this.#position
    return (this.#query.overlay ?? []).map((edge, index) => ({
      ...edge,
      no: -1 - index,
      event: at,
      addedAt: at,
      retractedAt: null,
    }))
  }
}

/** Whether the question follows an edge that it knows: by time, kind and ring. */
export function isFollowed(
  edge: Pick<GraphEdge, 'kind' | 'evidence' | 'happenedAt' | 'until'>,
  query: Pick<TraceQuery, 'happened' | 'follow' | 'ring'>,
): boolean {
  const { happened } = query
  if (happened?.from !== undefined && edge.happenedAt < happened.from) return false
  if (happened?.to !== undefined && edge.happenedAt > happened.to) return false
  if (query.follow === 'contains' && !isContained(edge)) return false
  return rings.indexOf(ringOf(edge.evidence)) <= rings.indexOf(query.ring ?? 'cannot-exclude')
}

function isContained(edge: Pick<GraphEdge, 'kind' | 'until'>): boolean {
  return edge.kind === 'install' ? edge.until === null : edge.kind !== 'contact'
}
