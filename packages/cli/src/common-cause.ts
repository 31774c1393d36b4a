import type { CommonCause } from '@lotline/core/recall/common-cause-shape'
import { exitCodes } from './exit-code.ts'
import { findServer } from './find-server.ts'
import { idsIn, questionHelp, questionIn, questionOptions } from './question.ts'
import { out, outJson, table, warning } from './terminal.ts'
import { type CommandLineVerb, exitHelp, type Given, serverHelp } from './verb.ts'

/** What failing units have in common, against good ones. */
export const commonCause: CommandLineVerb = {
  help: `lotline common-cause SN-0042 SN-0107 SN-0211
lotline common-cause SN-0042 SN-0107 --good SN-0001 --good SN-0002

Ranks every lot, supplier, machine, tool, person, place, reading and time that the failing units have behind them, by how
unlikely it is that good units have it so much less. Without --good, all other units of the same items are good.

  --good ID                  a good unit; may be given again
${questionHelp}

${serverHelp}
${exitHelp}`,
  options: { ...questionOptions, good: { type: 'string', multiple: true } },
  async run(given: Given) {
    const good = given.texts('good')
    const found = await findServer(given).commonCause(idsIn(given), {
      ...questionIn(given),
      ...(good.length > 0 ? { good } : {}),
    })
    if (given.has('json')) outJson(found)
    else print(found)
    return exitCodes.ok
  },
}

function print(found: CommonCause): void {
  const { failing, good, tested, causes } = found
  const part = good.units < good.of ? `, an even part of ${good.of}` : ''
  out(`${failing} failing units against ${good.units} good ones${part}; ${tested} causes tested.`)
  if (!found.complete) out(warning(`Not complete: ${found.reasons.join(', ')}.`))
  if (!causes.some(({ significant }) => significant))
    out('Nothing is more common among the failing units than chance allows.')
  out('')
  const rows = causes.map((cause) => [
    cause.kind,
    cause.name,
    cause.item,
    `${cause.failingWith}/${failing}`,
    `${cause.goodWith}/${good.units}`,
    short(cause.odds.value),
    `${short(cause.odds.low)} to ${short(cause.odds.high)}`,
    short(cause.bonferroni),
    cause.explainedBy === null ? (cause.significant ? 'yes' : '') : `comes with ${cause.explainedBy}`,
    cause.same.map(({ name }) => name).join(', '),
  ])
  const heads = [
    'kind',
    'cause',
    'item',
    'failing',
    'good',
    'odds',
    '95 %',
    'adjusted',
    'significant',
    'the same units',
  ]
  out(table(heads, rows))
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)))
}
