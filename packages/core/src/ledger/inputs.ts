import type { View } from '../base/view.ts'
import { edgeTable, nodeTable } from '../genealogy/rows.ts'
import { type TraceableRow, traceableTable } from '../identity/rows.ts'

/**
 * Everything that went into these processes so far, each once. O(inputs): it reads the edges into the processes, never what
 * came out of them, so that the ten-thousandth unit of a run costs what the first did.
 */
export function inputsOf(view: View, processKeys: readonly string[]): readonly TraceableRow[] {
  const by = <T>(keys: readonly T[]) => keys.map((key) => [key] as [T])
  view.prefetch(nodeTable, 'byProcessKey', by(processKeys))
  const processes = processKeys.flatMap((key) =>
    view.list(nodeTable, 'byProcessKey', [key]).filter((node) => node.kind === 'process'),
  )
  view.prefetch(edgeTable, 'byTarget', by(processes.map((node) => node.no)))
  const numbers = new Set<number>()
  for (const process of processes) {
    for (const edge of view.list(edgeTable, 'byTarget', [process.no])) {
      const from = edge.retractedAt === null ? view.get(nodeTable, [edge.source])?.traceable : null
      if (from != null) numbers.add(from)
    }
  }
  return [...numbers].flatMap((no) => view.get(traceableTable, [no]) ?? [])
}
