import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { LedgerBusy, OutcomeUnknown } from '../ledger/capture.ts'
import { allRoutes } from './routes.ts'
import { buildServer } from './server.ts'

let folder: string
let app: FastifyInstance
let fault: Error = new LedgerBusy('busy')
const headers = { authorization: 'Bearer secret-token' }

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lotline-calls-'))
  const plant = () => {
    throw fault
  }
  const endpoints = allRoutes(plant, { folder, demo: undefined, sealing: plant as never })
  app = await buildServer({ endpoints, entry: { token: 'secret-token' } })
})
afterAll(async () => {
  await app.close()
  await rm(folder, { recursive: true, force: true })
})

const command = { verb: 'define', thing: 'place', code: 'A', name: 'A', kind: 'location' }
const post = (url: string, payload: string | object, type = 'application/json') =>
  app.inject({ method: 'POST', url, payload, headers: { ...headers, 'content-type': type } })

test('[C4 I1] a ledger that is taken for a while says when to come again', async () => {
  for (const [thrown, code] of [
    [new LedgerBusy('busy'), 'ledger_busy'],
    [new OutcomeUnknown('lost'), 'outcome_unknown'],
  ] as const) {
    fault = thrown
    const answer = await post('/v1/captures', command)
    expect([answer.statusCode, answer.json().code, answer.headers['retry-after']]).toEqual([503, code, '5'])
    expect(answer.json().fix).toContain('with the same key')
  }
})

test('[I1] a malformed body is told as a body, not as a file of somebody else', async () => {
  const answer = (await post('/v1/captures', '{"verb":')).json()
  expect(answer.detail).toMatch(/^The body is not JSON at line 1/)
  expect(JSON.stringify(answer)).not.toMatch(/file|sender/)
})

const part = (name: string, content: string, more = '') =>
  `--xx\r\ncontent-disposition: form-data; name="${name}"${more}\r\n\r\n${content}\r\n`
const form = 'multipart/form-data; boundary=xx'

test.each([
  ['nothing', '', form],
  ['no parts', '--xx--\r\n', form],
  ['a field alone', `${part('mapping', '{}')}--xx--\r\n`, form],
  ['a form that is cut', part('file', 'a,b', '; filename="a.csv"').slice(0, -9), form],
  [
    'two files',
    `${part('file', 'a', '; filename="a"')}${part('more', 'b', '; filename="b"')}--xx--\r\n`,
    form,
  ],
  [
    'three files',
    `${['a', 'b', 'c'].map((name) => part(name, 'x', `; filename="${name}"`)).join('')}--xx--\r\n`,
    form,
  ],
  ['no boundary', part('file', 'a'), 'multipart/form-data'],
  ['a header that is none', '--xx\r\nnonsense\r\n\r\na\r\n--xx--\r\n', form],
])('[B2 I1] a form of %s is refused in words, and nothing of it stays', async (_name, body, type) => {
  const answer = await post('/v1/imports', body, type)
  expect(answer.statusCode, answer.body).toBeGreaterThanOrEqual(400)
  expect(answer.statusCode, answer.body).toBeLessThan(500)
  expect(answer.json().fix).toMatch(/./)
  expect(await readdir(join(folder, 'uploads')).catch(() => [])).toEqual([])
})

test('[B2 I1] an import without a body is refused in words', async () => {
  const answer = await app.inject({ method: 'POST', url: '/v1/imports', headers })
  expect([answer.statusCode, answer.json().code]).toEqual([400, 'request_malformed'])
})

test('[I4] a file of a form may be as large as a file sent by itself, and one that is larger is told the limit', async () => {
  fault = new LedgerBusy('busy')
  const sized = (bytes: number) =>
    `${part('file', ' '.repeat(bytes), '; filename="a.csv"')}${part('mapping', '{}')}--xx--\r\n`
  const taken = await post('/v1/imports', sized(17 * 1_048_576), form)
  expect([taken.statusCode, taken.json().code]).toEqual([503, 'ledger_busy'])
  const before = await readdir(join(folder, 'documents')).catch(() => [])
  const refused = await post('/v1/documents', sized(51 * 1_048_576), form)
  expect([refused.statusCode, refused.json().code]).toEqual([413, 'upload_too_large'])
  expect(refused.json()).toMatchObject({ detail: 'The file is larger than 50 MB.', fix: expect.any(String) })
  expect(await readdir(join(folder, 'documents')).catch(() => [])).toEqual(before)
})

test('[I1] a word that is none of a list is answered with the list', async () => {
  const answer = await app.inject({ url: '/v1/trace?id=A&direction=up', headers })
  expect([answer.statusCode, answer.json().field]).toEqual([400, 'direction'])
  expect(answer.json().detail).toMatch(/none of .*forward.*backward.*both/)
})
