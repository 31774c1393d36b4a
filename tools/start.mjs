// `npm start`: sets up what is missing, then runs the server in the foreground. Arguments go to `lotline start`.
// The server runs in this very process, and package.json says `exec`, so that no shell stands between npm and it: signals
// and the exit code are its own. (`exec.cmd` is that word for Windows.)
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { requireNode, requirePackages, buildWebPage, root, typescriptLoader } from './set-up.mjs'

const main = join(root, 'packages/cli/src/main.ts')
const args = process.argv.slice(2)

requireNode()
requirePackages()
if (!buildWebPage()) process.exit(1)

if (args.includes('--watch')) {
  watch(args.filter((arg) => arg !== '--watch'))
} else {
  if (process.env.npm_lifecycle_event) stopWithParent()
  process.argv.splice(1, process.argv.length - 1, main, 'start', ...args)
  await import(typescriptLoader())
  await import(pathToFileURL(main).href)
}

/** Stops cleanly when npm was killed without a chance to tell us. */
function stopWithParent() {
  const parent = process.ppid
  const look = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(look)
    process.kill(process.pid, 'SIGTERM')
  }, 500)
  look.unref()
}

/** Starts the server again after every change of its sources, and rebuilds the page after every change of its own. */
function watch(serverArgs) {
  const server = spawn(
    process.execPath,
    ['--watch', '--import', typescriptLoader(), main, 'start', ...serverArgs],
    { stdio: 'inherit' },
  )
  const page = spawn(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--watch'], {
    cwd: join(root, 'packages/web'),
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const stop = () => {
    server.kill('SIGTERM')
    page.kill('SIGTERM')
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  server.on('exit', (code) => {
    page.kill('SIGTERM')
    process.exitCode = code ?? 0
  })
}
