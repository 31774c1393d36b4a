import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from '@lotline/client/client'
import { CannotDo } from './exit-code.ts'
import type { Given } from './verb.ts'

/** The data folder: told, from the environment, or `.lotline` where the command was typed. */
export function dataFolder(given: Given): string {
  return given.text('data') ?? process.env['LOTLINE_DATA'] ?? '.lotline'
}

/** The server a command talks to. Throws `CannotDo` with what to do where none can be found. */
export function findServer(given: Given): Client {
  const running = runningServer(given)
  if (running) return running
  const folder = dataFolder(given)
  requireFolder(folder)
  throw new CannotDo(
    `No Lotline runs on ${folder}. Start it with: lotline start --data ${folder} (or name another with --data or LOTLINE_URL).`,
  )
}

/** The server that was named by its address, or that runs on the data folder; undefined where none runs. */
export function runningServer(given: Given): Client | undefined {
  const url = given.text('url') ?? (given.has('data') ? undefined : process.env['LOTLINE_URL'])
  const token = given.text('token') ?? process.env['LOTLINE_TOKEN']
  if (url !== undefined) return new Client({ url, token })
  const running = runningIn(dataFolder(given))
  return running && new Client({ url: running.url, token: token ?? running.token })
}

/** Throws `CannotDo` where no Lotline ever kept its data: a mistyped folder must not look like an empty, whole ledger. */
export function requireFolder(folder: string): void {
  // Made whole under another name and renamed, so where it is, there is a database.
  if (existsSync(join(folder, 'postgres')) || existsSync(join(folder, 'admin-token'))) return
  throw new CannotDo(
    `There is no Lotline database in ${folder}. Name the data folder with --data or LOTLINE_DATA, or begin one with: lotline start --data ${folder}`,
  )
}

function runningIn(folder: string): { readonly url: string; readonly token: string } | undefined {
  const [server, token] = [join(folder, 'server.json'), join(folder, 'admin-token')]
  if (!existsSync(server) || !existsSync(token)) return undefined
  const { url, pid }: { url: string; pid: number } = JSON.parse(readFileSync(server, 'utf8'))
  return isAlive(pid) ? { url, token: readFileSync(token, 'utf8').trim() } : undefined
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // Another user's process is alive too.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
