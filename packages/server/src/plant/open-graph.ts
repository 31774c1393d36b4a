import { rm } from 'node:fs/promises'
import type { GenealogyEngine, GraphChange, Position } from '@lotline/core/genealogy/engine'
import type { GraphState } from '@lotline/core/genealogy/graph-state'
import type { MemoryGraph } from '@lotline/core/genealogy/memory-graph'
import type { Database } from '../database/database.ts'
import { type OrgNo, reading } from '../database/transaction.ts'
import { copyGraph } from '../genealogy/graph-copy.ts'
import { readSnapshot, type SnapshotMark } from '../genealogy/snapshot-file.ts'
import { GraphFollower } from './graph-follower.ts'

/** A graph in memory that is fed, one capture after the other. */
export interface FedEngine extends GenealogyEngine {
  readonly graph: MemoryGraph
  apply(change: GraphChange): void
}

export interface GraphPlan {
  readonly database: Database
  readonly org: OrgNo
  /** Makes an engine: empty, or over the columns of a snapshot. */
  readonly engine: (from?: GraphState) => FedEngine
  /** Where the columns are kept between starts; nowhere when absent. */
  readonly file?: string | undefined
  readonly note: (message: string, error?: unknown) => void
}

export interface OpenGraph {
  readonly engine: FedEngine
  readonly follower: GraphFollower
  /** Position of the snapshot it began with; -1 when it was loaded from the tables. */
  readonly snapshotAt: Position
}

/**
 * The graph of an organisation, level with its ledger: from the snapshot file where there is one that stands for this ledger,
 * else from the tables; the rest from the feed.
 */
export async function openGraph(plan: GraphPlan): Promise<OpenGraph> {
  const kept = await keptState(plan)
  if (kept) {
    try {
      return await levelled(plan, plan.engine(kept.state), kept.mark.position)
    } catch (error) {
      // A file that does not go with the tables must not stand in the way of a start.
      await forget(plan, 'what came after it does not follow on it', error)
    }
  }
  const engine = plan.engine()
  const { database, org } = plan
  const position = await copyGraph(database.sessions.app, org, () => engine.graph.loading())
  return { ...(await levelled(plan, engine, position)), snapshotAt: -1 }
}

/** Brings a graph that stands at a position level with the ledger. */
async function levelled(plan: GraphPlan, engine: FedEngine, position: Position): Promise<OpenGraph> {
  const follower = new GraphFollower(plan.database.pool, plan.org, engine, position, (error) =>
    plan.note('The graph could not be brought up to date; it is tried again.', error),
  )
  await follower.catchUp()
  return { engine, follower, snapshotAt: position }
}

async function forget(plan: GraphPlan, why: string, error?: unknown): Promise<void> {
  if (plan.file === undefined) return
  plan.note(
    `The graph is loaded from the tables, because its snapshot ${plan.file} is not used: ${why}.`,
    error,
  )
  await rm(plan.file, { force: true })
}

async function keptState(plan: GraphPlan): Promise<{ mark: SnapshotMark; state: GraphState } | undefined> {
  if (plan.file === undefined) return undefined
  const given = snapshotIn(plan.file)
  if (given === undefined) return undefined
  const refused = 'refused' in given ? given.refused : await notOfThisLedger(plan, given.mark)
  if (refused === undefined && 'state' in given) return given
  await forget(plan, refused ?? 'it holds nothing')
  return undefined
}

function snapshotIn(file: string): ReturnType<typeof readSnapshot> | undefined {
  try {
    return readSnapshot(file)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    return { refused: error instanceof Error ? error.message : String(error) }
  }
}

/** Why a snapshot does not stand for this ledger, if so. */
async function notOfThisLedger(plan: GraphPlan, mark: SnapshotMark): Promise<string | undefined> {
  if (mark.org !== plan.org) return 'it is of another organisation'
  const leaf = await leafAt(plan.database, plan.org, mark.position)
  if (leaf === undefined) return `the ledger has no position ${mark.position}`
  return leaf === mark.leaf ? undefined : 'it is of another ledger'
}

/** The leaf hash (hex) of the event at a position; undefined where the ledger does not reach it. */
export function leafAt(database: Database, org: OrgNo, position: Position): Promise<string | undefined> {
  return reading(database.pool, org, async (reader) => {
    const text = `select encode(leaf, 'hex') from ledger_leaf where org_id = $1 and position = $2`
    return (await reader.raw('leaf at', text, [org, position]))[0]?.[0] ?? undefined
  })
}
