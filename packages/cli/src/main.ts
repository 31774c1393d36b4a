import { parseArgs } from 'node:util'
import { ProblemError, ServerUnreachable } from '@lotline/client/problem'
import { answers } from './answers.ts'
import { capture } from './capture.ts'
import { CannotDo, exitCodes, UsageError } from './exit-code.ts'
import { explain } from './explain.ts'
import { gaps } from './gaps.ts'
import { importFiles } from './import.ts'
import { rebuild } from './rebuild.ts'
import { search } from './search.ts'
import { start } from './start.ts'
import { out, outJson, say } from './terminal.ts'
import { trace } from './trace.ts'
import type { CommandLineVerb, Given } from './verb.ts'
import { verify } from './verify.ts'

const verbs: readonly CommandLineVerb[] = [
  start,
  importFiles,
  answers,
  trace,
  explain,
  search,
  gaps,
  capture,
  verify,
  rebuild,
]

const [name, ...rest] = process.argv.slice(2)
process.exitCode = await main(name, rest)

async function main(verb: string | undefined, args: readonly string[]): Promise<number> {
  if (verb === undefined || verb === '--help' || verb === '-h' || verb === 'help') {
    const asked = verbs.find((each) => each.name === args[0])
    out(asked ? asked.help : overview())
    return verb === undefined ? exitCodes.usage : exitCodes.ok
  }
  const found = verbs.find((each) => each.name === verb)
  if (!found) {
    say(`There is no command ${JSON.stringify(verb)}.\n\n${overview()}`)
    return exitCodes.usage
  }
  return runVerb(found, args)
}

async function runVerb(verb: CommandLineVerb, args: readonly string[]): Promise<number> {
  try {
    const given = read(verb, args)
    if (given.has('help')) {
      out(verb.help)
      return exitCodes.ok
    }
    return await verb.run(given)
  } catch (error) {
    return told(error, verb, args.includes('--json'))
  }
}

function read(verb: CommandLineVerb, args: readonly string[]): Given {
  let parsed
  try {
    parsed = parseArgs({
      args: [...args],
      options: verb.options,
      allowPositionals: true,
      allowNegative: true,
    })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
  const { values, positionals } = parsed
  const texts = (flag: string) => [values[flag] ?? []].flat().filter((each) => typeof each === 'string')
  return {
    words: positionals,
    texts,
    text: (flag) => texts(flag)[0],
    wants: (flag) => values[flag] !== false,
    has: (flag) => values[flag] !== undefined && values[flag] !== false,
  }
}

/** Says what went wrong, for people on stderr, for programs as JSON on stdout too, and gives the exit code. */
function told(error: unknown, verb: CommandLineVerb, json: boolean): number {
  if (error instanceof ProblemError) {
    if (json) outJson({ problem: error.body })
    say(`${error.message}${error.fix === '' ? '' : `\n${error.fix}`}`)
    return exitCodes.refused
  }
  if (error instanceof UsageError) {
    say(`${error.message}\n\n${verb.help}`)
    return exitCodes.usage
  }
  const known = error instanceof CannotDo || error instanceof ServerUnreachable
  say(known ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error))
  return exitCodes.failed
}

function overview(): string {
  const width = Math.max(...verbs.map((each) => each.name.length))
  const list = verbs.map((each) => `  ${each.name.padEnd(width)}  ${each.about}`).join('\n')
  return `lotline start
lotline import receipts.csv --mapping receipts.json
lotline answers H-20931

${list}

lotline COMMAND --help says more.`
}
