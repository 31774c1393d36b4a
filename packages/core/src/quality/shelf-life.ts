import { addDays, type CivilDate } from '../base/instant.ts'
import { isRefusal, refuse, type Refusal } from '../base/refusal.ts'
import type { ItemRow } from '../identity/rows.ts'
import { expiryMissing, readDate } from '../ledger/dates.ts'
import type { DecisionContext } from '../ledger/decision.ts'

export interface LotDates {
  readonly expiresOn: CivilDate | null
  readonly manufacturedOn: CivilDate | null
}

/** The dates of a lot that comes in (A9): as given, else counted from its manufacture where its item says so. */
export function datesReceived(
  context: DecisionContext,
  item: ItemRow,
  given: { expiresOn?: string | undefined; manufacturedOn?: string | undefined },
): LotDates | Refusal {
  const manufacturedOn = readDate(given.manufacturedOn, 'manufacturedOn')
  if (isRefusal(manufacturedOn)) return manufacturedOn
  const printed = readDate(given.expiresOn, 'expiresOn')
  if (isRefusal(printed)) return printed
  const expiresOn = printed ?? countedFrom(item, manufacturedOn)
  const wrong = contradiction(context.today, { expiresOn, manufacturedOn })
  if (wrong && context.breaks(wrong)) return wrong
  if (expiresOn === null && item.expiryRule !== 'none') {
    const missing = expiryMissing(item)
    if (context.breaks(missing)) return missing
  }
  return { expiresOn, manufacturedOn }
}

function countedFrom(item: ItemRow, manufacturedOn: CivilDate | null): CivilDate | null {
  if (manufacturedOn === null || item.shelfLifeDays === null) return null
  return item.expiryRule === 'from-manufacture' ? addDays(manufacturedOn, item.shelfLifeDays) : null
}

function contradiction(today: CivilDate, dates: LotDates): Refusal<'dates_contradict'> | undefined {
  const { expiresOn, manufacturedOn } = dates
  const isFuture = manufacturedOn !== null && manufacturedOn > today
  const areCrossed = manufacturedOn !== null && expiresOn !== null && expiresOn < manufacturedOn
  if (!isFuture && !areCrossed) return undefined
  return refuse('dates_contradict', {
    message: isFuture
      ? `It cannot have been made on ${manufacturedOn}; today is ${today}.`
      : `It cannot expire on ${expiresOn} and be made on ${manufacturedOn}.`,
    fix: 'Read the dates from the label again.',
    field: 'manufacturedOn',
    value: manufacturedOn,
  })
}
