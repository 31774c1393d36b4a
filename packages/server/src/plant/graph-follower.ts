import type pg from 'pg'
import type {
  GenealogyEngine,
  GraphChange,
  GraphEdge,
  GraphNode,
  Position,
} from '@lotline/core/genealogy/engine'
import { type OrgNo, reading } from '../database/transaction.ts'
import type { Committed } from '../ledger/capture.ts'
import { readHead } from '../ledger/ledger-head.ts'
import { changesBetween, positionsPerRead, wholeGraph } from './graph-feed.ts'

/** A graph that is fed, one capture after the other. */
export interface FedEngine extends GenealogyEngine {
  apply(change: GraphChange): void
  /** Takes in a whole graph while it is empty. */
  load(nodes: Iterable<GraphNode>, edges: Iterable<GraphEdge>, position: Position): void
}

interface Waiter {
  readonly position: Position
  readonly done: (reached: boolean) => void
}

/**
 * Keeps a graph level with its ledger. A batch of this process is applied when it is the very next; whatever lies between
 * (batches of other processes, a start) is fetched by position first, so nothing is skipped and nothing applied twice.
 */
export class GraphFollower {
  readonly #pool: pg.Pool
  readonly #org: OrgNo
  readonly #engine: FedEngine
  readonly #waiters = new Set<Waiter>()
  readonly #failed: (error: unknown) => void
  #position: Position = -1
  #isCatching = false
  #again = false

  constructor(pool: pg.Pool, org: OrgNo, engine: FedEngine, failed: (error: unknown) => void) {
    this.#pool = pool
    this.#org = org
    this.#engine = engine
    this.#failed = failed
  }

  /** Position of the last capture in the graph; -1 when there is none. */
  get position(): Position {
    return this.#position
  }

  /** Takes what the writer of this process has committed. */
  offer(committed: Committed): void {
    if (committed.from <= this.#position + 1) for (const change of committed.changes) this.#apply(change)
    if (committed.from > this.#position) this.wake()
    this.#tellWaiters()
  }

  /** Something was committed somewhere: fetch it, unless it is here by now. */
  wake(): void {
    this.#again = true
    if (this.#isCatching) return
    this.#isCatching = true
    void this.#catchUp()
      .catch(this.#failed)
      .finally(() => {
        this.#isCatching = false
        if (this.#again) this.wake()
      })
  }

  /** Resolves when the graph has everything the ledger held when it was called. Throws what the database says. */
  async catchUp(): Promise<void> {
    await this.#catchUp()
  }

  /** Whether the graph reaches `position` within the time. */
  waitFor(position: Position, milliseconds: number): Promise<boolean> {
    if (this.#position >= position) return Promise.resolve(true)
    this.wake()
    return new Promise((resolve) => {
      const waiter: Waiter = {
        position,
        done: (reached) => {
          clearTimeout(timer)
          this.#waiters.delete(waiter)
          resolve(reached)
        },
      }
      const timer = setTimeout(() => waiter.done(false), milliseconds)
      this.#waiters.add(waiter)
    })
  }

  async #catchUp(): Promise<void> {
    if (this.#position === -1) await this.#loadWhole()
    while (this.#again || this.#position === -1) {
      this.#again = false
      const target = await reading(this.#pool, this.#org, async (reader) => (await readHead(reader)).next - 1)
      while (this.#position < target) {
        const after = this.#position
        const to = Math.min(target, after + positionsPerRead)
        const changes = await reading(this.#pool, this.#org, (reader) => changesBetween(reader, after, to))
        for (const change of changes) this.#apply(change)
        this.#tellWaiters()
      }
      if (target === -1) return
    }
  }

  /** The first time: everything there is, on one snapshot, which is several times as quick as capture by capture. */
  async #loadWhole(): Promise<void> {
    const { whole, position } = await reading(this.#pool, this.#org, async (reader) => {
      const at = (await readHead(reader)).next - 1
      return { whole: at === -1 ? undefined : await wholeGraph(reader), position: at }
    })
    // A capture of this process may have come in while it was read: then the rest follows one by one.
    if (!whole || this.#position !== -1) return
    this.#engine.load(whole.nodes, whole.edges, position)
    this.#position = position
    this.#tellWaiters()
  }

  #apply(change: GraphChange): void {
    if (change.position !== this.#position + 1) return
    this.#engine.apply(change)
    this.#position = change.position
  }

  #tellWaiters(): void {
    for (const waiter of this.#waiters) if (waiter.position <= this.#position) waiter.done(true)
  }
}
