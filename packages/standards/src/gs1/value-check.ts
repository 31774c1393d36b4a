import { refuse, type Refusal } from '@lotline/core/base/refusal'
import {
  type AiPart,
  type ApplicationIdentifier,
  type CharacterSet,
  lengthMaxOf,
} from './application-identifiers.ts'
import { contentRules } from './content-rules.ts'

export type Gs1Refusal = Refusal<
  'gs1_unreadable' | 'gs1_unknown_identifier' | 'gs1_bad_value' | 'gs1_bad_combination' | 'gs1_bad_link'
>

/** One application identifier with its data, as text: leading zeros and case are kept. */
export interface AiValue {
  readonly ai: string
  readonly value: string
}

const outside: Record<CharacterSet, RegExp> = {
  N: /[^0-9]/,
  X: /[^!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]/,
  Y: /[^#\-/0-9A-Z]/,
  Z: /[^\-0-9A-Z_a-z=]/,
}

/**
 * Checks the data of one identifier: lengths, characters, content rules, part by part. Gives the refusal, which names the
 * identifier and shows the fault between bars as in `(8001)1|X|34`, or `undefined` when the data is good.
 */
export function checkValue(definition: ApplicationIdentifier, value: string): Gs1Refusal | undefined {
  const { ai } = definition
  if (value.length > lengthMaxOf(definition))
    return bad(ai, value, `is longer than ${lengthMaxOf(definition)} characters`)
  let at = 0
  for (const part of definition.parts) {
    const text = value.slice(at, at + part.lengthMax)
    if (text === '' && part.optional) break
    const fault = checkPart(part, text)
    if (fault)
      return bad(ai, `${value.slice(0, at)}${fault.shown}${value.slice(at + text.length)}`, fault.why)
    at += text.length
  }
  return undefined
}

function checkPart(part: AiPart, text: string): { shown: string; why: string } | undefined {
  const wrong = outside[part.set].exec(text)
  if (wrong) {
    const shown = `${text.slice(0, wrong.index)}|${wrong[0]}|${text.slice(wrong.index + 1)}`
    return {
      shown,
      why: part.set === 'N' ? 'has a character that is not a digit' : 'has a character outside its set',
    }
  }
  if (text.length < part.lengthMin) return { shown: `|${text}|`, why: 'is too short' }
  for (const name of part.rules) {
    const rule = contentRules[name]
    if (rule && !rule.holds(text)) return { shown: `|${text}|`, why: `must have ${rule.wants}` }
  }
  return undefined
}

function bad(ai: string, shown: string, why: string): Gs1Refusal {
  return refuse('gs1_bad_value', {
    message: `(${ai}) ${why}: (${ai})${shown}.`,
    fix: 'Scan the label again, or key what is printed beside the symbol.',
    field: ai,
    value: shown,
  })
}
