import type { KeyPart, MutableView } from '../base/view.ts'
import type { ChangeBook } from './change-book.ts'
import {
  type RunTail,
  type TimelineRow,
  timelineTable,
  type TouchRow,
  touchTable,
  type TraceableTail,
} from './rows.ts'
import { tailOfNewRun } from './segments.ts'
import { tailOfFirst } from './states.ts'
import type { TraceableNo } from './touch.ts'

/** The tails that a capture works on: read once, changed in memory, written at the end. */
export class Timelines {
  readonly #view: MutableView
  readonly #book: ChangeBook
  readonly #traceables = new Map<TraceableNo, TraceableTail>()
  readonly #new = new Set<TraceableNo>()
  readonly #runs = new Map<string, RunTail>()

  constructor(view: MutableView, book: ChangeBook) {
    this.#view = view
    this.#book = book
  }

  /** Asks for all tails these rows need at once: one event may name ten thousand serials. */
  prefetch(rows: readonly TouchRow[]): void {
    const lines = new Map<string, readonly KeyPart[]>()
    for (const row of rows) {
      if (row.traceable !== null) lines.set(`t${row.traceable}`, ['traceable', String(row.traceable)])
      if (row.run && row.processKey !== null) lines.set(`r${row.processKey}`, ['run', row.processKey])
    }
    this.#view.prefetch(timelineTable, 'byLine', [...lines.values()])
  }

  /** The tail of a traceable; one that was never touched gets its first state. */
  traceable(no: TraceableNo): TraceableTail {
    const known = this.#traceables.get(no)
    if (known) return known
    const stored = this.#stored('traceable', String(no))
    const tail =
      stored?.line === 'traceable' ? { ...stored.tail } : tailOfFirst(this.#book.newState(no, null))
    if (!stored) {
      this.#view.fresh(touchTable, 'byTraceable', [no])
      this.#new.add(no)
    }
    this.#traceables.set(no, tail)
    return tail
  }

  /** The tail as it was before this capture; undefined for a traceable that was never touched. */
  stored(no: TraceableNo): TraceableTail | undefined {
    const row = this.#stored('traceable', String(no))
    return row?.line === 'traceable' ? row.tail : undefined
  }

  /** Whether this capture is the first to touch it. */
  isNew(no: TraceableNo): boolean {
    return this.#new.has(no)
  }

  run(key: string): RunTail {
    const known = this.#runs.get(key)
    if (known) return known
    const stored = this.#stored('run', key)
    const tail = stored?.line === 'run' ? { ...stored.tail } : tailOfNewRun()
    if (!stored) this.#view.fresh(touchTable, 'byProcess', [key])
    this.#runs.set(key, tail)
    return tail
  }

  finish(): void {
    for (const [no, tail] of this.#traceables) this.#put({ line: 'traceable', id: String(no), tail })
    for (const [id, tail] of this.#runs) this.#put({ line: 'run', id, tail })
  }

  #stored(line: TimelineRow['line'], id: string): TimelineRow | undefined {
    return this.#view.list(timelineTable, 'byLine', [line, id])[0]
  }

  #put(row: TimelineRow): void {
    this.#view.put(timelineTable, row)
  }
}
