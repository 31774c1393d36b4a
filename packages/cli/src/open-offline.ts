import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Database, openDatabase } from '@lotline/server/database/database'
import { CannotDo } from './exit-code.ts'
import { dataFolder, requireFolder } from './find-server.ts'
import type { Given } from './verb.ts'

/**
 * Opens the database of a data folder on which no Lotline runs, or the one of `DATABASE_URL`. Throws `CannotDo` where
 * there is none: nothing is made that was not there.
 */
export async function openOffline(
  given: Given,
  options: { readonly acceptsMissingGuards?: boolean } = {},
): Promise<Database> {
  const url = process.env['DATABASE_URL']
  if (url !== undefined) return openDatabase({ url, ...options })
  const folder = dataFolder(given)
  requireFolder(folder)
  if (!existsSync(join(folder, 'postgres')))
    throw new CannotDo(`The database of ${folder} is not in the folder: give its address as DATABASE_URL.`)
  return openDatabase({ folder, ...options })
}
