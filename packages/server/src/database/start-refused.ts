/**
 * The program cannot start, for a reason that the person at the machine can mend. The message is meant for them:
 * what is wrong, and after it what to do.
 */
export class StartRefused extends Error {
  override name = 'StartRefused'
  readonly fix: string

  constructor(message: string, fix: string, cause?: unknown) {
    super(`${message} ${fix}`, cause === undefined ? undefined : { cause })
    this.fix = fix
  }
}
