import { decimalOf, type Amount, type Decimal, plainDecimal } from '../base/quantity.ts'
import { isRefusal, refuse, type Refusal } from '../base/refusal.ts'
import { together } from '../base/view.ts'
import { codeKeyOf } from '../identity/code.ts'
import type { ItemRow } from '../identity/rows.ts'
import { checkDistinct, SERIALS_MAX, serialsOfRange } from '../identity/serial-range.ts'
import { measure } from '../identity/unit.ts'
import type { DecisionContext } from './decision.ts'
import { type CodeAsk, nextCode } from './new-codes.ts'

/** One lot or serial that comes in or out in a capture, by its code, with how much of it. */
export interface LotLine {
  readonly code: string
  /** Zero where a historical fact does not say how much. */
  readonly amount: Amount
  readonly quantity: Decimal
  /** What was written where that was another unit (A7). */
  readonly given?: { readonly value: string; readonly unit: string }
  /** Where in the command the code stands. */
  readonly field: string
  /** Whether our own rule gave the code: then it needs no look-alike question. */
  readonly numbered: boolean
}

export interface LotLinesAsk {
  readonly quantity?: { readonly value: string; readonly unit?: string | undefined } | undefined
  readonly lot?: string | undefined
  readonly serials?: readonly string[] | undefined
  readonly serialRange?: { readonly from: string; readonly count: number } | undefined
}

export type LotLinesRefusal = Refusal<
  'quantity_missing' | 'not_serialised' | 'serial_count_differs' | 'too_many_serials'
>

/**
 * The one pool of an item without identity (tracking `none`): its stock is kept, its lots are not told apart. The star
 * keeps it from ever being a scanned code.
 */
export function poolCode(item: Pick<ItemRow, 'code'>): string {
  return `${item.code}*`
}

/**
 * The lots or serials that a receipt or an output names, one line each. Serial-tracked items: one line per piece, by list,
 * range, single code, or numbering rule. Others: one line with the code given or the next of the rule. O(serials).
 */
export function lotLines(
  context: DecisionContext,
  item: ItemRow,
  ask: LotLinesAsk,
  numbering: Omit<CodeAsk, 'gives' | 'item'>,
): readonly LotLine[] | Refusal {
  if (item.tracking === 'serial') return serialLines(context, item, ask, numbering)
  const named = ask.serials ? 'serials' : ask.serialRange ? 'serialRange' : undefined
  if (named) {
    return refuse('not_serialised', {
      message: `${item.code} is not kept by serial.`,
      fix: 'Give a lot and a quantity, or set the item to serial tracking.',
      field: named,
      value: item.code,
    })
  }
  if (!ask.quantity && !context.historical) return quantityMissing(item)
  // Old records name lots without saying how much: then none of it is kept as stock.
  const measured = ask.quantity
    ? measure(item, ask.quantity)
    : { amount: 0n, quantity: decimalOf(0n, item.scale) }
  if (isRefusal(measured)) return measured
  const pool = item.tracking === 'none' ? poolCode(item) : undefined
  const code = ask.lot ?? pool ?? nextCode(context, { ...numbering, gives: 'lot', item })
  return [{ code, ...measured, field: 'lot', numbered: ask.lot === undefined }]
}

function serialLines(
  context: DecisionContext,
  item: ItemRow,
  ask: LotLinesAsk,
  numbering: Omit<CodeAsk, 'gives' | 'item'>,
): readonly LotLine[] | Refusal {
  const count = ask.quantity && measure(item, ask.quantity)
  if (isRefusal(count)) return count
  const one = 10n ** BigInt(item.scale)
  const given = serialsGiven(ask)
  if (isRefusal(given)) return given
  if (!given && !count) return quantityMissing(item)
  const pieces = given ? BigInt(given.codes.length) : (count?.amount ?? 0n) / one
  if (count && count.amount !== pieces * one) {
    return refuse('serial_count_differs', {
      message: `${plainDecimal(count.quantity)} ${item.unit} of ${item.code} were said; ${pieces} serials are named.`,
      fix: 'Scan the missing serials, or correct the quantity.',
      field: 'quantity',
      value: plainDecimal(count.quantity),
    })
  }
  const line = { amount: one, quantity: decimalOf(one, item.scale) }
  if (given) {
    return given.codes.map((code, index) => ({
      ...line,
      code,
      field: given.field === 'serials' ? `serials/${index}` : given.field,
      numbered: false,
    }))
  }
  if (pieces > BigInt(SERIALS_MAX)) return tooMany(item, pieces)
  return together(Array.from({ length: Number(pieces) }), () => ({
    ...line,
    code: nextCode(context, { ...numbering, gives: 'serial', item }),
    field: 'serials',
    numbered: true,
  }))
}

function serialsGiven(ask: LotLinesAsk): { codes: readonly string[]; field: string } | undefined | Refusal {
  if (ask.serials) {
    return checkDistinct(ask.serials, codeKeyOf, 'serials') ?? { codes: ask.serials, field: 'serials' }
  }
  if (ask.serialRange) {
    const codes = serialsOfRange(ask.serialRange, 'serialRange')
    return isRefusal(codes) ? codes : { codes, field: 'serialRange' }
  }
  return ask.lot === undefined ? undefined : { codes: [ask.lot], field: 'lot' }
}

function tooMany(item: ItemRow, pieces: bigint): LotLinesRefusal {
  return refuse('too_many_serials', {
    message: `${pieces} pieces of ${item.code} would get a serial each in one capture.`,
    fix: `Record them in parts of at most ${SERIALS_MAX}.`,
    field: 'quantity',
    value: String(pieces),
  })
}

function quantityMissing(item: ItemRow): LotLinesRefusal {
  return refuse('quantity_missing', {
    message: `How much of ${item.code} is not said.`,
    fix:
      item.tracking === 'serial'
        ? 'Scan the serials, or give a quantity.'
        : `Give a quantity in ${item.unit}.`,
    field: 'quantity',
  })
}
