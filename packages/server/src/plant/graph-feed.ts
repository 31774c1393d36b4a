import type { EdgeKind, Evidence } from '@lotline/core/genealogy/touch'
import type { GraphChange, GraphEdge, GraphNode, Position } from '@lotline/core/genealogy/engine'
import type { Instant } from '@lotline/core/base/instant'
import { instantText } from '../database/session.ts'
import type { RawRow, Reader } from '../database/transaction.ts'

/** Positions read at once: enough to be quick, few enough to fit in memory beside the graph. */
export const positionsPerRead = 20_000

/**
 * What each capture from `after + 1` to `to` changed in the graph, every position once, in order: the food of an engine
 * that was left behind. Edges come as they were added; their later retraction is a change of its own. O(changes).
 */
export async function changesBetween(
  reader: Reader,
  after: Position,
  to: Position,
): Promise<readonly GraphChange[]> {
  const span = [reader.org, after, to]
  const [nodes, added, retracted] = await Promise.all([
    reader.raw(
      'feed nodes',
      `select no, kind, traceable, started_at, position from node
        where org_id = $1 and position > $2 and position <= $3 order by position, no`,
      span,
    ),
    reader.raw(
      'feed edges',
      `select no, source, target, kind, evidence, amount, happened_at, until, event, added_at from edge
        where org_id = $1 and added_at > $2 and added_at <= $3 order by added_at, no`,
      span,
    ),
    reader.raw(
      'feed retractions',
      `select no, retracted_at from edge
        where org_id = $1 and retracted_at > $2 and retracted_at <= $3 order by retracted_at, no`,
      span,
    ),
  ])
  const changes = new Map<Position, { nodes: GraphNode[]; added: GraphEdge[]; retracted: number[] }>()
  for (let position = after + 1; position <= to; position++) {
    changes.set(position, { nodes: [], added: [], retracted: [] })
  }
  for (const row of nodes) changes.get(Number(row[4]))?.nodes.push(nodeOf(row))
  for (const row of added) changes.get(Number(row[9]))?.added.push(edgeOf(row))
  for (const [no, at] of retracted) changes.get(Number(at))?.retracted.push(Number(no))
  return [...changes].map(([position, change]) => ({ position, ...change }))
}

function nodeOf([no, kind, traceable, from, position]: RawRow): GraphNode {
  return {
    no: Number(no),
    kind: kind === 'process' ? 'process' : 'state',
    traceable: numberOrNull(traceable),
    from: instantOrNull(from),
    position: Number(position),
  }
}

function edgeOf(row: RawRow): GraphEdge {
  const [no, source, target, kind, evidence, amount, happenedAt, until, event, addedAt] = row
  return {
    no: Number(no),
    source: Number(source),
    target: Number(target),
    // The database checks these words; the engine would not know another.
    kind: kind as EdgeKind,
    evidence: evidence as Evidence,
    amount: amount === null || amount === undefined ? null : BigInt(amount),
    happenedAt: instantText(happenedAt ?? '') as Instant,
    until: instantOrNull(until),
    event: Number(event),
    addedAt: Number(addedAt),
    // Retractions are changes of their own.
    retractedAt: null,
  }
}

function numberOrNull(text: string | null | undefined): number | null {
  return text === null || text === undefined ? null : Number(text)
}

function instantOrNull(text: string | null | undefined): Instant | null {
  return text === null || text === undefined ? null : (instantText(text) as Instant)
}
