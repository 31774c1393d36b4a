import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { GraphJob, JobGives, ThreadAnswer } from './graph-jobs.ts'

interface Waiting {
  readonly job: GraphJob
  readonly resolve: (given: unknown) => void
  readonly reject: (error: Error) => void
}

/**
 * Worker threads that search, merge and save graphs over shared memory, so that the thread that serves HTTP stays free. They
 * start when first needed, serve all organisations of the process, and do one job each at a time, in the order asked. A thread
 * that dies fails its job; the next job gets a fresh one.
 */
export class GraphThreads {
  readonly #count: number
  readonly #entry: URL
  readonly #idle: Worker[] = []
  readonly #busy = new Map<Worker, Waiting>()
  readonly #queue: Waiting[] = []
  #isClosed = false
  #drained: (() => void) | undefined

  constructor(
    count = Math.max(1, Math.min(4, availableParallelism() - 1)),
    entry = new URL('./graph-thread.mjs', import.meta.url),
  ) {
    this.#count = count
    this.#entry = entry
  }

  ask<Job extends GraphJob>(job: Job): Promise<JobGives[Job['kind']]> {
    return new Promise((resolve, reject) => {
      if (this.#isClosed) throw new Error('the threads are closed')
      // A thread answers with what `JobGives` says for the kind of its job.
      this.#queue.push({ job, resolve: resolve as (given: unknown) => void, reject })
      this.#next()
    })
  }

  /** Takes no more jobs, lets those that were asked come to their end, then ends the threads. */
  async close(): Promise<void> {
    this.#isClosed = true
    if (this.#busy.size > 0) await new Promise<void>((resolve) => (this.#drained = resolve))
    await Promise.all(this.#idle.splice(0).map((thread) => thread.terminate()))
  }

  #next(): void {
    const waiting = this.#queue[0]
    if (!waiting) {
      if (this.#busy.size === 0) this.#drained?.()
      return
    }
    const thread = this.#idle.pop() ?? (this.#busy.size < this.#count ? this.#start() : undefined)
    if (!thread) return
    this.#queue.shift()
    this.#busy.set(thread, waiting)
    thread.ref()
    thread.postMessage(waiting.job)
  }

  #start(): Worker {
    const thread = new Worker(this.#entry, { execArgv: [] })
    thread.on('message', (answer: ThreadAnswer) => {
      const waiting = this.#busy.get(thread)
      this.#busy.delete(thread)
      this.#idle.push(thread)
      // An idle thread does not keep the process alive.
      thread.unref()
      if (answer.failed === undefined) waiting?.resolve(answer.given)
      else waiting?.reject(new Error(`A thread failed: ${answer.failed}`))
      this.#next()
    })
    thread.on('error', (error) => this.#lose(thread, error))
    thread.on('exit', () => this.#lose(thread, new Error('A thread ended before its answer.')))
    return thread
  }

  /** Called for what a thread threw, then for its end: the second finds nothing left to do. */
  #lose(thread: Worker, error: Error): void {
    const waiting = this.#busy.get(thread)
    this.#busy.delete(thread)
    const at = this.#idle.indexOf(thread)
    if (at >= 0) this.#idle.splice(at, 1)
    if (!waiting) return
    waiting.reject(error)
    this.#next()
  }
}
