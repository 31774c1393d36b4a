import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { missingGuards } from './guards.ts'
import { withClient } from './own-connection.ts'
import { testDatabase, type TestDatabase } from './testing.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

describe('a migrated database', () => {
  test('[F1] has every guard in place', async () => {
    expect(await withClient(database.admin, missingGuards)).toEqual([])
  })
})
