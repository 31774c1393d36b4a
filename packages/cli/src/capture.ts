import { readFileSync } from 'node:fs'
import type { Accepted, BulkAnswer } from '@lotline/client/client'
import { CannotDo, exitCodes, UsageError } from './exit-code.ts'
import { findServer } from './find-server.ts'
import { out, outJson, say } from './terminal.ts'
import { type CommandLineVerb, type Given, serverHelp, serverOptions } from './verb.ts'

/** Records facts from a file of commands. */
export const capture: CommandLineVerb = {
  help: `lotline capture receipt.json
echo '{"verb":"receive","item":"BAR","quantity":{"value":"200"},"place":"A1","supplier":"MILL","heat":"H-1"}' | lotline capture -
lotline capture facts.json --json

The file holds one command, an array of commands (each with its key, recorded each by itself), or
{ "mode": "all-or-nothing", "commands": [...] }. - reads standard input.

${serverHelp}
Exit codes: 0 all recorded, 1 something was refused, 2 could not be done, 64 wrong command line.`,
  options: serverOptions,
  async run(given: Given) {
    const [file] = given.words
    if (file === undefined || given.words.length > 1)
      throw new UsageError('Name one file, or - for standard input.')
    const content = parsed(file)
    const json = Array.isArray(content) ? { mode: 'each', commands: content } : content
    const answer = await findServer(given).ask<Accepted | BulkAnswer>({
      method: 'POST',
      path: '/v1/captures',
      json,
    })
    if (given.has('json')) outJson(answer)
    return 'results' in answer ? toldMany(answer, given) : toldOne(answer, given)
  },
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file === '-' ? 0 : file, 'utf8'))
  } catch (error) {
    throw new CannotDo(
      `${file} cannot be read as JSON: ${error instanceof Error ? error.message : String(error)}.`,
    )
  }
}

function toldOne(answer: Accepted, given: Given): number {
  if (!given.has('json')) {
    const made = Object.values(answer.made)
      .flat()
      .map((each) => `${each.code} (${each.kind})`)
    const known = answer.replayed ? 'already recorded: ' : ''
    out(
      `${known}${answer.event.type} at position ${answer.position}${made.length > 0 ? `: ${made.join(', ')}` : ''}`,
    )
  }
  for (const gap of answer.notes.gaps) say(`Gap: ${gap}`)
  return exitCodes.ok
}

function toldMany(answer: BulkAnswer, given: Given): number {
  const known = answer.results.filter(({ ok, replayed }) => ok && replayed).length
  const counts = [
    answer.dryRun
      ? `Dry run: ${answer.accepted - known} would be recorded`
      : `${answer.accepted - known} recorded`,
    ...(known > 0 ? [`${known} already recorded`] : []),
    `${answer.refused} refused`,
    `${answer.withheld} withheld`,
  ]
  if (!given.has('json')) out(counts.join(', '))
  for (const { key, problem } of answer.results) if (problem) say(`${key}: ${problem.detail} ${problem.fix}`)
  return answer.refused + answer.withheld > 0 ? exitCodes.refused : exitCodes.ok
}
