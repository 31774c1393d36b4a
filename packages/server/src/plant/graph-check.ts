import { isDeepStrictEqual } from 'node:util'
import type {
  Direction,
  GenealogyEngine,
  GraphEdge,
  NodeNo,
  Position,
  TraceResult,
} from '@lotline/core/genealogy/engine'
import type { Reader } from '../database/transaction.ts'
import { SqlEngine } from '../genealogy/sql-engine.ts'

/** Nodes of a compared trace: enough to meet a wrong cell, few enough to ask the database for in milliseconds. */
const nodesCompared = 1_000
/** Nodes of it whose every link is compared, attribute by attribute. */
const nodesInFull = 200

/** A question that memory and tables answer differently. */
export interface GraphDifference {
  readonly node: NodeNo
  readonly direction: Direction
  readonly what: 'trace' | 'nodes' | 'links'
}

/**
 * Asks both engines the same trace, as known on the position of the reader's snapshot, and compares nodes, rings, depths, and
 * every attribute of the nodes and links found. Gives what differs first.
 */
export async function compareWithTables(
  reader: Reader,
  memory: GenealogyEngine,
  position: Position,
  ask: { readonly node: NodeNo; readonly direction: Direction },
): Promise<GraphDifference | undefined> {
  const tables = new SqlEngine((work) => work(reader))
  const query = { from: [ask.node], direction: ask.direction, asKnownOn: position, limit: nodesCompared }
  const [left, right] = [await memory.trace(query), await tables.trace(query)]
  if (!isSameTrace(left, right)) return { ...ask, what: 'trace' }
  const nodes = right.nodes.subarray(0, nodesInFull)
  if (!isDeepStrictEqual(await memory.nodes(nodes), await tables.nodes(nodes)))
    return { ...ask, what: 'nodes' }
  const asOf = (edges: readonly GraphEdge[]) =>
    edges.map((edge) => (Number(edge.retractedAt) > position ? { ...edge, retractedAt: null } : edge))
  const links = [await memory.edgesAmong(nodes, position), await tables.edgesAmong(nodes, position)].map(asOf)
  return isDeepStrictEqual(links[0], links[1]) ? undefined : { ...ask, what: 'links' }
}

function isSameTrace(left: TraceResult, right: TraceResult): boolean {
  return (['nodes', 'ring', 'depth', 'loops', 'truncated'] as const).every((part) =>
    isDeepStrictEqual(left[part], right[part]),
  )
}
