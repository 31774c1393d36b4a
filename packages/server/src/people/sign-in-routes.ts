import { Type } from 'typebox'
import { isRefusal, type Refusal } from '@lotline/core/base/refusal'
import { looking } from '../access/account.ts'
import { lookAtLink } from '../access/one-time-link.ts'
import type { Subject } from '../access/policy.ts'
import { signIn, signInByLink, signInToDemo, type SignedIn } from '../access/sign-in.ts'
import { signOut } from '../access/sign-out.ts'
import type { DemoPerson } from '../demo/demo-people.ts'
import { type Ask, type Endpoint, endpoint } from '../endpoint/endpoint.ts'
import { demoOnly } from '../endpoint/request-refusals.ts'
import type { Plant } from '../plant/plant.ts'
import { accountsOf } from './accounts-of.ts'
import { allowedTo, LinkCode, Password, PrintedName, rolesOf, Session, SignInName } from './person-shape.ts'

export interface SignInPlan {
  /** Whom a demo lets in without a password; undefined elsewhere. */
  readonly demoPeople: readonly DemoPerson[] | undefined
}

const shared = { action: 'know', resource: 'product', tag: 'People and access' } as const
const strict = { additionalProperties: false } as const
const Done = Type.Object({ done: Type.Boolean() })

/** How one comes in and goes out: the only routes about people that strangers may use. */
export function signInRoutes(plantOf: () => Plant, plan: SignInPlan): readonly Endpoint[] {
  return [
    endpoint({
      ...shared,
      method: 'GET',
      path: '/v1/session',
      summary: 'Who the caller is and what the caller may; in a demo, whom one can sign in as',
      gives: Session,
      handle: async ({ subject, isOwnPage }) => sessionOf(plantOf, plan, subject, isOwnPage),
    }),
    endpoint({
      ...shared,
      method: 'POST',
      path: '/v1/sign-in',
      summary: 'Signs in with name and password; the browser keeps the session as a cookie',
      body: Type.Object({ name: SignInName, password: Password }, strict),
      gives: Done,
      handle: async (ask) => keep(ask, await signIn(accountsOf(plantOf()), ask.body, ask.from)),
    }),
    endpoint({
      ...shared,
      method: 'POST',
      path: '/v1/sign-out',
      summary: 'Ends the session of this browser',
      gives: Done,
      handle: async (ask) => {
        if (ask.subject.kind === 'person') await signOut(accountsOf(plantOf()), ask.subject, ask.from)
        ask.keepSession(null)
        return { done: true }
      },
    }),
    ...linkRoutes(plantOf),
    ...(plan.demoPeople === undefined ? [] : [demoRoute(plantOf)]),
  ]
}

function linkRoutes(plantOf: () => Plant): readonly Endpoint[] {
  return [
    endpoint({
      ...shared,
      method: 'POST',
      path: '/v1/links/look',
      summary: 'Whom a one-time link is for',
      body: Type.Object({ code: LinkCode }, strict),
      gives: Type.Object({ first: Type.Boolean(), name: Type.Union([Type.String(), Type.Null()]) }),
      handle: async ({ body }) => {
        const link = await looking(accountsOf(plantOf()), (reader) => lookAtLink(reader, body.code))
        if (isRefusal(link)) return link
        return { first: link.first, name: link.first ? null : link.person.name }
      },
    }),
    endpoint({
      ...shared,
      method: 'POST',
      path: '/v1/links/use',
      summary: 'Sets a password with a one-time link, and signs in',
      about:
        'The link of the first administrator takes `name` and `printedName` too, and makes that account.',
      body: Type.Object(
        {
          code: LinkCode,
          password: Password,
          name: Type.Optional(SignInName),
          printedName: Type.Optional(PrintedName),
        },
        strict,
      ),
      gives: Done,
      handle: async (ask) => keep(ask, await signInByLink(accountsOf(plantOf()), ask.body, ask.from)),
    }),
  ]
}

/** Not there at all outside a demo, and for pages of this machine only. */
function demoRoute(plantOf: () => Plant): Endpoint {
  return endpoint({
    ...shared,
    method: 'POST',
    path: '/v1/sign-in/demo',
    summary: 'Signs in as somebody of the demo, without a password',
    body: Type.Object({ name: SignInName }, strict),
    gives: Done,
    handle: async (ask) =>
      ask.isOwnPage
        ? keep(ask, await signInToDemo(accountsOf(plantOf()), ask.body.name, ask.from))
        : demoOnly(),
  })
}

function keep(ask: Pick<Ask<never, never, never>, 'keepSession'>, given: SignedIn | Refusal) {
  if (isRefusal(given)) return given
  ask.keepSession(given.secret)
  return { done: true }
}

function sessionOf(plantOf: () => Plant, plan: SignInPlan, subject: Subject, isOwnPage: boolean): Session {
  const known = subject.kind !== 'stranger'
  return {
    demo: plan.demoPeople !== undefined,
    organisation: known ? plantOf().organisation.name : null,
    person: known ? subject.name : null,
    printedName: subject.kind === 'person' ? subject.printedName : null,
    roles: rolesOf(subject),
    may: allowedTo(subject),
    demoPeople: isOwnPage
      ? (plan.demoPeople ?? []).map(({ name, printedName, role, about }) => ({
          name,
          printedName,
          role,
          about,
        }))
      : [],
  }
}
