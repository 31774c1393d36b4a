import { assert } from '../base/assert.ts'
import type { MutableView } from '../base/view.ts'
import { ChangeBook, type Counters } from './change-book.ts'
import type { GraphChange, Position } from './engine.ts'
import { closeInstallations, pairOf } from './installations.ts'
import { fitsAtTail } from './order-tail.ts'
import { type RunTail, nodeTable, type TouchRow, touchTable, type TraceableTail } from './rows.ts'
import { recomputeRun } from './run-history.ts'
import { marksRun, newSegmentNodes, opensSegment, placeOnRun, type SegmentNodes } from './segments.ts'
import { giveBack, marksTraceable, momentOf, placeOnTraceable, recomputeTraceable } from './states.ts'
import { Timelines } from './timelines.ts'
import { inOrder, orderKey, rowsOf } from './touch-rows.ts'
import type { Touch, TraceableNo } from './touch.ts'

/**
 * Turns what an event touched into nodes and edges, and writes them. The live graph is a function of the set of touches
 * alone: whatever the order of arrival, it comes out the same but for its numbers.
 *
 * Phases: (1) rows, one per touch and timeline; (2) each row, in order of time, is placed by the tails of its run and its
 * traceable where it is newer than what is there, which reads O(1) rows; (3) timelines with a late or blurred fact are worked
 * out whole, runs first because a state depends on the process that made it; (4) installations are closed by removals;
 * (5) the difference between old and new edges is written.
 *
 * What is added to a thing goes into its new state by the edge of its process; what was there before goes into it by a step
 * of its own, because other things made by that process did not get it.
 */
export function applyTouches(
  view: MutableView,
  ask: {
    readonly position: Position
    readonly touches: readonly Touch[]
    readonly counters: Counters
    /** A text of the event that does not depend on arrival (its id or content hash): the last tie-breaker but numbers. */
    readonly tie?: string
  },
): GraphChange {
  const rows = rowsOf(ask.position, ask.tie ?? '', ask.touches)
  const work = new Resolution(view, ask.position, ask.counters)
  work.place(rows)
  return work.finish()
}

/** Takes the touches of a voided event out of their timelines. `position` is that of the voiding event. */
export function retractTouches(
  view: MutableView,
  ask: { readonly position: Position; readonly event: Position; readonly counters: Counters },
): GraphChange {
  const work = new Resolution(view, ask.position, ask.counters)
  work.discard(view.list(touchTable, 'byEvent', [ask.event]))
  return work.finish()
}

class Resolution {
  readonly #view: MutableView
  readonly #book: ChangeBook
  readonly #timelines: Timelines
  readonly #newNodes: SegmentNodes
  readonly #wholeRuns = new Set<string>()
  readonly #wholeTraceables = new Set<TraceableNo>()
  readonly #pairs = new Map<string, readonly [TraceableNo, TraceableNo]>()

  constructor(view: MutableView, position: Position, counters: Counters) {
    this.#view = view
    this.#book = new ChangeBook(view, position, counters)
    this.#timelines = new Timelines(view, this.#book)
    this.#newNodes = newSegmentNodes(this.#book)
  }

  place(rows: readonly TouchRow[]): void {
    this.#prefetch(rows)
    this.#book.begin(rows)
    for (const row of inOrder(rows)) {
      // What is drawn was there before the process: numbers then mostly run the way material does.
      if (row.traceable !== null && !marksTraceable(row)) this.#timelines.traceable(row.traceable)
      this.#placeOnProcess(row)
      if (row.traceable !== null) this.#placeOnTraceable(row, row.traceable)
      this.#notePair(row)
    }
  }

  discard(rows: readonly TouchRow[]): void {
    this.#timelines.prefetch(rows)
    this.#prefetchTogether(rows.filter((row) => !marksTraceable(row)))
    for (const row of rows) {
      this.#book.discard(row)
      if (row.run && row.processKey !== null) this.#wholeRuns.add(row.processKey)
      if (row.traceable !== null) this.#takeFromTraceable(row, row.traceable)
      this.#notePair(row)
    }
  }

  /** A voided draw that is newer than the last change leaves no mark on the timeline but the balance. */
  #takeFromTraceable(row: TouchRow, no: TraceableNo): void {
    const tail = this.#timelines.traceable(no)
    if (marksTraceable(row)) return void this.#wholeTraceables.add(no)
    const left = this.#book.rowsOn('byTraceableProcess', [no, row.processKey ?? ''])
    const isMere =
      !marksTraceable(row) && orderKey(row) > tail.markKey && left.every((other) => !marksTraceable(other))
    if (!isMere || !giveBack(tail, row)) this.#wholeTraceables.add(no)
  }

  finish(): GraphChange {
    this.#view.prefetch(
      touchTable,
      'byProcess',
      [...this.#wholeRuns].map((key) => [key]),
    )
    for (const key of this.#wholeRuns) this.#recomputeRun(key)
    this.#view.prefetch(
      touchTable,
      'byTraceable',
      [...this.#wholeTraceables].map((no) => [no]),
    )
    for (const no of this.#wholeTraceables) {
      recomputeTraceable(this.#timelines.traceable(no), this.#book.rowsOn('byTraceable', [no]), this.#book)
    }
    this.#view.prefetch(touchTable, 'byPair', [...this.#pairs.values()])
    for (const pair of this.#pairs.values()) closeInstallations(this.#book.rowsOn('byPair', pair))
    const change = this.#book.finish()
    this.#timelines.finish()
    return change
  }

  #prefetch(rows: readonly TouchRow[]): void {
    this.#timelines.prefetch(rows)
    const atomic = new Set<string>()
    for (const row of rows) {
      if (row.processKey !== null && !row.run) atomic.add(row.processKey)
    }
    this.#view.prefetch(
      nodeTable,
      'byProcessKey',
      [...atomic].map((key) => [key]),
    )
    this.#prefetchEarlierDraws(rows)
  }

  /** An addition that may join what is there asks whether the thing was drawn into the same process: asked at once for all. */
  #prefetchEarlierDraws(rows: readonly TouchRow[]): void {
    const mayJoin = (row: TouchRow) => {
      const stored = row.traceable === null ? undefined : this.#timelines.stored(row.traceable)
      return stored !== undefined && (!stored.born || stored.begunAt === momentOf(row))
    }
    this.#prefetchTogether(rows.filter((row) => row.does === 'add' && mayJoin(row)))
  }

  #prefetchTogether(rows: readonly TouchRow[]): void {
    const asked = rows.flatMap(({ traceable, processKey }) =>
      traceable === null || processKey === null ? [] : [[traceable, processKey]],
    )
    if (asked.length > 0) this.#view.prefetch(touchTable, 'byTraceableProcess', asked)
  }

  #placeOnProcess(row: TouchRow): void {
    const key = row.processKey
    if (key === null) return
    if (!row.run) row.process = this.#book.atomic(key, row.at)
    else if (!this.#wholeRuns.has(key)) {
      const tail = this.#timelines.run(key)
      if (fitsRun(tail, row)) placeOnRun(tail, row, this.#book, this.#newNodes)
      else this.#wholeRuns.add(key)
    }
  }

  #placeOnTraceable(row: TouchRow, no: TraceableNo): void {
    if (this.#wholeTraceables.has(no)) return
    const tail = this.#timelines.traceable(no)
    if (fitsTraceable(tail, row)) {
      placeOnTraceable(tail, row, this.#book, () => this.#wasDrawnInto(tail, row, no))
    } else this.#wholeTraceables.add(no)
  }

  #wasDrawnInto(tail: TraceableTail, row: TouchRow, no: TraceableNo): boolean {
    if (tail.lastKey === '' || row.processKey === null) return false
    const of = [no, row.processKey]
    const isNew = this.#timelines.isNew(no)
    const rows = isNew
      ? this.#book.newRowsOn('byTraceableProcess', of)
      : this.#book.rowsOn('byTraceableProcess', of)
    const isDraw = (other: TouchRow) => other.does === 'draw' || other.does === 'part'
    return rows.some((other) => isDraw(other) && (!row.run || other.state !== null))
  }

  /** What a run makes under another process than before may join or leave a state: its traceable is worked out too. */
  #recomputeRun(key: string): void {
    const rows = this.#book.rowsOn('byProcess', [key])
    const before = rows.map((row) => row.process)
    recomputeRun(this.#timelines.run(key), rows, this.#book)
    rows.forEach((row, index) => {
      if (row.process !== before[index] && row.traceable !== null && marksTraceable(row)) {
        this.#wholeTraceables.add(row.traceable)
      }
    })
  }

  #notePair(row: TouchRow): void {
    const pair = pairOf(row)
    if (pair) this.#pairs.set(pair.join(' '), pair)
  }
}

function fitsRun(tail: RunTail, row: TouchRow): boolean {
  if (tail.ambiguous) return false
  const opens = opensSegment(tail, row)
  // What the clocks could not tell from the far side of a cleaning belongs to the segment that opens only now.
  if (opens && tail.barrier && (tail.fuzzy || tail.boundaryFuzzy || row.uncertaintyMs > 0)) return false
  if (row.does === 'draw') {
    const tiesToOrphan = opens
      ? tail.made && tail.orphaned && !tail.barrier
      : tail.orphan !== null && !tail.made
    if (tiesToOrphan) return false
  }
  return fitsAtTail(tail, row, orderKey(row), marksRun(row) || opens)
}

function fitsTraceable(tail: TraceableTail, row: TouchRow): boolean {
  const marks = marksTraceable(row)
  if (row.processKey === null) assert(row.does === 'barrier', 'only a barrier has no process')
  else if (marks && row.process === null) return false
  else if (!marks && !row.run && [...tail.makerKeys, ...tail.birthKeys].includes(row.processKey)) return false
  // One more maker of a state settles whether a draw near its beginning may have come from it.
  const mayBeDoubted = tail.fuzzy || tail.boundaryFuzzy || row.uncertaintyMs > 0
  if (row.does === 'add' && mayBeDoubted && tail.begunAt === momentOf(row)) return false
  return fitsAtTail(tail, row, orderKey(row), marks)
}
