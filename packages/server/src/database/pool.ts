import pg from 'pg'
import { sessionConfig, type SessionPlan } from './session.ts'

/**
 * Connections that are made when needed and kept. A connection that breaks, idle or in use, is told to `lost` and never ends
 * the program: whoever uses it learns it from the query, and the pool makes a new one.
 */
export function makePool(plan: SessionPlan, size: number, lost: (error: Error) => void): pg.Pool {
  const pool = new pg.Pool({ ...sessionConfig(plan), max: size })
  pool.on('connect', (client) => client.on('error', lost))
  // The pool says it once more for idle connections; an error event without a listener would end the program.
  pool.on('error', ignoreRepeated)
  return pool
}

function ignoreRepeated(): void {}
