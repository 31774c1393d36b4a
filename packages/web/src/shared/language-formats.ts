import { language } from '../language/i18n.ts'

/** Numbers and dates follow the person's own settings, words the language of the page. */
const region = regionOf(typeof navigator === 'undefined' ? 'en' : navigator.language)

const counts = new Intl.NumberFormat(region)
const decimals = new Intl.NumberFormat(region, { maximumFractionDigits: 9 })
const days = new Intl.DateTimeFormat(region, { day: 'numeric', month: 'short', year: 'numeric' })
const moments = new Intl.DateTimeFormat(region, {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
})

const times = new Intl.DateTimeFormat(region, { hour: '2-digit', minute: '2-digit' })

/** Systems without a language of their own name one that no standard knows, such as `en-US@posix`. */
export function regionOf(named: string): string {
  try {
    return Intl.getCanonicalLocales(named)[0] ?? 'en'
  } catch {
    return 'en'
  }
}

export function countText(count: number): string {
  return counts.format(count)
}

/** Writes exact decimal text with the person's separators, without ever passing through a binary number. */
export function decimalText(value: string): string {
  return isDecimal(value) ? decimals.format(value) : value
}

/** `12.5 kg`; for what nobody wrote down, the words for that. */
export function quantityText(quantity: { value: string; unit: string } | null | undefined): string {
  return quantity ? `${decimalText(quantity.value)} ${quantity.unit}` : language.t('notRecorded')
}

/** A share of 0 to 1, as per cent with one digit; what is less than that is said to be less. */
export function shareText(share: string | null): string {
  if (share === null) return language.t('notRecorded')
  const percent = Number(share) * 100
  if (percent > 0 && percent < 0.1) return '< 0.1 %'
  return `${counts.format(Math.round(percent * 10) / 10)} %`
}

export function momentText(instant: string | null): string {
  const at = instant === null ? Number.NaN : Date.parse(instant)
  return Number.isNaN(at) ? language.t('notRecorded') : moments.format(at)
}

export function dayText(day: string | null): string {
  const at = day === null ? Number.NaN : Date.parse(day)
  return Number.isNaN(at) ? language.t('notRecorded') : days.format(at)
}

function isDecimal(text: string): text is `${number}` {
  return /^-?\d+(\.\d+)?$/.test(text)
}

/** The time of day alone, for what happened at this shift. */
export function timeText(instant: string): string {
  const at = Date.parse(instant)
  return Number.isNaN(at) ? instant : times.format(at)
}
