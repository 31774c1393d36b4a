import { type ChildProcess, fork } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type pg from 'pg'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { openDatabase } from './database.ts'
import { adminUser, type EmbeddedPostgres, startEmbedded } from './embedded.ts'
import { withClient } from './own-connection.ts'
import { isAlive } from './process-identity.ts'
import { checkServer } from './start-checks.ts'

const folders: string[] = []
const running: EmbeddedPostgres[] = []
const children: ChildProcess[] = []

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  await Promise.all(running.splice(0).map((server) => server.stop()))
})
afterAll(async () => {
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })))
})

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'lotline-launch-'))
  folders.push(folder)
  return folder
}

async function start(folder: string): Promise<EmbeddedPostgres> {
  const server = await startEmbedded(folder)
  running.push(server)
  return server
}

function query(server: EmbeddedPostgres, text: string): Promise<pg.QueryResult> {
  return withClient(planOf(server), (client) => client.query(text))
}

function planOf(server: EmbeddedPostgres) {
  return {
    host: '127.0.0.1',
    port: server.port(),
    user: adminUser,
    password: server.secrets.admin,
    database: 'postgres',
  }
}

interface Launched {
  readonly pid?: number
  readonly error?: string
}

/** Starts a server from a Node process of its own. */
function launch(folder: string): Promise<{ child: ChildProcess; said: Launched }> {
  const child = fork(fileURLToPath(new URL('launch.testing.ts', import.meta.url)), [folder], {
    execArgv: ['--import', import.meta.resolve('tsx')],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  children.push(child)
  return new Promise((resolve, reject) => {
    child.once('message', (said: Launched) => resolve({ child, said }))
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`ended with ${code}`)))
  })
}

describe('the built-in PostgreSQL', () => {
  test('[K1] starts on an empty folder, keeps its data, and stops cleanly', async () => {
    const folder = await newFolder()
    const first = await start(folder)
    await query(first, 'create table public.kept as select 42 as answer')
    const pid = first.pid()
    await first.stop()
    expect(isAlive(pid)).toBe(false)
    expect(await readdir(folder)).not.toContain('lotline.lock')
    const second = await start(folder)
    expect((await query(second, 'select answer from public.kept')).rows).toEqual([{ answer: 42 }])
    expect(second.orphanStopped).toBeUndefined()
  })

  test('[K1] listens on this machine only, with checksums, SCRAM and a secret that only its owner reads', async () => {
    const folder = await newFolder()
    const server = await start(folder)
    const { rows } = await query(
      server,
      `select current_setting('listen_addresses') as addresses, current_setting('unix_socket_directories') as sockets,
              current_setting('data_checksums') as checksums, current_setting('fsync') as fsync,
              (select rolpassword like 'SCRAM-SHA-256$%' from pg_authid where rolname = current_user) as scram`,
    )
    expect(rows).toEqual([{ addresses: '127.0.0.1', sockets: '', checksums: 'on', fsync: 'on', scram: true }])
    expect((await stat(join(folder, 'postgres-secret'))).mode & 0o777).toBe(0o600)
    expect(await readdir(folder)).not.toContain('postgres-password')
    await expect(
      withClient({ ...planOf(server), password: 'guess' }, (client) => client.query('select 1')),
    ).rejects.toMatchObject({ code: '28P01' })
    await expect(withClient(planOf(server), checkServer)).resolves.toBeUndefined()
  })

  test('[K1] refuses a second instance on the same folder, in words', async () => {
    const folder = await newFolder()
    await start(folder)
    await expect(startEmbedded(folder)).rejects.toThrow(
      /already running on .* \(process \d+, since .*Use that one/s,
    )
    const { said } = await launch(folder)
    expect(said.error).toMatch(/already running/)
  })

  test('[K1] takes over a lock that a dead process left, even when its number is in use again', async () => {
    const folder = await newFolder()
    const dead = { pid: process.pid, start: 'long ago', since: '2026-01-01T00:00:00.000Z' }
    await writeFile(join(folder, 'lotline.lock'), JSON.stringify(dead))
    const server = await start(folder)
    expect(JSON.parse(await readFile(join(folder, 'lotline.lock'), 'utf8'))).not.toEqual(dead)
    expect((await query(server, 'select 1')).rowCount).toBe(1)
  })

  test('[K1] after SIGKILL of the program: the orphan is stopped, and nothing acknowledged is lost', async () => {
    const folder = await newFolder()
    const { child, said } = await launch(folder)
    const orphan = said.pid ?? 0
    child.kill('SIGKILL')
    await new Promise((resolve) => child.once('exit', resolve))
    expect(isAlive(orphan)).toBe(true)
    const server = await start(folder)
    expect(server.orphanStopped).toBe(orphan)
    expect(isAlive(orphan)).toBe(false)
    expect((await query(server, 'select 1')).rowCount).toBe(1)
  })

  test('[K1] after SIGKILL of the server it is started again on the same port, with all that was committed', async () => {
    const folder = await newFolder()
    const server = await start(folder)
    await query(server, 'create table public.kept as select 42 as answer')
    const { pid, port } = { pid: server.pid(), port: server.port() }
    process.kill(pid, 'SIGKILL')
    await expect.poll(() => server.pid(), { timeout: 15_000 }).not.toBe(pid)
    expect(server.port()).toBe(port)
    expect((await query(server, 'select answer from public.kept')).rows).toEqual([{ answer: 42 }])
  })

  test('[K1] a program that is asked to stop takes its server along', async () => {
    const folder = await newFolder()
    const { child, said } = await launch(folder)
    child.kill('SIGTERM')
    await new Promise((resolve) => child.once('exit', resolve))
    expect(isAlive(said.pid ?? 0)).toBe(false)
    expect(await readdir(folder)).not.toContain('lotline.lock')
  })
})

describe('an external PostgreSQL', () => {
  test('[K2] is used by one setting, and as a role without rights beyond its task', async () => {
    const server = await start(await newFolder())
    const url = `postgres://${adminUser}:${server.secrets.admin}@127.0.0.1:${server.port()}/postgres`
    const database = await openDatabase({ url })
    const { rows } = await database.pool.query('select current_user as role')
    expect(rows).toEqual([{ role: 'lotline_app' }])
    await database.close()
    const again = await openDatabase({ url })
    await again.close()
  })

  test.each(['fsync', 'full_page_writes', 'synchronous_commit'])(
    '[K2] with %s off is refused in words',
    async (setting) => {
      const server = await startEmbedded(await newFolder(), { settings: { [setting]: 'off' } })
      running.push(server)
      const url = `postgres://${adminUser}:${server.secrets.admin}@127.0.0.1:${server.port()}/postgres`
      await expect(openDatabase({ url })).rejects.toThrow(`runs with ${setting} = off`)
    },
  )

  test('[K2] that cannot be reached is told in words', async () => {
    await expect(openDatabase({ url: 'postgres://nobody:secret@127.0.0.1:1/none' })).rejects.toThrow(
      /DATABASE_URL cannot be used.*Check host/s,
    )
  })
})
