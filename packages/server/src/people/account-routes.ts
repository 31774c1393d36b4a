import { Type } from 'typebox'
import { changing, looking } from '../access/account.ts'
import { audit } from '../access/audit-log.ts'
import type { SignedInPerson, Subject } from '../access/policy.ts'
import { changePassword } from '../access/sign-in.ts'
import { endSessions, openSessions } from '../access/sign-in-session.ts'
import { Fault } from '@lotline/core/base/assert'
import { type Endpoint, endpoint } from '../endpoint/endpoint.ts'
import { notFound } from '../endpoint/request-refusals.ts'
import type { Plant } from '../plant/plant.ts'
import { accountsOf } from './accounts-of.ts'
import { Password, PersonId } from './person-shape.ts'

const shared = { resource: 'account', tag: 'People and access' } as const
const strict = { additionalProperties: false } as const
const Done = Type.Object({ done: Type.Boolean() })

/** What everybody who signed in may do with the own account. */
export function accountRoutes(plantOf: () => Plant): readonly Endpoint[] {
  return [
    endpoint({
      ...shared,
      method: 'POST',
      path: '/v1/account/password',
      action: 'change',
      summary: 'Changes the own password; all other sessions end',
      body: Type.Object({ current: Password, password: Password }, strict),
      gives: Done,
      handle: async ({ subject, body, from }) =>
        (await changePassword(accountsOf(plantOf()), personIn(subject), body, from)) ?? { done: true },
    }),
    endpoint({
      ...shared,
      method: 'GET',
      path: '/v1/account/sessions',
      action: 'read',
      summary: 'Where one is signed in',
      gives: Type.Object({
        sessions: Type.Array(
          Type.Object({
            id: Type.String(),
            current: Type.Boolean(),
            method: Type.String(),
            address: Type.String(),
            browser: Type.String(),
            startedAt: Type.String(),
            seenAt: Type.String(),
          }),
        ),
      }),
      handle: async ({ subject }) => {
        const { id, session } = personIn(subject)
        const sessions = await looking(accountsOf(plantOf()), (reader) => openSessions(reader, id))
        return { sessions: sessions.map((each) => ({ ...each, current: each.id === session })) }
      },
    }),
    endpoint({
      ...shared,
      method: 'POST',
      path: '/v1/account/sessions/:id/end',
      action: 'change',
      summary: 'Ends one of the own sessions, as of a lost tablet',
      params: PersonId,
      gives: Done,
      handle: ({ subject, params, from }) => {
        const { id, name } = personIn(subject)
        return changing(accountsOf(plantOf()), async (tx) => {
          const ended = await endSessions(tx, id, { only: params.id })
          if (ended === 0) return notFound('session', params.id)
          await audit(tx, {
            kind: 'sessions-ended',
            actor: name,
            about: name,
            address: from.address,
            request: from.request,
          })
          return { done: true }
        })
      },
    }),
  ]
}

/** The policy lets only people to their account. */
export function personIn(subject: Subject): SignedInPerson {
  if (subject.kind !== 'person') throw new Fault('the policy let somebody without an account to one')
  return subject
}
