import { exitCodes } from './exit-code.ts'
import { findServer } from './find-server.ts'
import { out, outJson, table } from './terminal.ts'
import { type CommandLineVerb, exitHelp, type Given, serverHelp, serverOptions } from './verb.ts'

interface GapRow {
  readonly no: number
  readonly kind: string
  readonly detail: string
  readonly code: string | null
  readonly happenedAt: string
}

/** What is missing in the record. */
export const gaps: CommandLineVerb = {
  help: `lotline gaps
lotline gaps --json

Lists the holes in the record that are still open, oldest first.

${serverHelp}
${exitHelp}`,
  options: serverOptions,
  async run(given: Given) {
    const client = findServer(given)
    const rows: GapRow[] = []
    let cursor: string | null | undefined
    do {
      const page = await client.list<GapRow>('gaps', {
        open: 'true',
        limit: 1000,
        ...(cursor ? { cursor } : {}),
      })
      rows.push(...page.rows)
      cursor = page.nextCursor
    } while (cursor)
    if (given.has('json')) outJson({ gaps: rows })
    else
      out(
        table(
          ['gap', 'kind', 'lot', 'happened', 'what'],
          rows.map((row) => [row.no, row.kind, row.code, row.happenedAt.slice(0, 10), row.detail]),
        ),
      )
    return exitCodes.ok
  },
}
