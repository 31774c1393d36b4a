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
  const url = given.text('url') ?? (given.has('data') ? undefined : process.env['LOTLINE_URL'])
  const token = given.text('token') ?? process.env['LOTLINE_TOKEN']
  if (url !== undefined) return new Client({ url, token })
  const folder = dataFolder(given)
  const running = runningIn(folder)
  if (!running) {
    throw new CannotDo(
      `No Lotline runs on ${folder}. Start it with: lotline start --data ${folder} (or name another with --data or LOTLINE_URL).`,
    )
  }
  return new Client({ url: running.url, token: token ?? running.token })
}

/** The server that runs on a data folder, if there is one. */
export function runningIn(folder: string): { readonly url: string; readonly token: string } | undefined {
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
