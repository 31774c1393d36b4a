import { refuse } from '@lotline/core/base/refusal'
import { applicationIdentifiers } from './application-identifiers.ts'
import type { AiValue, Gs1Refusal } from './value-check.ts'

/** `310n` stands for 3100 to 3109: each `n` is one digit. */
function fits(pattern: string, ai: string): boolean {
  return (
    pattern.length === ai.length && [...pattern].every((letter, at) => letter === 'n' || letter === ai[at])
  )
}

/**
 * The rules between the identifiers of one symbol: a repeated one has equal data, excluded ones do not meet, and what one
 * needs is there. `single: true` leaves out the needs, for internal labels that carry a bare lot (GS-04).
 * O(n^2) in the few identifiers of a symbol.
 */
export function checkAssociations(
  values: readonly AiValue[],
  rules: { single: boolean } = { single: false },
): Gs1Refusal | undefined {
  const seen = new Map<string, string>()
  for (const { ai, value } of values) {
    const earlier = seen.get(ai)
    if (earlier !== undefined && earlier !== value) {
      return bad(`(${ai}) stands twice with different data, ${earlier} and ${value}`, ai)
    }
    seen.set(ai, value)
  }
  const present = [...seen.keys()]
  const has = (pattern: string) => present.some((ai) => fits(pattern, ai))
  for (const ai of present) {
    const definition = applicationIdentifiers.get(ai)
    if (!definition) continue
    const meets = present.find(
      (other) => other !== ai && definition.excludes.some((pattern) => fits(pattern, other)),
    )
    if (meets !== undefined) return bad(`(${ai}) and (${meets}) exclude each other`, ai)
    if (rules.single) continue
    const lacking = definition.needs.find((group) => !group.some((pattern) => pattern.split('+').every(has)))
    if (lacking) return bad(`(${ai}) needs one of (${lacking.join('), (')}) beside it`, ai)
  }
  return undefined
}

function bad(what: string, ai: string): Gs1Refusal {
  return refuse('gs1_bad_combination', {
    message: `${what}.`,
    fix: 'Check the label: these identifiers do not belong together as they stand.',
    field: ai,
  })
}
