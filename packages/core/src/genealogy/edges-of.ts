import type { GraphEdge, NodeNo } from './engine.ts'
import type { OtherEnd, TouchRow } from './rows.ts'
import { type Evidence, evidences } from './touch.ts'

/** An edge before it has a number. */
export type EdgeShape = Omit<GraphEdge, 'no' | 'event' | 'addedAt' | 'retractedAt' | 'happenedAt'>

/**
 * The edges a placed touch stands for: the one place that turns placements into edges. A touch that may belong to more
 * than one state or segment keeps its amount on the likeliest edge alone, so that no quantity is counted twice.
 */
export function edgesOf(row: TouchRow): readonly EdgeShape[] {
  const shapes: EdgeShape[] = []
  if (row.does === 'draw' || row.does === 'part') inputEdges(row, shapes)
  else if (row.does === 'apart') stepEdges(row, row.process, shapes)
  else if (row.does !== 'barrier') outputEdges(row, shapes)
  for (const [source, target, evidence] of row.links ?? []) {
    shapes.push({ source, target, kind: 'material', evidence, amount: null, until: null })
  }
  return shapes
}

/** How much less sure a further edge is than the fact itself; `scanned` takes nothing away. */
const doubtOf = {
  loaded: 'scanned',
  window: 'scanned',
  overlap: 'time-window',
  assumed: 'assumed',
} as const satisfies Readonly<Record<OtherEnd[1], Evidence>>

function inputEdges(row: TouchRow, shapes: EdgeShape[]): void {
  if (row.state === null || row.process === null) return
  const unsure = row.otherStates ? weaker(row.evidence, 'time-window') : row.evidence
  const kind = row.edge ?? 'material'
  const push = (source: NodeNo, target: NodeNo, evidence: Evidence, amount: bigint | null) =>
    shapes.push({ source, target, kind, evidence, amount, until: row.until })
  for (const state of [row.state, ...(row.otherStates ?? [])]) {
    push(state, row.process, unsure, state === row.state ? row.amount : null)
    for (const [process, why] of row.otherProcesses ?? []) {
      push(state, process, weaker(unsure, doubtOf[why]), null)
    }
  }
}

function outputEdges(row: TouchRow, shapes: EdgeShape[]): void {
  if (row.state === null || row.process === null) return
  const others = row.otherProcesses ?? []
  const isBlurred = others.some(([, why]) => why === 'window')
  const unsure = isBlurred ? weaker(row.evidence, 'time-window') : row.evidence
  const kind = row.edge ?? 'material'
  if (row.does === 'add' || row.begins) {
    shapes.push({
      source: row.process,
      target: row.state,
      kind,
      evidence: unsure,
      amount: row.amount,
      until: null,
    })
    for (const [process, why] of others) {
      const evidence = weaker(unsure, doubtOf[why])
      shapes.push({ source: process, target: row.state, kind, evidence, amount: null, until: null })
    }
  }
  stepEdges(row, row.step, shapes)
}

/** What was there before goes on into the new state by a process of its own. */
function stepEdges(row: TouchRow, step: NodeNo | null, shapes: EdgeShape[]): void {
  if (!row.begins || row.prior === null || step === null || row.heel === null || row.state === null) return
  const rest = { kind: 'identity', evidence: row.heel, amount: null, until: null } as const
  shapes.push({ source: row.prior, target: step, ...rest }, { source: step, target: row.state, ...rest })
}

/** The weaker of two: a doubt never makes better evidence. */
export function weaker(a: Evidence, b: Evidence): Evidence {
  return evidences.indexOf(a) > evidences.indexOf(b) ? a : b
}
