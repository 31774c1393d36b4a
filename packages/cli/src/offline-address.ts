import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { CannotDo } from './exit-code.ts'
import { dataFolder, requireFolder } from './find-server.ts'
import type { Given } from './verb.ts'

/**
 * The database of a data folder on which no Lotline runs, or the one of `DATABASE_URL`. Throws `CannotDo` where there is
 * none: nothing is made that was not there.
 */
export function offlineAddress(given: Given): { readonly url: string } | { readonly folder: string } {
  const url = process.env['DATABASE_URL']
  if (url !== undefined) return { url }
  const folder = dataFolder(given)
  requireFolder(folder)
  if (existsSync(join(folder, 'postgres'))) return { folder }
  throw new CannotDo(`The database of ${folder} is not in the folder: give its address as DATABASE_URL.`)
}
