import type { GraphChange, NodeNo, TraceQuery, TraceResult } from '@lotline/core/genealogy/engine'
import type { GraphState } from '@lotline/core/genealogy/graph-state'
import { MemoryEngine } from '@lotline/core/genealogy/memory-engine'
import type { SealElsewhere } from '@lotline/core/genealogy/sealing'
import type { GraphThreads } from './graph-threads.ts'

/** Nodes a question may reach on the thread that serves HTTP: about a millisecond. What reaches more goes to another thread. */
const nodesHere = 30_000
/** How often a question goes to a thread again because columns were moved under it, before it is answered here. */
const triesElsewhere = 3

/**
 * The engine in memory with its long work on other threads: traces that reach many nodes, and the merging of new edges. A
 * small trace is answered at once; whether one is small is found out by beginning it. What a thread fails at is done here.
 */
export class ThreadedEngine extends MemoryEngine {
  readonly #threads: GraphThreads
  readonly #failed: (error: unknown) => void
  readonly #elsewhere: { seal: SealElsewhere; failed: (error: unknown) => void }

  constructor(threads: GraphThreads, failed: (error: unknown) => void, from?: GraphState) {
    super(from)
    this.#threads = threads
    this.#failed = failed
    this.#elsewhere = {
      seal: (state) => threads.ask({ kind: 'seal', state }),
      failed: (error) => {
        failed(error)
        this.graph.seal()
      },
    }
  }

  override apply(change: GraphChange): void {
    this.graph.apply(change, this.#elsewhere)
  }

  override async trace(query: TraceQuery): Promise<TraceResult> {
    const here = this.traceWithin(query, nodesHere)
    if (here) return here
    return this.#onThread(
      (state) => this.#threads.ask({ kind: 'trace', state, query }),
      () => super.trace(query),
    )
  }

  override async between(query: TraceQuery, to: readonly NodeNo[]): Promise<TraceResult> {
    const { limit: _, ...unlimited } = query
    const direction = query.direction === 'forward' ? 'backward' : 'forward'
    const isSmall =
      this.traceWithin(unlimited, nodesHere) &&
      this.traceWithin({ ...unlimited, from: to, direction }, nodesHere)
    if (isSmall) return super.between(query, to)
    return this.#onThread(
      (state) => this.#threads.ask({ kind: 'between', state, query, to }),
      () => super.between(query, to),
    )
  }

  async #onThread(
    ask: (state: GraphState) => Promise<TraceResult>,
    here: () => Promise<TraceResult>,
  ): Promise<TraceResult> {
    try {
      for (let tries = 0; tries < triesElsewhere; tries++) {
        const { moves } = this.graph
        const state = this.graph.state()
        const result = await ask(state)
        // Sealed edges never move; only where there were fresh ones can something have been missed.
        const { edges, sealedEdges } = state.numbers
        if (edges === sealedEdges || this.graph.moves === moves) return result
      }
    } catch (error) {
      this.#failed(error)
    }
    return here()
  }
}
