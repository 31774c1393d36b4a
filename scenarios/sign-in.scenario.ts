import { expect } from 'vitest'
import { browse } from './browse.ts'
import { story, type StoryPlant } from './story.ts'

/** Adds a person as the machine's administrator, and lets the person set the password. */
async function added(plant: StoryPlant, name: string, roles: readonly object[]): Promise<string> {
  const { link } = await plant.client.ask<{ link: string }>({
    method: 'POST',
    path: '/v1/people',
    json: { name, printedName: name, roles },
  })
  const code = link.split('#')[1]
  const used = await browse(plant, '/v1/links/use', { code, password: password(name) })
  expect(used.status, JSON.stringify(used.body)).toBe(200)
  return used.cookie
}

const password = (name: string) => `${name} likes long walks`

story(
  '[H1] the first administrator is made by a link that works once, and nobody has a password before',
  async (plant) => {
    const { link } = await plant.client.ask<{ link: string }>({
      method: 'POST',
      path: '/v1/people/first-link',
    })
    const code = link.split('#')[1]
    expect((await browse(plant, '/v1/links/look', { code })).body).toEqual({ first: true, name: null })
    const use = (more: object) =>
      browse(plant, '/v1/links/use', { code, name: 'mara', printedName: 'Mara Ito', ...more })
    expect((await use({ password: 'short' })).body['code']).toBe('password_length')
    expect((await use({ password: 'password123' })).body['code']).toBe('password_common')
    expect((await use({ name: 'administrator', password: 'a green bicycle' })).body['code']).toBe(
      'sign_in_name_malformed',
    )
    const mara = await use({ password: 'a green bicycle' })
    expect(mara.cookieRules).toMatch(/^lotline-session=[\w-]{43}; .*Path=\/; HttpOnly; SameSite=Strict$/)
    expect((await use({ password: 'a green bicycle' })).body['code']).toBe('link_spent')
    const session = await browse(plant, '/v1/session', undefined, mara.cookie)
    expect(session.body).toMatchObject({
      person: 'mara',
      printedName: 'Mara Ito',
      demo: false,
      demoPeople: [],
    })
    expect(session.body['roles']).toContain('administrator')
    const again = await plant.client.ask<object>({ method: 'POST', path: '/v1/people/first-link' })
    expect(again).toEqual({ done: false })
    const people = await browse(plant, '/v1/people', undefined, mara.cookie)
    expect(people.body['people']).toMatchObject([{ name: 'mara', hasPassword: true }])
    const id = (people.body['people'] as { id: string }[])[0]?.id
    const last = await browse(plant, `/v1/people/${id}/disable`, {}, mara.cookie)
    expect(last.body['code']).toBe('last_administrator')
  },
)

story(
  '[H1 F1] whoever signs in acts under the own name, within the own job, and all of it is kept',
  async (plant) => {
    await plant.define({ items: { BAR: {} }, places: ['STORE', 'LINE'] })
    await plant.do({ verb: 'receive', item: 'BAR', lot: 'R-1', quantity: { value: '5' }, place: 'STORE' })
    const cookie = await added(plant, 'wes', [{ role: 'warehouse' }])
    const move = { verb: 'move', what: 'R-1', to: 'LINE', key: 'move-by-wes' }
    const moved = await browse(plant, '/v1/captures', move, cookie)
    expect(moved.status, JSON.stringify(moved.body)).toBe(201)
    const event = await plant.client.ask<{ actor: string }>({
      method: 'GET',
      path: `/v1/events/${String(moved.body['position'])}`,
    })
    expect(event.actor).toBe('wes')
    const release = { verb: 'release', hold: 1, reason: 'It looks fine', key: 'release-by-wes' }
    const refused = await browse(plant, '/v1/captures', release, cookie)
    expect([refused.status, refused.body['code']]).toEqual([403, 'not_allowed'])
    expect(refused.body['fix']).toContain('quality')
    expect((await browse(plant, '/v1/people', undefined, cookie)).status).toBe(403)
    expect((await browse(plant, '/v1/sign-out', {}, cookie)).status).toBe(200)
    expect((await browse(plant, '/v1/items', undefined, cookie)).body['code']).toBe('session_over')
    const wrong = await browse(plant, '/v1/sign-in', { name: 'wes', password: 'not this one' })
    expect([wrong.status, wrong.body['code']]).toEqual([401, 'sign_in_refused'])
    const audit = await plant.client.ask<{ entries: { no: number; kind: string; actor: string }[] }>({
      method: 'GET',
      path: '/v1/audit',
    })
    expect(audit.entries.map(({ kind, actor }) => `${kind} ${actor}`).toReversed()).toEqual([
      'person-added administrator',
      'password-set wes',
      'signed-in wes',
      'denied wes',
      'denied wes',
      'signed-out wes',
      'denied stranger',
      'sign-in-refused wes',
    ])
    expect(audit.entries.map(({ no }) => no)).toEqual([8, 7, 6, 5, 4, 3, 2, 1])
  },
)

story('[H1] a name that is guessed at too often has to wait, whether it exists or not', async (plant) => {
  await added(plant, 'ines', [{ role: 'auditor' }])
  for (const name of ['nobody-at-all', 'ines']) {
    const told: unknown[] = []
    for (let at = 0; at < 6; at++)
      told.push((await browse(plant, '/v1/sign-in', { name, password: `guess number ${at}` })).body['code'])
    expect(told, name).toEqual([...Array<string>(5).fill('sign_in_refused'), 'sign_in_too_often'])
  }
  const right = await browse(plant, '/v1/sign-in', { name: 'INES', password: password('ines') })
  expect([right.status, right.body['code']]).toEqual([429, 'sign_in_too_often'])
})

story('[H1] a lost tablet and a person who left are shut out at once', async (plant) => {
  const first = await added(plant, 'otto', [{ role: 'operator' }])
  const second = (await browse(plant, '/v1/sign-in', { name: 'otto', password: password('otto') })).cookie
  expect(second).not.toBe(first)
  const { sessions } = (await browse(plant, '/v1/account/sessions', undefined, second)).body as {
    sessions: { id: string; current: boolean }[]
  }
  const lost = sessions.find(({ current }) => !current)
  expect((await browse(plant, `/v1/account/sessions/${lost?.id}/end`, {}, second)).status).toBe(200)
  expect((await browse(plant, '/v1/items', undefined, first)).body['code']).toBe('session_over')
  const change = { current: password('otto'), password: 'seven quiet otters' }
  const wrong = { ...change, current: 'something else' }
  expect((await browse(plant, '/v1/account/password', wrong, second)).body['code']).toBe('password_wrong')
  expect((await browse(plant, '/v1/account/password', change, second)).status).toBe(200)
  const { people } = await plant.client.ask<{ people: { id: string }[] }>({
    method: 'GET',
    path: '/v1/people',
  })
  const id = people[0]?.id
  await plant.client.ask({
    method: 'POST',
    path: `/v1/people/${id}/roles`,
    json: { roles: [{ role: 'auditor' }] },
  })
  expect((await browse(plant, '/v1/session', undefined, second)).body['roles']).toEqual(['auditor'])
  await plant.client.ask({ method: 'POST', path: `/v1/people/${id}/disable` })
  expect((await browse(plant, '/v1/items', undefined, second)).body['code']).toBe('session_over')
  const again = { name: 'otto', password: 'seven quiet otters' }
  expect((await browse(plant, '/v1/sign-in', again)).body['code']).toBe('sign_in_refused')
  await expect(added(plant, 'Otto', [{ role: 'operator' }])).rejects.toMatchObject({
    code: 'sign_in_name_taken',
  })
})

story('[H1] the link of the first administrator is worth nothing once there is one', async (plant) => {
  const { link } = await plant.client.ask<{ link: string }>({ method: 'POST', path: '/v1/people/first-link' })
  await added(plant, 'adam', [{ role: 'administrator' }])
  const given = { code: link.split('#')[1], name: 'eve', printedName: 'Eve', password: 'a green bicycle' }
  expect((await browse(plant, '/v1/links/use', given)).body['code']).toBe('administrator_there')
})

story('[H1 H2] roles are given for sites that exist, and companies have their own', async (plant) => {
  await plant.define({ customers: ['ACME'] })
  await plant.do({ verb: 'define', thing: 'place', code: 'NORTH', name: 'North works', kind: 'site' })
  const add = (name: string, more: object) =>
    plant.client
      .ask<{ person?: object; code?: string }>({
        method: 'POST',
        path: '/v1/people',
        json: { name, printedName: name, ...more },
      })
      .catch((error: { code: string }) => ({ code: error.code }))
  const north = { roles: [{ role: 'quality', site: 'NORTH' }] }
  expect(await add('nora', north)).toMatchObject({ person: { roles: [{ role: 'quality', site: 'NORTH' }] } })
  expect(await add('sara', { roles: [{ role: 'quality', site: 'SOUTH' }] })).toEqual({ code: 'site_unknown' })
  expect(await add('carl', { roles: [{ role: 'customer' }] })).toEqual({ code: 'roles_mixed' })
  const both = { roles: [{ role: 'customer' }, { role: 'quality' }], party: 'ACME' }
  expect(await add('carl', both)).toEqual({ code: 'roles_mixed' })
  expect(await add('carl', { roles: [{ role: 'customer' }], party: 'NONE' })).toEqual({
    code: 'company_unknown',
  })
  expect(await add('carl', { roles: [{ role: 'customer' }], party: 'ACME' })).toMatchObject({
    person: { party: 'ACME' },
  })
})
