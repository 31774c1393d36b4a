import type { ChildProcess } from 'node:child_process'
import { open, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { Fault } from '@lotline/core/base/assert'
import { isAlive, servesFolder } from './process-identity.ts'
import { type RunAs, spawnAs } from './run-as.ts'

/** A running server process and where it listens (loopback only). */
export interface Postmaster {
  readonly child: ChildProcess
  readonly pid: number
  readonly port: number
  /** Settles when the process is gone. */
  readonly exited: Promise<void>
}

export interface PostmasterPlan {
  readonly program: string
  readonly as: RunAs
  readonly dataFolder: string
  readonly logFolder: string
  /** Server settings beyond our own, for tests. */
  readonly settings: Readonly<Record<string, string>>
  readonly user: string
  readonly password: string
  /** Milliseconds to wait until it answers; a recovery that is under way may take longer and is waited for. */
  readonly readyMsMax: number
}

/** Our settings: loopback only, no Unix socket, everything durable, logs of one week. */
function settingsOf(plan: PostmasterPlan, port: number): Record<string, string> {
  return {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '100',
    shared_buffers: '128MB',
    max_wal_size: '2GB',
    // A first import fills empty tables within seconds; plans should hear of it soon.
    autovacuum_naptime: '15s',
    password_encryption: 'scram-sha-256',
    timezone: 'UTC',
    log_timezone: 'UTC',
    logging_collector: 'on',
    log_directory: plan.logFolder,
    log_filename: 'postgresql-%a.log',
    log_truncate_on_rotation: 'on',
    log_rotation_age: '1d',
    ...plan.settings,
  }
}

/** Starts the server and waits until it takes connections. Throws `Fault` with the end of its log when it does not. */
export async function startPostmaster(plan: PostmasterPlan, givenPort?: number): Promise<Postmaster> {
  const port = givenPort ?? (await freePort())
  const startLog = join(plan.logFolder, 'start.log')
  const log = await open(startLog, 'w', 0o600)
  const flags = Object.entries(settingsOf(plan, port)).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  // In a session of its own, so that Ctrl-C reaches this program alone, which then stops the server in order.
  const child = spawnAs(plan.as, plan.program, ['-D', plan.dataFolder, ...flags], {
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  })
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
  await log.close()
  // The server must not keep this program alive once everything else has ended.
  child.unref()
  const outcome = await Promise.race([
    exited.then(() => 'exited' as const),
    whenReady(plan, port).then(() => 'ready' as const),
  ])
  if (outcome === 'exited' || child.pid === undefined) {
    throw new Fault(`PostgreSQL did not start: ${(await readFile(startLog, 'utf8')).slice(-2000)}`)
  }
  return { child, pid: child.pid, port, exited }
}

async function whenReady(plan: PostmasterPlan, port: number): Promise<void> {
  const until = performance.now() + plan.readyMsMax
  for (;;) {
    const answer = await probe({ port, user: plan.user, password: plan.password })
    if (answer === 'ready') return
    // A server that says it is starting up is replaying its log after a crash: that takes what it takes.
    if (answer === 'silent' && performance.now() > until) {
      throw new Fault(`PostgreSQL did not answer within ${plan.readyMsMax} ms.`)
    }
    await pause(20)
  }
}

/** Asks a server on this machine for a sign of life. */
export async function probe(at: {
  port: number
  user: string
  password: string
}): Promise<'ready' | 'starting' | 'silent'> {
  const client = new pg.Client({
    host: '127.0.0.1',
    database: 'postgres',
    connectionTimeoutMillis: 2_000,
    query_timeout: 2_000,
    ...at,
  })
  client.on('error', ignoreLostProbe)
  try {
    await client.connect()
    await client.query('select 1')
    return 'ready'
  } catch (error) {
    // 57P03: cannot connect now. The server is there, but starting up, recovering or shutting down.
    return error instanceof pg.DatabaseError && error.code === '57P03' ? 'starting' : 'silent'
  } finally {
    await client.end().catch(ignoreLostProbe)
  }
}

/** A probe's connection may break at any time; the answer of `probe` already says so. */
function ignoreLostProbe(): void {}

/** Stops a server: fast (rolls back open transactions), then immediate (recovery at next start), then SIGKILL. */
export async function stopPostmaster(
  pid: number,
  waitMs: { fast: number; immediate: number },
): Promise<void> {
  const ladder: [NodeJS.Signals, number][] = [
    ['SIGINT', waitMs.fast],
    ['SIGQUIT', waitMs.immediate],
    ['SIGKILL', 10_000],
  ]
  for (const [signal, wait] of ladder) {
    if (!isAlive(pid)) return
    sendSignal(pid, signal)
    if (await goneWithin(pid, wait)) return
  }
  throw new Fault(`PostgreSQL (process ${pid}) could not be stopped.`)
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if (isAlive(pid)) throw error
  }
}

async function goneWithin(pid: number, milliseconds: number): Promise<boolean> {
  const until = performance.now() + milliseconds
  while (isAlive(pid)) {
    if (performance.now() > until) return false
    await pause(10)
  }
  return true
}

/**
 * Ends a server that outlived the program that started it (SIGKILL of the program leaves it running), and takes away the
 * pid file of one that is gone. Returns the process id of an orphan that was stopped.
 */
export async function clearOrphan(dataFolder: string): Promise<number | undefined> {
  const pidFile = join(dataFolder, 'postmaster.pid')
  const text = await readFile(pidFile, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const pid = Number(text.split('\n')[0])
  if (Number.isInteger(pid) && pid > 1 && (await servesFolder(pid, dataFolder))) {
    await stopPostmaster(pid, { fast: 10_000, immediate: 5_000 })
    return pid
  }
  // The number may meanwhile belong to another program; PostgreSQL would then refuse to start on its old pid file.
  await rm(pidFile, { force: true })
  return undefined
}

/** A port that is free now. Another program may take it before the server does: the start then fails and is tried again. */
async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => {
        if (address !== null && typeof address === 'object') resolve(address.port)
        else reject(new Fault('the system gave no port'))
      })
    })
  })
}
