import { together, type View } from '../base/view.ts'
import { codeKeyOf } from '../identity/code.ts'
import { type ReferenceLike, textOf } from '../identity/lookup.ts'
import { identifierTable, itemTable, placeTable, type TraceableRow } from '../identity/rows.ts'
import { holdTable, orderTable, reservationTable, stockTable } from './tables.ts'

/**
 * Asks at once for all that a command names, so that a decision waits for one answer instead of one after the other. It
 * changes no decision: what it asks for is what the decision would ask for later.
 */
export function lookAhead(
  view: View,
  named: {
    readonly order?: string | undefined
    readonly item?: string | undefined
    readonly places?: readonly (string | undefined)[]
    readonly references?: readonly (ReferenceLike | undefined)[]
  },
): void {
  const texts = (codes: readonly (string | undefined)[]) =>
    codes.flatMap((code) => (code === undefined ? [] : [codeKeyOf(code)]))
  const looks = [
    ...texts([named.order]).map((key) => () => view.list(orderTable, 'byCode', [key])),
    ...texts([named.item]).map((key) => () => view.list(itemTable, 'byCode', [key])),
    ...texts(named.places ?? []).map((key) => () => view.list(placeTable, 'byCode', [key])),
    ...texts((named.references ?? []).map((each) => (each === undefined ? undefined : textOf(each)))).map(
      (key) => () => view.list(identifierTable, 'byValue', [key]),
    ),
  ]
  together(looks, (look) => look())
}

/** Asks at once for what decides whether a traceable may be used: its item, holds, stock and promises. */
export function lookAround(view: View, row: Pick<TraceableRow, 'no' | 'item'>): void {
  const looks = [
    () => (row.item === null ? undefined : view.get(itemTable, [row.item])),
    () => view.list(holdTable, 'byTraceable', [row.no]),
    () => view.list(stockTable, 'byTraceable', [row.no]),
    () => view.list(reservationTable, 'byTraceable', [row.no]),
  ]
  together(looks, (look) => look())
}
