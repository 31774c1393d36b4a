import { refuse, type Refusal } from '@lotline/core/base/refusal'
import type { Reader, Transaction } from '../database/transaction.ts'
import { findPerson, type Person } from './person.ts'
import { hashOfSecret, newSecret } from './secrets.ts'

/** A new person may come in tomorrow; the first administrator sits before the terminal. */
const hoursForPerson = 72
const hoursForFirst = 24

/** Whom a link lets set a password: a person, or whoever becomes the first administrator. */
export type LinkFor = { readonly first: true } | { readonly first: false; readonly person: Person }

/** Makes a link's secret. Links made before for the same purpose no longer work. */
export async function makeLink(tx: Transaction, personId: string | null): Promise<string> {
  await voidLinks(tx, personId)
  const secret = newSecret()
  await tx.query(
    `insert into one_time_link (org_id, secret_hash, person_id, made_at, expires_at)
     values ($1, $2, $3, now(), now() + make_interval(hours => $4))`,
    [tx.org, hashOfSecret(secret), personId, personId === null ? hoursForFirst : hoursForPerson],
  )
  return secret
}

export async function voidLinks(tx: Transaction, personId: string | null): Promise<void> {
  await tx.query(
    `update one_time_link set used_at = now()
      where org_id = $1 and person_id is not distinct from $2::uuid and used_at is null`,
    [tx.org, personId],
  )
}

/** Whom an unused link is for. */
export async function lookAtLink(reader: Reader, secret: string): Promise<LinkFor | Refusal> {
  const rows = await reader.query<{ person_id: string | null }>(
    `select person_id from one_time_link
      where org_id = $1 and secret_hash = $2 and used_at is null and expires_at > now()`,
    [reader.org, hashOfSecret(secret)],
  )
  return linkFor(reader, rows[0])
}

/** Uses a link up. Of two who open it at once, one gets it. */
export async function takeLink(tx: Transaction, secret: string): Promise<LinkFor | Refusal> {
  const rows = await tx.query<{ person_id: string | null }>(
    `update one_time_link set used_at = now()
      where org_id = $1 and secret_hash = $2 and used_at is null and expires_at > now() returning person_id`,
    [tx.org, hashOfSecret(secret)],
  )
  return linkFor(tx, rows[0])
}

async function linkFor(
  reader: Reader,
  row: { readonly person_id: string | null } | undefined,
): Promise<LinkFor | Refusal> {
  if (!row) return linkSpent()
  if (row.person_id === null) return { first: true }
  const person = await findPerson(reader, row.person_id)
  return person && person.disabledAt === null ? { first: false, person } : linkSpent()
}

function linkSpent(): Refusal<'link_spent'> {
  return refuse('link_spent', {
    message: 'This link was used already, has run out, or was replaced by a newer one.',
    fix: 'Ask an administrator for a new one. The first administrator finds one in the terminal after a restart, or with `lotline people first`.',
  })
}
