import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { adminUser, startEmbedded } from './embedded.ts'
import { migrate } from './migrate.ts'
import { withClient } from './own-connection.ts'
import { templateName } from './test-template.ts'

/**
 * One PostgreSQL for a whole test run, and in it a migrated template from which each test file copies its database. It does
 * not wait for the disk: a test's data need not survive the machine. Tests of durability start servers of their own.
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'lotline-test-'))
  const server = await startEmbedded(folder, {
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' },
  })
  const at = { host: '127.0.0.1', port: server.port(), user: adminUser, password: server.secrets.admin }
  await withClient({ ...at, database: 'postgres' }, (client) =>
    client.query(`create database ${templateName}`),
  )
  await withClient({ ...at, database: templateName }, async (client) => {
    await migrate(client)
    await client.query(`alter role lotline_app login password '${server.secrets.app}'`)
    await client.query(`alter role lotline_verify login password '${server.secrets.verify}'`)
  })
  project.provide('testServer', {
    port: server.port(),
    adminPassword: server.secrets.admin,
    appPassword: server.secrets.app,
    verifyPassword: server.secrets.verify,
  })
  return async () => {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
