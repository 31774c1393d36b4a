import { together, type View } from '../base/view.ts'
import type { NodeNo } from '../genealogy/engine.ts'
import { edgeTable, nodeTable } from '../genealogy/rows.ts'
import { type TraceableRow, traceableTable } from '../identity/rows.ts'

/**
 * Everything that went into these processes so far, each once. O(inputs): it reads the edges into the processes, never what
 * came out of them, so that the ten-thousandth unit of a run costs what the first did.
 */
export function inputsOf(view: View, processKeys: readonly string[]): readonly TraceableRow[] {
  const sources = processKeys.length === 0 ? [] : sourcesOf(view, processKeys)
  const states = together(sources, (no) => view.get(nodeTable, [no]))
  const numbers = new Set(states.flatMap((node) => node?.traceable ?? []))
  return together([...numbers], (no) => view.get(traceableTable, [no])).filter((row) => row !== undefined)
}

/** The states that edges lead from into these processes. */
function sourcesOf(view: View, processKeys: readonly string[]): readonly NodeNo[] {
  const nodes = together(processKeys, (key) => view.list(nodeTable, 'byProcessKey', [key])).flat()
  const processes = nodes.filter((node) => node.kind === 'process')
  const edges = together(processes, (node) => view.list(edgeTable, 'byTarget', [node.no])).flat()
  return [...new Set(edges.filter((edge) => edge.retractedAt === null).map((edge) => edge.source))]
}
