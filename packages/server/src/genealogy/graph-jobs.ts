import type { NodeNo, TraceQuery, TraceResult } from '@lotline/core/genealogy/engine'
import type { GraphState } from '@lotline/core/genealogy/graph-state'
import type { Sealing } from '@lotline/core/genealogy/sealing'
import type { SnapshotMark } from './snapshot-file.ts'

/** What a thread is asked, over a state of the graph. */
export type GraphJob =
  | { readonly kind: 'trace'; readonly state: GraphState; readonly query: TraceQuery }
  | {
      readonly kind: 'between'
      readonly state: GraphState
      readonly query: TraceQuery
      readonly to: readonly NodeNo[]
    }
  | { readonly kind: 'seal'; readonly state: GraphState }
  | {
      readonly kind: 'save'
      readonly state: GraphState
      readonly file: string
      readonly mark: SnapshotMark
    }

/** What a thread gives for each kind of job. */
export interface JobGives {
  readonly trace: TraceResult
  readonly between: TraceResult
  readonly seal: Sealing
  readonly save: number
}

export interface ThreadAnswer {
  readonly given?: unknown
  /** What was thrown. */
  readonly failed?: string
}
