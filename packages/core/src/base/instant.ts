/**
 * A moment in UTC with millisecond precision, always written `YYYY-MM-DDTHH:mm:ss.sssZ`.
 * One spelling per moment, so string order is time order and equal moments are equal strings.
 */
export type Instant = string & { readonly brand: 'Instant' }

/** A civil date `YYYY-MM-DD` (expiry, manufacture). It ends at midnight of the site's zone. */
export type CivilDate = string & { readonly brand: 'CivilDate' }

const withOffset = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:\d{2})$/

/** Reads an ISO 8601 date-time that carries its offset; `undefined` if it is not one or names no real moment. */
export function parseInstant(text: string): Instant | undefined {
  const parts = withOffset.exec(text)
  if (!parts) return undefined
  const [, year, month, day, hour] = parts
  if (!isCivilDate(`${year}-${month}-${day}`) || Number(hour) > 23) return undefined
  const milliseconds = Date.parse(text)
  return Number.isNaN(milliseconds) ? undefined : instantOf(milliseconds)
}

/** The instant of a count of milliseconds since 1970-01-01T00:00:00Z. */
export function instantOf(milliseconds: number): Instant {
  return new Date(milliseconds).toISOString() as Instant
}

/** Milliseconds since 1970-01-01T00:00:00Z. */
export function millisecondsOf(instant: Instant): number {
  return Date.parse(instant)
}

/** Whether `text` is a date of the Gregorian calendar written `YYYY-MM-DD`. */
export function isCivilDate(text: string): text is CivilDate {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const moment = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text)
}

/** The civil date `days` after `date` (negative: before). */
export function addDays(date: CivilDate, days: number): CivilDate {
  const moment = new Date(`${date}T00:00:00Z`)
  moment.setUTCDate(moment.getUTCDate() + days)
  return moment.toISOString().slice(0, 10) as CivilDate
}
