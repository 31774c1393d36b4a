import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startServer } from '@lotline/server/start/start-server'
import { smallPlant } from './small-plant.ts'

export interface ServedPlant {
  readonly url: string
  readonly token: string
  /** Asks the interface that programs use, as administrator. */
  ask(path: string, accept?: string): Promise<string>
  /** Records a fact as somebody else does, elsewhere. Gives the status of the answer. */
  capture(command: object): Promise<number>
  stop(): Promise<void>
}

/** A server of its own with the built page and a plant in it, the small one if none is given, on any free port. */
export async function servePlant(given: readonly object[] = smallPlant): Promise<ServedPlant> {
  const webRoot = join(dirname(fileURLToPath(import.meta.url)), '../../packages/web/dist')
  if (!existsSync(join(webRoot, 'index.html')))
    throw new Error('The page is not built. `npm test` builds it.')
  const folder = await mkdtemp(join(tmpdir(), 'lotline-page-'))
  const running = await startServer({ folder, port: 0, demo: false, webRoot, note: () => {} })
  const { url, token } = running
  const headers = { authorization: `Bearer ${token}` }
  const stop = async (): Promise<void> => {
    await running.stop()
    await rm(folder, { recursive: true, force: true })
  }
  const commands = given.map((command, at) => ({
    ...command,
    key: `small-plant-${String(at).padStart(3, '0')}`,
  }))
  const answer = await fetch(`${url}/v1/captures`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ mode: 'all-or-nothing', commands }),
  })
  const said = await answer.text()
  if (!answer.ok || /"refused":[1-9]/.test(said)) {
    await stop()
    throw new Error(`The small plant was refused: ${said.slice(0, 1_000)}`)
  }
  return {
    url,
    token,
    ask: async (path, accept = 'application/json') =>
      (await fetch(url + path, { headers: { ...headers, accept } })).text(),
    capture: async (command) => {
      const body = JSON.stringify(command)
      const sent = { ...headers, 'content-type': 'application/json' }
      return (await fetch(`${url}/v1/captures`, { method: 'POST', headers: sent, body })).status
    },
    stop,
  }
}
