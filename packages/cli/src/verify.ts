import { openDatabase } from '@lotline/server/database/database'
import type { VerifyReport } from '@lotline/server/ledger/verify'
import { verifyOpen } from '@lotline/server/operation/integrity'
import { exitCodes } from './exit-code.ts'
import { runningServer } from './find-server.ts'
import { offlineAddress } from './offline-address.ts'
import { out, outJson, say, table } from './terminal.ts'
import { type CommandLineVerb, type Given, serverOptions } from './verb.ts'

/** Checks that nothing recorded was changed. */
export const verify: CommandLineVerb = {
  help: `lotline verify
lotline verify --data /var/lib/lotline --json

Asks the running server, or opens the data folder itself where none runs. It changes nothing.

  --data DIR  data folder (default .lotline; environment LOTLINE_DATA; DATABASE_URL for an external PostgreSQL)
  --json      the report for programs

Exit codes: 0 everything is as it was recorded, 1 something is broken, 2 could not be checked, 64 wrong command line.`,
  options: serverOptions,
  async run(given: Given) {
    const report = await reportOf(given).catch((error: unknown) => {
      say(`Could not check: ${error instanceof Error ? error.message : String(error)}`)
      return undefined
    })
    if (!report) return exitCodes.failed
    if (given.has('json')) outJson(report)
    else print(report)
    return report.whole ? exitCodes.ok : exitCodes.refused
  },
}

async function reportOf(given: Given): Promise<VerifyReport> {
  const running = runningServer(given)
  if (running) return running.ask({ method: 'GET', path: '/v1/verify' })
  // A missing guard is a finding to report, not a reason not to look.
  const database = await openDatabase({ ...offlineAddress(given), acceptsMissingGuards: true })
  try {
    return await verifyOpen(database)
  } finally {
    await database.close()
  }
}

function print(report: VerifyReport): void {
  if (report.ledgers.length === 0) out('There is no ledger yet.')
  for (const fault of report.guards) out(`Guard: ${fault.message}`)
  for (const ledger of report.ledgers) {
    const found = ledger.faultCount === 0 ? 'whole' : `${ledger.faultCount} faults`
    out(`${ledger.organisation}: ${ledger.events} events, ${found}. Last leaf ${ledger.leaf}`)
    if (ledger.faults.length > 0)
      out(
        table(
          ['kind', 'position', 'table', 'what'],
          ledger.faults.map((fault) => [fault.kind, fault.position, fault.table, fault.message]),
        ),
      )
  }
}
