import type { Exposures, ExposureQuery, NodeNo, TraceQuery, TraceResult } from './engine.ts'

/**
 * Exposure by one trace for each source: for an engine that cannot sweep over all of them, and to check those that can.
 * O(sources * reached).
 */
export async function exposureByTraces(
  trace: (query: TraceQuery) => Promise<TraceResult>,
  query: ExposureQuery,
): Promise<Exposures> {
  const { sources, counted, weights, ...asked } = query
  const groupsOf = counted.map(({ nodes, groups }) => {
    const byNode = new Map<NodeNo, number[]>()
    nodes.forEach((node, index) => byNode.set(node, [...(byNode.get(node) ?? []), groups[index] ?? 0]))
    return byNode
  })
  const weightOf = new Map<NodeNo, number>()
  weights?.nodes.forEach((node, index) =>
    weightOf.set(node, (weightOf.get(node) ?? 0) + (weights.amounts[index] ?? 0)),
  )
  const counts = counted.map(() => new Int32Array(sources.length))
  const sums = new Float64Array(sources.length)
  for (const [index, from] of sources.entries()) {
    const { nodes } = await trace({ ...asked, from })
    groupsOf.forEach((groups, set) => {
      const met = new Set<number>()
      for (const node of nodes) for (const group of groups.get(node) ?? []) met.add(group)
      const own = counts[set]
      if (own) own[index] = met.size
    })
    sums[index] = nodes.reduce((sum, node) => sum + (weightOf.get(node) ?? 0), 0)
  }
  return { counts, weights: sums }
}
