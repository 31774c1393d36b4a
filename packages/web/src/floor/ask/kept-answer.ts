import { ask, type Parameters } from '../../shared/api.ts'
import { Problem } from '../../shared/problem.ts'
import { store } from '../queue/store.ts'

/** An answer with the time it was given; older than now where there is no network. */
export interface Kept<T> {
  readonly value: T
  readonly at: string
  /** The server did not answer just now: this is what it said last. */
  readonly old: boolean
}

/** Slower than this, a kept answer is better than none: a person stands there with a scanner in the hand. */
const answerWaitMs = 3_000

/**
 * Asks the server and keeps what it says; without a network gives what it said last. Throws what the server refuses, and
 * `server_unreachable` where nothing is kept.
 */
export async function askKept<T>(name: string, path: string, parameters: Parameters = {}): Promise<Kept<T>> {
  try {
    const value = await ask<T>(path, parameters, AbortSignal.timeout(answerWaitMs))
    const at = new Date().toISOString()
    await store.kept.put({ name, value, at })
    return { value, at, old: false }
  } catch (fault) {
    if (fault instanceof Problem && fault.status > 0 && fault.status < 500) throw fault
    const kept = await keptAnswer<T>(name)
    if (kept) return kept
    throw fault instanceof Problem ? fault : new Problem(0, { code: 'server_unreachable' })
  }
}

export async function keptAnswer<T>(name: string): Promise<Kept<T> | undefined> {
  const kept = await store.kept.get(name)
  // What is kept under a name was put there by the same question.
  return kept && { value: kept.value as T, at: kept.at, old: true }
}
