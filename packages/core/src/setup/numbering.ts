import { isRefusal, refuse, type Refusal } from '../base/refusal.ts'
import { codeKeyOf } from '../identity/code.ts'
import { exampleOf, fitsFormat, parseFormat } from '../identity/code-format.ts'
import { findItem, findPlace } from '../identity/lookup.ts'
import { isParts, NUMBER_LENGTH_MAX, parseScheme, renderNumber } from '../identity/numbering.ts'
import type { ItemRow, NumberingRow, PlaceRow } from '../identity/rows.ts'
import type { DecisionContext } from '../ledger/decision.ts'
import type { Making } from './things.ts'

export type NumberingRefusal = Refusal<'numbering_incomplete' | 'number_too_long'>

/**
 * A numbering rule as it will stand (A3). One that would give the same number twice is refused; one whose numbers are
 * longer than GS1 labels hold is warned of.
 */
export function numberingFrom(context: DecisionContext, of: Making<NumberingRow>): NumberingRow | Refusal {
  const { old, given } = of
  const gives = given.gives ?? old?.gives
  const scheme = given.scheme ?? old?.scheme
  if (gives === undefined || scheme === undefined) {
    return refuse('numbering_incomplete', {
      message: `The numbering rule does not say its ${gives === undefined ? 'gives' : 'scheme'}.`,
      fix: 'Say what is numbered (lot, serial ...), and the scheme, such as {YYYY}{MM}{DD}-{SUPPLIER}-{SEQ:4}.',
      field: gives === undefined ? 'gives' : 'scheme',
    })
  }
  const item = given.item === undefined ? undefined : findItem(context.view, given.item)
  if (isRefusal(item)) return item
  const site = given.site === undefined ? undefined : findPlace(context.view, given.site, 'site')
  if (isRefusal(site)) return site
  const row: NumberingRow = {
    no: of.no,
    code: of.code,
    codeKey: codeKeyOf(of.code),
    gives,
    item: item?.no ?? old?.item ?? null,
    site: site?.no ?? old?.site ?? null,
    scheme,
    reset: given.reset ?? old?.reset ?? 'never',
    start: given.start ?? old?.start ?? 1,
    format: given.format ?? old?.format ?? null,
    creators: given.creators ?? old?.creators ?? null,
    retired: false,
  }
  return checkScheme(context, row, { item, site }) ?? row
}

function checkScheme(
  context: DecisionContext,
  row: NumberingRow,
  of: { item: ItemRow | undefined; site: PlaceRow | undefined },
): Refusal | undefined {
  const parts = parseScheme(row.scheme, row.reset)
  if (!isParts(parts)) return parts
  // Codes of suppliers, lines, shifts and orders are taken as six, one, one and six long: a plain middle.
  const facts = { supplier: 'SUPPLY', line: '1', shift: '1', order: '123456' }
  const sample = {
    ...facts,
    on: context.today,
    item: of.item?.code ?? 'ITEM-1',
    site: of.site?.code ?? 'SITE',
  }
  const number = renderNumber(row, parts, sample, 1)
  const unfit = checkFormat(row, number, sample.item)
  if (unfit) return unfit
  if (number.length > NUMBER_LENGTH_MAX) {
    context.warn(
      refuse('number_too_long', {
        message: `Numbers of ${row.scheme} are some ${number.length} long, such as ${number}; GS1 labels hold ${NUMBER_LENGTH_MAX}.`,
        fix: 'Shorten the scheme, or print the number as plain text only.',
        field: 'scheme',
        value: row.scheme,
      }),
    )
  }
  return undefined
}

/** Numbers that the rule gives must look like those it asks of people. */
function checkFormat(row: NumberingRow, number: string, item: string): Refusal | undefined {
  if (row.format === null) return undefined
  const parts = parseFormat(row.format)
  if (isRefusal(parts)) return parts
  if (fitsFormat(parts, number, item)) return undefined
  return refuse('scheme_unlike_format', {
    message: `${row.scheme} gives numbers such as ${number}, which do not look like ${row.format} (${exampleOf(parts, item)}).`,
    fix: 'Change the scheme or the format, so that both write codes alike.',
    field: 'format',
    value: row.format,
  })
}
