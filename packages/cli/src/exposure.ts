import type { Exposure } from '@lotline/core/recall/exposure-shape'
import { exitCodes, UsageError } from './exit-code.ts'
import { findServer } from './find-server.ts'
import { oneOf } from './question.ts'
import { out, outJson, table, warning } from './terminal.ts'
import { type CommandLineVerb, exitHelp, type Given, serverHelp, serverOptions } from './verb.ts'

const rowsShown = 40

/** What every bought lot would touch, were it bad. */
export const exposure: CommandLineVerb = {
  help: `lotline exposure
lotline exposure --sort customers
lotline exposure --json

Follows every bought lot of the plant to its end: how many units, customers and how much value one bad lot would touch.

  --sort units|customers|value   units if left out
  --json                         every lot, as one JSON document

${serverHelp}
${exitHelp}`,
  options: { ...serverOptions, sort: { type: 'string' } },
  async run(given: Given) {
    if (given.words.length > 0)
      throw new UsageError('exposure takes no identifiers: it goes through every lot.')
    const client = findServer(given)
    const sort = oneOf(given, 'sort', ['units', 'customers', 'value'] as const)
    if (!given.has('json')) {
      print(await client.exposure({ ...sort, limit: rowsShown }))
      return exitCodes.ok
    }
    const first = await client.exposure({ ...sort, limit: 10_000 })
    for (let cursor = first.nextCursor; cursor !== null;) {
      const page = await client.exposure({ ...sort, limit: 10_000, cursor })
      first.rows.push(...page.rows)
      cursor = page.nextCursor
    }
    outJson({ ...first, nextCursor: null })
    return exitCodes.ok
  },
}

function print(found: Exposure): void {
  out(`${found.sources} bought lots, each followed to its end.`)
  if (!found.complete) out(warning(`Not complete: ${found.reasons.join(', ')}.`))
  if (!found.valued)
    out('No item has a value: set the attribute `value` of an item to its price for one unit.')
  out('')
  out(
    table(
      ['lot', 'kind', 'item', 'supplier', 'units', 'customers', 'value'],
      found.rows.map((row) => [
        row.code,
        row.kind,
        row.item,
        row.supplier,
        row.units,
        row.customers,
        row.value,
      ]),
    ),
  )
  if (found.nextCursor !== null) out(`\nOnly the first ${rowsShown} are shown; --json gives all.`)
}
