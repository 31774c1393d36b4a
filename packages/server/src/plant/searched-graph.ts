import type pg from 'pg'
import type { GenealogyEngine, Position } from '@lotline/core/genealogy/engine'
import { type Reader, reading } from '../database/transaction.ts'
import { SqlEngine } from '../genealogy/sql-engine.ts'
import { walledEngine } from '../wall/walled-engine.ts'
import type { HeldGraph } from './held-graph.ts'

/** How long an answer waits for the graph before it says that it is behind. */
const freshnessMsMax = 1_000

export interface SearchedGraph {
  readonly engine: GenealogyEngine
  readonly behind: boolean
  readonly asKnownOn: Position | undefined
}

/**
 * The graph a question searches: memory, level with the tables as the reader sees them; while memory is in doubt the tables
 * themselves, which are slower, and right. For people outside it is the whole graph too, and what is not theirs is taken out of
 * the answers.
 */
export async function searchedGraph(
  held: HeldGraph,
  pool: pg.Pool,
  ask: { readonly reader: Reader; readonly position: Position; readonly viewer: number | null },
): Promise<SearchedGraph> {
  const { reader, position, viewer } = ask
  const found = held.doubt().isMending ? inTables(pool, ask) : await inMemory(held, position)
  return viewer === null ? found : { ...found, engine: walledEngine(found.engine, reader) }
}

async function inMemory(held: HeldGraph, position: Position): Promise<SearchedGraph> {
  const { engine, follower } = held.graph()
  const behind = !(await follower.waitFor(position, freshnessMsMax))
  return { engine, behind, asKnownOn: follower.position > position ? position : undefined }
}

function inTables(
  pool: pg.Pool,
  { reader, position, viewer }: { reader: Reader; position: Position; viewer: number | null },
): SearchedGraph {
  if (viewer === null)
    return { engine: new SqlEngine((work) => work(reader)), behind: false, asKnownOn: undefined }
  // A reader behind the wall sees a part of the tables, and a trace walks the whole: it is asked beside, as of this position.
  const engine = new SqlEngine((work) => reading(pool, reader.org, work))
  return { engine, behind: false, asKnownOn: position }
}
