import { type CivilDate, isCivilDate } from '../base/instant.ts'
import { refuse, type Refusal } from '../base/refusal.ts'
import type { ItemRow } from '../identity/rows.ts'

/** Reads a civil date of a command; null where none is given. */
export function readDate(
  text: string | undefined,
  field: string,
): CivilDate | null | Refusal<'date_malformed'> {
  if (text === undefined) return null
  if (isCivilDate(text)) return text
  return refuse('date_malformed', {
    message: `${JSON.stringify(text)} is no day of the calendar.`,
    fix: 'Write it as 2026-03-01.',
    field,
    value: text,
  })
}

/** A dated item came in or was made and no date is known to count its expiry from (A9). */
export function expiryMissing(item: ItemRow): Refusal<'expiry_missing'> {
  const fromManufacture = item.expiryRule === 'from-manufacture'
  return refuse('expiry_missing', {
    message: `${item.code} has a shelf life; no date is known to count it from.`,
    fix: fromManufacture ? 'Give manufacturedOn or expiresOn.' : 'Give expiresOn, as on the label.',
    field: fromManufacture ? 'manufacturedOn' : 'expiresOn',
    value: item.code,
  })
}
