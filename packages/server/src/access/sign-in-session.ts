import { randomUUID } from 'node:crypto'
import type { Reader, Transaction } from '../database/transaction.ts'
import { type Accounts, changing, looking } from './account.ts'
import { personColumns, personFrom } from './person.ts'
import type { SignedInPerson } from './policy.ts'
import { hashOfSecret, newSecret } from './secrets.ts'

/** A session that nobody uses ends, and one that is used all day ends too. */
export const idleMinutes = 60
export const absoluteHours = 12

/** Sessions of one person at once; the oldest is ended when one more begins. */
const sessionsMax = 20

export type SignInMethod = 'password' | 'link' | 'demo'

export interface Browser {
  readonly address: string
  readonly name: string
}

/** Begins a session and gives its secret, which only the browser keeps. */
export async function startSession(
  tx: Transaction,
  personId: string,
  method: SignInMethod,
  browser: Browser,
): Promise<string> {
  const secret = newSecret()
  await tx.query(
    `insert into sign_in_session (org_id, session_id, secret_hash, person_id, method, address, browser,
                                  started_at, seen_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, now(), now(), now() + make_interval(hours => $8))`,
    [
      tx.org,
      randomUUID(),
      hashOfSecret(secret),
      personId,
      method,
      browser.address,
      browser.name.slice(0, 300),
      absoluteHours,
    ],
  )
  await tx.query(
    `update sign_in_session set ended_at = now() where org_id = $1 and session_id in
       (select session_id from sign_in_session where org_id = $1 and person_id = $2 and ended_at is null
         order by started_at desc offset $3)`,
    [tx.org, personId, sessionsMax],
  )
  return secret
}

/** Whom a secret stands for now; roles as they are this moment. Undefined for an unknown, ended or idle one. */
export async function personOfSession(
  accounts: Accounts,
  secret: string,
): Promise<SignedInPerson | undefined> {
  const hash = hashOfSecret(secret)
  const found = await looking(accounts, async (reader) => {
    const rows = await reader.query<
      Parameters<typeof personFrom>[0] & { session_id: string; stale: boolean } & Record<string, unknown>
    >(
      `select ${personColumns}, s.session_id, s.seen_at < now() - interval '1 minute' as stale
         from sign_in_session s join person p on p.org_id = s.org_id and p.person_id = s.person_id
        where s.org_id = $1 and s.secret_hash = $2 and s.ended_at is null and s.expires_at > now()
          and s.seen_at > now() - make_interval(mins => $3) and p.disabled_at is null`,
      [reader.org, hash, idleMinutes],
    )
    return rows[0]
  })
  if (!found) return undefined
  if (found.stale) await changing(accounts, (tx) => noteSeen(tx, hash))
  const { id, name, printedName, grants, party } = personFrom(found)
  return { kind: 'person', id, name, printedName, grants, party, session: found.session_id }
}

/** Once a minute is enough to know that somebody is there. */
async function noteSeen(tx: Transaction, hash: Buffer): Promise<void> {
  await tx.query(
    'update sign_in_session set seen_at = now() where org_id = $1 and secret_hash = $2 and ended_at is null',
    [tx.org, hash],
  )
}

export interface ShownSession {
  readonly id: string
  readonly method: string
  readonly address: string
  readonly browser: string
  readonly startedAt: string
  readonly seenAt: string
}

/** Sessions of a person that are open now. */
export function openSessions(reader: Reader, personId: string): Promise<readonly ShownSession[]> {
  return reader.query<ShownSession & Record<string, unknown>>(
    `select session_id as id, method, address, browser, started_at as "startedAt", seen_at as "seenAt"
       from sign_in_session
      where org_id = $1 and person_id = $2 and ended_at is null and expires_at > now()
        and seen_at > now() - make_interval(mins => $3)
      order by seen_at desc`,
    [reader.org, personId, idleMinutes],
  )
}

/** Ends sessions of a person: one, all, or all but one. Gives how many there were. */
export async function endSessions(
  tx: Transaction,
  personId: string,
  which: { readonly only?: string; readonly but?: string } = {},
): Promise<number> {
  const ended = await tx.query(
    `update sign_in_session set ended_at = now()
      where org_id = $1 and person_id = $2 and ended_at is null
        and ($3::uuid is null or session_id = $3) and ($4::uuid is null or session_id <> $4) returning session_id`,
    [tx.org, personId, which.only ?? null, which.but ?? null],
  )
  return ended.length
}
