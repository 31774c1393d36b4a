import { inject } from 'vitest'
import type { Database } from './database.ts'
import { adminUser } from './embedded.ts'
import { ensureOrganisation } from './organisation.ts'
import { withClient } from './own-connection.ts'
import { makePool } from './pool.ts'
import type { SessionPlan } from './session.ts'
import { templateName } from './test-template.ts'

/** Where the test run's own PostgreSQL listens; given to the test files by `global-setup.ts`. */
export interface TestServer {
  readonly port: number
  readonly adminPassword: string
  readonly appPassword: string
  readonly verifyPassword: string
}

declare module 'vitest' {
  interface ProvidedContext {
    testServer: TestServer
  }
}

/** A migrated database of its own for one test file or test, with a way to act as its administrator. */
export interface TestDatabase extends Database {
  readonly name: string
  /** A connection with every right: for looking behind the scenes and for playing the intruder. */
  readonly admin: SessionPlan
  /** Makes an organisation and returns its number. */
  organisation(code: string): Promise<number>
}

let made = 0

/** Makes a database from the migrated template (about 0.1 s). `close` drops it again. */
export async function testDatabase(): Promise<TestDatabase> {
  const server = inject('testServer')
  const name = `test_${process.pid}_${Date.now().toString(36)}_${++made}`
  const at = { host: '127.0.0.1', port: server.port }
  const admin = { ...at, user: adminUser, password: server.adminPassword }
  await withClient({ ...admin, database: 'postgres' }, (client) =>
    client.query(`create database ${name} template ${templateName} strategy file_copy`),
  )
  const app = { ...at, database: name, user: 'lotline_app', password: server.appPassword }
  const verify = { ...at, database: name, user: 'lotline_verify', password: server.verifyPassword }
  // Tests that kill connections expect losses; the next query says what is wrong, if anything is.
  const pool = makePool(app, 10, () => {})
  return {
    name,
    pool,
    sessions: { app, verify },
    admin: { ...admin, database: name },
    organisation: async (code) => (await ensureOrganisation(pool, code, code)).org,
    close: async () => {
      await pool.end()
      await withClient({ ...admin, database: 'postgres' }, (client) =>
        client.query(`drop database ${name} with (force)`),
      )
    },
  }
}

/** Runs `work` on a database of its own and drops it afterwards. */
export async function withTestDatabase<T>(work: (database: TestDatabase) => Promise<T>): Promise<T> {
  const database = await testDatabase()
  try {
    return await work(database)
  } finally {
    await database.close()
  }
}
