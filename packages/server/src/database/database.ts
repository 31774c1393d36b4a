import type pg from 'pg'
import { adminUser, type EmbeddedPostgres, startEmbedded } from './embedded.ts'
import { migrate } from './migrate.ts'
import { withClient } from './own-connection.ts'
import { makePool } from './pool.ts'
import type { SessionPlan } from './session.ts'
import { checkGuards, checkServer } from './start-checks.ts'
import { StartRefused } from './start-refused.ts'

/** The open database of a running program: migrated, checked, with connections that hold no more rights than they need. */
export interface Database {
  /** Connections as `lotline_app`: may read, append, and keep the folds. */
  readonly pool: pg.Pool
  /** How to connect as `app` outside the pool (listening needs a connection of its own) and as `verify`. */
  readonly sessions: { readonly app: SessionPlan; readonly verify: SessionPlan }
  close(): Promise<void>
}

export interface OpenOptions {
  /** Data folder of the built-in server; used when there is no `url`. */
  readonly folder?: string
  /** An external PostgreSQL 15 or newer (`DATABASE_URL`). */
  readonly url?: string
  readonly poolSize?: number
  readonly note?: (message: string) => void
  /** For `verify`, which reports missing guards itself: elsewhere they stop the start. */
  readonly acceptsMissingGuards?: boolean
}

const databaseName = 'lotline'

/** Opens the database, starting the built-in server if no `url` is given. Throws `StartRefused` with words for people. */
export async function openDatabase(options: OpenOptions): Promise<Database> {
  if (options.url !== undefined) return openExternal(options.url, options)
  if (options.folder === undefined) {
    throw new StartRefused(
      'There is neither a data folder nor a database address.',
      'Give --data or DATABASE_URL.',
    )
  }
  const server = await startEmbedded(options.folder, options.note ? { note: options.note } : {})
  try {
    return await openEmbedded(server, options)
  } catch (error) {
    await server.stop()
    throw error
  }
}

async function openEmbedded(server: EmbeddedPostgres, options: OpenOptions): Promise<Database> {
  const at = { host: '127.0.0.1', port: server.port() }
  const admin = { ...at, user: adminUser, password: server.secrets.admin }
  await withClient({ ...admin, database: 'postgres' }, async (client) => {
    const { rows } = await client.query('select 1 from pg_database where datname = $1', [databaseName])
    if (rows.length === 0) await client.query(`create database ${databaseName}`)
  })
  await withClient({ ...admin, database: databaseName }, async (client) => {
    await checkServer(client)
    await migrate(client)
    await client.query(`alter role lotline_app login password '${server.secrets.app}'`)
    await client.query(`alter role lotline_verify login password '${server.secrets.verify}'`)
    if (options.acceptsMissingGuards !== true) await checkGuards(client)
  })
  const named = { ...at, database: databaseName }
  const app = { ...named, user: 'lotline_app', password: server.secrets.app }
  const verify = { ...named, user: 'lotline_verify', password: server.secrets.verify }
  return connected({ app, verify }, options, () => server.stop())
}

async function openExternal(url: string, options: OpenOptions): Promise<Database> {
  const login = { connectionString: url }
  await withClient(login, async (client) => {
    await checkServer(client)
    await migrate(client)
    if (options.acceptsMissingGuards !== true) await checkGuards(client)
  }).catch((error: unknown) => {
    throw error instanceof StartRefused || !isUnreachable(error) ? error : unreachable(error)
  })
  const app = { ...login, role: 'lotline_app' }
  return connected({ app, verify: { ...login, role: 'lotline_verify' } }, options, async () => {})
}

function connected(
  sessions: Database['sessions'],
  options: OpenOptions,
  stop: () => Promise<void>,
): Database {
  const pool = makePool(sessions.app, options.poolSize ?? 10, (error) =>
    options.note?.(`A database connection was lost: ${error.message}`),
  )
  return {
    pool,
    sessions,
    close: async () => {
      await pool.end()
      await stop()
    },
  }
}

function isUnreachable(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return ['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', 'EHOSTUNREACH', '28P01', '28000', '3D000'].includes(code)
}

function unreachable(error: unknown): StartRefused {
  const said = error instanceof Error ? error.message : String(error)
  return new StartRefused(
    `The database of DATABASE_URL cannot be used: ${said}.`,
    'Check host, port, database name, user and password in it.',
    error,
  )
}
