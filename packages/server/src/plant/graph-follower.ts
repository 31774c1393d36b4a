import type pg from 'pg'
import type { GraphChange, Position } from '@lotline/core/genealogy/engine'
import { type OrgNo, reading } from '../database/transaction.ts'
import type { Committed } from '../ledger/capture.ts'
import { readHead } from '../ledger/ledger-head.ts'
import { changesBetween, positionsPerRead } from './graph-feed.ts'

/** What is fed. */
export interface Fed {
  apply(change: GraphChange): void
}

/** How long changes are applied before whoever waits for the thread gets a turn. */
const applyMsMax = 8

/** So long it may take from hearing of a commit of this process to its being offered. */
const ownCommitMs = 20

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
  readonly #engine: Fed
  readonly #waiters = new Set<Waiter>()
  readonly #failed: (error: unknown) => void
  #position: Position
  #isCatching = false
  #again = false

  /** `position` is where the graph stands already. */
  constructor(pool: pg.Pool, org: OrgNo, engine: Fed, position: Position, failed: (error: unknown) => void) {
    this.#pool = pool
    this.#org = org
    this.#engine = engine
    this.#position = position
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

  /** The ledger is said to have reached a position: what this process wrote itself is given to the graph without reading. */
  hear(reached: Position | undefined): void {
    if (reached === undefined) this.wake()
    else if (reached > this.#position) setTimeout(() => reached > this.#position && this.wake(), ownCommitMs)
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
    this.#again = true
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
    while (this.#again) {
      this.#again = false
      const target = await reading(this.#pool, this.#org, async (reader) => (await readHead(reader)).next - 1)
      while (this.#position < target) {
        const after = this.#position
        const to = Math.min(target, after + positionsPerRead)
        await this.#applyInTurns(
          await reading(this.#pool, this.#org, (reader) => changesBetween(reader, after, to)),
        )
        this.#tellWaiters()
      }
    }
  }

  /** Many changes, with a break whenever they have taken a while. Meanwhile a batch of this process may come first. */
  async #applyInTurns(changes: readonly GraphChange[]): Promise<void> {
    let until = performance.now() + applyMsMax
    for (const change of changes) {
      this.#apply(change)
      if (performance.now() < until) continue
      this.#tellWaiters()
      await new Promise(setImmediate)
      until = performance.now() + applyMsMax
    }
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
