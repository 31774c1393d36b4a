import { randomUUID } from 'node:crypto'
import { refuse, type Refusal } from '@lotline/core/base/refusal'
import type { Reader, Transaction } from '../database/transaction.ts'
import type { Grant } from './policy.ts'
import { outsideRoles, type Role } from './roles.ts'

/** An account. */
export interface Person {
  readonly id: string
  readonly name: string
  readonly printedName: string
  readonly party: number | null
  readonly grants: readonly Grant[]
  readonly createdAt: string
  readonly disabledAt: string | null
  readonly hasPassword: boolean
}

interface PersonRow {
  readonly person_id: string
  readonly sign_in_name: string
  readonly printed_name: string
  readonly party: string | null
  readonly created_at: string
  readonly disabled_at: string | null
  readonly has_password: boolean
  readonly grants: readonly { readonly role: Role; readonly site: number }[]
}

/** Columns of a person with the roles beside; `p` is the table. */
export const personColumns = `p.person_id, p.sign_in_name, p.printed_name, p.party, p.created_at, p.disabled_at,
  p.password_hash is not null as has_password,
  coalesce((select jsonb_agg(jsonb_build_object('role', r.role, 'site', r.site) order by r.role, r.site)
              from person_role r where r.org_id = p.org_id and r.person_id = p.person_id), '[]') as grants`

export function personFrom(row: PersonRow): Person {
  return {
    id: row.person_id,
    name: row.sign_in_name,
    printedName: row.printed_name,
    party: row.party === null ? null : Number(row.party),
    grants: row.grants.map(({ role, site }) => ({ role, site: site === 0 ? null : site })),
    createdAt: row.created_at,
    disabledAt: row.disabled_at,
    hasPassword: row.has_password,
  }
}

/** The key sign-in names are compared by: case does not count, nor how a letter was typed. */
export function nameKeyOf(name: string): string {
  return name.normalize('NFKC').trim().toLowerCase()
}

export async function listPeople(reader: Reader): Promise<readonly Person[]> {
  const rows = await reader.query<PersonRow & Record<string, unknown>>(
    `select ${personColumns} from person p where p.org_id = $1 order by p.name_key`,
    [reader.org],
  )
  return rows.map(personFrom)
}

export async function findPerson(reader: Reader, id: string): Promise<Person | undefined> {
  const rows = await reader.query<PersonRow & Record<string, unknown>>(
    `select ${personColumns} from person p where p.org_id = $1 and p.person_id = $2`,
    [reader.org, id],
  )
  return rows[0] && personFrom(rows[0])
}

/** The account under a sign-in name, with the hash of its password. */
export async function findByName(
  reader: Reader,
  name: string,
): Promise<{ readonly person: Person; readonly passwordHash: string | null } | undefined> {
  const rows = await reader.query<PersonRow & { password_hash: string | null } & Record<string, unknown>>(
    `select ${personColumns}, p.password_hash from person p where p.org_id = $1 and p.name_key = $2`,
    [reader.org, nameKeyOf(name)],
  )
  return rows[0] && { person: personFrom(rows[0]), passwordHash: rows[0].password_hash }
}

export interface NewPerson {
  readonly name: string
  readonly printedName: string
  readonly party: number | null
  readonly grants: readonly Grant[]
}

/** Names that stand in the ledger for somebody who is no person. */
const reservedNames = new Set(['administrator', 'stranger', 'demo', 'import', 'lotline', 'system'])

/** Makes an account without a password: a one-time link sets it. */
export async function addPerson(tx: Transaction, given: NewPerson): Promise<Person | Refusal> {
  const key = nameKeyOf(given.name)
  if (!/^[\p{L}\p{N}][\p{L}\p{N}._@-]{1,59}$/u.test(key) || reservedNames.has(key))
    return nameUnfit(given.name)
  const wrong = refuseGrants(given.grants, given.party)
  if (wrong) return wrong
  const id = randomUUID()
  const made = await tx.query(
    `insert into person (org_id, person_id, sign_in_name, name_key, printed_name, party, created_at)
     values ($1, $2, $3, $4, $5, $6, now()) on conflict (org_id, name_key) do nothing returning person_id`,
    [tx.org, id, given.name.normalize('NFKC').trim(), key, given.printedName.trim(), given.party],
  )
  if (made.length === 0) return nameTaken(given.name)
  await writeGrants(tx, id, given.grants)
  const person = await findPerson(tx, id)
  if (!person) throw new Error('the person was just made')
  return person
}

/** Puts these roles in the place of those held. The last administrator stays one, or nobody could mend it. */
export async function setGrants(
  tx: Transaction,
  person: Person,
  grants: readonly Grant[],
): Promise<Refusal | undefined> {
  const wrong = refuseGrants(grants, person.party)
  if (wrong) return wrong
  if (!grants.some(isAdministrator) && (await isLastAdministrator(tx, person.id))) return lastAdministrator()
  await tx.query('delete from person_role where org_id = $1 and person_id = $2', [tx.org, person.id])
  await writeGrants(tx, person.id, grants)
  return undefined
}

/** Shuts an account: its sessions end at once, its name stays taken. */
export async function disablePerson(tx: Transaction, person: Person): Promise<Refusal | undefined> {
  if (await isLastAdministrator(tx, person.id)) return lastAdministrator()
  await tx.query(
    'update person set disabled_at = now() where org_id = $1 and person_id = $2 and disabled_at is null',
    [tx.org, person.id],
  )
  return undefined
}

export async function enablePerson(tx: Transaction, person: Person): Promise<void> {
  await tx.query('update person set disabled_at = null where org_id = $1 and person_id = $2', [
    tx.org,
    person.id,
  ])
}

/** Whether somebody can sign in and change people. */
export async function hasAdministrator(reader: Reader): Promise<boolean> {
  return (await administrators(reader)).length > 0
}

async function administrators(reader: Reader): Promise<readonly string[]> {
  const rows = await reader.query<{ person_id: string }>(
    `select distinct p.person_id from person p join person_role r on r.org_id = p.org_id and r.person_id = p.person_id
      where p.org_id = $1 and p.disabled_at is null and r.role = 'administrator' and r.site = 0`,
    [reader.org],
  )
  return rows.map((row) => row.person_id)
}

/** Locks the accounts of all administrators first: two of them could each take the role from the other at once. */
async function isLastAdministrator(tx: Transaction, id: string): Promise<boolean> {
  const known = await administrators(tx)
  await tx.query(
    'select 1 from person where org_id = $1 and person_id = any($2::uuid[]) order by person_id for update',
    [tx.org, known],
  )
  const now = await administrators(tx)
  return now.length === 1 && now[0] === id
}

async function writeGrants(tx: Transaction, id: string, grants: readonly Grant[]): Promise<void> {
  await tx.query(
    `insert into person_role (org_id, person_id, role, site)
     select distinct $1::bigint, $2::uuid, g.role, g.site
       from unnest($3::text[], $4::bigint[]) as g(role, site)`,
    [tx.org, id, grants.map(({ role }) => role), grants.map(({ site }) => site ?? 0)],
  )
}

function isAdministrator({ role, site }: Grant): boolean {
  return role === 'administrator' && site === null
}

/** A person of another company holds that company's role and no other, and is nothing without a company. */
export function refuseGrants(grants: readonly Grant[], party: number | null): Refusal | undefined {
  const outside = grants.filter(({ role }) => outsideRoles.includes(role))
  const isOutside = party !== null
  return isOutside === outside.length > 0 && (outside.length === 0 || outside.length === grants.length)
    ? undefined
    : rolesMixed(isOutside)
}

function nameUnfit(name: string): Refusal<'sign_in_name_malformed'> {
  return refuse('sign_in_name_malformed', {
    message: `${JSON.stringify(name.slice(0, 60))} cannot be a sign-in name.`,
    fix: 'Take 2 to 60 letters, digits, dots, hyphens or underscores; the words administrator, demo, import and system are taken.',
    field: 'name',
    value: name.slice(0, 60),
  })
}

function nameTaken(name: string): Refusal<'sign_in_name_taken'> {
  return refuse('sign_in_name_taken', {
    message: `The sign-in name ${name.slice(0, 60)} belongs to an account already, perhaps a disabled one.`,
    fix: 'Take another: a name stays with its person for ever, because it stands in the records.',
    field: 'name',
    value: name.slice(0, 60),
  })
}

function rolesMixed(isOutside: boolean): Refusal<'roles_mixed'> {
  return refuse('roles_mixed', {
    message: isOutside
      ? 'A person of another company may hold the role customer or supplier only.'
      : 'The roles customer and supplier are for people of another company.',
    fix: 'Name the company as `party` and give one of these two roles alone, or leave both away.',
    field: 'roles',
  })
}

function lastAdministrator(): Refusal<'last_administrator'> {
  return refuse('last_administrator', {
    message: 'This is the last administrator who can sign in.',
    fix: 'Give another person the role administrator for all sites first.',
  })
}
