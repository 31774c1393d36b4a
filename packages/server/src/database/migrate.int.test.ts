import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { guardTriggers, missingGuards } from './guards.ts'
import { migrate } from './migrate.ts'
import { ensureOrganisation } from './organisation.ts'
import { withClient } from './own-connection.ts'
import { checkGuards } from './start-checks.ts'
import { testDatabase, type TestDatabase, withTestDatabase } from './testing.ts'
import { inTransaction, reading } from './transaction.ts'

let database: TestDatabase
let org: number
beforeAll(async () => {
  database = await testDatabase()
  org = (await ensureOrganisation(database.pool, 'acme', 'Acme')).org
  await inTransaction(database.pool, org, async (tx) => {
    await tx.query(
      `insert into ledger_leaf values ($1, 0, decode(repeat('00', 32), 'hex'), sha256('\\x00aa'))`,
      [org],
    )
    await tx.query(`insert into event_bytes values ($1, 0, '\\xaa')`, [org])
    await tx.query(`update ledger_head set next_position = 1, leaf = sha256('\\x00aa'), recorded_at = now()`)
    await tx.query(`insert into capture_key values ($1, 'key', sha256('x'), '{}', 0, 0, now())`, [org])
    await tx.query(
      `insert into attempt values ($1, gen_random_uuid(), 'key', 'put', 'me', 'no', '{}', '{}', now())`,
      [org],
    )
    await tx.query(`insert into checkpoint values ($1, 1, sha256('x'), 'note', now())`, [org])
    await tx.query(`insert into audit_event values ($1, 1, now(), 'signed-in', 'me', '{}')`, [org])
    await tx.query(`insert into subtree values ($1, 'facts', 8, 0, sha256('x'))`, [org])
    await tx.query(`insert into checkpoint_key values ('0a0b0c0d', 0, 'note')`)
  })
})
afterAll(() => database.close())

describe('the guards', () => {
  test('[F1] are all in place after migration', async () => {
    expect(await withClient(database.admin, missingGuards)).toEqual([])
  })

  const tables = Object.keys(guardTriggers)
  test.each(tables)('[F1] keep %s from being changed, by the program and by its owner', async (table) => {
    const columns: Record<string, string> = {
      ledger_head: 'next_position = 0',
      checkpoint_key: 'ordinal = ordinal',
    }
    const column = columns[table] ?? 'org_id = org_id'
    const attacks = [`update ${table} set ${column}`, `delete from ${table}`, `truncate ${table} cascade`]
    for (const attack of attacks) {
      await expect(inTransaction(database.pool, org, (tx) => tx.query(attack))).rejects.toThrow(
        /permission denied|is refused|only moves forward/,
      )
      await expect(
        withClient(database.admin, async (client) => {
          await client.query(`set session_replication_role = replica; set app.org = '${org}'`)
          await client.query(attack)
        }),
      ).rejects.toThrow(/is refused|only moves forward/)
    }
  })

  test.each([
    ['a gap', 5, `decode(repeat('00', 32), 'hex')`],
    ['a false predecessor', 1, `sha256('other')`],
    ['a position taken twice', 0, `decode(repeat('00', 32), 'hex')`],
  ])('[F1] refuse %s in the chain', async (_, position, prev) => {
    const insert = `insert into ledger_leaf values ($1, ${position}, ${prev}, sha256('y'))`
    await expect(inTransaction(database.pool, org, (tx) => tx.query(insert, [org]))).rejects.toThrow(
      /does not continue the chain|duplicate key/,
    )
  })

  test('[F1] refuse bytes that are not those of their leaf', async () => {
    await expect(
      inTransaction(database.pool, org, async (tx) => {
        await tx.query(`insert into ledger_leaf values ($1, 1, sha256('\\x00aa'), sha256('y'))`, [org])
        await tx.query(`insert into event_bytes values ($1, 1, '\\xbb')`, [org])
      }),
    ).rejects.toThrow('are not those of its leaf')
  })

  test('[F1] that are taken away stop the next start, and are named', async () => {
    await withTestDatabase(async (other) => {
      await withClient(other.admin, async (client) => {
        await client.query('alter table event_bytes disable trigger no_change')
        await client.query('alter table stock no force row level security')
        await client.query('grant delete on ledger_leaf to lotline_app')
        await expect(checkGuards(client)).rejects.toThrow(
          /event_bytes.no_change.*stock does not keep organisations apart.*may DELETE ledger_leaf/s,
        )
      })
    })
  })
})

describe('organisations', () => {
  test('[F7] never see each other, whatever is asked', async () => {
    const other = (await ensureOrganisation(database.pool, 'other', 'Other')).org
    const seen = await reading(database.pool, other, (reader) => reader.query('select * from event_bytes'))
    expect(seen).toEqual([])
    expect((await database.pool.query('select * from event_bytes')).rows).toEqual([])
    await expect(
      inTransaction(database.pool, other, (tx) =>
        tx.query(`insert into counter values ($1, 'traceable', 1)`, [org]),
      ),
    ).rejects.toThrow('row-level security')
  })
})

describe('migration', () => {
  test('[K2] run again changes nothing', async () => {
    await withClient(database.admin, async (client) => {
      const applied = async () => (await client.query('select * from schema_migration order by name')).rows
      const before = await applied()
      await migrate(client)
      expect(await applied()).toEqual(before)
    })
  })

  test.each([
    ['written by a newer Lotline', `insert into schema_migration values ('9999_future.sql', 'x')`],
    ['differs from the one', `update schema_migration set checksum = 'x' where name like '0001%'`],
  ])('[K2] refuses a database that was %s', async (words, change) => {
    await withTestDatabase(async (other) => {
      await withClient(other.admin, async (client) => {
        await client.query(change)
        await expect(migrate(client)).rejects.toThrow(words)
      })
    })
  })
})
