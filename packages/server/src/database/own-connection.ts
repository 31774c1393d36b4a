import pg from 'pg'
import { sessionConfig, type SessionPlan } from './session.ts'

/** One connection outside the pool, closed afterwards: for setting up, and for tests that look behind the scenes. */
export async function withClient<T>(plan: SessionPlan, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ ...sessionConfig(plan), pipeline: false })
  // A loss is told by the query that meets it; without a listener the event would end the program.
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
