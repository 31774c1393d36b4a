import { startEmbedded } from './embedded.ts'

// A program of its own for the launcher's tests: starts a server on the given folder, says where, and waits to be killed.
const [folder = ''] = process.argv.slice(2)
const send = (message: unknown): void => void process.send?.(message)
startEmbedded(folder).then(
  (server) => {
    process.on('SIGTERM', () => void server.stop().then(() => process.exit(0)))
    setInterval(() => {}, 1_000)
    send({ pid: server.pid() })
  },
  (error: Error) => {
    send({ error: error.message })
    process.exit(1)
  },
)
