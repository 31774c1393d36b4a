import type { KeyPart, MutableView } from '../base/view.ts'
import type { ChangeBook } from './change-book.ts'
import { type RunTail, runTailTable, type TouchRow, type TraceableTail, traceableTailTable } from './rows.ts'
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
    const traceables = new Map<TraceableNo, readonly KeyPart[]>()
    const runs = new Map<string, readonly KeyPart[]>()
    for (const row of rows) {
      if (row.traceable !== null) traceables.set(row.traceable, [row.traceable])
      if (row.run && row.processKey !== null) runs.set(row.processKey, [row.processKey])
    }
    this.#view.prefetch(traceableTailTable, 'byTraceable', [...traceables.values()])
    if (runs.size > 0) this.#view.prefetch(runTailTable, 'byProcess', [...runs.values()])
  }

  /** The tail of a traceable; one that was never touched gets its first state. */
  traceable(no: TraceableNo): TraceableTail {
    const known = this.#traceables.get(no)
    if (known) return known
    const stored = this.stored(no)
    if (!stored) this.#new.add(no)
    const tail = stored ? { ...stored } : tailOfFirst(this.#book.newState(no, null))
    this.#traceables.set(no, tail)
    return tail
  }

  /** The tail as it was before this capture; undefined for a traceable that was never touched. */
  stored(no: TraceableNo): TraceableTail | undefined {
    return this.#view.list(traceableTailTable, 'byTraceable', [no])[0]?.tail
  }

  /** Whether this capture is the first to touch it. */
  isNew(no: TraceableNo): boolean {
    return this.#new.has(no)
  }

  run(key: string): RunTail {
    const known = this.#runs.get(key)
    if (known) return known
    const stored = this.#view.list(runTailTable, 'byProcess', [key])[0]?.tail
    const tail = stored ? { ...stored } : tailOfNewRun()
    this.#runs.set(key, tail)
    return tail
  }

  finish(): void {
    for (const [traceable, tail] of this.#traceables) this.#view.put(traceableTailTable, { traceable, tail })
    for (const [processKey, tail] of this.#runs) this.#view.put(runTailTable, { processKey, tail })
  }
}
