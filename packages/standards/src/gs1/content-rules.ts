import { checkPairOf, hasCheckDigit } from './check-digit.ts'
import { countryLetters, countryNumbers, currencyNumbers } from './code-lists.ts'

/**
 * The content rules that the application identifier table names, each a predicate on the text of one part. A rule says in
 * words what it wants, so a refusal can. Source: GS1 General Specifications section 3, syntax dictionary release 2026-01-27.
 * Coupon formats (8110, 8112) are taken as text, and package types by shape only.
 */
export interface ContentRule {
  readonly wants: string
  readonly holds: (text: string) => boolean
}

function rule(wants: string, holds: ContentRule['holds']): ContentRule {
  return { wants, holds }
}

function matches(wants: string, pattern: RegExp): ContentRule {
  return rule(wants, (text) => pattern.test(text))
}

function isDay(year: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate()
}

/** Two-digit years mean 20YY for the leap-day check, which is right for both centuries that can be meant. */
function isShortDate(text: string, dayZero: boolean): boolean {
  if (!/^\d{6}$/.test(text)) return false
  const [year, month, day] = [
    2000 + Number(text.slice(0, 2)),
    Number(text.slice(2, 4)),
    Number(text.slice(4)),
  ]
  return dayZero && day === 0 ? month >= 1 && month <= 12 : isDay(year, month, day)
}

function isLongDate(text: string, dayZero = false): boolean {
  if (!/^\d{8}$/.test(text)) return false
  const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(4, 6)), Number(text.slice(6))]
  return dayZero && day === 0 ? month >= 1 && month <= 12 : isDay(year, month, day)
}

function isPieceOfTotal(text: string): boolean {
  if (!/^(\d\d)+$/.test(text)) return false
  const half = text.length / 2
  const [piece, total] = [Number(text.slice(0, half)), Number(text.slice(half))]
  return piece > 0 && total > 0 && piece <= total
}

function isPositionOfEnd(text: string): boolean {
  const parts = /^([1-9]\d*)\/([1-9]\d*)$/.exec(text)
  return parts !== null && Number(parts[1]) <= Number(parts[2])
}

/** ISO 13616: country, two check digits, rest; the whole moved and spelled in numbers is 1 modulo 97. */
function isIban(text: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]+$/.test(text) || text.length <= 10) return false
  if (!countryLetters.has(text.slice(0, 2))) return false
  const moved = text.slice(4) + text.slice(0, 4)
  let rest = 0
  for (const letter of moved) {
    for (const digit of String(Number.parseInt(letter, 36))) rest = (rest * 10 + Number(digit)) % 97
  }
  return rest === 1
}

const mediaTypes = /^(0[1-9]|10|[89]\d)$/

export const contentRules: Readonly<Record<string, ContentRule>> = {
  csum: rule('a right check digit at its end', hasCheckDigit),
  csumalpha: rule(
    'a right check character pair at its end',
    (text) => text.length >= 2 && checkPairOf(text.slice(0, -2)) === text.slice(-2),
  ),
  gcppos1: matches('a GS1 company prefix at its start', /^\d{4}/),
  gcppos2: matches('a GS1 company prefix after its first digit', /^.\d{4}/),
  yymmdd: rule('a date YYMMDD', (text) => isShortDate(text, false)),
  yymmd0: rule('a date YYMMDD, day 00 allowed', (text) => isShortDate(text, true)),
  yyyymmdd: rule('a date YYYYMMDD', (text) => isLongDate(text)),
  yyyymmd0: rule('a date YYYYMMDD, day 00 allowed', (text) => isLongDate(text, true)),
  hh: matches('an hour 00 to 23', /^([01]\d|2[0-3])$/),
  mi: matches('a minute 00 to 59', /^[0-5]\d$/),
  ss: matches('a second 00 to 59', /^[0-5]\d$/),
  hhmi: matches('a time HHMM', /^([01]\d|2[0-3])[0-5]\d$/),
  iso3166: rule('an ISO 3166 country number', (text) => countryNumbers.has(text)),
  iso3166999: rule('an ISO 3166 country number or 999', (text) => text === '999' || countryNumbers.has(text)),
  iso3166alpha2: rule('a two-letter ISO 3166 country', (text) => countryLetters.has(text)),
  iso4217: rule('an ISO 4217 currency number', (text) => currencyNumbers.has(text)),
  iso5218: matches('a sex of ISO 5218: 0, 1, 2 or 9', /^[0129]$/),
  iban: rule('an IBAN', isIban),
  pcenc: matches('percent signs only before two hexadecimal digits', /^(?:[^%]|%[0-9A-Fa-f]{2})*$/),
  latitude: rule('a latitude of 10 digits', (text) => /^\d{10}$/.test(text) && text <= '1800000000'),
  longitude: rule('a longitude of 10 digits', (text) => /^\d{10}$/.test(text) && text <= '3600000000'),
  yesno: matches('0 or 1', /^[01]$/),
  hyphen: matches('a hyphen', /^-$/),
  importeridx: matches('an importer index: letter, digit, hyphen or underscore', /^[-_0-9A-Za-z]$/),
  packagetype: matches('a package type of UN/ECE recommendation 21', /^[0-9A-Z]{1,3}$/),
  mediatype: matches('an AIDC media type', mediaTypes),
  posinseqslash: rule('a position such as 2/3', isPositionOfEnd),
  nonzero: rule('a number above zero', (text) => /[1-9]/.test(text) && /^\d+$/.test(text)),
  zero: matches('a zero', /^0+$/),
  winding: matches('a winding direction 0, 1 or 9', /^[019]$/),
  pieceoftotal: rule('a piece number not above its total', isPieceOfTotal),
  nozeroprefix: matches('no zero at its start', /^([1-9]\d*)?$/),
  hasnondigit: matches('at least one character that is not a digit', /\D/),
  couponcode: matches('a coupon number', /^\d+$/),
  couponposoffer: matches('a coupon number', /^\d+$/),
}
