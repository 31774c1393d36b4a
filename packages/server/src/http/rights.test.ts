import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Fault } from '@lotline/core/base/assert'
import { actions, decide } from '../access/policy.ts'
import { refuseExtraRights } from '../capture/extra-rights.ts'
import { allRoutes } from './routes.ts'
import { buildServer } from './server.ts'

const nobody = () => {
  throw new Fault('no plant: a handler was reached')
}
const demo = { token: 'secret-token', stories: [] }
const endpoints = allRoutes(nobody, { folder: '/nowhere', demo })
let app: FastifyInstance
let demoApp: FastifyInstance

beforeAll(async () => {
  app = await buildServer({ endpoints, entry: { token: 'secret-token', demo: false } })
  demoApp = await buildServer({ endpoints, entry: { token: 'secret-token', demo: true } })
  await Promise.all([app.ready(), demoApp.ready()])
})
afterAll(async () => {
  await Promise.all([app.close(), demoApp.close()])
})

/** The path with its parameters filled in. */
const pathOf = (path: string) => path.replace(/:\w+/g, '1')
const loopback = { remoteAddress: '127.0.0.1', headers: { host: '127.0.0.1:4210' } }

test('[H1 F1] every route says what it does, in words the policy knows', () => {
  for (const { path, action } of endpoints) expect(actions, path).toContain(action)
  expect(endpoints.length).toBeGreaterThan(20)
})

test('[H1] a route that declares no action stops the start', async () => {
  const undeclared = { ...endpoints[0], action: undefined } as never
  await expect(buildServer({ endpoints: [undeclared], entry: { token: 'x', demo: false } })).rejects.toThrow(
    /no action/,
  )
})

test.each(
  endpoints.filter(({ action }) => action !== 'know').map(({ method, path }) => [method, path] as const),
)('[H1] %s %s asks a stranger for a token, and a wrong one is no token', async (method, path) => {
  const bare = await app.inject({ method, url: pathOf(path), ...loopback })
  expect([bare.statusCode, bare.json().code]).toEqual([401, 'token_missing'])
  const headers = { ...loopback.headers, authorization: 'Bearer guess' }
  const wrong = await demoApp.inject({ method, url: pathOf(path), ...loopback, headers })
  expect([wrong.statusCode, wrong.json().code]).toEqual([401, 'token_wrong'])
})

test('[H1] the page of a demo may look and not change; a foreign page and a foreign machine may not even look', async () => {
  const session = await demoApp.inject({ url: '/v1/session', ...loopback }).catch(() => undefined)
  // The session is the one answer that needs the plant's name: reaching it is enough here.
  expect(session?.statusCode).not.toBe(401)
  const capture = await demoApp.inject({ method: 'POST', url: '/v1/captures', ...loopback, payload: {} })
  expect([capture.statusCode, capture.json().code]).toEqual([403, 'not_allowed'])
  const foreign = { ...loopback.headers, 'sec-fetch-site': 'cross-site' }
  expect((await demoApp.inject({ url: '/v1/items', ...loopback, headers: foreign })).statusCode).toBe(401)
  const rebound = { host: 'evil.example' }
  expect((await demoApp.inject({ url: '/v1/items', ...loopback, headers: rebound })).statusCode).toBe(401)
  expect(
    (await demoApp.inject({ url: '/v1/items', ...loopback, remoteAddress: '10.0.0.7' })).statusCode,
  ).toBe(401)
  const bypass = { verb: 'start', order: 'W-1', bypass: { reason: 'gauge broken' } } as const
  expect(refuseExtraRights({ kind: 'demo-reader' }, bypass)?.code).toBe('not_allowed')
  expect(refuseExtraRights({ kind: 'administrator', name: 'a' }, bypass)).toBeUndefined()
  for (const action of actions) {
    expect(decide({ kind: 'stranger' }, action, 'ledger'), action).toBe(action === 'know')
    expect(decide({ kind: 'administrator', name: 'a' }, action, 'ledger'), action).toBe(true)
  }
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
