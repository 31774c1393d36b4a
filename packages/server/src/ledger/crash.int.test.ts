import { type ChildProcess, fork } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { openDatabase } from '../database/database.ts'
import { ensureOrganisation } from '../database/organisation.ts'
import { reading } from '../database/transaction.ts'
import { toyRules } from './toy-rules.testing.ts'
import { verify } from './verify.ts'

const children: ChildProcess[] = []
const folders: string[] = []

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true })
})

interface Said {
  readonly ready?: number
  readonly key?: string
  readonly position?: number
  readonly error?: string
}

/** Starts a recording program; resolves when it has begun, and collects what it acknowledges. */
async function startRecording(folder: string, run: string, acknowledged: Map<string, number>) {
  const child = fork(fileURLToPath(new URL('crash-writer.testing.ts', import.meta.url)), [folder, run], {
    execArgv: ['--import', import.meta.resolve('tsx')],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  children.push(child)
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  await new Promise<void>((resolve, reject) => {
    child.on('message', (said: Said) => {
      if (said.ready) resolve()
      if (said.error) reject(new Error(said.error))
      if (said.key !== undefined) acknowledged.set(said.key, said.position ?? -1)
    })
  })
  return { child, ended }
}

async function postgresOf(folder: string): Promise<number> {
  return Number((await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0])
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

test('[B18][K1] SIGKILL of the program and of PostgreSQL under load: nothing acknowledged is lost, nothing is doubled', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lotline-crash-'))
  folders.push(folder)
  const acknowledged = new Map<string, number>()

  const first = await startRecording(folder, 'first', acknowledged)
  await pause(400)
  first.child.kill('SIGKILL')
  await first.ended

  const second = await startRecording(folder, 'second', acknowledged)
  await pause(300)
  const before = acknowledged.size
  process.kill(await postgresOf(folder), 'SIGKILL')
  await expect.poll(() => acknowledged.size, { timeout: 20_000 }).toBeGreaterThan(before + 50)
  second.child.kill('SIGTERM')
  await second.ended

  const database = await openDatabase({ folder })
  try {
    const { org } = await ensureOrganisation(database.pool, 'acme', 'Acme')
    const stored = await reading(database.pool, org, (reader) =>
      reader.query<{ key: string; first_position: string }>('select key, first_position from capture_key'),
    )
    const positions = new Map(stored.map((row) => [row.key, Number(row.first_position)]))
    expect(acknowledged.size).toBeGreaterThan(100)
    const lost = [...acknowledged].filter(([key, position]) => positions.get(key) !== position)
    expect(lost).toEqual([])
    const [stock] = await reading(database.pool, org, (reader) =>
      reader.query<{ on_hand: string }>('select on_hand from stock where traceable = 1'),
    )
    expect(Number(stock?.on_hand)).toBe(stored.length)
    expect(new Set(positions.values()).size).toBe(stored.length)
    expect(await verify(database.pool, toyRules)).toMatchObject({ whole: true })
  } finally {
    await database.close()
  }
})
