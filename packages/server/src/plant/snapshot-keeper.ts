import { mkdir, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Position } from '@lotline/core/genealogy/engine'
import type { Database } from '../database/database.ts'
import type { OrgNo } from '../database/transaction.ts'
import type { GraphThreads } from '../genealogy/graph-threads.ts'
import { leafAt, type OpenGraph } from './open-graph.ts'

export interface KeeperPlan {
  readonly database: Database
  readonly org: OrgNo
  readonly file: string
  readonly threads: GraphThreads
  readonly note: (message: string, error?: unknown) => void
  /** The graph to keep; undefined while it is in doubt or being made anew, when nothing may be kept. */
  readonly graph: () => OpenGraph | undefined
}

/** A graph of fewer nodes loads from the tables in no time. */
const nodesMin = 20_000
const lookEveryMs = 60_000

/**
 * Writes the columns of a graph to its snapshot file, in the background: soon after a start that had none, then whenever the
 * ledger has grown by a fiftieth. The copying of what is written over later is all that the serving thread does.
 */
export class SnapshotKeeper {
  readonly #plan: KeeperPlan
  readonly #timer: NodeJS.Timeout
  readonly #soon: NodeJS.Immediate
  #savedAt: Position
  /** The last save, done or under way; one after the other, as they write the same file. */
  #saves: Promise<unknown> = Promise.resolve()
  #isLooking = false

  constructor(plan: KeeperPlan) {
    this.#plan = plan
    this.#savedAt = plan.graph()?.snapshotAt ?? -1
    this.#timer = setInterval(() => void this.#look(), lookEveryMs).unref()
    this.#soon = setImmediate(() => void this.#look())
  }

  /** Writes one now. Gives the position it stands for; undefined where there is no graph to keep. */
  save(): Promise<Position | undefined> {
    const save = this.#saves.then(() => this.#write())
    this.#saves = save.catch(() => undefined)
    return save
  }

  /** Takes the file away, after a save under way: its graph proved wrong, or the tables are made anew. */
  async drop(): Promise<void> {
    await this.#saves
    await rm(this.#plan.file, { force: true })
    this.#savedAt = -1
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    clearImmediate(this.#soon)
    await this.#saves
  }

  async #write(): Promise<Position | undefined> {
    const { database, org, file, threads } = this.#plan
    const open = this.#plan.graph()
    if (!open) return undefined
    const { graph } = open.engine
    await graph.sealWith((state) => threads.ask({ kind: 'seal', state }))
    const state = graph.picture()
    const { position } = state.numbers
    const leaf = await leafAt(database, org, position)
    if (leaf === undefined) return undefined
    await mkdir(dirname(file), { recursive: true, mode: 0o700 })
    await threads.ask({ kind: 'save', state, file, mark: { org, position, leaf } })
    this.#savedAt = position
    return position
  }

  async #look(): Promise<void> {
    const open = this.#plan.graph()
    if (!open || this.#isLooking || open.engine.graph.nodeCount < nodesMin) return
    const { position } = open.follower
    const grown = position - this.#savedAt
    if (grown === 0 || grown * 50 < position) return
    this.#isLooking = true
    try {
      await this.save()
    } catch (error) {
      this.#plan.note('The snapshot of the graph could not be written; it is tried again.', error)
    } finally {
      this.#isLooking = false
    }
  }
}
