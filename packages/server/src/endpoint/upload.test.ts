import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { storeUpload } from './upload.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lotline-upload-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const into = (more: object = {}) => ({ folder, name: 'a.txt', mediaType: 'text/plain', ...more })

test('[B2] a file is known by its content', async () => {
  const stored = await storeUpload(Readable.from([Buffer.from('ab'), Buffer.from('c')]), into())
  expect(stored).toMatchObject({
    bytes: 3,
    sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  })
  if ('remove' in stored) await stored.remove()
  expect(await readdir(folder)).toEqual([])
})

test('[I4] a file that is too large or cut leaves nothing behind', async () => {
  const large = await storeUpload(Readable.from([Buffer.alloc(10)]), into({ bytesMax: 5 }))
  expect(large).toMatchObject({ refused: true, code: 'upload_too_large' })
  const short = await storeUpload(Readable.from([Buffer.alloc(3)]), into({ bytesExpected: 5 }))
  expect(short).toMatchObject({ refused: true, code: 'upload_cut' })
  const broken = Readable.from(
    (function* () {
      yield Buffer.alloc(3)
      throw new Error('connection lost')
    })(),
  )
  expect(await storeUpload(broken, into())).toMatchObject({ refused: true, code: 'upload_cut' })
  expect(await readdir(folder)).toEqual([])
})
