import { exitCodes, UsageError } from './exit-code.ts'
import { findServer } from './find-server.ts'
import { out, outJson, table } from './terminal.ts'
import { type CommandLineVerb, type Given, serverHelp, serverOptions } from './verb.ts'

/** What a text names. */
export const search: CommandLineVerb = {
  help: `lotline search 20240847
lotline search "(01)04012345123456(10)AB-1" --json

${serverHelp}
Exit codes: 0 found, 1 nothing of that name, 2 could not be done, 64 wrong command line.`,
  options: serverOptions,
  async run(given: Given) {
    if (given.words.length === 0) throw new UsageError('Give the text to look for.')
    const found = await findServer(given).search(given.words.join(' '))
    if (given.has('json')) outJson(found)
    else {
      const rows = (list: typeof found.matches) =>
        list.map((each) => [each.code, each.type, each.kind, each.item, each.status])
      out(table(['name', 'is', 'kind', 'item', 'status'], rows(found.matches)))
      if (found.near.length > 0)
        out(`\nLike it:\n${table(['name', 'is', 'kind', 'item', 'status'], rows(found.near))}`)
    }
    return found.matches.length > 0 ? exitCodes.ok : exitCodes.refused
  },
}
