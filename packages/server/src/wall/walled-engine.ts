import type { GenealogyEngine, GraphNode, NodeNo, TraceResult } from '@lotline/core/genealogy/engine'
import type { Reader } from '../database/transaction.ts'

/**
 * The graph as somebody outside sees it: traces walk the whole of it, and what is not theirs is absent from the answer, while
 * what is theirs beyond it stays. `reader` must stand behind the wall of the database, which alone decides what is seen. A
 * process is shown where something seen went in and something seen came out.
 */
export function walledEngine(engine: GenealogyEngine, reader: Reader): GenealogyEngine {
  const only = async (result: TraceResult): Promise<TraceResult> => {
    const nodes = await engine.nodes(result.nodes)
    const seen = await seenAmong(reader, nodes)
    const joining = await joiningProcesses(engine, result, nodes, seen)
    const kept = nodes.flatMap((node, at) =>
      (node.traceable === null ? joining.has(node.no) : seen.has(node.traceable)) ? [at] : [],
    )
    const numbers = new Set(kept.map((at) => result.nodes[at] ?? 0))
    return {
      ...result,
      nodes: Int32Array.from(kept, (at) => result.nodes[at] ?? 0),
      ring: Uint8Array.from(kept, (at) => result.ring[at] ?? 0),
      depth: Int32Array.from(kept, (at) => result.depth[at] ?? 0),
      loops: result.loops.filter((no) => numbers.has(no)),
    }
  }
  return {
    position: () => engine.position(),
    trace: async (query) => only(await engine.trace(query)),
    between: async (query, to) => only(await engine.between(query, to)),
    held: (states, asKnownOn) => engine.held(states, asKnownOn),
    // A proof may lead through what is not theirs, so there is none to show.
    explain: async () => undefined,
    edgesAmong: (nodes, asKnownOn) => engine.edgesAmong(nodes, asKnownOn),
    statesOf: async (traceables, asKnownOn) => {
      const states = await engine.statesOf(traceables, asKnownOn)
      const seen = await seenAmong(reader, states)
      return states.filter(({ traceable }) => traceable !== null && seen.has(traceable))
    },
    nodes: (numbers) => engine.nodes(numbers),
  }
}

/** Which traceables of these nodes the wall lets through. One query. */
async function seenAmong(reader: Reader, nodes: readonly GraphNode[]): Promise<ReadonlySet<number>> {
  const numbers = [...new Set(nodes.flatMap(({ traceable }) => traceable ?? []))]
  const rows = await reader.raw(
    'seen traceables',
    'select no from traceable where org_id = $1 and no = any($2::bigint[])',
    [reader.org, `{${numbers.join(',')}}`],
  )
  return new Set(rows.map(([no]) => Number(no)))
}

async function joiningProcesses(
  engine: GenealogyEngine,
  result: TraceResult,
  nodes: readonly GraphNode[],
  seen: ReadonlySet<number>,
): Promise<ReadonlySet<NodeNo>> {
  const seenStates = new Set(
    nodes.flatMap(({ no, traceable }) => (traceable !== null && seen.has(traceable) ? [no] : [])),
  )
  const [fed, feeding] = [new Set<NodeNo>(), new Set<NodeNo>()]
  for (const { source, target } of await engine.edgesAmong(result.nodes)) {
    if (seenStates.has(source)) fed.add(target)
    if (seenStates.has(target)) feeding.add(source)
  }
  return new Set([...fed].filter((no) => feeding.has(no)))
}
