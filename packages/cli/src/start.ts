import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { StartRefused } from '@lotline/server/database/start-refused'
import { startServer } from '@lotline/server/start/start-server'
import { CannotDo, exitCodes, UsageError } from './exit-code.ts'
import { dataFolder } from './find-server.ts'
import { stopSignal } from './stop-signal.ts'
import { out, say } from './terminal.ts'
import type { CommandLineVerb, Given } from './verb.ts'

const defaultPort = 4210

/** Runs the server in the foreground until it is told to stop. */
export const start: CommandLineVerb = {
  help: `lotline start
lotline start --data /var/lib/lotline --port 8080 --no-demo
DATABASE_URL=postgres://... lotline start --no-demo

Starts the database, the server and the page, and says when they are ready. Ctrl-C or SIGTERM stops them cleanly.

  --data DIR   folder of everything it keeps (default .lotline; environment LOTLINE_DATA)
  --port N     port on this machine (default ${defaultPort}; environment PORT; 0 for any free one)
  --no-demo    begin empty, and let nobody in without a token; a folder begun so stays so

DATABASE_URL uses an external PostgreSQL 15 or newer. LOTLINE_ZONE is the time zone of the plant (default UTC).
LOTLINE_CHECKPOINT_KEY is the file of the key that signs checkpoints (default DIR/checkpoint-key).
Programs on this machine act as administrator with the token in DIR/admin-token.
Exit codes: 0 stopped, 2 could not start, 64 wrong command line.`,
  options: {
    data: { type: 'string' },
    port: { type: 'string' },
    demo: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  },
  run,
}

async function run(given: Given): Promise<number> {
  const port = portOf(given.text('port') ?? process.env['PORT'])
  let stopAsked = false
  const stopping = stopSignal().then(() => (stopAsked = true))
  const running = await startServer({
    folder: resolve(dataFolder(given)),
    port,
    demo: given.wants('demo'),
    url: process.env['DATABASE_URL'],
    webRoot: join(dirname(fileURLToPath(import.meta.url)), '../../web/dist'),
    zone: process.env['LOTLINE_ZONE'],
    checkpointKey: process.env['LOTLINE_CHECKPOINT_KEY'],
    note: say,
    stopAsked: () => stopAsked,
  }).catch((error: unknown) => {
    throw error instanceof StartRefused ? new CannotDo(error.message) : error
  })
  if (!stopAsked) out(`Lotline is ready at ${running.url}`)
  await stopping
  await running.stop()
  return exitCodes.ok
}

function portOf(text: string | undefined): number {
  if (text === undefined || text === '') return defaultPort
  const port = Number(text)
  if (!/^\d{1,5}$/.test(text) || port > 65_535)
    throw new UsageError(`${JSON.stringify(text)} is no port: give 0 to 65535.`)
  return port
}
