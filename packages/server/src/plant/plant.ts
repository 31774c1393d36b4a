import type pg from 'pg'
import type { CivilDate, Instant } from '@lotline/core/base/instant'
import { apply, type Command, decide } from '@lotline/core/catalogue'
import type { GenealogyEngine, Position } from '@lotline/core/genealogy/engine'
import type { Database } from '../database/database.ts'
import type { Organisation } from '../database/organisation.ts'
import { type Reader, reading, readingOutside } from '../database/transaction.ts'
import { readHead } from '../ledger/ledger-head.ts'
import { Writer } from '../ledger/writer.ts'
import { atSteadyPace } from '../wall/steady-pace.ts'
import { Gate } from './gate.ts'
import type { GraphDifference } from './graph-check.ts'
import { checkGraph, type GraphDoubt, heldGraph, type HeldPlan } from './held-graph.ts'
import { repeatedly } from './repeatedly.ts'
import { searchedGraph } from './searched-graph.ts'
import { listenForCommits } from './wake-line.ts'

/** Questions answered at once: fewer than there are connections, so that captures never wait for questions. */
const questionsAtOnce = 6

/** Of people outside: whoever reads an answer slowly holds a connection, and shall never hold those of the plant. */
const outsideQuestionsAtOnce = 2

const checkEveryMs = 30_000
const tracesPerCheck = 20

/** What an answer reads: one snapshot of the tables, and the graph as of the same position. */
export interface Snapshot {
  readonly reader: Reader
  readonly engine: GenealogyEngine
  /** Last position in the snapshot; -1 for an empty ledger. */
  readonly position: Position
  /** The graph did not get there in time: the answer may lack what came last. */
  readonly behind: boolean
  /** For the engine, where the graph is ahead of the tables: only what the snapshot knows. */
  readonly asKnownOn: Position | undefined
  /** What the answer covers: what the asker may see, where that is not all there is. */
  readonly within: 'visible' | undefined
}

/** For whom a question is answered: number of another company, or null for people of the plant. */
export type Viewer = number | null

/** One organisation, open for captures and questions. */
export interface Plant {
  readonly organisation: Organisation
  readonly database: Database
  readonly pool: pg.Pool
  readonly writer: Writer<Command>
  /** Position the graph stands at. */
  graphPosition(): Position
  /** Whether memory and tables were found to differ since the start, how often, and whether the graph is being mended now. */
  graphDoubt(): GraphDoubt
  /** Compares random traces of memory and tables; mends the graph where they differ. Runs by itself every half minute. */
  checkGraph(traces: number): Promise<GraphDifference | undefined>
  /** Writes the snapshot file now; the position it stands for, undefined where none is kept. */
  saveGraph(): Promise<Position | undefined>
  /** Civil date of an instant at the plant. */
  dateOf(instant: Instant): CivilDate
  /** Runs a question on one snapshot; tables and graph agree. What is not the viewer's is absent from both. */
  ask<T>(work: (snapshot: Snapshot) => Promise<T>, viewer?: Viewer): Promise<T>
  /** The same for an answer that is sent line by line: the snapshot stays until the last line is taken or nobody wants more. */
  askLines<T>(
    work: (snapshot: Snapshot) => Promise<{ lines: AsyncGenerator<object> } | T>,
    viewer?: Viewer,
  ): Promise<{ lines: AsyncGenerator<object> } | T>
  /** Runs work that makes the tables anew, then makes the graph anew from them. */
  reload<T>(work: () => Promise<T>): Promise<T>
  /** Waits for captures under way, then lets go. The database stays open: whoever opened it closes it. */
  close(): Promise<void>
}

export interface PlantPlan extends HeldPlan {
  /** IANA zone of the plant: days begin there. */
  readonly zone?: string
  readonly note?: (message: string, error?: unknown) => void
}

/** Opens an organisation: feeds its graph from the tables, listens for commits of others, and takes captures. */
export async function openPlant(plan: PlantPlan): Promise<Plant> {
  const { database, organisation } = plan
  const { pool } = database
  const dateOf = dateIn(plan.zone ?? 'UTC')
  const note = plan.note ?? (() => undefined)
  const held = await heldGraph(plan, note)
  const line = listenForCommits(database.sessions.app, organisation.org, (reached) =>
    held.graph().follower.hear(reached),
  )
  const writer = new Writer<Command>({
    pool,
    organisation,
    rules: { decide, apply },
    dateOf,
    committed: (what) => held.graph().follower.offer(what),
  })
  const [gate, outsideGate] = [new Gate(questionsAtOnce), new Gate(outsideQuestionsAtOnce)]
  const ask: Plant['ask'] = (work, viewer = null) =>
    (viewer === null ? gate : outsideGate).through(() => {
      const answer = async (reader: Reader) => {
        const position = (await readHead(reader)).next - 1
        const searched = await searchedGraph(held, pool, { reader, position, viewer })
        return work({ reader, position, within: viewer === null ? undefined : 'visible', ...searched })
      }
      return viewer === null
        ? reading(pool, organisation.org, answer)
        : readingOutside(pool, organisation.org, viewer, answer)
    })
  const check = (traces: number) => checkGraph({ ask, held, note }, traces)
  const checking = repeatedly(checkEveryMs, async () => {
    try {
      await check(tracesPerCheck)
    } catch (error) {
      note('The graph could not be compared with the tables.', error)
    }
  })
  return {
    organisation,
    database,
    pool,
    writer,
    dateOf,
    graphPosition: () => held.graph().follower.position,
    graphDoubt: held.doubt,
    checkGraph: check,
    saveGraph: held.save,
    reload: held.reload,
    ask: (work, viewer = null) => (viewer === null ? ask(work) : atSteadyPace(() => ask(work, viewer))),
    askLines: (work, viewer = null) =>
      viewer === null ? lineByLine(ask, work) : atSteadyPace(() => lineByLine(ask, work, viewer)),
    close: async () => {
      await checking.end()
      await writer.idle()
      await line.close()
      await held.close()
    },
  }
}

/** Holds a snapshot open while lines are taken from it. */
function lineByLine<T>(
  ask: Plant['ask'],
  work: (snapshot: Snapshot) => Promise<{ lines: AsyncGenerator<object> } | T>,
  viewer: Viewer = null,
): Promise<{ lines: AsyncGenerator<object> } | T> {
  return new Promise((resolve, reject) => {
    ask(async (snapshot) => {
      const given = await work(snapshot)
      if (!isLines(given)) {
        resolve(given)
        return
      }
      await new Promise<void>((done) => resolve({ lines: untilTaken(given.lines, done) }))
    }, viewer).catch(reject)
  })
}

async function* untilTaken(lines: AsyncGenerator<object>, done: () => void): AsyncGenerator<object> {
  try {
    yield* lines
  } finally {
    done()
  }
}

function isLines<T>(
  given: T | { lines: AsyncGenerator<object> },
): given is { lines: AsyncGenerator<object> } {
  return typeof given === 'object' && given !== null && 'lines' in given
}

function dateIn(zone: string): (instant: Instant) => CivilDate {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })
  return (instant) => format.format(new Date(instant)) as CivilDate
}
