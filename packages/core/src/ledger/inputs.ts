import { together, type View } from '../base/view.ts'
import type { GraphEdge, NodeNo } from '../genealogy/engine.ts'
import { edgeTable, nodeTable } from '../genealogy/rows.ts'
import { type TraceableRow, traceableTable } from '../identity/rows.ts'

/**
 * Everything that went into these processes so far, each once. O(inputs): it reads the edges into the processes, never what
 * came out of them, so that the ten-thousandth unit of a run costs what the first did.
 */
export function inputsOf(view: View, processKeys: readonly string[]): readonly TraceableRow[] {
  if (processKeys.length === 0) return []
  const nodes = together(processKeys, (key) => view.list(nodeTable, 'byProcessKey', [key])).flat()
  const processes = nodes.filter((node) => node.kind === 'process').map((node) => node.no)
  const edges = together(processes, (no) => view.list(edgeTable, 'byTarget', [no])).flat()
  return traceablesOf(
    view,
    edges.filter((edge) => edge.retractedAt === null).map((edge) => edge.source),
  )
}

/**
 * What things were made of directly, supplier's lots included, and the parts that are in a unit. What the same thing was
 * under an earlier label or in an earlier state counts as itself. O(edges on the way).
 */
export function sourcesOf(view: View, rows: readonly TraceableRow[]): readonly TraceableRow[] {
  const own = new Set(rows.map((row) => row.no))
  const states = together([...own], (no) => view.list(nodeTable, 'byTraceable', [no])).flat()
  const seen = new Set<NodeNo>()
  const found: NodeNo[] = []
  for (let level = states.map((node) => node.no); level.length > 0;) {
    for (const no of level) seen.add(no)
    const steps = new Set(edgesInto(view, level).map((edge) => edge.source))
    const edges = edgesInto(view, [...steps])
    const inside = together(edges, (edge) => view.get(nodeTable, [edge.source])?.traceable === null)
    const isSame = (edge: GraphEdge, index: number) => edge.kind === 'identity' || inside[index] === true
    found.push(...edges.filter((edge, index) => !isSame(edge, index)).map((edge) => edge.source))
    const same = new Set(edges.filter(isSame).map((edge) => edge.source))
    level = [...same].filter((no) => !seen.has(no))
  }
  return traceablesOf(view, found).filter((row) => !own.has(row.no))
}

/** The parts of things, one tier down: lots and serials of ours, not what their suppliers call them. */
export function partsOf(view: View, rows: readonly TraceableRow[]): readonly TraceableRow[] {
  return sourcesOf(view, rows).filter((row) => row.kind !== 'supplier-lot')
}

/** The edges that lead into these nodes and still hold: no mere contact, no part that was taken out again. */
function edgesInto(view: View, nodes: readonly NodeNo[]): readonly GraphEdge[] {
  const edges = together(nodes, (no) => view.list(edgeTable, 'byTarget', [no])).flat()
  return edges.filter((edge) => edge.retractedAt === null && edge.kind !== 'contact' && edge.until === null)
}

function traceablesOf(view: View, states: readonly NodeNo[]): readonly TraceableRow[] {
  const nodes = together([...new Set(states)], (no) => view.get(nodeTable, [no]))
  const numbers = new Set(nodes.flatMap((node) => node?.traceable ?? []))
  return together([...numbers], (no) => view.get(traceableTable, [no])).filter((row) => row !== undefined)
}
