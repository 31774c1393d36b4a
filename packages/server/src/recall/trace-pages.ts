import type { Trace } from '@lotline/core/recall/trace-shape'
import { writeCursor } from '../endpoint/cursor.ts'
import type { Snapshot } from '../plant/plant.ts'
import type { TraceSet } from './trace-set.ts'
import { traceRows } from './trace.ts'

type Head = Omit<Trace, 'nodes' | 'edges' | 'nextCursor'>

function headOf(snapshot: Snapshot, set: TraceSet, cut: boolean): Head {
  const { asked, question, summary, gaps } = set
  const reasons = cut && !set.reasons.includes('truncated') ? [...set.reasons, 'truncated'] : [...set.reasons]
  return {
    query: {
      ids: [...question.ids],
      direction: question.direction,
      follow: asked.follow,
      asKnownOn: asked.asKnownOn ?? null,
    },
    position: snapshot.position,
    ...(snapshot.within === undefined ? {} : { within: snapshot.within }),
    complete: reasons.length === 0,
    reasons,
    truncated: reasons.includes('truncated'),
    roots: [...asked.roots],
    summary,
    gaps: [...gaps],
  }
}

/** One page of a trace. */
export async function tracePage(
  snapshot: Snapshot,
  set: TraceSet,
  page: { readonly offset: number; readonly limit: number },
): Promise<Trace> {
  const { nodes, edges, cut } = await traceRows(snapshot, set, page)
  const next = page.offset + page.limit
  return {
    ...headOf(snapshot, set, cut),
    nodes,
    edges,
    nextCursor: set.found.length > next ? writeCursor({ offset: next, position: snapshot.position }) : null,
  }
}

const rowsPerBlock = 2_000

/** A whole trace line by line: what is counted, then nodes with the links to those before them, then that it ended. */
export async function* traceLines(snapshot: Snapshot, set: TraceSet): AsyncGenerator<object> {
  yield headOf(snapshot, set, false)
  let whole = set.reasons.length === 0
  for (let offset = 0; offset < set.found.length; offset += rowsPerBlock) {
    const { nodes, edges, cut } = await traceRows(snapshot, set, { offset, limit: rowsPerBlock })
    for (const node of nodes) yield { node }
    for (const edge of edges) yield { edge }
    whole &&= !cut
  }
  yield { end: true, complete: whole }
}
