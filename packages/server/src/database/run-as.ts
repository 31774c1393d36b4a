import { type ChildProcess, execFile, spawn, type SpawnOptions } from 'node:child_process'
import { chown, mkdir, readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { StartRefused } from './start-refused.ts'

const run = promisify(execFile)

/**
 * How PostgreSQL is run, which refuses to run as root. An ordinary user runs it plainly. Root first tries a user
 * namespace: no account, no change of owner, works below closed folders. Where those are forbidden, the data folder is
 * given to an account without rights. The files belong to different users, so the owner of the folder remembers the way.
 */
export type RunAs =
  | { readonly way: 'plain' }
  | { readonly way: 'namespace' }
  | { readonly way: 'account'; readonly name: string; readonly uid: number; readonly gid: number }

/** Chooses the way for a data folder: that of its owner if it exists, else the first that this machine allows. */
export async function chooseRunAs(dataFolder: string): Promise<RunAs> {
  if (process.getuid?.() !== 0) return { way: 'plain' }
  const owner = await stat(dataFolder).catch(() => undefined)
  if (owner && owner.uid !== 0) {
    return { way: 'account', name: String(owner.uid), uid: owner.uid, gid: owner.gid }
  }
  if (await namespacesAllowed()) return { way: 'namespace' }
  if (owner) {
    throw new StartRefused(
      `The data folder ${dataFolder} belongs to root, and this machine no longer allows user namespaces.`,
      'Give the folder to an ordinary user (chown -R) and start Lotline as that user.',
    )
  }
  return unprivilegedAccount()
}

/** Starts a program of PostgreSQL in the chosen way; the process id is that of the program itself. */
export function spawnAs(
  as: RunAs,
  program: string,
  args: readonly string[],
  options: SpawnOptions,
): ChildProcess {
  // Started in `/`: the current folder may be one that the other user cannot enter.
  const base: SpawnOptions = { ...options, cwd: '/', windowsHide: true }
  switch (as.way) {
    case 'plain':
      return spawn(program, args, base)
    case 'namespace':
      return spawn('unshare', [...namespaceFlags, program, ...args], base)
    case 'account':
      return spawn(program, args, { ...base, uid: as.uid, gid: as.gid })
  }
}

/** Makes a folder that only the database's user may enter. */
export async function makePrivateFolder(as: RunAs, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await giveTo(as, folder)
}

/** Gives a file or folder (not what is in it) to the user that runs PostgreSQL. */
export async function giveTo(as: RunAs, path: string): Promise<void> {
  if (as.way === 'account') await chown(path, as.uid, as.gid)
}

/** Gives a folder and all in it, e.g. one restored from a copy. */
export async function giveTreeTo(as: RunAs, folder: string): Promise<void> {
  if (as.way !== 'account') return
  await giveTo(as, folder)
  for (const entry of await readdir(folder, { recursive: true })) await giveTo(as, join(folder, entry))
}

const namespaceFlags = ['--user', '--map-user=65534', '--map-group=65534']

async function namespacesAllowed(): Promise<boolean> {
  if (process.platform !== 'linux') return false
  return run('unshare', [...namespaceFlags, 'true'], { cwd: '/' }).then(
    () => true,
    () => false,
  )
}

async function unprivilegedAccount(): Promise<RunAs> {
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'))
  for (const name of ['postgres', 'nobody']) {
    const entry = lines.find((fields) => fields[0] === name)
    if (entry) return { way: 'account', name, uid: Number(entry[2]), gid: Number(entry[3]) }
  }
  throw new StartRefused(
    'PostgreSQL does not run as root, and this machine has no account without rights to run it.',
    'Start Lotline as an ordinary user, or set DATABASE_URL to a PostgreSQL 15 or newer.',
  )
}
