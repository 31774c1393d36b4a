import { refuse, type Refusal } from '@lotline/core/base/refusal'
import { beginningOf, type SourceFile } from './source-file.ts'

export const fileFormats = [
  'epcis',
  'catena-x',
  'ocel-json',
  'ocel-xml',
  'ocel-sqlite',
  'xlsx',
  'csv',
] as const
export type FileFormat = (typeof fileFormats)[number]

export type FormatRefusal = Refusal<'format_unknown' | 'file_empty'>

/**
 * Tells a file's format by its content, never by its name alone: names are what people change. Only a table has no mark of
 * its own, so plain text counts as one.
 */
export async function formatOf(file: SourceFile): Promise<FileFormat | FormatRefusal> {
  const bytes = await beginningOf(file)
  if (bytes.length === 0) {
    return refuse('file_empty', {
      message: `The file ${file.name} is empty.`,
      fix: 'Check that it was saved or sent completely.',
      value: file.name,
    })
  }
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (start.toString('latin1', 0, 15) === 'SQLite format 3') return 'ocel-sqlite'
  if (start.toString('latin1', 0, 4) === 'PK\u0003\u0004') return 'xlsx'
  const text = start
    .toString(start[0] === 0xff ? 'utf16le' : 'utf8')
    .replace(/^\ufeff/, '')
    .trimStart()
  if (text.startsWith('<')) return /<(\w+:)?log[\s>]/.test(text) ? 'ocel-xml' : 'epcis'
  if (!text.startsWith('{') && !text.startsWith('[')) return 'csv'
  return jsonFormat(text, file)
}

/** Words that only one of the formats begins with. A log names its types before anything else. */
function jsonFormat(text: string, file: SourceFile): FileFormat | FormatRefusal {
  if (/"(assetMetaInfo|aspectType)"|catenax\.io\/schema|"urn:[bs]amm:io\.catenax/.test(text))
    return 'catena-x'
  if (/"(eventTypes|objectTypes)"\s*:/.test(text)) return 'ocel-json'
  if (
    /"(epcisBody|eventTimeZoneOffset|eventTime|schemaVersion|isA)"|"EPCIS\w*Document"|"@context"/.test(text)
  )
    return 'epcis'
  if (/"assets"\s*:/.test(text)) return 'catena-x'
  return refuse('format_unknown', {
    message: `The format of ${file.name} is not known.`,
    fix: `Send EPCIS, Catena-X, an OCEL 2.0 log, CSV or XLSX, or name the format: ${fileFormats.join(', ')}.`,
    value: file.name,
  })
}
