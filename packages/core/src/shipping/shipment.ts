import { isRefusal, refuse, type Refusal } from '../base/refusal.ts'
import { checkCode, codeKeyOf } from '../identity/code.ts'
import type { PartyRow } from '../identity/rows.ts'
import type { DecisionContext } from '../ledger/decision.ts'
import { nextCode } from '../ledger/new-codes.ts'
import { shipmentTable, type ShipmentRow } from '../ledger/record-tables.ts'
import type { OrderRow } from '../ledger/tables.ts'

/** The shipment that goods are added to, as the event carries it. */
export interface ShipmentUsed {
  readonly shipment: number
  readonly code: string
  readonly isNew: boolean
  readonly order: { readonly no: number; readonly code: string } | null
  readonly carrier: string | null
  readonly reference: string | null
}

/** The shipment of a number, new or not yet delivered, to this customer. */
export function shipmentFor(
  context: DecisionContext,
  ask: {
    readonly shipment?: string | undefined
    readonly customer: PartyRow
    readonly order: OrderRow | undefined
    readonly carrier?: string | undefined
    readonly reference?: string | undefined
  },
): ShipmentUsed | Refusal {
  const malformed = ask.shipment === undefined ? undefined : checkCode(ask.shipment, 'shipment')
  if (malformed) return malformed
  const code = ask.shipment === undefined ? nextCode(context, { gives: 'shipment' }) : codeKeyOf(ask.shipment)
  const [known] = context.view.list(shipmentTable, 'byCode', [code])
  const taken = known && checkOpen(context, known, ask.customer)
  if (isRefusal(taken)) return taken
  const { order, carrier = known?.carrier ?? null, reference = known?.reference ?? null } = ask
  return {
    shipment: known?.no ?? context.next('shipment'),
    code,
    isNew: !known,
    order: order ? { no: order.no, code: order.code } : null,
    carrier,
    reference,
  }
}

function checkOpen(
  context: DecisionContext,
  shipment: ShipmentRow,
  customer: PartyRow,
): Refusal<'shipment_of_other_customer' | 'already_delivered'> | undefined {
  const about = { field: 'shipment', value: shipment.code }
  if (shipment.customer !== customer.no) {
    return refuse('shipment_of_other_customer', {
      message: `Shipment ${shipment.code} goes to somebody else than ${customer.code}.`,
      fix: 'Check the number; each customer has a shipment of their own.',
      ...about,
    })
  }
  if (shipment.deliveredAt === null) return undefined
  const delivered = alreadyDelivered(shipment)
  return context.breaks(delivered) && delivered
}

export function alreadyDelivered(shipment: ShipmentRow): Refusal<'already_delivered'> {
  return refuse('already_delivered', {
    message: `Shipment ${shipment.code} was delivered at ${shipment.deliveredAt}.`,
    fix: 'Take a new number for what leaves now.',
    field: 'shipment',
    value: shipment.code,
  })
}

/** The shipment of a number. */
export function findShipment(
  context: DecisionContext,
  code: string,
  field = 'shipment',
): ShipmentRow | Refusal<'shipment_unknown'> {
  const [known] = context.view.list(shipmentTable, 'byCode', [codeKeyOf(code)])
  return (
    known ??
    refuse('shipment_unknown', {
      message: `There is no shipment ${JSON.stringify(code)}.`,
      fix: 'Check the number on the packing slip.',
      field,
      value: code,
    })
  )
}
