import { refuse } from '@lotline/core/base/refusal'
import { applicationIdentifiers, identifierAt, lengthMaxOf } from './application-identifiers.ts'
import { type AiValue, checkValue, type Gs1Refusal } from './value-check.ts'

/** The separator that a scanner sends for FNC1. */
export const separator = '\u001d'

/** Longest text that is looked at: far above any symbol, and small enough to answer at once. */
export const textLengthMax = 10_000

/**
 * Splits the data of a GS1 symbol into its identifiers and checks each. A separator is needed after an identifier without
 * predefined length, and tolerated after any other and at the end (GS-02). O(n).
 */
export function parseElementString(text: string): readonly AiValue[] | Gs1Refusal {
  if (text.length > textLengthMax) return unreadable(`is longer than ${textLengthMax} characters`, 0)
  const values: AiValue[] = []
  let at = text.startsWith(separator) ? 1 : 0
  while (at < text.length) {
    const definition = identifierAt(text, at)
    if (!definition) return unknown(text.slice(at, at + 4), at)
    const start = at + definition.ai.length
    const stop = text.indexOf(separator, start)
    const end = definition.fixed
      ? Math.min(start + lengthMaxOf(definition), text.length)
      : stop < 0
        ? text.length
        : stop
    const value = text.slice(start, end)
    const fault = checkValue(definition, value)
    if (fault) return fault
    values.push({ ai: definition.ai, value })
    at = text.startsWith(separator, end) ? end + 1 : end
  }
  return values.length === 0 ? unreadable('is empty', 0) : values
}

/**
 * Reads the form printed for people: `(01)09506000134352(10)AB-1`. `\(` is a bracket inside data. A value is at least one
 * character. O(n).
 */
export function parseBracketed(text: string): readonly AiValue[] | Gs1Refusal {
  if (text.length > textLengthMax) return unreadable(`is longer than ${textLengthMax} characters`, 0)
  const values: AiValue[] = []
  const pair = /\((\d{2,4})\)((?:\\\(|[^(])+)/y
  let at = 0
  while (at < text.length) {
    pair.lastIndex = at
    const found = pair.exec(text)
    if (!found) return unreadable('is not a list of (identifier)data', at)
    const [whole, ai = '', data = ''] = found
    const definition = applicationIdentifiers.get(ai)
    if (!definition) return unknown(ai, at)
    const value = data.replaceAll('\\(', '(')
    const fault = checkValue(definition, value)
    if (fault) return fault
    values.push({ ai, value })
    at += whole.length
  }
  return values.length === 0 ? unreadable('is empty', 0) : values
}

/** The data of a symbol, with a separator after each identifier that needs one and is not the last. */
export function formatElementString(values: readonly AiValue[]): string {
  return values
    .map(({ ai, value }, index) => {
      const needsStop = index < values.length - 1 && !applicationIdentifiers.get(ai)?.fixed
      return `${ai}${value}${needsStop ? separator : ''}`
    })
    .join('')
}

/** The form printed for people and kept in texts. */
export function formatBracketed(values: readonly AiValue[]): string {
  return values.map(({ ai, value }) => `(${ai})${value.replaceAll('(', '\\(')}`).join('')
}

/**
 * All ways to read data whose separators may have been lost: an identifier without predefined length may end wherever the
 * rest reads as further identifiers. More than one way means: ask, never guess. Stops at `limit` ways.
 */
export function everyReading(text: string, limit = 4): readonly (readonly AiValue[])[] {
  const readings: AiValue[][] = []
  const walk = (at: number, before: readonly AiValue[]): void => {
    if (readings.length >= limit) return
    if (at === text.length) {
      if (before.length > 0) readings.push([...before])
      return
    }
    const definition = identifierAt(text, at)
    if (!definition || before.some(({ ai }) => ai === definition.ai)) return
    const start = at + definition.ai.length
    const longest = Math.min(start + lengthMaxOf(definition), text.length)
    for (let end = longest; end > start; end--) {
      const value = text.slice(start, end)
      if (checkValue(definition, value) === undefined) walk(end, [...before, { ai: definition.ai, value }])
      if (definition.fixed) break
    }
  }
  if (text.length <= 200) walk(0, [])
  return readings
}

function unknown(text: string, at: number): Gs1Refusal {
  return refuse('gs1_unknown_identifier', {
    message: `No GS1 application identifier begins with ${JSON.stringify(text)} (character ${at + 1}).`,
    fix: 'Check that this is a GS1 label and that the scanner sends the separator (GS) for FNC1.',
    value: text,
  })
}

export function unreadable(why: string, at: number): Gs1Refusal {
  return refuse('gs1_unreadable', {
    message: `The text ${why} (character ${at + 1}).`,
    fix: 'Scan the label again, or key the numbers with their identifiers in brackets: (01)...(10)...',
  })
}
