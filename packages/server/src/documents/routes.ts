import { existsSync } from 'node:fs'
import { readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { Type } from 'typebox'
import { isRefusal, type Refusal } from '@lotline/core/base/refusal'
import { type Endpoint, endpoint, type Uploaded } from '../endpoint/endpoint.ts'
import { notFound } from '../endpoint/request-refusals.ts'

const documentBytesMax = 50 * 1_048_576
const Hash = Type.Object(
  { sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }) },
  { additionalProperties: false },
)

/** Files bound to lots by their hash: certificates, pictures. The event holds the hash, this the bytes. */
export function documentRoutes(folder: string): readonly Endpoint[] {
  const documents = join(folder, 'documents')
  return [
    endpoint({
      method: 'POST',
      path: '/v1/documents',
      action: 'capture',
      resource: 'documents',
      tag: 'Documents',
      summary: 'Stores a file, by its content: the same file twice is stored once',
      about: 'The body is the file itself. Bind it to a lot with the verb `attach`, or give it at `receive`.',
      takesFile: true,
      query: Type.Object(
        { name: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })) },
        { additionalProperties: false },
      ),
      gives: Type.Object({
        sha256: Type.String(),
        size: Type.Integer(),
        mediaType: Type.String(),
        name: Type.String(),
      }),
      givesStatus: 201,
      handle: async (ask) =>
        storeDocument(
          documents,
          await ask.upload({
            folder: documents,
            name: ask.query.name ?? 'document',
            bytesMax: documentBytesMax,
          }),
        ),
    }),
    endpoint({
      method: 'GET',
      path: '/v1/documents/:sha256',
      action: 'read',
      resource: 'documents',
      tag: 'Documents',
      summary: 'A stored file',
      params: Hash,
      handle: async ({ params: { sha256 } }) => {
        const path = join(documents, sha256)
        if (!existsSync(path)) return notFound('document', sha256)
        return { mediaType: 'application/octet-stream', content: await readFile(path), fileName: sha256 }
      },
    }),
  ]
}

async function storeDocument(folder: string, given: Uploaded | Refusal) {
  if (isRefusal(given)) return given
  const { file } = given
  // The name is the content: whoever was first has stored the very same bytes.
  await rename(file.path, join(folder, file.sha256))
  return {
    status: 201,
    json: { sha256: file.sha256, size: file.bytes, mediaType: file.mediaType, name: file.name },
  }
}
