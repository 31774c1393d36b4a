/** Exit codes of every command; they are documented in each `--help`. */
export const exitCodes = {
  ok: 0,
  /** The server refused, or a check found something broken. */
  refused: 1,
  /** Could not be done: no server, no database, unreadable file. */
  failed: 2,
  /** The command line itself is wrong. */
  usage: 64,
} as const

/** The command line cannot be understood; the message says what is wrong with it. */
export class UsageError extends Error {
  override name = 'UsageError'
}

/** Something outside stands in the way; the message is for the person, with what to do. */
export class CannotDo extends Error {
  override name = 'CannotDo'
}
