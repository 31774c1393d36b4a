import type { GraphEdge, NodeNo } from '@lotline/core/genealogy/engine'
import type { GapShape } from '@lotline/core/recall/shapes'
import type { Trace, TraceDirection, TraceNode } from '@lotline/core/recall/trace-shape'
import type { Asked, Question } from './question.ts'
import type { Scope } from './scope.ts'

/** A trace understood and walked; its rows are made page by page. */
export interface TraceSet {
  readonly asked: Asked
  readonly question: Question & {
    readonly direction: TraceDirection
    /** Only what lies on a path to this. */
    readonly to?: string
  }
  readonly scopes: readonly (readonly [Scope, 'forward' | 'backward'])[]
  /** Every traceable once: roots, then by distance. */
  readonly found: readonly Found[]
  /** The traceable of each state reached. */
  readonly traceableOf: ReadonlyMap<NodeNo, number>
  readonly edges: readonly GraphEdge[]
  readonly gaps: readonly GapShape[]
  readonly reasons: readonly string[]
  readonly summary: Trace['summary']
}

/** A traceable that was reached, and by which search. */
export interface Found {
  readonly no: number
  readonly scope: Scope
  readonly direction: TraceNode['direction']
}
