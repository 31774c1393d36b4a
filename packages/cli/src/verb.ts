import type { ParseArgsConfig } from 'node:util'

/** One verb of the command line. */
export interface CommandLineVerb {
  /** Examples first, then flags and exit codes: what `--help` prints. */
  readonly help: string
  readonly options: NonNullable<ParseArgsConfig['options']>
  /** Does it and gives the exit code. Results go to stdout, messages to stderr. */
  run(given: Given): Promise<number>
}

/** What was typed behind the verb. */
export interface Given {
  readonly words: readonly string[]
  text(name: string): string | undefined
  texts(name: string): readonly string[]
  has(name: string): boolean
  /** A switch that is on unless `--no-` turned it off. */
  wants(name: string): boolean
}

/** Flags of verbs that talk to a server. */
export const serverOptions = {
  data: { type: 'string' },
  url: { type: 'string' },
  token: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const satisfies CommandLineVerb['options']

export const serverHelp = `Where the server is: --data DIR (its data folder, default .lotline), or --url and --token, or the
environment: LOTLINE_DATA, or LOTLINE_URL and LOTLINE_TOKEN.`

export const exitHelp = `Exit codes: 0 done, 1 refused, 2 could not be done (no server, no file), 64 wrong command line.`
