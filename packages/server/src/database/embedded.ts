import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, mkdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Fault } from '@lotline/core/base/assert'
import { findPostgres, type PostgresPrograms } from './binaries.ts'
import { type InstanceLock, lockFolder } from './instance-lock.ts'
import {
  clearOrphan,
  type Postmaster,
  type PostmasterPlan,
  startPostmaster,
  stopPostmaster,
} from './postmaster.ts'
import { chooseRunAs, giveTo, makePrivateFolder, type RunAs, spawnAs } from './run-as.ts'

/** The random secrets of the server's three logins, kept in a file that only the owner of the data folder can read. */
export interface Secrets {
  readonly admin: string
  readonly app: string
  readonly verify: string
}

/** A PostgreSQL of our own in a data folder. It is watched: when it dies it is started again on the same data. */
export interface EmbeddedPostgres {
  readonly secrets: Secrets
  /** Stays the same when the server had to be started again. */
  port(): number
  pid(): number
  /** Process id of a server that an earlier, killed Lotline left running and this start has ended. */
  readonly orphanStopped: number | undefined
  /** Fast, then immediate, then SIGKILL; afterwards the folder is free for the next start. Safe to call twice. */
  stop(): Promise<void>
}

export const adminUser = 'lotline_admin'

export interface EmbeddedOptions {
  /** Server settings beyond our own: tests switch `fsync` off. */
  readonly settings?: Readonly<Record<string, string>>
  /** For people who read logs; never called with a secret. */
  readonly note?: (message: string) => void
}

const restartsInARowMax = 5

/**
 * Starts PostgreSQL on `folder`, making the database files on first use (about 1 s; later starts 0.1 s). Refuses in words
 * (`StartRefused`) when another Lotline has the folder or the machine cannot run it.
 */
export async function startEmbedded(
  folder: string,
  options: EmbeddedOptions = {},
): Promise<EmbeddedPostgres> {
  await mkdir(folder, { recursive: true })
  const root = await realpath(folder)
  const lock = await lockFolder(root, new Date().toISOString())
  try {
    return await startLocked(root, lock, options)
  } catch (error) {
    await lock.release()
    throw error
  }
}

async function startLocked(
  root: string,
  lock: InstanceLock,
  options: EmbeddedOptions,
): Promise<EmbeddedPostgres> {
  const programs = await findPostgres()
  const dataFolder = join(root, 'postgres')
  const logFolder = join(root, 'postgres-log')
  const as = await chooseRunAs(dataFolder)
  const orphanStopped = await clearOrphan(dataFolder)
  const secrets = await secretsOf(root)
  await makePrivateFolder(as, logFolder)
  if (!existsSync(join(dataFolder, 'PG_VERSION'))) {
    await makeDatabaseFiles({ programs, as, root, dataFolder, password: secrets.admin })
  }
  const watched = await watch(
    {
      program: programs.postgres,
      as,
      dataFolder,
      logFolder,
      settings: options.settings ?? {},
      user: adminUser,
      password: secrets.admin,
      readyMsMax: 30_000,
    },
    options.note ?? (() => {}),
  )
  return {
    secrets,
    orphanStopped,
    port: () => watched.current().port,
    pid: () => watched.current().pid,
    stop: async () => {
      await watched.stop()
      await lock.release()
    },
  }
}

/** `initdb` into a folder beside, then renamed: a kill half way leaves nothing that looks like a database. */
async function makeDatabaseFiles(plan: {
  programs: PostgresPrograms
  as: RunAs
  root: string
  dataFolder: string
  password: string
}): Promise<void> {
  const draft = `${plan.dataFolder}.new`
  const passwordFile = join(plan.root, 'postgres-password')
  await rm(draft, { recursive: true, force: true })
  await makePrivateFolder(plan.as, draft)
  await writeFile(passwordFile, plan.password, { mode: 0o600 })
  await giveTo(plan.as, passwordFile)
  try {
    await runToEnd(plan.as, plan.programs.initdb, [
      `--pgdata=${draft}`,
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C.UTF-8',
      '--data-checksums',
      '--auth=scram-sha-256',
      `--username=${adminUser}`,
      `--pwfile=${passwordFile}`,
    ])
  } finally {
    await rm(passwordFile, { force: true })
  }
  await rename(draft, plan.dataFolder)
}

async function runToEnd(as: RunAs, program: string, args: readonly string[]): Promise<void> {
  const child = spawnAs(as, program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  const listen = (chunk: Buffer) => (said += chunk.toString())
  child.stdout?.on('data', listen)
  child.stderr?.on('data', listen)
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Fault(`${program} ended with ${code}: ${said.slice(-2000)}`)),
    )
  })
}

async function secretsOf(root: string): Promise<Secrets> {
  const path = join(root, 'postgres-secret')
  if (!existsSync(path)) {
    const made: Secrets = { admin: randomSecret(), app: randomSecret(), verify: randomSecret() }
    await writeFile(`${path}.new`, JSON.stringify(made), { mode: 0o600 })
    await rename(`${path}.new`, path)
  }
  await chmod(path, 0o600)
  const secrets: Secrets = JSON.parse(await readFile(path, 'utf8'))
  return secrets
}

function randomSecret(): string {
  return randomBytes(32).toString('base64url')
}

interface Watched {
  current(): Postmaster
  stop(): Promise<void>
}

/** Keeps a server running: one that dies is started again, at most five times without a minute's rest. */
async function watch(plan: PostmasterPlan, note: (message: string) => void): Promise<Watched> {
  let current = await startWithRetry(plan)
  let stopping = false
  let inARow = 0
  let restarting: Promise<void> = Promise.resolve()
  const follow = (server: Postmaster): void => {
    const since = performance.now()
    void server.exited.then(() => {
      if (stopping) return
      inARow = performance.now() - since > 60_000 ? 1 : inARow + 1
      note(`PostgreSQL (process ${server.pid}) has died; starting it again (${inARow}).`)
      if (inARow <= restartsInARowMax) restarting = again()
    })
  }
  const again = async (): Promise<void> => {
    try {
      await clearOrphan(plan.dataFolder)
      // On the same port: whoever was connected finds it again there.
      current = await startWithRetry(plan, current.port)
      if (stopping) return
      follow(current)
    } catch (error) {
      note(`PostgreSQL could not be started again: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  follow(current)
  return {
    current: () => current,
    stop: async () => {
      stopping = true
      await restarting
      await stopPostmaster(current.pid, { fast: 10_000, immediate: 5_000 })
      await current.exited
    },
  }
}

/**
 * A second try helps when the chosen port was taken meanwhile, and while the children of a killed server still hold its
 * shared memory (they notice within a moment).
 */
async function startWithRetry(plan: PostmasterPlan, port?: number): Promise<Postmaster> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await startPostmaster(plan, port)
    } catch (error) {
      if (attempt === 5) throw error
      await pause(100 * attempt)
    }
  }
}
