import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { HucreError } from 'hucre'
import { streamXlsxRows } from 'hucre/xlsx'
import { isRefusal, refuse, type Refusal } from '@lotline/core/base/refusal'
import { type SourceFile, textOf, wholeOf } from './source-file.ts'

export type TableRefusal = Refusal<'table_malformed' | 'file_too_large'>

/** Rows of one import. */
export const rowsMax = 1_000_000
const columnsMax = 500
const cellLengthMax = 10_000

/** One row of a table, all cells as text, with its line in the file. */
export interface TableRow {
  readonly line: number
  readonly cells: Readonly<Record<string, string>>
}

/** Thrown while rows are read; the import answers it as the refusal it carries. */
export class BadTable extends Error {
  override name = 'BadTable'
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.message)
    this.refusal = refusal
  }
}

/** Rows of a CSV file under the names of its first line. Throws `BadTable`. */
export async function* csvRows(file: SourceFile, separator = ','): AsyncGenerator<TableRow> {
  const parser = Readable.from(textOf(file)).pipe(
    parse({
      delimiter: separator,
      bom: true,
      info: true,
      skip_empty_lines: true,
      max_record_size: columnsMax * cellLengthMax,
    }),
  )
  let names: readonly string[] | undefined
  try {
    for await (const { record, info } of parser) {
      const cells: readonly string[] = record
      const line: number = info.lines
      if (names) yield rowOf(names, cells, line)
      else names = namesOf(cells)
    }
  } catch (error) {
    if (error instanceof CsvError) throw new BadTable(malformed(error.message))
    throw error
  }
}

/** Rows of the first sheet of a spreadsheet, under the names of its first row. Formulas give their stored values. */
export async function* xlsxRows(file: SourceFile): AsyncGenerator<TableRow> {
  const content = await wholeOf(file)
  if (isRefusal(content)) throw new BadTable(content)
  let names: readonly string[] | undefined
  try {
    for await (const row of streamXlsxRows(content)) {
      const cells = row.values.map(cellText)
      if (cells.every((cell) => cell === '')) continue
      if (names) yield rowOf(names, cells, row.index + 1)
      else names = namesOf(cells)
    }
  } catch (error) {
    if (error instanceof HucreError) throw new BadTable(malformed(error.message))
    throw error
  }
}

/** A cell as text. Whole numbers come without a point; a number too long to be exact shows its exponent, which is refused later. */
function cellText(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return value.toISOString().replace(/T00:00:00\.000Z$/, '')
  if (typeof value !== 'number') return String(value)
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? value.toExponential() : String(value)
}

function namesOf(cells: readonly string[]): readonly string[] {
  const names = cells.map((cell) => cell.trim())
  const twice = names.find((name, at) => name !== '' && names.indexOf(name) < at)
  if (twice !== undefined) throw new BadTable(malformed(`the column ${JSON.stringify(twice)} stands twice`))
  if (names.length > columnsMax) throw new BadTable(malformed(`it has more than ${columnsMax} columns`))
  return names
}

function rowOf(names: readonly string[], cells: readonly string[], line: number): TableRow {
  if (line > rowsMax + 1) throw new BadTable(malformed(`it has more than ${rowsMax} rows`))
  const row: Record<string, string> = {}
  names.forEach((name, at) => {
    const cell = cells[at] ?? ''
    if (cell.length > cellLengthMax) throw new BadTable(malformed(`${name} in line ${line} is too long`))
    // Exports guard cells that a spreadsheet would run as a formula with a quote; it is not part of the value.
    if (name !== '') row[name] = cell.replace(/^'(?=[=+\-@\t\r])/, '')
  })
  return { line, cells: row }
}

function malformed(why: string): TableRefusal {
  return refuse('table_malformed', {
    message: `The table cannot be read: ${why}.`,
    fix: 'Check the separator in the mapping and save the table again; nothing of it was stored.',
  })
}
