import type { Position } from '@lotline/core/genealogy/engine'
import type { GraphState } from '@lotline/core/genealogy/graph-state'
import type { Database } from '../database/database.ts'
import type { Organisation } from '../database/organisation.ts'
import type { Reader } from '../database/transaction.ts'
import type { GraphThreads } from '../genealogy/graph-threads.ts'
import { compareWithTables, type GraphDifference } from './graph-check.ts'
import { type FedEngine, type OpenGraph, openGraph } from './open-graph.ts'
import { SnapshotKeeper } from './snapshot-keeper.ts'

export interface GraphDoubt {
  readonly differences: number
  readonly isMending: boolean
}

type Note = (message: string, error?: unknown) => void

export interface HeldPlan {
  readonly database: Database
  readonly organisation: Organisation
  /** Makes a graph: empty, or over the columns of a snapshot. */
  readonly engine: (from?: GraphState) => FedEngine
  /** Where the graph's snapshot is kept between starts, and the threads that write it. */
  readonly snapshot?: { readonly file: string; readonly threads: GraphThreads } | undefined
}

/** Runs a question on one snapshot of the tables, with the graph waited for. */
type Ask = <T>(
  work: (on: {
    readonly reader: Reader
    readonly position: Position
    readonly behind: boolean
  }) => Promise<T>,
) => Promise<T>

/** The graph of a plant, which may be made anew while the plant is open. */
export interface HeldGraph {
  graph(): OpenGraph
  doubt(): GraphDoubt
  save(): Promise<Position | undefined>
  /** Makes it anew from the tables, after `work`, which may write these anew. No file of the graph as it was outlives that. */
  reload<T>(work: () => Promise<T>): Promise<T>
  /** Makes it anew because it proved wrong: until it is done, it is in doubt. */
  mend(): Promise<void>
  close(): Promise<void>
}

export async function heldGraph(plan: HeldPlan, note: Note): Promise<HeldGraph> {
  const sources = { database: plan.database, org: plan.organisation.org, engine: plan.engine, note }
  let graph = await openGraph({ ...sources, file: plan.snapshot?.file })
  let differences = 0
  let isMending = false
  let isKept = true
  let mending: Promise<void> | undefined
  let turn: Promise<unknown> = Promise.resolve()
  const keeper =
    plan.snapshot &&
    new SnapshotKeeper({
      ...sources,
      ...plan.snapshot,
      graph: () => (isKept && !isMending ? graph : undefined),
    })
  const remake = async <T>(work: () => Promise<T>): Promise<T> => {
    isKept = false
    try {
      await keeper?.drop()
      const given = await work()
      // Should the load fail now, the tables answer until the next check makes the graph anew.
      isMending = true
      graph = await openGraph(sources)
      isMending = false
      return given
    } finally {
      isKept = true
    }
  }
  /** One after the other: a graph that is loaded twice at once takes its memory twice. */
  const reload = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(() => remake(work))
    turn = mine.catch(() => undefined)
    return mine
  }
  return {
    graph: () => graph,
    doubt: () => ({ differences, isMending }),
    save: async () => keeper?.save(),
    reload,
    mend: () => {
      if (!isMending) differences += 1
      isMending = true
      mending ??= reload(async () => undefined).finally(() => {
        mending = undefined
      })
      return mending
    },
    close: async () => {
      await turn
      await keeper?.close()
    },
  }
}

/** See `Plant.checkGraph`. A graph that could not be made anew the last time is tried again. */
export async function checkGraph(
  on: { readonly ask: Ask; readonly held: HeldGraph; readonly note: Note },
  traces: number,
): Promise<GraphDifference | undefined> {
  const { ask, held, note } = on
  if (held.doubt().isMending) await held.mend()
  for (let turn = 0; turn < traces; turn++) {
    const { engine } = held.graph()
    const node = 1 + Math.floor(Math.random() * engine.graph.nodeCount)
    const direction = Math.random() < 0.5 ? 'forward' : 'backward'
    const difference = await ask(async ({ reader, position, behind }) => {
      const isThere = !behind && (engine.graph.node(node)?.position ?? Infinity) <= position
      return isThere ? compareWithTables(reader, engine, position, { node, direction }) : undefined
    })
    // Another check may have found it first, or the tables were made anew meanwhile.
    if (!difference || held.doubt().isMending || held.graph().engine !== engine) continue
    note(
      `Memory and tables differ in the ${difference.what} ${direction} from node ${node}: the graph is made anew from the tables.`,
    )
    await held.mend()
    return difference
  }
  return undefined
}
