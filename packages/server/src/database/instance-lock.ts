import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startOf } from './process-identity.ts'
import { StartRefused } from './start-refused.ts'

interface Holder {
  readonly pid: number
  readonly start: string
  readonly since: string
}

/** The right to be the only Lotline on a data folder. */
export interface InstanceLock {
  release(): Promise<void>
}

/**
 * Takes the folder for this process, or refuses in words when a living process has it. A lock that a killed process
 * left behind is taken over: process id and start time together tell it from a living one.
 */
export async function lockFolder(folder: string, startedAt: string): Promise<InstanceLock> {
  const path = join(folder, 'lotline.lock')
  const mine: Holder = { pid: process.pid, start: (await startOf(process.pid)) ?? '', since: startedAt }
  const draft = join(folder, `lotline.lock.${process.pid}`)
  await writeFile(draft, JSON.stringify(mine), { mode: 0o644 })
  try {
    for (let tries = 0; tries < 3; tries++) {
      if (await claim(draft, path)) return { release: () => release(path) }
      const holder = await readHolder(path)
      if (holder && (await isLiving(holder))) throw alreadyRunning(folder, holder)
      await setAside(path, holder)
    }
    throw new StartRefused(
      `The lock of ${folder} could not be taken.`,
      'Another Lotline is starting on it: wait for that one.',
    )
  } finally {
    await rm(draft, { force: true })
  }
}

/** A hard link either comes into being with its whole content or not at all. */
async function claim(draft: string, path: string): Promise<boolean> {
  return link(draft, path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return false
      throw error
    },
  )
}

/** Moves a dead lock away; should another start have replaced it meanwhile, the other's is put back. */
async function setAside(path: string, dead: Holder | undefined): Promise<void> {
  const aside = `${path}.dead.${process.pid}`
  const moved = await rename(path, aside).then(
    () => true,
    () => false,
  )
  if (!moved) return
  const taken = await readHolder(aside)
  if (taken && taken.start !== dead?.start) await claim(aside, path)
  await rm(aside, { force: true })
}

async function readHolder(path: string): Promise<Holder | undefined> {
  const text = await readFile(path, 'utf8').catch(() => '')
  try {
    const value: unknown = JSON.parse(text)
    return isHolder(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isHolder(value: unknown): value is Holder {
  return typeof value === 'object' && value !== null && 'pid' in value && 'start' in value && 'since' in value
}

async function isLiving(holder: Holder): Promise<boolean> {
  const start = await startOf(holder.pid)
  return start !== undefined && start === holder.start
}

function alreadyRunning(folder: string, holder: Holder): StartRefused {
  return new StartRefused(
    `Lotline is already running on ${folder} (process ${holder.pid}, since ${holder.since}).`,
    'Use that one, stop it first, or start with another data folder.',
  )
}

async function release(path: string): Promise<void> {
  const holder = await readHolder(path)
  if (holder?.pid === process.pid) await rm(path, { force: true })
}
