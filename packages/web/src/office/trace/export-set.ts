import type { Parameters } from '../../shared/api.ts'
import { askLines } from '../../shared/api.ts'
import { csvOf } from './export-rows.ts'

export interface ExportAsk {
  readonly path: '/v1/answers' | '/v1/trace'
  readonly question: Parameters
  /** The field of a streamed line whose rows are wanted as CSV; undefined for everything as JSON. */
  readonly rows: string | undefined
  readonly signal: AbortSignal
  readonly onCount: (count: number) => void
}

export interface ExportedFile {
  readonly text: string
  readonly rows: number
  readonly type: string
}

/** The stream ended before its last line: what came is not the whole set, and a part must never be taken for it. */
export class CutExport extends Error {}

/** Fetches a whole set, however large, and gives it as the text of a file. Throws `CutExport` when the end is missing. */
export async function exportSet(ask: ExportAsk): Promise<ExportedFile> {
  const lines: object[] = []
  let whole = false
  for await (const line of askLines(ask.path, ask.question, ask.signal)) {
    if (typeof line !== 'object' || line === null) continue
    whole = 'end' in line
    if (whole) break
    lines.push(line)
    if (lines.length % 500 === 0) ask.onCount(lines.length)
  }
  if (!whole) throw new CutExport()
  return ask.rows === undefined ? everything(lines) : rowsOnly(lines, ask.rows)
}

function rowsOnly(lines: readonly object[], field: string): ExportedFile {
  const rows = lines.flatMap((line) => objectIn(line, field))
  return { text: csvOf(rows), rows: rows.length, type: 'text/csv' }
}

/** The first line is the answer without its lists; the rest goes back into lists named as the lines are. */
function everything(lines: readonly object[]): ExportedFile {
  const [first = {}, ...rest] = lines
  const lists: Record<string, object[]> = {}
  for (const line of rest) {
    for (const field of Object.keys(line)) (lists[field] ??= []).push(...objectIn(line, field))
  }
  return {
    text: JSON.stringify({ ...first, rows: lists }, undefined, 1),
    rows: rest.length,
    type: 'application/json',
  }
}

function objectIn(line: object, field: string): object[] {
  const value: unknown = Reflect.get(line, field)
  return typeof value === 'object' && value !== null ? [value] : []
}
