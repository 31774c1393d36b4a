import { isRefusal, refuse, type Refusal } from '@lotline/core/base/refusal'
import type { Reader, Transaction } from '../database/transaction.ts'
import { type Accounts, changing, changingOrNot, looking } from './account.ts'
import { audit } from './audit-log.ts'
import { takeLink, voidLinks } from './one-time-link.ts'
import { hashPassword, isPassword, refusePassword } from './password.ts'
import { addPerson, findByName, findPerson, hasAdministrator, nameKeyOf, type Person } from './person.ts'
import { firstRoles } from './roles.ts'
import { type Browser, endSessions, startSession } from './sign-in-session.ts'

/** Failures in a row that cost nothing; each one more doubles the wait, up to a quarter of an hour. */
const freeFailures = 5
const firstWaitSeconds = 15
const waitSecondsMax = 900

/** What a good sign-in gives: the secret for the browser, and who it is. */
export interface SignedIn {
  readonly secret: string
  readonly person: Person
}

/** Where a request comes from, for the audit trail. */
export interface Origin extends Browser {
  readonly request: string
}

/**
 * Signs in with a name and a password. Unknown name, wrong password and disabled account cost the same time and are answered
 * alike, so that nobody learns which names exist.
 */
export async function signIn(
  accounts: Accounts,
  given: { readonly name: string; readonly password: string },
  from: Origin,
): Promise<SignedIn | Refusal> {
  const key = nameKeyOf(given.name)
  const wait = await looking(accounts, (reader) => secondsToWait(reader, key))
  if (wait > 0) return tooManySignIns(wait)
  const found = await looking(accounts, (reader) => findByName(reader, given.name))
  const right = await isPassword(found?.passwordHash ?? null, given.password)
  return changing(accounts, async (tx) => {
    // Asked again: of many who tried at once, the first five only may have been right.
    const stillWait = await secondsToWait(tx, key)
    if (stillWait > 0) return tooManySignIns(stillWait)
    if (!found || !right || found.person.disabledAt !== null) {
      await noteFailure(tx, key)
      await audit(tx, { kind: 'sign-in-refused', actor: given.name, ...where(from) })
      return signInRefused()
    }
    await tx.query('delete from sign_in_failure where org_id = $1 and name_key = $2', [tx.org, key])
    return begin(tx, found.person, 'password', from)
  })
}

async function secondsToWait(reader: Reader, key: string): Promise<number> {
  const rows = await reader.query<{ failures: number; ago: number }>(
    `select failures::int, extract(epoch from clock_timestamp() - last_at)::int as ago from sign_in_failure
      where org_id = $1 and name_key = $2`,
    [reader.org, key],
  )
  return rows[0] ? waitAfter(rows[0].failures) - rows[0].ago : 0
}

/** Seconds until the next try, after so many failures in a row. */
export function waitAfter(failures: number): number {
  return failures < freeFailures
    ? 0
    : Math.min(waitSecondsMax, firstWaitSeconds * 2 ** (failures - freeFailures))
}

async function noteFailure(tx: Transaction, key: string): Promise<void> {
  await tx.query(
    `insert into sign_in_failure as f (org_id, name_key, failures, last_at) values ($1, $2, 1, now())
     on conflict (org_id, name_key) do update set failures = f.failures + 1, last_at = now()`,
    [tx.org, key],
  )
}

async function begin(
  tx: Transaction,
  person: Person,
  method: 'password' | 'link' | 'demo',
  from: Origin,
): Promise<SignedIn> {
  const secret = await startSession(tx, person.id, method, from)
  await audit(tx, { kind: 'signed-in', actor: person.name, about: method, ...where(from) })
  return { secret, person }
}

/** Signs in as somebody of the demo, which has no passwords: called in demo mode only. */
export function signInToDemo(accounts: Accounts, name: string, from: Origin): Promise<SignedIn | Refusal> {
  return changing(accounts, async (tx) => {
    const found = await findByName(tx, name)
    return found && found.person.disabledAt === null ? begin(tx, found.person, 'demo', from) : signInRefused()
  })
}

/** Sets the password that a one-time link allows to set, and signs in. The first administrator is made by it. */
export async function signInByLink(
  accounts: Accounts,
  given: {
    readonly code: string
    readonly password: string
    readonly name?: string | undefined
    readonly printedName?: string | undefined
  },
  from: Origin,
): Promise<SignedIn | Refusal> {
  const wrong = await refusePassword(given.password, given.name ?? '')
  if (wrong) return wrong
  const hash = await hashPassword(given.password)
  return changingOrNot(accounts, async (tx) => {
    const link = await takeLink(tx, given.code)
    if (isRefusal(link)) return link
    const person = link.first ? await firstAdministrator(tx, given) : link.person
    if (isRefusal(person)) return person
    await storePassword(tx, person, hash, from)
    return begin(tx, person, 'link', from)
  })
}

async function firstAdministrator(
  tx: Transaction,
  given: { readonly name?: string | undefined; readonly printedName?: string | undefined },
): Promise<Person | Refusal> {
  if (await hasAdministrator(tx)) return administratorThere()
  const grants = firstRoles.map((role) => ({ role, site: null }))
  const person = await addPerson(tx, {
    name: given.name ?? '',
    printedName: given.printedName ?? given.name ?? '',
    party: null,
    grants,
  })
  if (isRefusal(person)) return person
  await audit(tx, {
    kind: 'person-added',
    actor: person.name,
    about: person.name,
    after: { roles: [...firstRoles] },
  })
  return person
}

/** Changes the own password: the one that is known must be given again, and every other session ends. */
export async function changePassword(
  accounts: Accounts,
  who: { readonly id: string; readonly name: string; readonly session: string },
  given: { readonly current: string; readonly password: string },
  from: Origin,
): Promise<Refusal | undefined> {
  const found = await looking(accounts, (reader) => findByName(reader, who.name))
  if (!(await isPassword(found?.passwordHash ?? null, given.current))) return passwordWrong()
  const wrong = await refusePassword(given.password, who.name)
  if (wrong) return wrong
  const hash = await hashPassword(given.password)
  await changing(accounts, async (tx) => {
    const person = await findPerson(tx, who.id)
    if (person) await storePassword(tx, person, hash, from, who.session)
  })
  return undefined
}

async function storePassword(
  tx: Transaction,
  person: Person,
  hash: string,
  from: Origin,
  staying?: string,
): Promise<void> {
  await tx.query('update person set password_hash = $3 where org_id = $1 and person_id = $2', [
    tx.org,
    person.id,
    hash,
  ])
  await voidLinks(tx, person.id)
  await endSessions(tx, person.id, staying === undefined ? {} : { but: staying })
  await audit(tx, { kind: 'password-set', actor: person.name, about: person.name, ...where(from) })
}

function where(from: Origin) {
  return { address: from.address, request: from.request }
}

function signInRefused(): Refusal<'sign_in_refused'> {
  return refuse('sign_in_refused', {
    message: 'Name and password do not belong together, or the account is disabled.',
    fix: 'Type both again. If the password is lost, ask an administrator for a one-time link.',
  })
}

function tooManySignIns(seconds: number): Refusal<'sign_in_too_often'> {
  return refuse('sign_in_too_often', {
    message: 'This name was tried too often with a wrong password.',
    fix: `Wait ${seconds} seconds and try again, or ask an administrator for a one-time link.`,
    details: { retryAfterSeconds: seconds },
  })
}

function passwordWrong(): Refusal<'password_wrong'> {
  return refuse('password_wrong', {
    message: 'The present password is not this one.',
    fix: 'Type the password you signed in with. If it is lost, ask an administrator for a one-time link.',
    field: 'current',
  })
}

function administratorThere(): Refusal<'administrator_there'> {
  return refuse('administrator_there', {
    message: 'There is an administrator already: this link was for the first one.',
    fix: 'Ask that administrator to add you under People.',
  })
}
