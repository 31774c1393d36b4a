/** What the server says when it cannot answer (`application/problem+json`): what, which thing, why, and what to do now. */
export interface ProblemBody {
  readonly title?: string
  readonly status?: number
  readonly detail?: string
  readonly code?: string
  readonly field?: string
  readonly value?: string
  readonly fix?: string
  readonly details?: unknown
}

export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly fix: string | undefined
  readonly value: string | undefined
  readonly details: unknown

  constructor(status: number, body: ProblemBody) {
    super(body.detail ?? body.title ?? `The server answered ${status}.`)
    this.status = status
    this.code = body.code ?? `http_${status}`
    this.fix = body.fix
    this.value = body.value
    this.details = body.details
  }
}
