import { parseArgs } from 'node:util'
import { ProblemError, ServerUnreachable } from '@lotline/client/problem'
import { CannotDo, exitCodes, UsageError } from './exit-code.ts'
import { allowEarlyReader, out, outJson, say } from './terminal.ts'
import type { CommandLineVerb, Given } from './verb.ts'

interface Listed {
  readonly name: string
  readonly about: string
  /** Only what was asked for is loaded: a question needs neither database nor server. */
  readonly load: () => Promise<CommandLineVerb>
}

const verbs: readonly Listed[] = [
  {
    name: 'start',
    about: 'runs the server in the foreground',
    load: async () => (await import('./start.ts')).start,
  },
  {
    name: 'import',
    about: 'takes in files that others made: EPCIS, Catena-X, OCEL, CSV, XLSX',
    load: async () => (await import('./import.ts')).importFiles,
  },
  {
    name: 'answers',
    about: 'what was affected, where it went, what remains, which orders would use it',
    load: async () => (await import('./answers.ts')).answers,
  },
  {
    name: 'trace',
    about: 'everything that went into a thing, or came of it',
    load: async () => (await import('./trace.ts')).trace,
  },
  {
    name: 'lanes',
    about: 'a trace as it is drawn: boxes in lanes, folded whatever its size',
    load: async () => (await import('./lanes.ts')).lanes,
  },
  {
    name: 'explain',
    about: 'why a thing is in scope: the shortest proof',
    load: async () => (await import('./explain.ts')).explain,
  },
  {
    name: 'common-cause',
    about: 'what failing units have in common, against good ones',
    load: async () => (await import('./common-cause.ts')).commonCause,
  },
  {
    name: 'exposure',
    about: 'for every bought lot, what it would touch were it bad',
    load: async () => (await import('./exposure.ts')).exposure,
  },
  {
    name: 'what-if',
    about: 'the scope if something were otherwise than recorded',
    load: async () => (await import('./what-if.ts')).whatIf,
  },
  {
    name: 'search',
    about: 'what a text names, exactly and nearly',
    load: async () => (await import('./search.ts')).search,
  },
  {
    name: 'gaps',
    about: 'what is missing in the record',
    load: async () => (await import('./gaps.ts')).gaps,
  },
  {
    name: 'capture',
    about: 'records facts from JSON: one command, or several',
    load: async () => (await import('./capture.ts')).capture,
  },
  {
    name: 'people',
    about: 'who has an account and which roles; adds, changes, disables',
    load: async () => (await import('./people.ts')).people,
  },
  {
    name: 'keys',
    about: 'keys of programs on other machines; makes, rotates, revokes',
    load: async () => (await import('./keys.ts')).keys,
  },
  {
    name: 'advise',
    about: 'which level of tracking a family of products needs, and why',
    load: async () => (await import('./advise.ts')).advise,
  },
  {
    name: 'verify',
    about: 'checks every fact against its hash, and every table against the facts',
    load: async () => (await import('./verify.ts')).verify,
  },
  {
    name: 'seal',
    about: 'signs the ledger as it stands, so that a later change of it shows',
    load: async () => (await import('./seal.ts')).seal,
  },
  {
    name: 'rebuild',
    about: 'makes every table anew from the facts',
    load: async () => (await import('./rebuild.ts')).rebuild,
  },
]

allowEarlyReader()
const [name, ...rest] = process.argv.slice(2)
process.exitCode = await main(name, rest)

async function main(verb: string | undefined, args: readonly string[]): Promise<number> {
  if (verb === undefined || verb === '--help' || verb === '-h' || verb === 'help') {
    const asked = verbs.find((each) => each.name === args[0])
    out(asked ? (await asked.load()).help : overview())
    return verb === undefined ? exitCodes.usage : exitCodes.ok
  }
  const found = verbs.find((each) => each.name === verb)
  if (!found) {
    say(`There is no command ${JSON.stringify(verb)}.\n\n${overview()}`)
    return exitCodes.usage
  }
  return runVerb(await found.load(), args)
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
