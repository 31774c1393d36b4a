import { existsSync, readFileSync } from 'node:fs'
import { isRefusal } from '@lotline/core/base/refusal'
import { splitNotes } from '@lotline/core/ledger/checkpoint-note'
import { openDatabase } from '@lotline/server/database/database'
import type { VerifyReport } from '@lotline/server/ledger/verify'
import { verifyOpen } from '@lotline/server/operation/integrity'
import { CannotDo, exitCodes, UsageError } from './exit-code.ts'
import { dataFolder, runningServer } from './find-server.ts'
import { offlineAddress } from './offline-address.ts'
import { out, outJson, say, table } from './terminal.ts'
import { type CommandLineVerb, type Given, serverOptions } from './verb.ts'

/** Checks that nothing recorded was changed. */
export const verify: CommandLineVerb = {
  help: `lotline verify
lotline verify --checkpoint kept-elsewhere.txt
lotline verify --since kept-elsewhere.txt --json

Asks the running server, or opens the data folder itself where none runs. It changes nothing.

  --data DIR         data folder (default .lotline; environment LOTLINE_DATA; DATABASE_URL for an external PostgreSQL)
  --checkpoint FILE  signed checkpoints kept elsewhere: the ledger must still begin with each. May be given several times
  --since FILE       reads only what came after this checkpoint (the last one in the file); what is older must still give
                     its root, and tables are not compared
  --json             the report for programs

Exit codes: 0 everything is as it was recorded, 1 something is broken, 2 could not be checked, 64 wrong command line.`,
  options: { ...serverOptions, checkpoint: { type: 'string', multiple: true }, since: { type: 'string' } },
  async run(given: Given) {
    const ask = noted(given)
    const report = await reportOf(given, ask).catch((error: unknown) => {
      say(`Could not check: ${error instanceof Error ? error.message : String(error)}`)
      return undefined
    })
    if (!report) return exitCodes.failed
    if (given.has('json')) outJson(report)
    else print(report)
    return report.whole ? exitCodes.ok : exitCodes.refused
  },
}

interface Noted {
  readonly checkpoints: readonly string[]
  readonly since?: string
}

function noted(given: Given): Noted {
  const since = given.text('since')
  const newest = since === undefined ? undefined : notesIn(since).at(-1)
  return {
    checkpoints: given.texts('checkpoint').flatMap(notesIn),
    ...(newest === undefined ? {} : { since: newest }),
  }
}

/** The signed notes of a file, which may hold many, one after the other. */
function notesIn(path: string): readonly string[] {
  const notes = splitNotes(textOf(path))
  if (notes.length > 0) return notes
  throw new UsageError(`${path} holds no signed checkpoint. Give it unchanged, with its signature lines.`)
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}

async function reportOf(given: Given, ask: Noted): Promise<VerifyReport> {
  const running = runningServer(given)
  if (running) return running.ask({ method: 'POST', path: '/v1/verify', json: ask })
  // A missing guard is a finding to report, not a reason not to look.
  const database = await openDatabase({ ...offlineAddress(given), acceptsMissingGuards: true })
  try {
    // Where a database elsewhere is verified from a machine without the folder, files are not compared; the report says so.
    const folder = dataFolder(given)
    const report = await verifyOpen(database, existsSync(folder) ? folder : undefined, ask)
    if (isRefusal(report)) throw new CannotDo(`${report.message} ${report.fix}`)
    return report
  } finally {
    await database.close()
  }
}

function print(report: VerifyReport): void {
  if (report.ledgers.length === 0) out('There is no ledger yet.')
  for (const fault of report.guards) out(`Guard: ${fault.message}`)
  for (const fault of report.missing) out(fault.message)
  for (const ledger of report.ledgers) {
    const found = ledger.faultCount === 0 ? 'whole' : `${ledger.faultCount} faults`
    const files = ledger.documents === null ? 'files not at hand' : `${ledger.documents} files`
    const against = `${ledger.checkpoints} checkpoints, ${files}`
    const tables = ledger.tablesCompared ? '' : ' Tables were not compared.'
    out(
      `${ledger.organisation}: ${ledger.events} events, ${against}: ${found}.${tables} Last leaf ${ledger.leaf}`,
    )
    if (ledger.faults.length > 0)
      out(
        table(
          ['kind', 'position', 'table', 'what'],
          ledger.faults.map((fault) => [fault.kind, fault.position, fault.table, fault.message]),
        ),
      )
  }
}
