import { afterEach, beforeEach, expect, test } from 'vitest'
import { isRefusal } from '@lotline/core/base/refusal'
import { withClient } from '../database/own-connection.ts'
import { testDatabase, type TestDatabase } from '../database/testing.ts'
import { type Accounts, changing, looking } from './account.ts'
import { addKey, keyOfSecret } from './api-key.ts'
import { KeyUses, type KeyUse } from './key-uses.ts'

let database: TestDatabase
let accounts: Accounts
beforeEach(async () => {
  database = await testDatabase()
  accounts = { pool: database.pool, org: await database.organisation('acme') }
})
afterEach(() => database.close())

async function made(name: string): Promise<string> {
  const key = { name, party: null, grants: [{ role: 'operator', site: null }], verbs: null } as const
  const given = await changing(accounts, (tx) => addKey(tx, { ...key, days: 1, madeBy: 'me' }))
  if (isRefusal(given)) throw new Error(given.code)
  return given.secret
}

test('[H1] no row holds what opens a key, and a secret ends at its time', async () => {
  const secret = await made('erp')
  const rows = await withClient(database.admin, async (client) => {
    await client.query(`set search_path = lotline`)
    const { rows: all } = await client.query(
      'select k::text as key, s::text as secret from api_key k join api_key_secret s using (org_id, key_id)',
    )
    return JSON.stringify(all)
  })
  expect(rows).toContain(secret.slice(0, 20))
  expect(rows).not.toContain(secret.slice(21))
  const found = () => looking(accounts, (reader) => keyOfSecret(reader, secret))
  expect(await found()).toMatchObject({ isOver: false, key: { name: 'erp' } })
  await changing(accounts, (tx) =>
    tx.query(`update api_key_secret set made_at = made_at - interval '2 days',
    ends_at = now() - interval '1 second'`),
  )
  expect(await found()).toMatchObject({ isOver: true })
})

interface Entry {
  readonly kind: string
  readonly body: { readonly about: string; readonly times?: number }
}

const entries = () =>
  looking(accounts, (reader) =>
    reader.query<Entry & Record<string, unknown>>('select kind, body from audit_event order by audit_no'),
  )

test('[F1 H1] every use is kept: the first of a kind at once, those like it within a minute by their number', async () => {
  const prefix = (await made('erp')).slice(0, 20)
  const uses = new KeyUses(
    () => accounts,
    (error) => {
      throw error
    },
  )
  const use = (about: string): KeyUse => ({
    ...{ kind: 'key-used', actor: 'key:erp', about, address: '10.0.0.1', request: 'r', prefix },
  })
  for (const about of ['GET /a', 'GET /a', 'GET /b', 'GET /a']) await uses.note(use(about))
  const told = async () => (await entries()).map(({ body: { about, times } }) => [about, times])
  expect(await told()).toEqual([
    ['GET /a', undefined],
    ['GET /b', undefined],
  ])
  await uses.close()
  expect((await told()).slice(2)).toEqual([['GET /a', 2]])
})

test('[F1 H1] a use that could not be kept is not let pass', async () => {
  const lost = new KeyUses(
    () => ({ ...accounts, org: 999_999 }),
    () => {},
  )
  const use = {
    kind: 'key-used',
    actor: 'key:x',
    about: 'GET /a',
    address: 'a',
    request: 'r',
    prefix: 'p',
  } as const
  await withClient(database.admin, (client) =>
    client.query('revoke insert on lotline.audit_event from lotline_app'),
  )
  await expect(lost.note(use)).rejects.toThrow(/permission/)
  await expect(lost.note(use)).rejects.toThrow(/permission/)
  await lost.close()
})
