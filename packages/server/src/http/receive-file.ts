import { text } from 'node:stream/consumers'
import { Readable } from 'node:stream'
import type { Multipart } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { isRefusal, type Refusal } from '@lotline/core/base/refusal'
import type { Uploaded, UploadInto } from '../endpoint/endpoint.ts'
import { bodyTooLarge, requestMalformed } from '../endpoint/request-refusals.ts'
import { storeUpload, uploadBytesMax, uploadTooLarge } from '../endpoint/upload.ts'

/** Fields beside a file, a mapping for instance. */
export const fieldBytesMax = 1_048_576

/** Parts of a form that come as files: the file itself, and a mapping that a program sends from a file of its own. */
export const formFilesMax = 2

/** The part that is text even when it is sent as a file. */
const textPart = 'mapping'

interface Form {
  readonly fields: Record<string, string>
  file?: Uploaded['file']
}

/** Stores the file of a request: the only file of a form, or the body itself. A form's fields may stand before or after. */
export async function receiveFile(request: FastifyRequest, into: UploadInto): Promise<Uploaded | Refusal> {
  if (request.isMultipart()) return receiveForm(request, into)
  const { folder, bytesMax, name } = into
  if (!(request.body instanceof Readable)) return requestMalformed('body', 'is missing')
  const mediaType = request.headers['content-type'] ?? 'application/octet-stream'
  const length = request.headers['content-length']
  const bytesExpected = length === undefined ? undefined : Number(length)
  const limit = bytesMax === undefined ? {} : { bytesMax }
  const file = await storeUpload(request.body, { folder, name, mediaType, bytesExpected, ...limit })
  return isRefusal(file) ? file : { file, fields: {} }
}

async function receiveForm(request: FastifyRequest, into: UploadInto): Promise<Uploaded | Refusal> {
  const form: Form = { fields: {} }
  const refusal = await readParts(request, into, form)
  if (!refusal && form.file) return { file: form.file, fields: form.fields }
  await form.file?.remove()
  return refusal ?? requestMalformed('file', 'is missing: send it as a part of that name')
}

/** Reads every part, even behind one that is refused: a sender that is still sending does not hear the answer. */
async function readParts(
  request: FastifyRequest,
  into: UploadInto,
  form: Form,
): Promise<Refusal | undefined> {
  let refusal: Refusal | undefined
  try {
    const limits = { fileSize: into.bytesMax ?? uploadBytesMax }
    for await (const part of request.parts({ limits })) refusal ??= await takePart(part, into, form)
    return refusal
  } catch (error) {
    if (!isFormError(error)) throw error
    return refusal ?? requestMalformed('form', `is not well-formed (${error.message})`)
  }
}

async function takePart(part: Multipart, into: UploadInto, form: Form): Promise<Refusal | undefined> {
  const name = part.fieldname
  if (part.type === 'field') {
    const { value } = part
    if (part.valueTruncated) return bodyTooLarge(fieldBytesMax)
    // A field that says it is JSON is given as what it holds.
    form.fields[name] = typeof value === 'string' ? value : JSON.stringify(value)
    return undefined
  }
  if (name === textPart) return takeText(part.file, name, form)
  if (form.file) {
    part.file.resume()
    return requestMalformed(name, 'is a second file: send one file a call, and a mapping as `mapping`')
  }
  const { folder, bytesMax } = into
  const stored = await storeUpload(part.file, {
    folder,
    name: part.filename || into.name,
    mediaType: part.mimetype,
    ...(bytesMax === undefined ? {} : { bytesMax }),
  })
  if (isRefusal(stored)) return stored
  if (part.file.truncated) {
    await stored.remove()
    return uploadTooLarge(bytesMax ?? uploadBytesMax)
  }
  form.file = stored
  return undefined
}

async function takeText(stream: Readable, name: string, form: Form): Promise<Refusal | undefined> {
  const content = await text(stream)
  if (content.length > fieldBytesMax) return bodyTooLarge(fieldBytesMax)
  form.fields[name] = content
  return undefined
}

// What the reader of forms says of a broken one carries no code of its own in every case.
const formWords = /multipart|boundary|end of form|part header|Malformed/i

function isFormError(error: unknown): error is Error {
  if (!(error instanceof Error)) return false
  if ('code' in error && String(error.code).startsWith('FST_')) return true
  return formWords.test(error.message)
}
