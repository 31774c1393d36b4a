/** What the server says when it refuses (`application/problem+json`): what, which thing, why, and what to do now. */
export interface ProblemBody {
  readonly title?: string
  readonly status?: number
  readonly detail?: string
  readonly instance?: string
  readonly code?: string
  readonly field?: string
  readonly value?: string
  readonly fix?: string
  readonly details?: Readonly<Record<string, unknown>>
}

/** A refusal of the server, as an error of the caller. `code` is stable; `fix` says what to do. */
export class ProblemError extends Error {
  override name = 'ProblemError'
  readonly status: number
  readonly code: string
  readonly fix: string
  readonly body: ProblemBody

  constructor(status: number, body: ProblemBody) {
    super(body.detail ?? body.title ?? `The server answered ${status}.`)
    this.status = status
    this.code = body.code ?? `http_${status}`
    this.fix = body.fix ?? ''
    this.body = body
  }
}

/** There is no server to talk to, or the connection broke. */
export class ServerUnreachable extends Error {
  override name = 'ServerUnreachable'
}
