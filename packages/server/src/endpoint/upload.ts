import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Readable } from 'node:stream'
import { refuse, type Refusal } from '@lotline/core/base/refusal'

/** A file that came over the wire, on disk until it is dealt with. */
export interface Upload {
  readonly path: string
  readonly name: string
  readonly mediaType: string
  readonly bytes: number
  readonly sha256: string
  read(): Readable
  /** Takes it away again. Safe to call twice. */
  remove(): Promise<void>
}

/** Files of any call at most; an import of more comes in parts. */
export const uploadBytesMax = 1024 * 1_048_576

class TooLarge extends Error {
  override name = 'TooLarge'
}

/** Stores a stream in `folder`, hashed as it passes. A stream that ends early or is too large leaves nothing behind. */
export async function storeUpload(
  stream: Readable,
  into: {
    folder: string
    name: string
    mediaType: string
    bytesMax?: number
    bytesExpected?: number | undefined
  },
): Promise<Upload | Refusal> {
  await mkdir(into.folder, { recursive: true, mode: 0o700 })
  const path = join(into.folder, randomUUID())
  const hash = createHash('sha256')
  const most = into.bytesMax ?? uploadBytesMax
  let bytes = 0
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      hash.update(chunk)
      done(bytes > most ? new TooLarge('too large') : null, chunk)
    },
  })
  const remove = () => rm(path, { force: true })
  try {
    await pipeline(stream, meter, createWriteStream(path, { mode: 0o600 }))
  } catch (error) {
    await remove()
    if (error instanceof TooLarge) return uploadTooLarge(most)
    return uploadCut(bytes)
  }
  if (into.bytesExpected !== undefined && into.bytesExpected !== bytes) {
    await remove()
    return uploadCut(bytes)
  }
  const { name, mediaType } = into
  return {
    path,
    name,
    mediaType,
    bytes,
    sha256: hash.digest('hex'),
    read: () => createReadStream(path),
    remove,
  }
}

export function uploadTooLarge(limit: number): Refusal<'upload_too_large'> {
  return refuse('upload_too_large', {
    message: `The file is larger than ${Math.floor(limit / 1_048_576)} MB.`,
    fix: 'Split it; imports know their records, so parts may overlap.',
  })
}

function uploadCut(bytes: number): Refusal<'upload_cut'> {
  return refuse('upload_cut', {
    message: `The file ended after ${bytes} bytes, before its end.`,
    fix: 'Send it again; nothing of it was stored.',
  })
}
