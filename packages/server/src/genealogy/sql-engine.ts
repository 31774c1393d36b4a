import type {
  ExposureQuery,
  Exposures,
  GenealogyEngine,
  GraphEdge,
  GraphNode,
  Held,
  NodeNo,
  Position,
  ProofStep,
  TraceQuery,
  TraceResult,
} from '@lotline/core/genealogy/engine'
import { exposureByTraces } from '@lotline/core/genealogy/exposure-by-traces'
import { edgeTable, graphNodeOf, nodeTable } from '@lotline/core/genealogy/rows'
import type { TraceableNo } from '@lotline/core/genealogy/touch'
import { arrayLiteral } from '../database/array-literal.ts'
import { selectRows } from '../database/select-rows.ts'
import type { Reader } from '../database/transaction.ts'
import { readHead } from '../ledger/ledger-head.ts'
import { FollowedEdges } from './followed-edges.ts'
import { heldOf } from './held-of.ts'
import { levelSearch, type Reached, resultOf } from './level-search.ts'

/** Opens a snapshot for one question. */
export type InSnapshot = <T>(work: (reader: Reader) => Promise<T>) => Promise<T>

/**
 * The genealogy engine on PostgreSQL: always up to date, needs no memory, one query a level. The differential test of the
 * engine in memory, and its stand-in while that one loads. Each question runs on one snapshot.
 */
export class SqlEngine implements GenealogyEngine {
  readonly #inSnapshot: InSnapshot

  constructor(inSnapshot: InSnapshot) {
    this.#inSnapshot = inSnapshot
  }

  position(): Promise<Position> {
    return this.#inSnapshot(positionOf)
  }

  trace(query: TraceQuery): Promise<TraceResult> {
    return this.#inSnapshot(async (reader) => {
      const position = await positionOf(reader)
      const edges = new FollowedEdges(reader, query, position)
      const reached = await levelSearch(edges, await existing(reader, query.from), query.limit)
      return resultOf(edges, [...reached.values()], query, position)
    })
  }

  explain(query: TraceQuery, to: NodeNo): Promise<readonly ProofStep[] | undefined> {
    return this.#inSnapshot(async (reader) => {
      const edges = new FollowedEdges(reader, query, await positionOf(reader))
      const reached = await levelSearch(edges, await existing(reader, query.from))
      const found = reached.get(to)
      return found && proofOf(found)
    })
  }

  between(query: TraceQuery, to: readonly NodeNo[]): Promise<TraceResult> {
    return this.#inSnapshot(async (reader) => {
      const position = await positionOf(reader)
      const edges = new FollowedEdges(reader, query, position)
      const there = await levelSearch(edges, await existing(reader, query.from))
      const direction = query.direction === 'forward' ? 'backward' : 'forward'
      const backwards = new FollowedEdges(reader, { ...query, direction }, position)
      const back = await levelSearch(backwards, await existing(reader, to))
      const both = [...there.values()].flatMap((reached): Reached[] => {
        const other = back.get(reached.node)
        return other ? [{ ...reached, ring: Math.max(reached.ring, other.ring) }] : []
      })
      return resultOf(edges, both, query, position)
    })
  }

  edgesAmong(nodes: Int32Array, asKnownOn?: Position): Promise<readonly GraphEdge[]> {
    return this.#inSnapshot(async (reader) => {
      const list = listOf(nodes)
      return selectRows(
        reader,
        edgeTable,
        'edges among',
        `source = any($2::bigint[]) and target = any($2::bigint[])
         and added_at <= $3 and (retracted_at is null or retracted_at > $3) order by no`,
        [list, asKnownOn ?? (await positionOf(reader))],
      )
    })
  }

  statesOf(traceables: readonly TraceableNo[], asKnownOn?: Position): Promise<readonly GraphNode[]> {
    return this.#inSnapshot(async (reader) => {
      const rows = await selectRows(
        reader,
        nodeTable,
        'states of',
        'traceable = any($2::bigint[]) and position <= $3 order by started_at nulls first, no',
        [listOf(traceables), asKnownOn ?? (await positionOf(reader))],
      )
      const states = rows.map(graphNodeOf)
      return traceables.flatMap((traceable) => states.filter((state) => state.traceable === traceable))
    })
  }

  nodes(nos: Int32Array): Promise<readonly GraphNode[]> {
    return this.#inSnapshot(async (reader) => {
      const found = new Map((await nodesByNo(reader, nos)).map((node) => [node.no, node]))
      return [...nos].flatMap((no) => found.get(no) ?? [])
    })
  }

  exposure(query: ExposureQuery): Promise<Exposures> {
    return exposureByTraces((asked) => this.trace(asked), query)
  }

  held(states: readonly NodeNo[], asKnownOn?: Position): Promise<readonly (Held | undefined)[]> {
    return this.#inSnapshot(async (reader) => heldOf(reader, states, asKnownOn ?? (await positionOf(reader))))
  }
}

async function positionOf(reader: Reader): Promise<Position> {
  return (await readHead(reader)).next - 1
}

/** Those of the roots that exist, in the order given. */
async function existing(reader: Reader, nos: readonly NodeNo[]): Promise<readonly NodeNo[]> {
  const found = new Set((await nodesByNo(reader, nos)).map((node) => node.no))
  return nos.filter((no) => found.has(no))
}

async function nodesByNo(reader: Reader, nos: Iterable<NodeNo>): Promise<readonly GraphNode[]> {
  const rows = await selectRows(reader, nodeTable, 'nodes by no', 'no = any($2::bigint[])', [listOf(nos)])
  return rows.map(graphNodeOf)
}

function listOf(nos: Iterable<number>): string {
  return arrayLiteral(Array.from(nos, String), true)
}

function proofOf(found: Reached): ProofStep[] {
  const steps: ProofStep[] = []
  for (let at: Reached | undefined = found; at?.from && at.by; at = at.from) {
    steps.push({ edge: at.by.edge, from: at.from.node, to: at.node })
  }
  return steps.reverse()
}
