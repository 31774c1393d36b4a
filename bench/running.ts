import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { adminUser, startEmbedded } from '@lotline/server/database/embedded'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** A database server of the benchmark's own, with full durability, in a temporary folder. */
export interface BenchDatabase {
  url(database: string): string
  connect(database: string): Promise<pg.Client>
  create(database: string): Promise<void>
  close(): Promise<void>
}

export async function startDatabase(): Promise<BenchDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'lotline-bench-'))
  const server = await startEmbedded(folder)
  const url = (database: string) =>
    `postgres://${adminUser}:${encodeURIComponent(server.secrets.admin)}@127.0.0.1:${server.port()}/${database}`
  const connect = async (database: string) => {
    const client = new pg.Client({ connectionString: url(database) })
    // Told again by whoever awaits a query; without a listener the process would end first.
    client.on('error', () => undefined)
    await client.connect()
    return client
  }
  return {
    url,
    connect,
    create: async (database) => {
      const client = await connect('postgres')
      await client.query(`create database ${database}`)
      await client.end()
    },
    close: async () => {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A Lotline server as a user starts it, in a process of its own. */
export interface RunningLotline {
  readonly url: string
  readonly token: string
  /** Milliseconds from spawning the process to its line that it is ready. */
  readonly readyMs: number
  stop(): Promise<void>
}

/** Starts the server on a data folder, or on `databaseUrl`, without demo data unless asked. */
export async function startLotline(ask: {
  folder: string
  databaseUrl?: string
  demo?: boolean
}): Promise<RunningLotline> {
  const from = performance.now()
  // The size of the young generation is as `npm start` sets it.
  const args = [
    '--max-semi-space-size=64',
    join(root, 'packages/cli/bin/lotline.mjs'),
    'start',
    '--data',
    ask.folder,
    '--port',
    '0',
    ...(ask.demo ? [] : ['--no-demo']),
  ]
  const environment = { ...process.env, ...(ask.databaseUrl ? { DATABASE_URL: ask.databaseUrl } : {}) }
  const child = spawn(process.execPath, args, {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = await readyLine(child)
  const readyMs = performance.now() - from
  return {
    url,
    token: readFileSync(join(ask.folder, 'admin-token'), 'utf8').trim(),
    readyMs,
    stop: async () => {
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    },
  }
}

async function readyLine(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('the server has no output')
  for await (const line of createInterface({ input: child.stdout })) {
    const ready = /Lotline is ready at (\S+)/.exec(line)
    if (ready?.[1]) return ready[1]
  }
  throw new Error('the server ended before it was ready')
}

/** Sends one request as the administrator and gives the answer's JSON; throws what the server said otherwise. */
export async function ask(
  server: RunningLotline,
  path: string,
  body?: unknown,
  key?: string,
): Promise<unknown> {
  const response = await fetch(server.url + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      authorization: `Bearer ${server.token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const answer: unknown = await response.json()
  if (!response.ok) throw new Error(`${path}: ${response.status} ${JSON.stringify(answer)}`)
  return answer
}
