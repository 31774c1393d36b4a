import type pg from 'pg'
import { schemaName } from './session.ts'

/** Tables that only ever grow, with the triggers that see to it. */
export const guardTriggers: Readonly<Record<string, readonly string[]>> = {
  ledger_leaf: ['no_change', 'no_truncate', 'chain'],
  event_bytes: ['no_change', 'no_truncate', 'bytes'],
  capture_key: ['no_change', 'no_truncate'],
  attempt: ['no_change', 'no_truncate'],
  checkpoint: ['no_change', 'no_truncate'],
  audit_event: ['no_change', 'no_truncate'],
  subtree: ['no_change', 'no_truncate'],
  checkpoint_key: ['no_change', 'no_truncate'],
  ledger_head: ['no_change', 'no_truncate', 'head'],
}

/** Every guard that is not in place, in words; empty when all are. Reads the catalogue only. */
export async function missingGuards(client: Pick<pg.ClientBase, 'query'>): Promise<readonly string[]> {
  return [
    ...(await missingTriggers(client)),
    ...(await openTables(client)),
    ...(await tooWideRights(client)),
    ...(await tooStrongRoles(client)),
    ...(await holesInWall(client)),
  ]
}

async function missingTriggers(client: Pick<pg.ClientBase, 'query'>): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select c.relname || '.' || t.tgname as name
       from pg_trigger t join pg_class c on c.oid = t.tgrelid
      where c.relnamespace = $1::regnamespace and t.tgenabled = 'A'`,
    [schemaName],
  )
  const present = new Set(rows.map((row) => row.name))
  return Object.entries(guardTriggers)
    .flatMap(([table, triggers]) => triggers.map((trigger) => `${table}.${trigger}`))
    .filter((name) => !present.has(name))
    .map((name) => `the trigger ${name} is missing or not always on`)
}

async function openTables(client: Pick<pg.ClientBase, 'query'>): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select c.relname as name
       from pg_class c
       join pg_attribute a on a.attrelid = c.oid and a.attname = 'org_id' and not a.attisdropped
      where c.relnamespace = $1::regnamespace and c.relkind in ('r', 'p') and c.relname <> 'organisation'
        and not (c.relrowsecurity and c.relforcerowsecurity
                 and exists (select 1 from pg_policy p where p.polrelid = c.oid and p.polname = 'own_organisation')
                 and 1 = (select count(*) from pg_policy p where p.polrelid = c.oid and p.polpermissive))
      order by 1`,
    [schemaName],
  )
  return rows.map((row) => `the table ${row.name} does not keep organisations apart`)
}

async function tooWideRights(client: Pick<pg.ClientBase, 'query'>): Promise<string[]> {
  const { rows } = await client.query<{ role: string; name: string; right: string }>(
    `select r.role, c.relname as name, p.right
       from pg_class c
       cross join (values ('lotline_app'), ('lotline_verify')) r(role)
       cross join (values ('UPDATE'), ('DELETE'), ('TRUNCATE'), ('INSERT')) p("right")
      where c.relnamespace = $1::regnamespace and c.relkind in ('r', 'p')
        and has_table_privilege(r.role, c.oid, p.right)
        and (r.role = 'lotline_verify' or p.right = 'TRUNCATE'
             or c.relname = any($2) and p.right in ('UPDATE', 'DELETE')
                and not (c.relname = 'ledger_head' and p.right = 'UPDATE'))
      order by 1, 2, 3`,
    [schemaName, Object.keys(guardTriggers)],
  )
  return rows.map((row) => `${row.role} may ${row.right} ${row.name}`)
}

async function tooStrongRoles(client: Pick<pg.ClientBase, 'query'>): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select rolname as name from pg_roles
      where rolname in ('lotline_owner', 'lotline_app', 'lotline_verify', 'lotline_outside')
        and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolname = 'lotline_owner' and rolcanlogin)
      order by 1`,
  )
  return rows.map((row) => `the role ${row.name} has rights beyond its task`)
}

/** What people of other companies could read without the wall, or change at all. */
async function holesInWall(client: Pick<pg.ClientBase, 'query'>): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select c.relname as name from pg_class c
      where c.relnamespace = $1::regnamespace and c.relkind in ('r', 'p')
        and (has_table_privilege('lotline_outside', c.oid, 'SELECT')
             and not exists (select 1 from pg_policy p where p.polrelid = c.oid and p.polname = 'outside_wall'
                              and not p.polpermissive)
             or has_table_privilege('lotline_outside', c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE'))
      order by 1`,
    [schemaName],
  )
  return rows.map((row) => `lotline_outside sees or changes ${row.name} without the wall`)
}
