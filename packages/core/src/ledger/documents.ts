import { Type, type Static } from 'typebox'
import { Text } from './command.ts'
import type { DocumentRow } from './record-tables.ts'

/** A file as commands name it: by the hash of its bytes. */
export const documentFields = {
  sha256: Type.String({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256 of its bytes, as hex' }),
  name: Text('File name'),
  mediaType: Type.Optional(Text('Media type, such as application/pdf')),
  size: Type.Optional(Type.Integer({ minimum: 0, description: 'Bytes' })),
}
export const DocumentGiven = Type.Object(documentFields, { additionalProperties: false })
export type DocumentGiven = Static<typeof DocumentGiven>

/** The record of a file that is bound to a lot or an order. */
export function documentOf(
  given: DocumentGiven,
  to: Pick<DocumentRow, 'kind' | 'traceable' | 'orderNo'>,
): Omit<DocumentRow, 'position' | 'ordinal'> {
  const { sha256, name, mediaType = 'application/octet-stream', size = 0 } = given
  return { sha256, name, mediaType, size, ...to }
}
