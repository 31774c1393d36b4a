import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { PageFile } from './page-file.ts'

test('[F1 K3] gives back each page as it was written, small and large, late and at once, and is gone when it is closed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lotline-page-file-'))
  try {
    const pages = new PageFile(folder)
    const page = (no: number) => Buffer.alloc(no % 50 === 49 ? 300_000 : 20 + no * 7, no % 251)
    const places: number[] = []
    for (let no = 0; no < 1_500; no++) {
      places.push(pages.write(page(no)))
      // Some at once, while others wait to be written, and some of long ago.
      for (const asked of no % 40 === 0 ? [no, no >> 1, 0] : [])
        expect(page(asked).equals(pages.read(places[asked] ?? -1)), `page ${asked} at ${no}`).toBe(true)
    }
    for (const [no, place] of places.entries()) expect(page(no).equals(pages.read(place))).toBe(true)
    expect(await readdir(folder)).toHaveLength(process.platform === 'win32' ? 1 : 0)
    pages.close()
    expect(await readdir(folder)).toEqual([])
    new PageFile(folder).close()
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
