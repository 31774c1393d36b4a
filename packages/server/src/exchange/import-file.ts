import { isRefusal, type Refusal } from '@lotline/core/base/refusal'
import { readOcelJson } from '@lotline/standards/ocel/read-json'
import { readOcelXml } from '@lotline/standards/ocel/read-xml'
import { openCatena } from './catena-import.ts'
import { openEpcis } from './epcis-import.ts'
import { type FileFormat, formatOf } from './file-format.ts'
import { type ImportProgress, type ImportResult, runImport, type CaptureMany } from './import-run.ts'
import type { Opened } from './importable.ts'
import { mappingFor, openLog, openTable } from './mapped-import.ts'
import { NotText, type SourceFile, wholeOf, wholeText } from './source-file.ts'
import { readSqliteLog } from './sqlite-log.ts'
import { csvRows, xlsxRows } from './table-rows.ts'

export interface ImportOptions {
  /** Told by the content if left out. */
  readonly format?: FileFormat | undefined
  /** Text of the mapping file; tables and logs need one. */
  readonly mapping?: string | undefined
  readonly onProgress?: ((progress: ImportProgress) => void) | undefined
}

export interface ImportReport extends ImportResult {
  readonly file: string
  readonly format: FileFormat
  readonly skipped: Readonly<Record<string, number>>
}

/**
 * Imports one file: tells its format, reads and checks all of it, then captures its records in chunks. Refused as a whole, with
 * nothing stored, when the file is not good; a record that a rule refuses is told in the report. A dry run is the same call
 * with a `capture` that records nothing (`capture/dry-run.ts`).
 */
export async function importFile(
  file: SourceFile,
  capture: CaptureMany,
  options: ImportOptions = {},
): Promise<ImportReport | Refusal> {
  try {
    const format = options.format ?? (await formatOf(file))
    if (isRefusal(format)) return format
    const importable = await open(file, format, options.mapping)
    if (isRefusal(importable)) return importable
    const plan = { capture, onProgress: options.onProgress }
    const result = await runImport(importable.records(), plan, importable.total)
    return { file: file.name, format, ...result, skipped: importable.skipped }
  } catch (error) {
    if (error instanceof NotText) return error.refusal
    throw error
  }
}

async function open(file: SourceFile, format: FileFormat, mappingText: string | undefined): Promise<Opened> {
  if (format === 'epcis') return openEpcis(file)
  if (format === 'catena-x') return openCatena(file)
  const isTable = format === 'csv' || format === 'xlsx'
  const mapping = mappingFor(mappingText, isTable ? 'table' : 'ocel', file.name)
  if (isRefusal(mapping)) return mapping
  if (format === 'csv') return openTable(csvRows(file, mapping.separator), mapping)
  if (format === 'xlsx') return openTable(xlsxRows(file), mapping)
  const log = await readLog(file, format)
  return isRefusal(log) ? log : openLog(log, mapping)
}

async function readLog(file: SourceFile, format: 'ocel-json' | 'ocel-xml' | 'ocel-sqlite') {
  if (format === 'ocel-sqlite') {
    const content = await wholeOf(file)
    return isRefusal(content) ? content : readSqliteLog(content)
  }
  const text = await wholeText(file)
  if (isRefusal(text)) return text
  return format === 'ocel-json' ? readOcelJson(text) : readOcelXml(text)
}
