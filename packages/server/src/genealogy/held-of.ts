import type { Direction, Held, NodeNo, Position } from '@lotline/core/genealogy/engine'
import { type Flow, type FlowsOf, Quantities } from '@lotline/core/genealogy/quantities'
import type { Reader } from '../database/transaction.ts'
import { FollowedEdges } from './followed-edges.ts'

/**
 * What states held, over edges fetched on the way: works it out with what is known, fetches what that asked for, and works
 * it out again. Two queries a round, with as many rounds as the longest chain of heels.
 */
export async function heldOf(
  reader: Reader,
  states: readonly NodeNo[],
  position: Position,
): Promise<readonly (Held | undefined)[]> {
  const query = { from: [], asKnownOn: position } as const
  const edges = {
    forward: new FollowedEdges(reader, { ...query, direction: 'forward' }, position),
    backward: new FollowedEdges(reader, { ...query, direction: 'backward' }, position),
  }
  const fetched = { forward: new Set<NodeNo>(), backward: new Set<NodeNo>() }
  for (;;) {
    const missing = { forward: new Set<NodeNo>(), backward: new Set<NodeNo>() }
    const flowsOf: FlowsOf = (node, direction) => {
      if (fetched[direction].has(node)) return flows(edges[direction], node)
      missing[direction].add(node)
      return []
    }
    const quantities = new Quantities(flowsOf)
    const held = states.map((state) => quantities.heldBy(state))
    if (missing.forward.size + missing.backward.size === 0) return held
    for (const direction of ['forward', 'backward'] satisfies Direction[]) {
      await edges[direction].fetch(missing[direction])
      for (const node of missing[direction]) fetched[direction].add(node)
    }
  }
}

function flows(edges: FollowedEdges, node: NodeNo): readonly Flow[] {
  return edges.of(node).flatMap(({ edge, other }) => {
    const { kind, amount } = edge
    return kind === 'contact' ? [] : [{ other, kind, amount }]
  })
}
