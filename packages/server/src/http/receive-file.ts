import { Readable } from 'node:stream'
import type { FastifyRequest } from 'fastify'
import { assert } from '@lotline/core/base/assert'
import { isRefusal, type Refusal } from '@lotline/core/base/refusal'
import type { Uploaded, UploadInto } from '../endpoint/endpoint.ts'
import { requestMalformed } from '../endpoint/request-refusals.ts'
import { storeUpload } from '../endpoint/upload.ts'

/** Fields beside a file, a mapping for instance. */
export const fieldBytesMax = 1_048_576

/** Stores the file of a request: the only file of a form, or the body itself. A form's fields may stand before or after. */
export async function receiveFile(request: FastifyRequest, into: UploadInto): Promise<Uploaded | Refusal> {
  const { folder, bytesMax, name } = into
  const limit = bytesMax === undefined ? {} : { bytesMax }
  if (!request.isMultipart()) {
    assert(request.body instanceof Readable, 'a route that takes a file is given a stream')
    const mediaType = request.headers['content-type'] ?? 'application/octet-stream'
    const length = request.headers['content-length']
    const bytesExpected = length === undefined ? undefined : Number(length)
    const file = await storeUpload(request.body, { folder, name, mediaType, bytesExpected, ...limit })
    return isRefusal(file) ? file : { file, fields: {} }
  }
  const fields: Record<string, string> = {}
  let file: Uploaded['file'] | undefined
  for await (const part of request.parts()) {
    if (part.type === 'field') {
      if (typeof part.value === 'string') fields[part.fieldname] = part.value
      continue
    }
    const stored = await storeUpload(part.file, {
      folder,
      name: part.filename || name,
      mediaType: part.mimetype,
      ...limit,
    })
    if (isRefusal(stored)) return stored
    file = stored
  }
  return file ? { file, fields } : requestMalformed('file', 'is missing')
}
