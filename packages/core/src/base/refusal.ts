/**
 * A refusal is a value: what the shop can cause and the shop can mend. Its `code` is stable and documented;
 * `message` says what happened to which thing and why, `fix` says what to do now.
 */
export interface Refusal<Code extends string = string> {
  readonly refused: true
  readonly code: Code
  readonly message: string
  readonly fix: string
  /** The part of the command at fault, as a path: `quantity`, `lines/2/lot`. */
  readonly field?: string | undefined
  /** The offending value, as given. */
  readonly value?: string | undefined
  /** Things involved, for programs: the held lot, the choices of an ambiguous id. */
  readonly details?: Readonly<Record<string, unknown>> | undefined
}

/** Makes a refusal. */
export function refuse<Code extends string>(
  code: Code,
  say: {
    message: string
    fix: string
    field?: string | undefined
    value?: string | undefined
    details?: Record<string, unknown> | undefined
  },
): Refusal<Code> {
  return { refused: true, code, ...say }
}

/** All of the results, or the first refusal among them. O(n). */
export function allAccepted<Result>(results: readonly (Result | Refusal)[]): readonly Result[] | Refusal {
  const accepted: Result[] = []
  for (const result of results) {
    if (isRefusal(result)) return result
    accepted.push(result)
  }
  return accepted
}

/** Tells a refusal from any other result. */
export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && (value as { refused?: unknown }).refused === true
}
