// What every command needs before it can run: the right Node, the packages of the lock file, the built web page.
// Plain JavaScript without dependencies, because it runs before any package is installed.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** The folder of the repository, with a separator at its end for no platform. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)))

const oldestNode = 20

/** Stops with words when Node is too old to run what follows. */
export function requireNode() {
  const major = Number(process.versions.node.split('.')[0])
  if (major >= oldestNode) return
  console.error(`Lotline needs Node ${oldestNode} or newer; this is Node ${process.versions.node}.`)
  console.error(
    'Install a current Node from https://nodejs.org (or with your version manager) and try again.',
  )
  process.exit(1)
}

/**
 * Runs `npm ci` in `folder` when what is installed differs from its lock file. Contents are compared, not file times:
 * npm writes the two files in either order, and a checkout changes times without changing anything.
 */
export function requirePackages(folder = root) {
  const difference = packagesDifference(folder)
  if (difference === undefined) return
  console.log(`Installing packages (${difference}); this takes about a minute, once.`)
  // Told by name, because a surrounding NODE_ENV=production would leave out what builds the web page.
  const how = existsSync(join(folder, 'package-lock.json')) ? 'ci' : 'install'
  const done = npm([how, '--include=dev', '--no-audit', '--no-fund'], folder)
  if (done.status === 0) return
  console.error(
    'The packages could not be installed. npm said why above; mend that and run the command again.',
  )
  process.exit(1)
}

/** Says how `node_modules` differs from the lock file; undefined when it does not. */
export function packagesDifference(folder) {
  const installedFile = join(folder, 'node_modules', '.package-lock.json')
  if (!existsSync(installedFile)) return 'none are installed yet'
  const lockFile = join(folder, 'package-lock.json')
  if (!existsSync(lockFile)) return undefined
  const wanted = JSON.parse(readFileSync(lockFile, 'utf8')).packages
  const installed = JSON.parse(readFileSync(installedFile, 'utf8')).packages
  for (const [path, entry] of Object.entries(wanted)) {
    // Workspace folders stand in the lock under their own path; optional packages may be for another platform.
    if (!path.startsWith('node_modules/') || entry.optional) continue
    const found = installed[path]
    if (!found) return `${path.slice('node_modules/'.length)} is missing`
    if (found.version !== entry.version) return `${path.slice('node_modules/'.length)} has another version`
  }
  return undefined
}

/**
 * Builds the web page when it is missing or older than its sources; the old one serves until the new one is whole. Gives
 * false when it could not be built.
 */
export function buildWebPage() {
  const web = join(root, 'packages', 'web')
  if (!existsSync(join(web, 'index.html'))) return true
  const built = join(web, 'dist')
  const page = join(built, 'index.html')
  if (existsSync(page) && statSync(page).mtimeMs >= newestSource(web)) return true
  console.log('Building the web page.')
  const fresh = join(web, `dist.${process.pid}`)
  const done = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/vite/bin/vite.js'),
      'build',
      '--outDir',
      fresh,
      '--emptyOutDir',
      '--logLevel',
      'warn',
    ],
    { cwd: web, stdio: 'inherit' },
  )
  if (done.status !== 0) {
    rmSync(fresh, { recursive: true, force: true })
    console.error('The web page could not be built; the reason stands above.')
    return false
  }
  rmSync(built, { recursive: true, force: true })
  renameSync(fresh, built)
  return true
}

/** The newest change among what the page is made from, in milliseconds since 1970. */
function newestSource(web) {
  const packages = join(root, 'packages')
  const folders = [
    join(web, 'src'),
    join(web, 'public'),
    join(packages, 'core/src'),
    join(packages, 'client/src'),
  ]
  const files = ['index.html', 'package.json', 'vite.config.ts'].map((name) => join(web, name))
  return Math.max(
    ...folders.map(newestBelow),
    ...files.filter(existsSync).map((file) => statSync(file).mtimeMs),
  )
}

function newestBelow(folder) {
  if (!existsSync(folder)) return 0
  let newest = 0
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (/\.(test|testing)\.tsx?$/.test(entry.name)) continue
    const path = join(folder, entry.name)
    newest = Math.max(newest, entry.isDirectory() ? newestBelow(path) : statSync(path).mtimeMs)
  }
  return newest
}

/** The address to give `node --import`, so that TypeScript sources run from any folder. */
export function typescriptLoader() {
  return pathToFileURL(join(root, 'node_modules/tsx/dist/loader.mjs')).href
}

/** Runs npm, the one that runs us if there is one, with its output shown. */
function npm(args, cwd) {
  const own = process.env.npm_execpath
  if (own && /npm-cli\.c?js$/.test(own))
    return spawnSync(process.execPath, [own, ...args], { cwd, stdio: 'inherit' })
  return spawnSync('npm', args, { cwd, stdio: 'inherit', shell: process.platform === 'win32' })
}
