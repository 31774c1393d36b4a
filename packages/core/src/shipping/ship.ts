import { isRefusal, type Refusal } from '../base/refusal.ts'
import { findParty } from '../identity/lookup.ts'
import { type DecisionContext, verb } from '../ledger/decision.ts'
import { checkOrderParty } from '../ledger/order-lines.ts'
import { findOpenOrder } from '../ledger/orders.ts'
import { checkAllUsable } from '../quality/blocked.ts'
import { type Ship, shipSchema } from './fields.ts'
import { goingOut } from './going-out.ts'
import { linesShipped } from './lines-shipped.ts'
import { shipmentFor } from './shipment.ts'
import { type ShippedBody, shippedEffects } from './shipped.ts'

/** Goods leave to a customer. */
export const ship = verb({
  verb: 'ship',
  event: 'Shipped',
  version: 1,
  about:
    'Sends lots, serials and containers with all that is in them to a customer. Anything inside that is held, expired or not released stops it and is named.',
  schema: shipSchema,
  decide: decideShip,
  effectsOf: shippedEffects,
})

function decideShip(command: Ship, context: DecisionContext): ShippedBody | Refusal {
  const customer = findParty(context.view, command.customer, 'customer')
  if (isRefusal(customer)) return customer
  const order = command.order === undefined ? undefined : findOpenOrder(context, command.order)
  if (isRefusal(order)) return order
  const wrongParty = order && checkOrderParty(context, order, customer, 'customer')
  if (wrongParty) return wrongParty
  const shipment = shipmentFor(context, { ...command, customer, order })
  if (isRefusal(shipment)) return shipment
  const going = goingOut(context, command)
  if (isRefusal(going)) return going
  const blocked = checkAllUsable(context, going, 'ship')
  if (blocked) return blocked
  const shipped = linesShipped(context, { going, order, customer, command })
  if (isRefusal(shipped)) return shipped
  return { ...shipment, ...shipped, customer: customer.no, customerCode: customer.code }
}
