import type { CivilDate } from '../base/instant.ts'
import { refuse, type Refusal } from '../base/refusal.ts'
import { checkCharacterOf } from './check-character.ts'

/**
 * Numbering rules (A3). A scheme is text with tokens in braces, `{YYYY}{MM}{DD}-{SUPPLIER}-{SEQ:4}`; a scheme without any
 * brace may write them bare, `YYYYMMDD-SUPPLIER-SEQ`. Tokens: `YYYY YY MM DD`, `JJJ` (day of the year), `SUPPLIER ITEM SITE
 * LINE SHIFT ORDER`, `SEQ` (digits, at least the given width), `LETTER` (A, B ... Z, AA), `CHECK` (of all before it).
 */
export const tokens = [
  'YYYY',
  'YY',
  'MM',
  'DD',
  'JJJ',
  'SUPPLIER',
  'ITEM',
  'SITE',
  'LINE',
  'SHIFT',
  'ORDER',
  'SEQ',
  'LETTER',
  'CHECK',
] as const
export type Token = (typeof tokens)[number]

export type SchemePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'token'; readonly token: Token; readonly width: number }

/** What the tokens stand for when a number is given. A token without a value falls away with its separator. */
export interface NumberingFacts {
  readonly on: CivilDate
  readonly supplier?: string | undefined
  readonly item?: string | undefined
  readonly site?: string | undefined
  readonly line?: string | undefined
  readonly shift?: string | undefined
  readonly order?: string | undefined
}

export type Reset = 'never' | 'day' | 'month' | 'year'

export interface NumberingRule {
  readonly no: number
  readonly scheme: string
  readonly reset: Reset
  readonly start: number
}

/** The rule of an organisation that has set none. */
export const defaultRule: NumberingRule = { no: 0, scheme: 'YYYYMMDD-SUPPLIER-SEQ', reset: 'day', start: 1 }

/** Longest lot and serial number that fits GS1 AI (10) and (21); longer ones print, but not in those fields. */
export const NUMBER_LENGTH_MAX = 20

export type SchemeRefusal = Refusal<'scheme_malformed' | 'scheme_repeats'>

/** Reads a scheme, and refuses one that would give the same number twice. */
export function parseScheme(scheme: string, reset: Reset): readonly SchemePart[] | SchemeRefusal {
  const parts = scheme.includes('{') || scheme.includes('}') ? bracedParts(scheme) : bareParts(scheme)
  if (!parts) {
    return refuse('scheme_malformed', {
      message: `${JSON.stringify(scheme)} is not a numbering scheme.`,
      fix: `Write tokens in braces, such as {YYYY}{MM}{DD}-{SUPPLIER}-{SEQ:4}. Tokens: ${tokens.join(' ')}.`,
      field: 'scheme',
      value: scheme,
    })
  }
  const why = repetitionOf(parts, reset)
  if (why === undefined) return parts
  return refuse('scheme_repeats', {
    message: `${JSON.stringify(scheme)} would give the same number twice: ${why}.`,
    fix: 'Add what is missing, or reset the sequence less often.',
    field: 'scheme',
    value: scheme,
  })
}

function bracedParts(scheme: string): SchemePart[] | undefined {
  const parts: SchemePart[] = []
  const rest = scheme.replace(/\{([A-Z]+)(?::(\d{1,2}))?\}|([^{}]+)/g, (_all, name, width, text) => {
    if (typeof text === 'string') parts.push({ kind: 'text', text })
    else if (isToken(name)) parts.push(tokenPart(name, width === undefined ? undefined : Number(width)))
    else return '?'
    return ''
  })
  return rest === '' ? parts : undefined
}

function bareParts(scheme: string): SchemePart[] {
  return scheme.split(/([^A-Z]+)/).flatMap((word): SchemePart[] => {
    if (word === '') return []
    const names: readonly string[] =
      word.match(/YYYY|YY|MM|DD|JJJ|SUPPLIER|ITEM|SITE|LINE|SHIFT|ORDER|SEQ|LETTER|CHECK/g) ?? []
    // A word is read as tokens only if it is made of nothing else, so that `LOT-SEQ` begins with the letters LOT.
    if (names.join('') !== word) return [{ kind: 'text', text: word }]
    return [...names].filter(isToken).map((name) => tokenPart(name))
  })
}

function tokenPart(token: Token, width?: number): SchemePart {
  return { kind: 'token', token, width: width ?? (token === 'SEQ' ? 3 : 0) }
}

function isToken(name: string): name is Token {
  return tokens.some((token) => token === name)
}

function repetitionOf(parts: readonly SchemePart[], reset: Reset): string | undefined {
  const has = (...names: Token[]) => parts.some((part) => part.kind === 'token' && names.includes(part.token))
  if (!has('SEQ', 'LETTER')) return 'it has no running part (SEQ or LETTER)'
  const year = has('YYYY', 'YY')
  const month = year && (has('MM') || has('JJJ'))
  const day = year && (has('JJJ') || (has('MM') && has('DD')))
  if (reset === 'day' && !day) return 'it starts anew each day and does not show the whole date'
  if (reset === 'month' && !month) return 'it starts anew each month and does not show year and month'
  if (reset === 'year' && !year) return 'it starts anew each year and does not show the year'
  return undefined
}

/**
 * The counter a number is taken from. A sequence counts within its reset period and within what stands beside it in the
 * code (supplier, item, site, line, shift, order), so `J4520-A` and `J4521-A` both exist and no code is given twice.
 */
export function counterName(
  rule: NumberingRule,
  parts: readonly SchemePart[],
  facts: NumberingFacts,
): string {
  const within = parts.flatMap((part) => {
    const value = part.kind === 'token' ? factOf(part.token, facts) : ''
    return value === '' ? [] : [value]
  })
  return ['numbering', rule.no, periodOf(rule.reset, facts.on), ...within].join(':')
}

function periodOf(reset: Reset, on: CivilDate): string {
  switch (reset) {
    case 'never':
      return 'all'
    case 'day':
      return on
    case 'month':
      return on.slice(0, 7)
    case 'year':
      return on.slice(0, 4)
  }
}

/** The number of a scheme at a count (1 is the first). Characters outside GS1's set in supplier or order codes fall away. */
export function renderNumber(
  rule: NumberingRule,
  parts: readonly SchemePart[],
  facts: NumberingFacts,
  count: number,
): string {
  let text = ''
  let dropSeparator = false
  for (const part of parts) {
    if (part.kind === 'text') {
      text += dropSeparator && text === '' ? part.text.replace(/^[-_/. ]/, '') : part.text
      dropSeparator = false
      continue
    }
    const value = valueOf(part, facts, rule.start + count - 1, text)
    if (value !== '') text += value
    else {
      text = text.replace(/[-_/. ]$/, '')
      dropSeparator = true
    }
  }
  return text
}

function valueOf(
  part: { readonly token: Token; readonly width: number },
  facts: NumberingFacts,
  sequence: number,
  before: string,
): string {
  const [year = '', month = '', day = ''] = facts.on.split('-')
  switch (part.token) {
    case 'YYYY':
      return year
    case 'YY':
      return year.slice(2)
    case 'MM':
      return month
    case 'DD':
      return day
    case 'JJJ':
      return dayOfYear(facts.on)
    case 'SEQ':
      return String(sequence).padStart(part.width, '0')
    case 'LETTER':
      return lettersOf(sequence).padStart(part.width, 'A')
    case 'CHECK':
      return checkCharacterOf(before)
    default: {
      const value = factOf(part.token, facts)
      return part.width > 0 ? value.slice(0, part.width) : value
    }
  }
}

function factOf(token: Token, facts: NumberingFacts): string {
  const values: Partial<Record<Token, string | undefined>> = {
    SUPPLIER: facts.supplier,
    ITEM: facts.item,
    SITE: facts.site,
    LINE: facts.line,
    SHIFT: facts.shift,
    ORDER: facts.order,
  }
  return (values[token] ?? '').replace(/[^!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]/g, '')
}

function dayOfYear(date: CivilDate): string {
  const day =
    (Date.parse(`${date}T00:00:00Z`) - Date.parse(`${date.slice(0, 4)}-01-01T00:00:00Z`)) / 86_400_000
  return String(day + 1).padStart(3, '0')
}

/** 1 is A, 26 is Z, 27 is AA. */
export function lettersOf(count: number): string {
  let text = ''
  for (let left = count; left > 0; left = Math.floor((left - 1) / 26)) {
    text = String.fromCharCode(65 + ((left - 1) % 26)) + text
  }
  return text
}

/** The next numbers a rule would give, without taking them; `taken` is how many its counter has given. */
export function previewNumbers(
  rule: NumberingRule,
  facts: NumberingFacts,
  taken = 0,
  howMany = 3,
): readonly string[] | SchemeRefusal {
  const parts = parseScheme(rule.scheme, rule.reset)
  if (!isParts(parts)) return parts
  return Array.from({ length: howMany }, (_, index) => renderNumber(rule, parts, facts, taken + index + 1))
}

export function isParts(parsed: readonly SchemePart[] | SchemeRefusal): parsed is readonly SchemePart[] {
  return Array.isArray(parsed)
}
