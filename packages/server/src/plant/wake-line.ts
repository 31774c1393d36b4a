import pg from 'pg'
import type { Position } from '@lotline/core/genealogy/engine'
import { sessionConfig, type SessionPlan } from '../database/session.ts'
import type { OrgNo } from '../database/transaction.ts'
import { wakeChannel } from '../ledger/append.ts'

/** A connection that hears of every commit to a ledger, of other processes too. */
export interface WakeLine {
  close(): Promise<void>
}

const retryMs = 1_000

/**
 * Listens for commits and calls `wake` with the position that a ledger has reached at least, as far as it was said. It only
 * wakes: what counts is read. A lost connection is made again, and wakes
 * once then, because what was said meanwhile was not heard.
 */
export function listenForCommits(
  plan: SessionPlan,
  org: OrgNo,
  wake: (reached: Position | undefined) => void,
): WakeLine {
  let client: pg.Client | undefined
  let closed = false
  let timer: NodeJS.Timeout | undefined
  const again = () => {
    client = undefined
    if (!closed) timer = setTimeout(connect, retryMs)
  }
  const connect = () => {
    const fresh = new pg.Client({ ...sessionConfig(plan), pipeline: false })
    client = fresh
    fresh.on('notification', ({ payload }) => {
      if (payload?.startsWith(`${org}:`)) wake(Number(payload.slice(payload.indexOf(':') + 1)) - 1)
    })
    fresh.on('error', again)
    fresh
      .connect()
      .then(() => fresh.query(`listen ${wakeChannel}`))
      .then(() => wake(undefined), again)
  }
  connect()
  return {
    close: async () => {
      closed = true
      clearTimeout(timer)
      await client?.end()
    },
  }
}
