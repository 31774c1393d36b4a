import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { schemaName } from './session.ts'
import { StartRefused } from './start-refused.ts'

interface Script {
  readonly name: string
  readonly text: string
  readonly checksum: string
}

/** Serialises migrations of several programs starting on one database. Any constant will do; it is ours alone. */
const migrationLock = 7_220_145_101

/**
 * Brings the schema up to date: roles, then every migration not yet applied (each in its own transaction, in order, never
 * back), then functions and privileges when those changed. Refuses in words when the database was written by a newer
 * Lotline, or when an applied migration is not the one we have.
 *
 * `client` needs the right to create roles and schemas; it is used for this alone.
 */
export async function migrate(client: pg.ClientBase): Promise<void> {
  await client.query('select pg_advisory_lock($1)', [migrationLock])
  try {
    await makeRoles(client)
    await makeSchema(client)
    await client.query('set role lotline_owner')
    await client.query(`set search_path = ${schemaName}`)
    await applyMigrations(client)
    await applyDefinitions(client)
  } finally {
    await client.query('reset role')
    await client.query('select pg_advisory_unlock($1)', [migrationLock])
  }
}

async function makeRoles(client: pg.ClientBase): Promise<void> {
  for (const role of ['lotline_owner', 'lotline_app', 'lotline_verify', 'lotline_outside']) {
    const { rows } = await client.query('select 1 from pg_roles where rolname = $1', [role])
    if (rows.length === 0) await createRole(client, role)
    const member = await client
      .query(`select pg_has_role(current_user, $1, 'SET') as ok`, [role])
      .catch(() => {
        // PostgreSQL 15 has no SET option of a membership: there, membership is enough.
        return client.query(`select pg_has_role(current_user, $1, 'MEMBER') as ok`, [role])
      })
    if (member.rows[0]?.ok !== true) await client.query(`grant ${role} to current_user`)
  }
  await letAppStepOutside(client)
}

/**
 * The program's role may take on that of the people outside, and does not inherit it: else the wall, which narrows what that
 * role sees, would narrow the program's own questions too.
 */
async function letAppStepOutside(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query(
    `select 1 from pg_auth_members m join pg_roles r on r.oid = m.roleid join pg_roles a on a.oid = m.member
      where r.rolname = 'lotline_outside' and a.rolname = 'lotline_app'`,
  )
  if (rows.length > 0) return
  await client.query('alter role lotline_app noinherit')
  await client.query('grant lotline_outside to lotline_app')
}

async function createRole(client: pg.ClientBase, role: string): Promise<void> {
  try {
    await client.query(`create role ${role} nologin`)
  } catch (error) {
    // 42710: another program on the same server made it at the same moment.
    if (error instanceof pg.DatabaseError && error.code === '42710') return
    throw new StartRefused(
      `The database login may not create the role ${role}.`,
      `Have an administrator run: CREATE ROLE ${role} NOLOGIN; GRANT ${role} TO the login of DATABASE_URL.`,
      error,
    )
  }
}

async function makeSchema(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query('select 1 from pg_namespace where nspname = $1', [schemaName])
  if (rows.length > 0) return
  try {
    await client.query(`create schema ${schemaName} authorization lotline_owner`)
  } catch (error) {
    throw new StartRefused(
      `The database login may not create the schema ${schemaName}.`,
      `Have an administrator run: CREATE SCHEMA ${schemaName} AUTHORIZATION lotline_owner.`,
      error,
    )
  }
}

async function applyMigrations(client: pg.ClientBase): Promise<void> {
  await client.query(`create table if not exists schema_migration (
    name text primary key, checksum text not null, applied_at timestamptz not null default now())`)
  const applied = new Map<string, string>()
  const { rows } = await client.query<{ name: string; checksum: string }>(
    'select name, checksum from schema_migration',
  )
  for (const row of rows) applied.set(row.name, row.checksum)
  const scripts = await readScripts('migrations')
  refuseForeignHistory(scripts, applied)
  for (const script of scripts) {
    if (applied.has(script.name)) continue
    await inOneTransaction(client, script.text, [script.name, script.checksum])
  }
}

function refuseForeignHistory(scripts: readonly Script[], applied: ReadonlyMap<string, string>): void {
  const known = new Map(scripts.map((script) => [script.name, script.checksum]))
  for (const [name, checksum] of applied) {
    if (name === definitionsName || known.get(name) === checksum) continue
    if (known.has(name)) {
      throw new StartRefused(
        `The migration ${name} differs from the one this database was made with.`,
        'Use an unchanged release of Lotline.',
      )
    }
    throw new StartRefused(
      `This database was written by a newer Lotline (it has the migration ${name}).`,
      'Use that release or a newer one.',
    )
  }
}

const definitionsName = 'functions and privileges'

/** Functions, guards and rights are stated anew as a whole whenever one of them changed. */
async function applyDefinitions(client: pg.ClientBase): Promise<void> {
  const scripts = [...(await readScripts('functions')), ...(await readScripts('privileges'))]
  const migrations = await readScripts('migrations')
  // A new table needs its rights and guards too, so the migrations are part of the fingerprint.
  const checksum = sha256([...scripts, ...migrations].map((script) => script.checksum).join('\n'))
  const { rows } = await client.query('select checksum from schema_migration where name = $1', [
    definitionsName,
  ])
  if (rows[0]?.checksum === checksum) return
  await inOneTransaction(client, scripts.map((script) => script.text).join('\n'), [definitionsName, checksum])
}

async function inOneTransaction(
  client: pg.ClientBase,
  text: string,
  record: [name: string, checksum: string],
): Promise<void> {
  await client.query('begin')
  try {
    await client.query(text)
    await client.query(
      `insert into schema_migration (name, checksum) values ($1, $2)
       on conflict (name) do update set checksum = excluded.checksum, applied_at = now()`,
      record,
    )
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

async function readScripts(folder: string): Promise<readonly Script[]> {
  const place = new URL(`../../database/${folder}/`, import.meta.url)
  const names = (await readdir(fileURLToPath(place))).filter((name) => name.endsWith('.sql')).sort()
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(new URL(name, place), 'utf8')
      return { name, text, checksum: sha256(text) }
    }),
  )
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
