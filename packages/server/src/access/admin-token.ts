import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { chmod, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The file in the data folder by which programs on the same machine act as administrator. */
export const adminTokenFile = 'admin-token'

/**
 * The administrator token of a data folder, made on first use. Only the owner of the folder can read it, which is what
 * proves the right to act. 256 random bits.
 */
export async function adminTokenOf(folder: string): Promise<string> {
  const path = join(folder, adminTokenFile)
  const known = await readFile(path, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  })
  if (known !== undefined && known.trim() !== '') {
    await chmod(path, 0o600)
    return known.trim()
  }
  const token = randomBytes(32).toString('base64url')
  // Written beside and renamed: a kill half way leaves no half token.
  await writeFile(`${path}.new`, `${token}\n`, { mode: 0o600 })
  await rename(`${path}.new`, path)
  return token
}

/** Whether two secrets are equal, in a time that tells nothing about where they differ. */
export function sameSecret(given: string, expected: string): boolean {
  const print = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(print(given), print(expected))
}
