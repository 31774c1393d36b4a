import { Type } from 'typebox'
import { isRefusal, type Refusal } from '@lotline/core/base/refusal'
import { changingOrNot, looking } from '../access/account.ts'
import { audit, type AuditEntry } from '../access/audit-log.ts'
import { makeLink } from '../access/one-time-link.ts'
import {
  addPerson,
  disablePerson,
  enablePerson,
  findPerson,
  hasAdministrator,
  listPeople,
  type Person,
  setGrants,
} from '../access/person.ts'
import { nameOf } from '../access/policy.ts'
import { endSessions } from '../access/sign-in-session.ts'
import type { Transaction } from '../database/transaction.ts'
import { type Ask, type Endpoint, endpoint } from '../endpoint/endpoint.ts'
import { notFound } from '../endpoint/request-refusals.ts'
import type { Plant } from '../plant/plant.ts'
import { accountsOf } from './accounts-of.ts'
import { codesOf, grantsFrom, partyNamed, shownPerson } from './grant-codes.ts'
import { Grants, Link, PersonId, PrintedName, ShownPerson, SignInName } from './person-shape.ts'

const shared = { resource: 'people', tag: 'People and access' } as const
const strict = { additionalProperties: false } as const
const Done = Type.Object({ done: Type.Boolean() })

/** Accounts and their roles. */
export function peopleRoutes(plantOf: () => Plant): readonly Endpoint[] {
  return [
    endpoint({
      ...shared,
      method: 'GET',
      path: '/v1/people',
      action: 'read',
      summary: 'Everybody with an account, disabled ones too',
      gives: Type.Object({ people: Type.Array(ShownPerson) }),
      handle: async () =>
        looking(accountsOf(plantOf()), async (reader) => {
          const people = await listPeople(reader)
          const codes = await codesOf(reader, people)
          return { people: people.map((person) => shownPerson(person, codes)) }
        }),
    }),
    endpoint({
      ...shared,
      method: 'POST',
      path: '/v1/people',
      action: 'change',
      summary: 'Adds a person, and gives the link that sets the password once',
      body: Type.Object(
        {
          name: SignInName,
          printedName: PrintedName,
          roles: Grants,
          party: Type.Optional(
            Type.String({ minLength: 1, maxLength: 200, description: 'Company of a customer or supplier' }),
          ),
        },
        strict,
      ),
      gives: Type.Object({ person: ShownPerson, ...Link.properties }),
      givesStatus: 201,
      handle: (ask) => added(plantOf(), ask),
    }),
    endpoint({
      ...shared,
      method: 'POST',
      path: '/v1/people/:id/roles',
      action: 'change',
      summary: 'Puts these roles in the place of those held; they count from the next request on',
      params: PersonId,
      body: Type.Object({ roles: Grants }, strict),
      gives: ShownPerson,
      handle: (ask) =>
        ofPerson(plantOf(), ask, async (tx, person) => {
          const grants = await grantsFrom(tx, ask.body.roles)
          const refusal = isRefusal(grants) ? grants : await setGrants(tx, person, grants)
          if (refusal) return refusal
          const codes = await codesOf(tx, [person])
          await note(tx, ask, person, {
            kind: 'roles-changed',
            before: shownPerson(person, codes).roles,
            after: ask.body.roles,
          })
          return undefined
        }),
    }),
    ...switchRoutes(plantOf),
    linkRoute(plantOf),
    firstLinkRoute(plantOf),
  ]
}

function switchRoutes(plantOf: () => Plant): readonly Endpoint[] {
  return [
    endpoint({
      ...shared,
      method: 'POST',
      path: '/v1/people/:id/disable',
      action: 'change',
      summary: 'Shuts an account: its sessions end now, its name stays taken',
      params: PersonId,
      gives: ShownPerson,
      handle: (ask) =>
        ofPerson(plantOf(), ask, async (tx, person) => {
          const refusal = await disablePerson(tx, person)
          if (refusal) return refusal
          await endSessions(tx, person.id)
          return note(tx, ask, person, { kind: 'person-disabled' })
        }),
    }),
    endpoint({
      ...shared,
      method: 'POST',
      path: '/v1/people/:id/enable',
      action: 'change',
      summary: 'Opens a disabled account again',
      params: PersonId,
      gives: ShownPerson,
      handle: (ask) =>
        ofPerson(plantOf(), ask, async (tx, person) => {
          await enablePerson(tx, person)
          return note(tx, ask, person, { kind: 'person-enabled' })
        }),
    }),
  ]
}

function linkRoute(plantOf: () => Plant): Endpoint {
  return endpoint({
    ...shared,
    method: 'POST',
    path: '/v1/people/:id/link',
    action: 'change',
    summary: 'Makes a link that sets a new password once; nobody but its user learns the password',
    params: PersonId,
    gives: Link,
    handle: (ask) =>
      changingOrNot(accountsOf(plantOf()), async (tx) => {
        const person = await findPerson(tx, ask.params.id)
        if (!person) return notFound('person', ask.params.id)
        const secret = await makeLink(tx, person.id)
        await note(tx, ask, person, { kind: 'link-made' })
        return { link: linkPath(secret) }
      }),
  })
}

/** For whoever can read the administrator token and has lost the link of the first start. */
function firstLinkRoute(plantOf: () => Plant): Endpoint {
  return endpoint({
    ...shared,
    method: 'POST',
    path: '/v1/people/first-link',
    action: 'change',
    summary: 'Makes the link of the first administrator anew, while there is none',
    gives: Type.Union([Link, Done]),
    handle: () =>
      changingOrNot(accountsOf(plantOf()), async (tx) =>
        (await hasAdministrator(tx)) ? { done: false } : { link: linkPath(await makeLink(tx, null)) },
      ),
  })
}

/** The code stands behind a hash sign, which browsers keep to themselves: no server and no proxy writes it down. */
export function linkPath(secret: string): string {
  return `/welcome#${secret}`
}

type PersonAsk = Pick<Ask<unknown, { id: string }, unknown>, 'params' | 'subject' | 'from'>

async function added(
  plant: Plant,
  ask: Pick<
    Ask<
      unknown,
      unknown,
      { name: string; printedName: string; party?: string; roles: Parameters<typeof grantsFrom>[1] }
    >,
    'body' | 'subject' | 'from'
  >,
) {
  return changingOrNot(accountsOf(plant), async (tx) => {
    const party = await partyNamed(tx, ask.body.party)
    if (isRefusal(party)) return party
    const grants = await grantsFrom(tx, ask.body.roles)
    if (isRefusal(grants)) return grants
    const { name, printedName } = ask.body
    const person = await addPerson(tx, { name, printedName, party, grants })
    if (isRefusal(person)) return person
    await note(tx, ask, person, { kind: 'person-added', after: ask.body.roles })
    const secret = await makeLink(tx, person.id)
    const shown = shownPerson(person, await codesOf(tx, [person]))
    return { status: 201, json: { person: shown, link: linkPath(secret) } }
  })
}

/** Changes one person, and shows what became of it. */
function ofPerson(
  plant: Plant,
  ask: PersonAsk,
  change: (tx: Transaction, person: Person) => Promise<Refusal | undefined>,
): Promise<ShownPerson | Refusal> {
  return changingOrNot(accountsOf(plant), async (tx) => {
    const person = await findPerson(tx, ask.params.id)
    if (!person) return notFound('person', ask.params.id)
    const refusal = await change(tx, person)
    if (refusal) return refusal
    const now = (await findPerson(tx, person.id)) ?? person
    return shownPerson(now, await codesOf(tx, [now]))
  })
}

async function note(
  tx: Transaction,
  ask: Pick<PersonAsk, 'subject' | 'from'>,
  person: Person,
  entry: Pick<AuditEntry, 'kind' | 'before' | 'after'>,
): Promise<undefined> {
  const { address, request } = ask.from
  await audit(tx, { ...entry, actor: nameOf(ask.subject), about: person.name, address, request })
}
