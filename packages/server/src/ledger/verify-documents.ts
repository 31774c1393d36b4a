import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Reader } from '../database/transaction.ts'
import { fault, type Found } from '../sealing/integrity-fault.ts'

/** Every file that an event names must be there with the bytes whose hash the event holds. Gives how many were read. */
export async function checkDocuments(reader: Reader, folder: string, found: Found): Promise<number> {
  const rows = await reader.query<{ sha256: string; position: string }>(
    'select sha256, min(position) as position from document where org_id = $1 group by sha256 order by 2',
    [reader.org],
  )
  for (const { sha256, position } of rows) {
    const path = join(folder, 'documents', sha256)
    if (!existsSync(path)) {
      found(fault('document_missing', Number(position), `The file ${sha256} is not there.`))
    } else if ((await hashOfFile(path)) !== sha256) {
      found(fault('document_changed', Number(position), `The file ${sha256} has other content.`))
    }
  }
  return rows.length
}

async function hashOfFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}
