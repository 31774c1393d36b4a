import { expect } from 'vitest'
import { Client } from '@lotline/client/client'
import { ProblemError } from '@lotline/client/problem'
import { story, type StoryPlant } from './story.ts'

interface Opened {
  readonly key: {
    readonly id: string
    readonly secrets: readonly { prefix: string; usedAt: string | null }[]
  }
  readonly secret: string
}

const ask = <Answer>(plant: StoryPlant, path: string, json?: object) =>
  plant.client.ask<Answer>({ method: json === undefined ? 'GET' : 'POST', path, ...(json ? { json } : {}) })

/** The program that was given the secret, on a machine of its own. */
const programWith = (plant: StoryPlant, secret: string) => new Client({ url: plant.url, token: secret })

/** What a call comes to: the code of its refusal, or that it was done. */
async function came(call: Promise<unknown>): Promise<string> {
  try {
    await call
    return 'done'
  } catch (error) {
    return error instanceof ProblemError ? (error.body.code ?? '') : String(error)
  }
}

/** Two sites with a place in each, and a lot in both. */
async function twoSites(plant: StoryPlant): Promise<void> {
  await plant.define({ items: { BAR: {} }, customers: ['ALFA'] })
  for (const site of ['NORTH', 'SOUTH']) {
    await plant.do({ verb: 'define', thing: 'place', code: site, name: site, kind: 'site' })
    for (const code of [`${site}-1`, `${site}-2`])
      await plant.do({ verb: 'define', thing: 'place', code, name: code, kind: 'location', parent: site })
    const lot = { item: 'BAR', lot: `${site}-LOT`, quantity: { value: '5' }, place: `${site}-1` }
    await plant.do({ verb: 'receive', ...lot })
  }
  await plant.do({ verb: 'define', thing: 'place', code: 'YARD', name: 'YARD', kind: 'location' })
}

story('[H1 I1 H2] a key acts under its own name, within its roles, verbs and sites', async (plant) => {
  await twoSites(plant)
  const { secret } = await ask<Opened>(plant, '/v1/keys', {
    name: 'wms',
    roles: [{ role: 'warehouse', site: 'NORTH' }],
    verbs: ['move', 'count'],
  })
  const wms = programWith(plant, secret)
  const { position } = await wms.capture({ verb: 'move', what: 'NORTH-LOT', to: 'NORTH-2' })
  expect(await ask(plant, `/v1/events/${position}`)).toMatchObject({ actor: 'key:wms' })
  expect(await came(wms.capture({ verb: 'move', what: 'SOUTH-LOT', to: 'SOUTH-2' }))).toBe('not_allowed')
  expect(await came(wms.capture({ verb: 'move', what: 'NORTH-LOT', to: 'YARD' }))).toBe('not_allowed')
  // Its role may split, and the key may not.
  const split = { verb: 'split', what: 'NORTH-LOT', into: [{ quantity: { value: '1' } }] } as const
  expect(await came(wms.capture({ ...split, into: [...split.into] }))).toBe('not_allowed')
  const bulk = await wms.ask<{ results: { ok: boolean }[] }>({
    method: 'POST',
    path: '/v1/captures',
    json: {
      mode: 'each',
      commands: ['NORTH-1', 'SOUTH-2'].map((to) => ({
        ...{ verb: 'move', what: `${to.slice(0, 5)}-LOT`, to, key: `move-to-${to}` },
      })),
    },
  })
  expect(bulk.results.map(({ ok }) => ok)).toEqual([true, false])
  expect(await came(wms.ask({ method: 'GET', path: '/v1/account/sessions' }))).toBe('not_allowed')
})

story('[H1 F1] the secret is shown once; a use and a failed use of it are kept', async (plant) => {
  const { key, secret } = await ask<Opened>(plant, '/v1/keys', { name: 'erp', roles: [{ role: 'planner' }] })
  expect(secret).toMatch(/^lotline_[0-9a-f]{12}_[\w-]{43}$/)
  const [prefix] = key.secrets.map((each) => each.prefix)
  expect(secret.startsWith(`${prefix}_`)).toBe(true)
  for (let at = 0; at < 3; at++) await programWith(plant, secret).ask({ method: 'GET', path: '/v1/items' })
  const listed = JSON.stringify(await ask(plant, '/v1/keys'))
  expect(listed).toContain(prefix)
  expect(listed).not.toContain(secret.slice(-43))
  expect(JSON.parse(listed).keys[0].secrets[0]).toMatchObject({
    usedAt: expect.any(String),
    usedFrom: '127.0.0.1',
  })
  const guess = programWith(plant, `${secret.slice(0, -4)}AAAA`)
  expect(await came(guess.ask({ method: 'GET', path: '/v1/items' }))).toBe('api_key_refused')
  await ask(plant, `/v1/keys/${key.id}/revoke`, {})
  const revoked = programWith(plant, secret)
  expect(await came(revoked.ask({ method: 'GET', path: '/v1/items' }))).toBe('api_key_refused')
  const { entries } = await ask<{ entries: { kind: string; actor: string; body: object }[] }>(
    plant,
    '/v1/audit',
  )
  const told = entries.filter(({ kind }) => kind.startsWith('key-')).toReversed()
  expect(told).toMatchObject([
    { kind: 'key-made', actor: 'administrator', body: { about: 'erp', prefix } },
    { kind: 'key-used', actor: 'key:erp', body: { about: 'GET /v1/items', prefix, address: '127.0.0.1' } },
    { kind: 'key-refused', actor: 'stranger', body: { about: 'GET /v1/items: no such key' } },
    { kind: 'key-revoked', actor: 'administrator', body: { about: 'erp' } },
    { kind: 'key-refused', actor: 'key:erp', body: { about: 'GET /v1/items: revoked', prefix } },
  ])
  expect(JSON.stringify(entries)).not.toContain(secret.slice(-43))
})

story('[H1] a secret is changed while the program runs: both are good for the overlap', async (plant) => {
  const first = await ask<Opened>(plant, '/v1/keys', { name: 'mes', roles: [{ role: 'auditor' }] })
  const rotate = (overlapHours: number) =>
    ask<Opened>(plant, `/v1/keys/${first.key.id}/rotate`, { overlapHours })
  const reads = (secret: string) => came(programWith(plant, secret).ask({ method: 'GET', path: '/v1/items' }))
  const second = await rotate(24)
  expect([await reads(first.secret), await reads(second.secret)]).toEqual(['done', 'done'])
  const third = await rotate(0)
  expect([await reads(first.secret), await reads(second.secret)]).toEqual([
    'api_key_refused',
    'api_key_refused',
  ])
  expect(await reads(third.secret)).toBe('done')
  await ask(plant, `/v1/keys/${first.key.id}/revoke`, {})
  expect(await came(rotate(24))).toBe('key_revoked')
})

story(
  '[H1 H3] a key makes no keys and no people, and one of a customer sees the customer’s own',
  async (plant) => {
    await twoSites(plant)
    const boss = await ask<Opened>(plant, '/v1/keys', { name: 'boss', roles: [{ role: 'administrator' }] })
    const program = programWith(plant, boss.secret)
    const post = (path: string, json: object) => came(program.ask({ method: 'POST', path, json }))
    const role = [{ role: 'operator' }]
    expect(await post('/v1/keys', { name: 'more', roles: role })).toBe('not_allowed')
    expect(await post('/v1/people', { name: 'mole', printedName: 'M', roles: role })).toBe('not_allowed')
    expect(await came(program.ask({ method: 'GET', path: '/v1/keys' }))).toBe('done')
    const { secret } = await ask<Opened>(plant, '/v1/keys', {
      ...{ name: 'portal', roles: [{ role: 'customer' }], party: 'ALFA' },
    })
    const portal = programWith(plant, secret)
    expect((await portal.search('NORTH-LOT')).matches).toEqual([])
    expect(await came(portal.ask({ method: 'GET', path: '/v1/items' }))).toBe('not_allowed')
  },
)

story('[H1] a key that would be wrong is not made, and the refusal says why', async (plant) => {
  const add = (json: object) => came(ask(plant, '/v1/keys', json))
  const roles = [{ role: 'receiver' }]
  expect(await add({ name: 'ok-1', roles })).toBe('done')
  expect(await add({ name: 'OK-1', roles })).toBe('key_name_taken')
  expect(await add({ name: 'a b', roles })).toBe('key_name_malformed')
  expect(await add({ name: 'ship-it', roles, verbs: ['ship'] })).toBe('verbs_beyond_roles')
  expect(await add({ name: 'mixed', roles: [{ role: 'customer' }] })).toBe('roles_mixed')
  expect(await add({ name: 'for-ever', roles, days: 4_000 })).toBe('request_malformed')
})
