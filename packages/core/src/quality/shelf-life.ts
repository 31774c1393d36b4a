import { addDays, type CivilDate, isCivilDate } from '../base/instant.ts'
import { refuse, type Refusal } from '../base/refusal.ts'
import type { ItemRow } from '../identity/rows.ts'
import type { DecisionContext } from '../ledger/decision.ts'

export type DateRefusal = Refusal<'date_malformed' | 'dates_contradict' | 'expiry_missing'>

export interface LotDates {
  readonly expiresOn: CivilDate | null
  readonly manufacturedOn: CivilDate | null
}

/** Reads a civil date of a command; null where none is given. */
export function readDate(
  text: string | undefined,
  field: string,
): CivilDate | null | Refusal<'date_malformed'> {
  if (text === undefined) return null
  if (isCivilDate(text)) return text
  return refuse('date_malformed', {
    message: `${JSON.stringify(text)} is not a day of the calendar.`,
    fix: 'Write it as 2026-03-01.',
    field,
    value: text,
  })
}

/**
 * The dates of a lot that comes in or is made (A9): as given, else computed by the rule of its item. `inputs` are the
 * expiry dates of what went in, for the rule `earliest-input`: then the product never outlives its shortest input.
 */
export function lotDates(
  context: DecisionContext,
  item: ItemRow,
  given: { expiresOn?: string | undefined; manufacturedOn?: string | undefined },
  inputs: readonly (CivilDate | null)[] = [],
): LotDates | DateRefusal {
  const manufacturedOn = readDate(given.manufacturedOn, 'manufacturedOn')
  if (isDateRefusal(manufacturedOn)) return manufacturedOn
  const expiry = readDate(given.expiresOn, 'expiresOn')
  if (isDateRefusal(expiry)) return expiry
  const expiresOn = shortest(item, expiry ?? computed(item, manufacturedOn), inputs)
  const wrong = contradiction({ expiresOn, manufacturedOn }, context.today)
  if (wrong && context.breaks(wrong)) return wrong
  if (expiresOn === null && item.expiryRule !== 'none') {
    const missing = expiryMissing(item)
    if (context.breaks(missing)) return missing
  }
  return { expiresOn, manufacturedOn }
}

function computed(item: ItemRow, manufacturedOn: CivilDate | null): CivilDate | null {
  if (manufacturedOn === null || item.shelfLifeDays === null) return null
  return item.expiryRule === 'from-manufacture' ? addDays(manufacturedOn, item.shelfLifeDays) : null
}

function shortest(
  item: ItemRow,
  own: CivilDate | null,
  inputs: readonly (CivilDate | null)[],
): CivilDate | null {
  if (item.expiryRule !== 'earliest-input') return own
  const all = [own, ...inputs].filter((date) => date !== null).sort()
  return all[0] ?? null
}

function contradiction(dates: LotDates, today: CivilDate): DateRefusal | undefined {
  const { expiresOn, manufacturedOn } = dates
  const future = manufacturedOn !== null && manufacturedOn > today
  const crossed = manufacturedOn !== null && expiresOn !== null && expiresOn < manufacturedOn
  if (!future && !crossed) return undefined
  return refuse('dates_contradict', {
    message: future
      ? `It cannot have been made on ${manufacturedOn}; today is ${today}.`
      : `It cannot expire on ${expiresOn} and be made on ${manufacturedOn}.`,
    fix: 'Read the dates from the label again.',
    field: 'manufacturedOn',
    value: manufacturedOn ?? undefined,
  })
}

function expiryMissing(item: ItemRow): DateRefusal {
  const fromManufacture = item.expiryRule === 'from-manufacture'
  return refuse('expiry_missing', {
    message: `${item.code} has a shelf life; no date is known to count it from.`,
    fix: fromManufacture ? 'Give manufacturedOn or expiresOn.' : 'Give expiresOn, as on the label.',
    field: fromManufacture ? 'manufacturedOn' : 'expiresOn',
    value: item.code,
  })
}

function isDateRefusal(value: CivilDate | null | DateRefusal): value is DateRefusal {
  return typeof value === 'object' && value !== null
}
