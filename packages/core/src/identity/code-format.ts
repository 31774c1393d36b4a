import { isCivilDate } from '../base/instant.ts'
import { refuse, type Refusal } from '../base/refusal.ts'
import { checkCharacterOf } from './check-character.ts'

/**
 * What codes must look like (A4): text with tokens in braces, `LOT-{YYYY}-{D:4}`. `D` digits, `A` capital letters, `X` either,
 * each as many as said (one if not); `YYYY YY MM DD JJJ` parts of a date; `ITEM` the item's code; `CHECK` the check
 * character of all before it. A closed language on purpose: nobody can write a pattern that takes for ever.
 */
export const formatTokens = ['D', 'A', 'X', 'YYYY', 'YY', 'MM', 'DD', 'JJJ', 'ITEM', 'CHECK'] as const
type FormatToken = (typeof formatTokens)[number]

export type FormatPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'token'; readonly token: FormatToken; readonly width: number }

const widths: Readonly<Record<Exclude<FormatToken, 'ITEM'>, number>> = {
  ...{ D: 1, A: 1, X: 1, CHECK: 1 },
  ...{ YYYY: 4, YY: 2, MM: 2, DD: 2, JJJ: 3 },
}

/** Reads a format, or refuses what is none. */
export function parseFormat(format: string): readonly FormatPart[] | Refusal<'format_malformed'> {
  const parts: FormatPart[] = []
  const rest = format.replace(/\{([A-Z]+)(?::(\d{1,2}))?\}|([^{}]+)/g, (_all, name, width, text) => {
    if (typeof text === 'string') parts.push({ kind: 'text', text })
    else if (isToken(name) && (width === undefined || 'DAX'.includes(name)))
      parts.push({ kind: 'token', token: name, width: width === undefined ? widthOf(name) : Number(width) })
    else return '?'
    return ''
  })
  if (rest === '' && parts.length > 0) return parts
  return refuse('format_malformed', {
    message: `${JSON.stringify(format)} is not a format of codes.`,
    fix: `Write what is fixed as it stands and the rest in braces, such as LOT-{YYYY}-{D:4}. Tokens: ${formatTokens.join(' ')}.`,
    field: 'format',
    value: format,
  })
}

function isToken(name: string): name is FormatToken {
  return formatTokens.some((token) => token === name)
}

function widthOf(token: FormatToken): number {
  return token === 'ITEM' ? 0 : widths[token]
}

/** Whether a code has the format. One pass over the code: O(length). */
export function fitsFormat(parts: readonly FormatPart[], code: string, item: string | undefined): boolean {
  const date = new Map<FormatToken, string>()
  let at = 0
  for (const part of parts) {
    const fixed = part.kind === 'text' ? part.text : part.token === 'ITEM' ? (item ?? '') : undefined
    const length = fixed?.length ?? (part.kind === 'token' ? part.width : 0)
    const piece = code.slice(at, at + length)
    if (fixed === undefined ? !isPiece(part, piece, code.slice(0, at)) : piece !== fixed) return false
    if (part.kind === 'token') date.set(part.token, piece)
    at += length
  }
  return at === code.length && isPossibleDate(date)
}

function isPiece(part: FormatPart, piece: string, before: string): boolean {
  if (part.kind !== 'token' || piece.length !== part.width) return false
  switch (part.token) {
    case 'A':
      return /^[A-Z]+$/.test(piece)
    case 'X':
      return /^[A-Z0-9]+$/.test(piece)
    case 'CHECK':
      return piece === checkCharacterOf(before)
    default:
      return /^\d+$/.test(piece)
  }
}

/** A thirtieth of February is a slip of the finger. */
function isPossibleDate(date: ReadonlyMap<FormatToken, string>): boolean {
  const year = date.get('YYYY') ?? `20${date.get('YY') ?? '00'}`
  const day = Number(date.get('JJJ') ?? 1)
  return isCivilDate(`${year}-${date.get('MM') ?? '01'}-${date.get('DD') ?? '01'}`) && day >= 1 && day <= 366
}

/** A code of the format, for people to see what is meant. */
export function exampleOf(parts: readonly FormatPart[], item: string | undefined): string {
  const samples: Readonly<Record<Exclude<FormatToken, 'CHECK' | 'ITEM'>, string>> = {
    ...{ D: '1234567890', A: 'ABCDEFGHIJ', X: '1A2B3C4D5E' },
    ...{ YYYY: '2026', YY: '26', MM: '03', DD: '31', JJJ: '090' },
  }
  return parts.reduce((text, part) => {
    if (part.kind === 'text') return text + part.text
    if (part.token === 'CHECK') return text + checkCharacterOf(text)
    if (part.token === 'ITEM') return text + (item ?? '')
    const sample = samples[part.token]
    return text + sample.repeat(Math.ceil(part.width / sample.length)).slice(0, part.width)
  }, '')
}
