import type { Decimal } from '../base/quantity.ts'
import { isRefusal, type Refusal } from '../base/refusal.ts'
import type { ItemRow, JsonObject, PlaceRow, TraceableKind } from '../identity/rows.ts'
import type { DecisionContext } from '../ledger/decision.ts'
import type { LotLine } from '../ledger/lot-lines.ts'
import { newOutput, numberOf, type Output } from '../ledger/outputs.ts'
import { datesReceived } from '../quality/shelf-life.ts'
import type { Receive } from './fields.ts'

/** One lot or serial of ours that a delivery became or was added to. */
export interface LotReceived {
  readonly no: number
  readonly code: string
  readonly quantity: Decimal
  readonly given: LotLine['given'] | null
  readonly output: Output
  /** URI and other names it is known under from now on, where it was known before. */
  readonly names: readonly { readonly scheme: string; readonly value: string }[]
}

/** Makes or finds the lot of one line. Names and URI belong to a single lot only, not to each of many serials. */
export function lotReceived(
  context: DecisionContext,
  of: { item: ItemRow; place: PlaceRow; line: LotLine; command: Receive; single: boolean },
): LotReceived | Refusal {
  const { item, line, command } = of
  const dates = datesReceived(context, item, command)
  if (isRefusal(dates)) return dates
  const uri = of.single ? command.uri : undefined
  const names = of.single ? (command.names ?? []) : []
  const output = newOutput(context, {
    ...dates,
    item,
    kind: kindOf(item),
    code: line.code,
    field: line.field,
    status: command.status ?? 'released',
    owner: item.owner,
    exportClass: item.exportClass,
    attributes: attributesOf(command),
    uri,
    names,
    place: of.place,
    confirmed: line.numbered || (command.confirmNew ?? false),
  })
  if (isRefusal(output)) return output
  const { code, quantity, given = null } = line
  const uriName = uri === undefined ? [] : [{ scheme: 'uri', value: uri }]
  const fresh = output.is === 'new' ? [] : [...uriName, ...names]
  return { no: numberOf(output), code, quantity, given, output, names: fresh }
}

function kindOf(item: ItemRow): TraceableKind {
  return item.tracking === 'none' ? 'lot' : item.tracking
}

function attributesOf(command: Receive): JsonObject {
  const { attributes, origin } = command
  return { ...attributes, ...(origin === undefined ? {} : { origin }) }
}
