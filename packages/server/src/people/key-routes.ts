import { Type } from 'typebox'
import { isRefusal, type Refusal } from '@lotline/core/base/refusal'
import { changingOrNot, looking } from '../access/account.ts'
import { addKey, type ApiKey, findKey, listKeys, revokeKey, rotateKey } from '../access/api-key.ts'
import { audit, type AuditEntry } from '../access/audit-log.ts'
import { nameOf } from '../access/policy.ts'
import type { Transaction } from '../database/transaction.ts'
import { type Ask, type Endpoint, endpoint } from '../endpoint/endpoint.ts'
import { notFound } from '../endpoint/request-refusals.ts'
import type { Plant } from '../plant/plant.ts'
import { accountsOf } from './accounts-of.ts'
import { codesOf, grantsFrom, partyNamed } from './grant-codes.ts'
import {
  Days,
  defaultDays,
  defaultOverlapHours,
  OpenedKey,
  OverlapHours,
  ShownKey,
  shownKey,
  Verbs,
} from './key-shape.ts'
import { Grants, PersonId } from './person-shape.ts'

const shared = { resource: 'keys', tag: 'People and access' } as const
const strict = { additionalProperties: false } as const

/** Keys of programs on other machines. */
export function keyRoutes(plantOf: () => Plant): readonly Endpoint[] {
  return [
    endpoint({
      ...shared,
      method: 'GET',
      path: '/v1/keys',
      action: 'read',
      summary: 'Every key, revoked ones too, with the beginnings of its secrets and their last use',
      gives: Type.Object({ keys: Type.Array(ShownKey) }),
      handle: () =>
        looking(accountsOf(plantOf()), async (reader) => {
          const keys = await listKeys(reader)
          const codes = await codesOf(reader, keys)
          return { keys: keys.map((key) => shownKey(key, codes)) }
        }),
    }),
    addRoute(plantOf),
    rotateRoute(plantOf),
    endpoint({
      ...shared,
      method: 'POST',
      path: '/v1/keys/:id/revoke',
      action: 'change',
      summary: 'Shuts a key for good, from the next request on; its name stays taken',
      params: PersonId,
      gives: ShownKey,
      handle: (ask) =>
        ofKey(plantOf(), ask, async (tx, key) => {
          if (key.revokedAt === null) {
            await revokeKey(tx, key)
            await note(tx, ask, key, { kind: 'key-revoked' })
          }
          return shown(tx, (await findKey(tx, key.id)) ?? key)
        }),
    }),
  ]
}

function addRoute(plantOf: () => Plant): Endpoint {
  return endpoint({
    ...shared,
    method: 'POST',
    path: '/v1/keys',
    action: 'change',
    summary: 'Makes a key, and gives its secret this once',
    body: Type.Object(
      {
        name: Type.String({ minLength: 1, maxLength: 60, description: 'What the program is called' }),
        roles: Grants,
        verbs: Type.Optional(Verbs),
        party: Type.Optional(
          Type.String({ minLength: 1, maxLength: 200, description: 'Company of a customer or supplier' }),
        ),
        days: Type.Optional(Days),
      },
      strict,
    ),
    gives: OpenedKey,
    givesStatus: 201,
    handle: ({ body, ...ask }) =>
      changingOrNot(accountsOf(plantOf()), async (tx) => {
        const party = await partyNamed(tx, body.party)
        if (isRefusal(party)) return party
        const grants = await grantsFrom(tx, body.roles)
        if (isRefusal(grants)) return grants
        const { name, days = defaultDays, verbs = null } = body
        const made = await addKey(tx, { name, party, grants, verbs, days, madeBy: nameOf(ask.subject) })
        if (isRefusal(made)) return made
        const key = await shown(tx, made.key)
        const { roles, verbs: allowed, party: company } = key
        await note(tx, ask, made.key, {
          kind: 'key-made',
          after: { roles, verbs: allowed, party: company, days },
        })
        return { status: 201, json: { key, secret: made.secret } }
      }),
  })
}

function rotateRoute(plantOf: () => Plant): Endpoint {
  return endpoint({
    ...shared,
    method: 'POST',
    path: '/v1/keys/:id/rotate',
    action: 'change',
    summary: 'Gives a key a new secret; those it had stay good for the overlap, so that nothing stands still',
    params: PersonId,
    body: Type.Object({ days: Type.Optional(Days), overlapHours: Type.Optional(OverlapHours) }, strict),
    gives: OpenedKey,
    handle: (ask) =>
      ofKey(plantOf(), ask, async (tx, key) => {
        const { days = defaultDays, overlapHours = defaultOverlapHours } = ask.body
        const made = await rotateKey(tx, key, { days, overlapHours })
        if (isRefusal(made)) return made
        await note(tx, ask, made.key, { kind: 'key-rotated', after: { days, overlapHours } })
        return { key: await shown(tx, made.key), secret: made.secret }
      }),
  })
}

type KeyAsk = Pick<Ask<unknown, { id: string }, unknown>, 'params' | 'subject' | 'from'>

function ofKey<T>(
  plant: Plant,
  ask: Pick<KeyAsk, 'params'>,
  work: (tx: Transaction, key: ApiKey) => Promise<T | Refusal>,
): Promise<T | Refusal> {
  return changingOrNot(accountsOf(plant), async (tx) => {
    const key = await findKey(tx, ask.params.id)
    return key ? work(tx, key) : notFound('key', ask.params.id)
  })
}

async function shown(tx: Transaction, key: ApiKey) {
  return shownKey(key, await codesOf(tx, [key]))
}

/** The newest secret is the one a change is about. */
async function note(
  tx: Transaction,
  ask: Pick<KeyAsk, 'subject' | 'from'>,
  key: ApiKey,
  entry: Pick<AuditEntry, 'kind' | 'after'>,
): Promise<void> {
  const { address, request } = ask.from
  const prefix = key.secrets[0]?.prefix ?? ''
  await audit(tx, { ...entry, actor: nameOf(ask.subject), about: key.name, prefix, address, request })
}
