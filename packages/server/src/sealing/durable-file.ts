import { type FileHandle, open, readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'

/** The text of a file; undefined where there is none. */
export async function readIfThere(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  })
}

/** Appends and returns when it is on disk: what is signed must not be forgotten in a power cut. */
export async function appendDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'a', 0o600)
  await withSync(file, () => file.writeFile(text))
}

/** Writes beside and renames, so that a kill leaves the old file or the new one. */
export async function replaceDurably(path: string, text: string): Promise<void> {
  const file = await open(`${path}.new`, 'w', 0o600)
  await withSync(file, () => file.writeFile(text))
  await rename(`${path}.new`, path)
  const folder = await open(dirname(path), 'r')
  await withSync(folder, async () => {})
}

async function withSync(file: FileHandle, write: () => Promise<void>): Promise<void> {
  try {
    await write()
    await file.sync()
  } finally {
    await file.close()
  }
}
