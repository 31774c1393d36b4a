/** What a column's cells are. */
export type ColumnKind = 'int32' | 'float64' | 'bytes'

/** Columns of a graph that a snapshot file keeps. */
export const keptColumns = {
  traceables: 'int32',
  earlierStates: 'int32',
  nodeRunBits: 'int32',
  nodeRunsBefore: 'int32',
  nodeRunPositions: 'int32',
  nodeRunStarts: 'float64',
  amounts: 'int32',
  largeAmounts: 'float64',
  originBits: 'int32',
  originsBefore: 'int32',
  originAdded: 'int32',
  originEvents: 'int32',
  originTimes: 'float64',
  untilEdges: 'int32',
  untilTimes: 'float64',
  retractedBits: 'bytes',
  retractions: 'int32',
  labels: 'int32',
  marks: 'bytes',
  forwardOffsets: 'int32',
  forwardOthers: 'int32',
  forwardEdges: 'int32',
  forwardTraits: 'bytes',
  forwardMixed: 'bytes',
  backwardOffsets: 'int32',
  backwardOthers: 'int32',
  backwardEdges: 'int32',
  backwardTraits: 'bytes',
  backwardMixed: 'bytes',
  freshSources: 'int32',
  freshTargets: 'int32',
  freshTraits: 'bytes',
} as const satisfies Record<string, ColumnKind>

/** Columns that follow from the kept ones; threads share them, a file need not hold them. */
export const derivedColumns = {
  lastStates: 'int32',
  forwardHeads: 'int32',
  forwardNext: 'int32',
  forwardHas: 'bytes',
  backwardHeads: 'int32',
  backwardNext: 'int32',
  backwardHas: 'bytes',
} as const satisfies Record<string, ColumnKind>

/** Numbers that belong to the columns. */
export const keptNumbers = [
  'position',
  'nodes',
  'nodeRuns',
  'edges',
  'origins',
  'untils',
  'largeAmountCount',
  'retractionCount',
  'freshRetractions',
  'nextLabel',
  'hasMarks',
  'sealedEdges',
] as const

interface CellsOf {
  readonly int32: Int32Array
  readonly float64: Float64Array
  readonly bytes: Uint8Array
}

export type ColumnsOf<Plan extends Record<string, ColumnKind>> = {
  readonly [Name in keyof Plan]: readonly CellsOf[Plan[Name]][]
}

export type KeptColumns = ColumnsOf<typeof keptColumns>
export type DerivedColumns = ColumnsOf<typeof derivedColumns>
export type KeptNumbers = Readonly<Record<(typeof keptNumbers)[number], number>>

/**
 * A graph as plain data: columns in chunks of shared memory, and a few numbers. What a worker thread is handed to search the
 * same memory, and what a snapshot file holds. `derived` is absent where it was read from a file.
 */
export interface GraphState {
  readonly numbers: KeptNumbers
  readonly kept: KeptColumns
  readonly derived?: DerivedColumns | undefined
}
