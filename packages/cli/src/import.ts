import { openAsBlob, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { Client } from '@lotline/client/client'
import { CannotDo, exitCodes, UsageError } from './exit-code.ts'
import { findServer } from './find-server.ts'
import { out, outJson, say, table } from './terminal.ts'
import { type CommandLineVerb, type Given, serverHelp, serverOptions } from './verb.ts'

/** What the server says of an import, line by line; the last line is the result. */
interface ImportLine {
  readonly progress?: { readonly records: number; readonly recordsTotal?: number; readonly recorded: number }
  readonly result?: ImportReport
  readonly problem?: Problem
}

interface Problem {
  readonly code: string
  readonly detail: string
  readonly fix: string
}

/** A file that was taken in, or that was refused as a whole. */
type FileResult = { readonly file: string } & (ImportReport | { readonly problem: Problem })

interface ImportReport {
  readonly format: string
  readonly records: number
  readonly recorded: number
  readonly known: number
  readonly differing: number
  readonly refused: number
  readonly gaps: number
  readonly exceptions: number
  readonly problems: readonly { place: string; id: string; code: string; message: string; fix: string }[]
}

/** Takes in records that others made. */
export const importFiles: CommandLineVerb = {
  help: `lotline import shipments.jsonld
lotline import receipts.csv --mapping receipts.json --dry-run
lotline import a.xml b.xml --json

The format is told by the content. Importing a file twice adds nothing; what does not add up becomes a gap.

  --mapping FILE  what the columns or objects of a table or log mean
  --format NAME   where the content does not say: epcis, catena-x, ocel-json, ocel-xml, ocel-sqlite, csv, xlsx
  --dry-run       say what would be recorded, record nothing
  --json          for programs: one document, with a result or a problem per file

${serverHelp}
Exit codes: 0 all taken in, 1 some records or a file were refused, 2 could not be done, 64 wrong command line.`,
  options: {
    ...serverOptions,
    mapping: { type: 'string' },
    format: { type: 'string' },
    'dry-run': { type: 'boolean' },
  },
  run,
}

async function run(given: Given): Promise<number> {
  if (given.words.length === 0) throw new UsageError('Name at least one file.')
  const client = findServer(given)
  const results: FileResult[] = []
  let refused = false
  for (const file of given.words) {
    const last = await importFile(client, file, given)
    if (last.problem) {
      refused = true
      results.push({ file, problem: last.problem })
      say(`${file}: ${last.problem.detail}\n${last.problem.fix}`)
    }
    if (last.result) {
      refused ||= last.result.refused > 0
      // By the name it was given under: two folders may each hold an events.csv.
      results.push({ ...last.result, file })
    }
  }
  if (given.has('json')) outJson({ ...(given.has('dry-run') ? { dryRun: true } : {}), files: results })
  else print(results, given.has('dry-run'))
  return refused ? exitCodes.refused : exitCodes.ok
}

async function importFile(client: Client, file: string, given: Given): Promise<ImportLine> {
  const [mapping, format] = [given.text('mapping'), given.text('format')]
  const content = await openAsBlob(file).catch((error: unknown) => {
    throw new CannotDo(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}.`)
  })
  const form = new FormData()
  if (mapping !== undefined) form.set('mapping', readMapping(mapping))
  form.set('file', content, basename(file))
  const query = {
    ...(format === undefined ? {} : { format }),
    ...(given.has('dry-run') ? { dryRun: true } : {}),
  }
  let last: ImportLine = {}
  for await (const line of client.lines({ method: 'POST', path: '/v1/imports', query, form })) {
    last = line as ImportLine
    if (last.progress && process.stderr.isTTY)
      process.stderr.write(`\r${file}: ${last.progress.records} records`)
  }
  if (process.stderr.isTTY) process.stderr.write('\n')
  return last
}

function readMapping(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new CannotDo(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}.`)
  }
}

function print(all: readonly FileResult[], dryRun: boolean): void {
  // A file that was refused as a whole has said so, and has no counts.
  const results = all.flatMap((each) => ('problem' in each ? [] : [each]))
  if (results.length === 0) return
  if (dryRun) out('Dry run: nothing was recorded.')
  const recorded = dryRun ? 'would be recorded' : 'recorded'
  out(
    table(
      ['file', 'format', 'records', recorded, 'known', 'differing', 'refused', 'gaps', 'exceptions'],
      results.map((each) => [
        each.file,
        each.format,
        each.records,
        each.recorded,
        each.known,
        each.differing,
        each.refused,
        each.gaps,
        each.exceptions,
      ]),
    ),
  )
  for (const { problems } of results)
    for (const each of problems) say(`${each.place}: ${each.message} ${each.fix}`)
}
