import type pg from 'pg'
import { missingGuards } from './guards.ts'
import { StartRefused } from './start-refused.ts'

const oldestVersion = 150_000

/**
 * What must be true of a server before it is trusted with records: version 15 or newer, nothing acknowledged before it
 * is on disk, torn pages and flipped bits noticed. Refuses in words otherwise.
 */
export async function checkServer(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<Record<string, string>>(
    `select current_setting('server_version_num') as version, current_setting('server_version') as shown,
            current_setting('fsync') as fsync, current_setting('full_page_writes') as full_page_writes,
            current_setting('synchronous_commit') as synchronous_commit,
            current_setting('data_checksums') as data_checksums, getdatabaseencoding() as encoding`,
  )
  const server = rows[0] ?? {}
  if (Number(server['version']) < oldestVersion) {
    throw new StartRefused(`The database is PostgreSQL ${server['shown']}.`, 'Lotline needs 15 or newer.')
  }
  if (server['encoding'] !== 'UTF8') {
    throw new StartRefused(
      `The database keeps text as ${server['encoding']}.`,
      'Make one with ENCODING UTF8 and name it in DATABASE_URL.',
    )
  }
  for (const setting of ['fsync', 'full_page_writes', 'synchronous_commit']) {
    if (server[setting] !== 'off') continue
    throw new StartRefused(
      `The database runs with ${setting} = off: what Lotline acknowledges could be lost in a crash.`,
      `Set ${setting} = on for it and start again.`,
    )
  }
  if (server['data_checksums'] === 'off') {
    throw new StartRefused(
      'The database runs without data checksums: damage on disk would go unnoticed.',
      'Stop it, run pg_checksums --enable on its data folder, and start again.',
    )
  }
}

/** After migration: refuses to start on a schema whose guards or rights are not as they should be. */
export async function checkGuards(client: pg.ClientBase): Promise<void> {
  const missing = await missingGuards(client)
  if (missing.length === 0) return
  throw new StartRefused(
    `The ledger is not guarded as it should be: ${missing.join('; ')}.`,
    'Find out who changed the database, run `lotline verify`, and restore the guards from a release.',
  )
}
