import { millisecondsOf } from '../base/instant.ts'
import type { ChangeBook } from './change-book.ts'
import type { NodeNo } from './engine.ts'
import { anyDoubt, type Boundary, stretchesInDoubt } from './order-tail.ts'
import type { OtherEnd, RunTail, TouchRow } from './rows.ts'
import { joinSegment, opensSegment, placeOnRun, type SegmentNodes, tailOfNewRun } from './segments.ts'
import { inOrder } from './touch-rows.ts'

/** A segment while the whole timeline is worked out; it begins with the cleaning before it, else with its first touch. */
interface Segment extends Boundary {
  /** Whether a barrier lies before it, so that nothing blurs into it from there. */
  readonly cleaned: boolean
  readonly rows: TouchRow[]
  /** Outputs of neighbouring segments that the clocks cannot tell from this one's. */
  readonly doubtful: TouchRow[]
  out: NodeNo | null
}

/**
 * Works a run out from all its touches, for a late fact or a voided one, or where clocks leave a doubt. Keeps the numbers
 * of processes and of the work in process where segments stay what they were. O(n log n) in its touches.
 */
export function recomputeRun(tail: RunTail, rows: readonly TouchRow[], book: ChangeBook): void {
  const ordered = inOrder(rows)
  const segments = cut(ordered)
  if (anyDoubt(ordered)) findDoubts(segments)
  const nodes = nodesOfBefore(ordered, segments, book)
  for (const row of ordered) row.otherProcesses = null
  Object.assign(tail, tailOfNewRun())
  let current: Segment | undefined
  const segmentOf = new Map(segments.flatMap((segment) => segment.rows.map((row) => [row, segment] as const)))
  for (const row of ordered) {
    const segment = segmentOf.get(row)
    if (segment !== current) settleDoubtful(tail, current, book, nodes)
    placeOnRun(tail, row, book, nodes)
    if (segment && tail.made) segment.out = tail.make ?? tail.mix
    current = segment
  }
  settleDoubtful(tail, current, book, nodes)
  tieOrphans(segments)
  for (const segment of segments) tieDoubtful(segment)
}

/** Which touch lies in which segment: by order alone, without nodes. */
function cut(ordered: readonly TouchRow[]): Segment[] {
  const segments: Segment[] = []
  const course = { open: false, made: false, barrier: false }
  let cleaning: TouchRow | undefined
  for (const row of ordered) {
    if (row.does === 'barrier') {
      course.barrier = true
      cleaning = row
      continue
    }
    if (opensSegment(course, row)) {
      const boundary = course.barrier && cleaning ? cleaning : row
      segments.push({
        at: millisecondsOf(boundary.at),
        uncertaintyMs: boundary.uncertaintyMs,
        cleaned: course.barrier,
        rows: [],
        doubtful: [],
        out: null,
      })
      Object.assign(course, { open: true, made: false, barrier: false })
    }
    segments.at(-1)?.rows.push(row)
    course.made ||= row.does !== 'draw'
  }
  return segments
}

function findDoubts(segments: readonly Segment[]): void {
  const boundaries = segments.slice(1)
  segments.forEach((segment, own) => {
    for (const row of segment.rows) {
      if (row.does === 'draw') continue
      for (const index of stretchesInDoubt(boundaries, row, own)) {
        const other = segments[index]
        if (
          other &&
          !other.rows.some((input) => input.does === 'draw' && input.traceable === row.traceable)
        ) {
          other.doubtful.push(row)
        }
      }
    }
  })
}

/** A segment without outputs of its own that may yet have made one: it is joined up all the same. */
function settleDoubtful(
  tail: RunTail,
  segment: Segment | undefined,
  book: ChangeBook,
  nodes: SegmentNodes,
): void {
  const first = segment?.rows[0]
  tail.ambiguous = false
  if (!segment || !first || segment.out !== null || segment.doubtful.length === 0) return
  joinSegment(tail, first, book, nodes)
  segment.out = tail.make ?? tail.mix
  tail.ambiguous = true
}

function tieDoubtful(segment: Segment): void {
  const out = segment.out
  if (out === null) return
  for (const row of segment.doubtful) {
    if (row.process !== out) pushEnd(row, [out, 'window'])
  }
}

/** Inputs that follow an output without any may have gone into it: recorded late, they cannot be excluded. */
function tieOrphans(segments: readonly Segment[]): void {
  segments.forEach((segment, index) => {
    const before = segments[index - 1]
    if (!before || segment.cleaned || before.out === null) return
    if (before.rows.some((row) => row.does === 'draw') || (index > 1 && !before.cleaned)) return
    const made = new Set(before.rows.map((row) => row.traceable))
    for (const row of segment.rows) {
      if (row.does === 'draw' && !made.has(row.traceable)) pushEnd(row, [before.out, 'assumed'])
    }
  })
}

function pushEnd(row: TouchRow, end: OtherEnd): void {
  row.otherProcesses = [...(row.otherProcesses ?? []), end]
}

/**
 * Gives a segment the process number its touches had before, the first of them that has one, so that a late input which
 * joins a segment of ten thousand outputs moves one edge and not ten thousand.
 */
function nodesOfBefore(
  ordered: readonly TouchRow[],
  segments: readonly Segment[],
  book: ChangeBook,
): SegmentNodes {
  const inputSides = new Map<TouchRow, NodeNo>()
  const heirs = new Map<TouchRow, readonly TouchRow[]>()
  const hidden = new Map<NodeNo, NodeNo>()
  const taken = new Set<NodeNo>()
  const overlapping = new Map<TouchRow, NodeNo>()
  for (const row of ordered) {
    const overlap = row.does === 'draw' ? row.otherProcesses?.find(([, why]) => why === 'overlap') : undefined
    if (overlap) overlapping.set(row, overlap[0])
    if (row.process !== null) inputSides.set(row, row.process)
    const states = new Set(row.links?.map(([, target]) => target))
    for (const [source, target] of row.links ?? []) {
      if (row.links?.some((link) => link[0] === target) && states.has(target)) hidden.set(source, target)
    }
  }
  for (const segment of segments) for (const row of segment.rows) heirs.set(row, segment.rows)
  return {
    process(row) {
      const fits = (other: TouchRow) =>
        other.does !== 'draw' || row.does !== 'draw' || other.sequential === row.sequential
      for (const other of heirs.get(row) ?? []) {
        const no = inputSides.get(other)
        if (no === undefined || taken.has(no) || !fits(other)) continue
        taken.add(no)
        return no
      }
      return book.newProcess(row.processKey ?? '', row.at)
    },
    overlap: (lot) => overlapping.get(lot) ?? book.newProcess(lot.processKey ?? '', lot.at),
    workInProcess(row, from) {
      const no = hidden.get(from)
      if (no !== undefined && !taken.has(no)) {
        taken.add(no)
        return no
      }
      return book.newState(null, row.at, row.processKey)
    },
  }
}
