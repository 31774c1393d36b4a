import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { verbs } from '@lotline/core/catalogue'
import { Fault } from '@lotline/core/base/assert'
import { type Action, actions, decide, type Subject } from '../access/policy.ts'
import { type Role, roles } from '../access/roles.ts'
import type { Entry } from '../access/subject.ts'
import { demoPeople } from '../demo/demo-people.ts'
import { allRoutes } from './routes.ts'
import { buildServer } from './server.ts'

const nobody = () => {
  throw new Fault('no plant: a handler was reached')
}
const endpoints = allRoutes(nobody, {
  folder: '/nowhere',
  demo: { stories: [], people: demoPeople },
  sealing: nobody,
})
const ownEndpoints = allRoutes(nobody, { folder: '/nowhere', demo: undefined, sealing: nobody })
const denied: string[] = []
let app: FastifyInstance

/** A session cookie is the name of the role here: who holds which is tested with a database. */
const entry: Entry = {
  token: 'secret-token',
  personOf: async (secret) => roles.filter((role) => role === secret).map(personWho)[0],
  denied: async (subject, { path }) => void denied.push(`${subject.kind} ${path}`),
}

function personWho(role: Role): Subject {
  const who = { id: role, name: role, printedName: role, party: null, session: role }
  return { kind: 'person', ...who, grants: [{ role, site: null }] }
}

beforeAll(async () => {
  app = await buildServer({ endpoints, entry })
  await app.ready()
})
afterAll(() => app.close())

/** The path with its parameters filled in. */
const pathOf = (path: string) => path.replace(/:\w+/g, '1')
const loopback = { remoteAddress: '127.0.0.1', headers: { host: '127.0.0.1:4210' } }
const cookie = (role: string) => ({
  ...loopback.headers,
  cookie: `lotline-session=${role}`,
  origin: 'http://127.0.0.1:4210',
})
const guarded = endpoints.filter(({ action }) => action !== 'know')

test('[H1 F1] every route says what it does, in words the policy knows', () => {
  for (const { path, action } of endpoints) expect(actions, path).toContain(action)
  expect(endpoints.length).toBeGreaterThan(20)
})

test('[H1] a route that declares no action stops the start', async () => {
  const undeclared = { ...endpoints[0], action: undefined } as never
  await expect(buildServer({ endpoints: [undeclared], entry: { token: 'x' } })).rejects.toThrow(/no action/)
})

test.each(guarded.map(({ method, path }) => [method, path] as const))(
  '[H1] %s %s asks a stranger to sign in; a wrong token and an ended session are none',
  async (method, path) => {
    const ask = (headers: object) =>
      app.inject({ method, url: pathOf(path), ...loopback, headers: { ...loopback.headers, ...headers } })
    const told = async (headers: object) => {
      const answer = await ask(headers)
      return [answer.statusCode, answer.json().code]
    }
    expect(await told({})).toEqual([401, 'token_missing'])
    expect(await told({ authorization: 'Bearer guess' })).toEqual([401, 'token_wrong'])
    expect(await told({ authorization: 'Bearer guess', cookie: 'lotline-session=quality' })).toEqual([
      401,
      'token_wrong',
    ])
    expect(await told({ cookie: 'lotline-session=ended' })).toEqual([401, 'session_over'])
  },
)

test('[H1 H2] on every route each role is let in or turned away as the job matrix says', async () => {
  denied.length = 0
  let turnedAway = 0
  for (const route of guarded) {
    for (const role of roles) {
      const answer = await app.inject({
        method: route.method,
        url: pathOf(route.path),
        headers: cookie(role),
      })
      const { allowed } = decide(personWho(role), route.action, route.resource)
      if (!allowed) turnedAway++
      expect(answer.statusCode === 403, `${role} at ${route.method} ${route.path}`).toBe(!allowed)
      if (!allowed) expect(answer.json()).toMatchObject({ code: 'not_allowed' })
    }
  }
  expect(denied).toHaveLength(turnedAway)
})

test('[H1] a page of another site may do nothing, and a write with a cookie must say its page', async () => {
  const told = async (more: object, { origin, ...headers } = cookie('quality')) => {
    const sent = { origin, ...headers, ...more }
    const given = Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== undefined))
    return (
      await app.inject({ method: 'POST', url: '/v1/captures', payload: {}, ...loopback, headers: given })
    ).json().code
  }
  expect(await told({ 'sec-fetch-site': 'cross-site' })).toBe('foreign_page')
  expect(await told({ origin: 'http://evil.example' })).toBe('foreign_page')
  expect(await told({ origin: undefined })).toBe('page_unsaid')
  expect(await told({})).toBe('verb_unknown')
  const foreignRead = { ...cookie('quality'), 'sec-fetch-site': 'cross-site' }
  expect((await app.inject({ url: '/v1/items', headers: foreignRead })).statusCode).toBe(401)
})

test('[H1 B1] a fact is recorded by whoever has the job, verb by verb', async () => {
  const send = async (role: string, body: object) => {
    const answer = await app.inject({
      method: 'POST',
      url: '/v1/captures',
      payload: body,
      headers: cookie(role),
    })
    return answer.json().code
  }
  const release = { verb: 'release', hold: 1, reason: 'Inspected again' }
  expect(await send('operator', release)).toBe('not_allowed')
  // Past the door the plant is asked, which this test does not have.
  expect(await send('quality', release)).toBe('fault')
  const late = { verb: 'move', what: 'A', to: 'B', historical: true }
  expect(await send('operator', late)).toBe('not_allowed')
  expect(await send('warehouse', late)).toBe('fault')
  const bypass = { verb: 'start', order: 'W-1', bypass: { reason: 'The gauge is broken' } }
  expect(await send('operator', bypass)).toBe('not_allowed')
  const bulk = { mode: 'all-or-nothing', commands: [{ ...release, key: 'release-1' }] }
  const answer = await app.inject({
    method: 'POST',
    url: '/v1/captures',
    payload: bulk,
    headers: cookie('operator'),
  })
  expect(answer.json()).toMatchObject({
    accepted: 0,
    refused: 1,
    results: [{ problem: { code: 'not_allowed' } }],
  })
})

test('[H1] strangers may know the product and nothing else; the token of the machine may do all but have an account', () => {
  const all: readonly string[] = [...actions, ...verbs.map(({ verb }) => verb)]
  for (const action of all as readonly Action[]) {
    expect(decide({ kind: 'stranger' }, action, 'ledger').allowed, action).toBe(action === 'know')
    expect(decide({ kind: 'administrator', name: 'a' }, action, 'ledger').allowed, action).toBe(true)
  }
  expect(decide({ kind: 'administrator', name: 'a' }, 'read', 'account').allowed).toBe(false)
})

test('[H2] a role held for one site does not count at another', () => {
  const who = { kind: 'person', id: 'p', name: 'p', printedName: 'p', party: null, session: 's' } as const
  const person: Subject = { ...who, grants: [{ role: 'quality', site: 7 }] }
  expect(decide(person, 'release', 'ledger', 7).allowed).toBe(true)
  expect(decide(person, 'release', 'ledger', 8)).toMatchObject({ allowed: false })
})

test('[H1 K1] nobody is let in without a password outside a demo', () => {
  const paths = (routes: readonly { readonly path: string }[]) => routes.map(({ path }) => path)
  expect(paths(endpoints)).toContain('/v1/sign-in/demo')
  expect(paths(ownEndpoints)).not.toContain('/v1/sign-in/demo')
})

test('[H1 K1] in a demo only a page of this very machine may pick a role', async () => {
  const pick = (more: object) =>
    app.inject({ method: 'POST', url: '/v1/sign-in/demo', payload: { name: 'quinn' }, ...loopback, ...more })
  expect((await pick({ remoteAddress: '10.0.0.7' })).json().code).toBe('demo_only')
  expect((await pick({ headers: { host: 'evil.example' } })).json().code).toBe('demo_only')
  expect((await pick({})).json().code).toBe('fault')
  const tiles = async (headers: Record<string, string>) =>
    (await app.inject({ url: '/v1/session', headers })).json()
  expect((await tiles(loopback.headers)).demoPeople).toHaveLength(demoPeople.length)
  expect((await tiles({ host: 'evil.example' })).demoPeople).toEqual([])
})

test('[C4 K4] a fault says nothing of its inside, and where to find it', async () => {
  const headers = { ...loopback.headers, authorization: 'Bearer secret-token' }
  const answer = await app.inject({ url: '/v1/answers?id=x', ...loopback, headers })
  expect(answer.statusCode).toBe(500)
  expect(answer.headers['content-type']).toContain('application/problem+json')
  expect(answer.json()).toMatchObject({ code: 'fault', instance: answer.headers['x-request-id'] })
  expect(answer.body).not.toContain('plant')
})

test('[I1 K6] the API describes itself, to programs and to people, without network', async () => {
  const document = (await app.inject({ url: '/openapi.json' })).json()
  expect(document.openapi).toBe('3.1.0')
  for (const { path } of endpoints)
    expect(Object.keys(document.paths)).toContain(path.replace(/:(\w+)/g, '{$1}'))
  const page = await app.inject({ url: '/docs' })
  expect(page.headers['content-type']).toContain('text/html')
  expect(page.body).toContain('/v1/answers')
  expect(page.body).not.toMatch(/<script|src="http/)
  expect(page.body).toContain('a lot with the verb <code>attach</code>')
  expect(page.body).not.toContain('`')
})
