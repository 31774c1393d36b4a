import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { apply } from '@lotline/core/catalogue'
import { openDatabase } from '@lotline/server/database/database'
import { listOrganisations } from '@lotline/server/database/organisation'
import { rebuild as rebuildTables, type RebuildReport } from '@lotline/server/ledger/rebuild'
import { exitCodes } from './exit-code.ts'
import { dataFolder, runningServer } from './find-server.ts'
import { offlineAddress } from './offline-address.ts'
import { out, outJson } from './terminal.ts'
import { type CommandLineVerb, exitHelp, type Given, serverOptions } from './verb.ts'

/** Makes every table anew from the facts. */
export const rebuild: CommandLineVerb = {
  help: `lotline rebuild
lotline rebuild --data /var/lib/lotline --json

Asks the running server, or opens the data folder itself where none runs. Captures wait while it works; facts are never
touched. It says which rows differed from what the facts say.

${exitHelp}`,
  options: serverOptions,
  async run(given: Given) {
    const reports = await reportsOf(given)
    if (given.has('json')) outJson(reports)
    else
      for (const each of reports)
        out(`${each.events} events, ${each.rows} rows made anew, ${each.differences.length} had differed.`)
    return exitCodes.ok
  },
}

async function reportsOf(given: Given): Promise<readonly RebuildReport[]> {
  const running = runningServer(given)
  if (running) return [await running.ask<RebuildReport>({ method: 'POST', path: '/v1/rebuild' })]
  const database = await openDatabase(offlineAddress(given))
  try {
    const reports: RebuildReport[] = []
    // Kept copies of the graph were made from the tables as they are now.
    await rm(join(dataFolder(given), 'graph'), { recursive: true, force: true })
    for (const { org } of await listOrganisations(database.pool))
      reports.push(await rebuildTables(database.pool, org, { apply }))
    return reports
  } finally {
    await database.close()
  }
}
