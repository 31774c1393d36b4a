import { Fault } from '@lotline/core/base/assert'
import type { GenealogyEngine, GraphEdge, NodeNo, TraceResult } from '@lotline/core/genealogy/engine'
import type { Reader } from '../database/transaction.ts'
import { shownProcesses } from './shown-processes.ts'
import { type Sight, sightOf } from './sight.ts'

/**
 * The graph as somebody outside sees it: traces walk the whole of it, and what is not theirs is absent from the answer, while
 * what is theirs beyond it stays. `reader` must stand behind the wall of the database, which alone decides what is seen. A
 * process is shown where something of theirs went in or came out, or where it joins what they see.
 */
export function walledEngine(engine: GenealogyEngine, reader: Reader): GenealogyEngine {
  const only = async (result: TraceResult, asKnownOn?: number): Promise<TraceResult> => {
    const sight = await sightOf(reader, await engine.nodes(result.nodes))
    const shown = shownProcesses(await engine.edgesAmong(result.nodes, asKnownOn), sight)
    return cutTo(result, (node) => sight.sees(node) || shown.has(node))
  }
  return {
    position: () => engine.position(),
    trace: async (query) => only(await engine.trace(query), query.asKnownOn),
    between: async (query, to) => only(await engine.between(query, to), query.asKnownOn),
    held: async (states, asKnownOn) => {
      const sight = await sightOf(reader, await engine.nodes(Int32Array.from(states)))
      const held = await engine.held(states, asKnownOn)
      return held.map((each, at) => (sight.owns(states[at] ?? 0) ? each : undefined))
    },
    // A proof may lead through what is not theirs, so there is none to show.
    explain: async () => undefined,
    edgesAmong: async (nodes, asKnownOn) => {
      const sight = await sightOf(reader, await engine.nodes(nodes))
      const edges = await engine.edgesAmong(nodes, asKnownOn)
      return edges.filter((edge) => isShown(edge, sight)).map((edge) => withoutForeignAmount(edge, sight))
    },
    statesOf: async (traceables, asKnownOn) => {
      const states = await engine.statesOf(traceables, asKnownOn)
      const sight = await sightOf(reader, states)
      return states.filter(({ no }) => sight.sees(no))
    },
    nodes: (numbers) => engine.nodes(numbers),
    exposure: () => {
      throw new Fault('what every lot would touch is counted over all companies: no answer for one outside')
    },
  }
}

/** States that are not theirs are told of by nothing; processes tell nothing by themselves. */
function isShown({ source, target }: GraphEdge, sight: Sight): boolean {
  const shows = (node: NodeNo) => sight.isProcess(node) || sight.sees(node)
  return shows(source) && shows(target)
}

/** How much was used or made of a lot that was only shipped to them is not theirs. */
function withoutForeignAmount(edge: GraphEdge, sight: Sight): GraphEdge {
  const isOwn = [edge.source, edge.target].every((node) => sight.isProcess(node) || sight.owns(node))
  return isOwn ? edge : { ...edge, amount: null }
}

/** Distances are counted over what is left, so that no jump tells how much lies between. */
function cutTo(result: TraceResult, isKept: (node: NodeNo) => boolean): TraceResult {
  const kept = [...result.nodes.keys()].filter((at) => isKept(result.nodes[at] ?? 0))
  const depths = [...new Set(kept.map((at) => result.depth[at] ?? 0))].sort((a, b) => a - b)
  const near = new Map(depths.map((depth, rank) => [depth, rank]))
  return {
    ...result,
    nodes: Int32Array.from(kept, (at) => result.nodes[at] ?? 0),
    ring: Uint8Array.from(kept, (at) => result.ring[at] ?? 0),
    depth: Int32Array.from(kept, (at) => near.get(result.depth[at] ?? 0) ?? 0),
    loops: result.loops.filter(isKept),
  }
}
