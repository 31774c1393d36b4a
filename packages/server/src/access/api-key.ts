import { randomBytes, randomUUID } from 'node:crypto'
import { instantOf } from '@lotline/core/base/instant'
import { refuse, type Refusal } from '@lotline/core/base/refusal'
import type { VerbName } from '@lotline/core/catalogue'
import type { Reader, Transaction } from '../database/transaction.ts'
import { nameKeyOf, refuseGrants } from './person.ts'
import type { Grant } from './policy.ts'
import { type Role, verbsOfRole } from './roles.ts'
import { hashOfSecret, newSecret } from './secrets.ts'

/** Every secret begins so: people and scanners of source code see what they have found. */
export const secretMark = 'lotline_'

/** What opens a key: two of them for a while when the secret is changed. */
export interface KeySecret {
  /** The beginning of the secret, by which it is told from others. */
  readonly prefix: string
  readonly madeAt: string
  readonly endsAt: string
  readonly usedAt: string | null
  readonly usedFrom: string | null
}

/** What a program of another machine acts with. */
export interface ApiKey {
  readonly id: string
  readonly name: string
  readonly party: number | null
  readonly grants: readonly Grant[]
  /** Null for all that its roles may record. */
  readonly verbs: readonly VerbName[] | null
  readonly madeBy: string
  readonly madeAt: string
  readonly revokedAt: string | null
  readonly secrets: readonly KeySecret[]
}

interface KeyRow {
  readonly key_id: string
  readonly name: string
  readonly party: string | null
  readonly verbs: readonly VerbName[] | null
  readonly made_by: string
  readonly made_at: string
  readonly revoked_at: string | null
  readonly grants: readonly { readonly role: Role; readonly site: number }[]
  readonly secrets: readonly KeySecret[]
}

/** Who stands in the ledger for what a key did. No sign-in name has a colon. */
export function actorOfKey(key: { readonly name: string }): string {
  return `key:${key.name}`
}

/** Columns of a key with its roles and secrets beside; `k` is the table. */
const keyColumns = `k.key_id, k.name, k.party, k.verbs, k.made_by, k.made_at, k.revoked_at,
  coalesce((select jsonb_agg(jsonb_build_object('role', r.role, 'site', r.site) order by r.role, r.site)
              from api_key_role r where r.org_id = k.org_id and r.key_id = k.key_id), '[]') as grants,
  coalesce((select jsonb_agg(jsonb_build_object('prefix', s.prefix, 'madeAt', s.made_at, 'endsAt', s.ends_at,
                     'usedAt', s.used_at, 'usedFrom', s.used_from) order by s.made_at desc)
              from api_key_secret s where s.org_id = k.org_id and s.key_id = k.key_id), '[]') as secrets`

function keyFrom(row: KeyRow): ApiKey {
  const { key_id: id, name, party, verbs, grants, secrets } = row
  return {
    ...{ id, name, verbs },
    secrets: secrets.map((secret) => ({
      ...secret,
      madeAt: instantIn(secret.madeAt),
      endsAt: instantIn(secret.endsAt),
      usedAt: secret.usedAt === null ? null : instantIn(secret.usedAt),
    })),
    party: party === null ? null : Number(party),
    grants: grants.map(({ role, site }) => ({ role, site: site === 0 ? null : site })),
    madeBy: row.made_by,
    madeAt: row.made_at,
    revokedAt: row.revoked_at,
  }
}

/** JSON that PostgreSQL makes writes times in another way than its columns. */
function instantIn(text: string): string {
  return instantOf(Date.parse(text))
}

export async function listKeys(reader: Reader): Promise<readonly ApiKey[]> {
  const rows = await reader.query<KeyRow & Record<string, unknown>>(
    `select ${keyColumns} from api_key k where k.org_id = $1 order by k.name_key`,
    [reader.org],
  )
  return rows.map(keyFrom)
}

export async function findKey(reader: Reader, id: string): Promise<ApiKey | undefined> {
  const rows = await reader.query<KeyRow & Record<string, unknown>>(
    `select ${keyColumns} from api_key k where k.org_id = $1 and k.key_id = $2`,
    [reader.org, id],
  )
  return rows[0] && keyFrom(rows[0])
}

/** The key that a secret belongs to, whether it may still be used or not; and the state of that very secret. */
export async function keyOfSecret(
  reader: Reader,
  secret: string,
): Promise<{ readonly key: ApiKey; readonly prefix: string; readonly isOver: boolean } | undefined> {
  const rows = await reader.query<KeyRow & { prefix: string; is_over: boolean } & Record<string, unknown>>(
    `select ${keyColumns}, used.prefix, used.ends_at <= now() as is_over
       from api_key_secret used join api_key k on k.org_id = used.org_id and k.key_id = used.key_id
      where used.org_id = $1 and used.secret_hash = $2`,
    [reader.org, hashOfSecret(secret)],
  )
  const [row] = rows
  return row && { key: keyFrom(row), prefix: row.prefix, isOver: row.is_over }
}

export interface NewKey {
  readonly name: string
  readonly party: number | null
  readonly grants: readonly Grant[]
  readonly verbs: readonly VerbName[] | null
  readonly days: number
  readonly madeBy: string
}

/** Makes a key, and gives the secret that nobody can be shown again. */
export async function addKey(
  tx: Transaction,
  given: NewKey,
): Promise<{ readonly key: ApiKey; readonly secret: string } | Refusal> {
  const nameKey = nameKeyOf(given.name)
  if (!/^[\p{L}\p{N}][\p{L}\p{N}._-]{1,39}$/u.test(nameKey)) return nameUnfit(given.name)
  const wrong = refuseGrants(given.grants, given.party) ?? refuseVerbs(given)
  if (wrong) return wrong
  const id = randomUUID()
  const made = await tx.query(
    `insert into api_key (org_id, key_id, name, name_key, party, verbs, made_by, made_at)
     values ($1, $2, $3, $4, $5, $6, $7, now()) on conflict (org_id, name_key) do nothing returning key_id`,
    [
      ...[tx.org, id, given.name.normalize('NFKC').trim(), nameKey, given.party],
      ...[given.verbs === null ? null : JSON.stringify(given.verbs), given.madeBy],
    ],
  )
  if (made.length === 0) return nameTaken(given.name)
  await tx.query(
    `insert into api_key_role (org_id, key_id, role, site)
     select distinct $1::bigint, $2::uuid, g.role, g.site from unnest($3::text[], $4::bigint[]) as g(role, site)`,
    [tx.org, id, given.grants.map(({ role }) => role), given.grants.map(({ site }) => site ?? 0)],
  )
  return opened(tx, id, given.days)
}

/** A new secret for a key. Those it had end after the overlap, so that a program can be given the new one in between. */
export async function rotateKey(
  tx: Transaction,
  key: ApiKey,
  how: { readonly days: number; readonly overlapHours: number },
): Promise<{ readonly key: ApiKey; readonly secret: string } | Refusal> {
  if (key.revokedAt !== null) return keyRevoked(key)
  await tx.query(
    `update api_key_secret set ends_at = least(ends_at, now() + make_interval(hours => $3))
      where org_id = $1 and key_id = $2 and ends_at > now()`,
    [tx.org, key.id, how.overlapHours],
  )
  return opened(tx, key.id, how.days)
}

/** Shuts a key for good: no secret of it opens anything from now on, and its name stays taken. */
export async function revokeKey(tx: Transaction, key: ApiKey): Promise<void> {
  await tx.query(
    'update api_key set revoked_at = now() where org_id = $1 and key_id = $2 and revoked_at is null',
    [tx.org, key.id],
  )
}

/** Notes when a secret was used last, and from where. */
export async function noteKeyUse(tx: Transaction, prefix: string, address: string): Promise<void> {
  await tx.query(
    'update api_key_secret set used_at = now(), used_from = $3 where org_id = $1 and prefix = $2',
    [tx.org, prefix, address],
  )
}

async function opened(tx: Transaction, id: string, days: number) {
  const prefix = secretMark + randomBytes(6).toString('hex')
  const secret = `${prefix}_${newSecret()}`
  await tx.query(
    `insert into api_key_secret (org_id, secret_hash, key_id, prefix, made_at, ends_at)
     values ($1, $2, $3, $4, now(), now() + make_interval(days => $5))`,
    [tx.org, hashOfSecret(secret), id, prefix, days],
  )
  const key = await findKey(tx, id)
  if (!key) throw new Error('the key was just made')
  return { key, secret }
}

/** A verb that no role of the key may record would look like a right and be none. */
function refuseVerbs({ verbs, grants }: NewKey): Refusal<'verbs_beyond_roles'> | undefined {
  const beyond = (verbs ?? []).filter((verb) => !grants.some(({ role }) => verbsOfRole[role].has(verb)))
  if (beyond.length === 0) return undefined
  return refuse('verbs_beyond_roles', {
    message: `None of the roles of this key may record ${beyond.join(', ')}.`,
    fix: 'Give it a role that may, or leave the verb out.',
    field: 'verbs',
    value: beyond.join(', '),
  })
}

function nameUnfit(name: string): Refusal<'key_name_malformed'> {
  return refuse('key_name_malformed', {
    message: `${JSON.stringify(name.slice(0, 60))} cannot be the name of a key.`,
    fix: 'Take 2 to 40 letters, digits, dots, hyphens or underscores: what the program is called, such as erp-bridge.',
    field: 'name',
    value: name.slice(0, 60),
  })
}

function nameTaken(name: string): Refusal<'key_name_taken'> {
  return refuse('key_name_taken', {
    message: `There is a key named ${name.slice(0, 60)} already, perhaps a revoked one.`,
    fix: 'Rotate that one for a new secret, or take another name: a name stays for ever, because it stands in the records.',
    field: 'name',
    value: name.slice(0, 60),
  })
}

function keyRevoked({ name }: ApiKey): Refusal<'key_revoked'> {
  return refuse('key_revoked', {
    message: `The key ${name} is revoked, and stays so.`,
    fix: 'Make a key with another name.',
    value: name,
  })
}
