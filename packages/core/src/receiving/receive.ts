import { amountOf } from '../base/quantity.ts'
import { allAccepted, isRefusal, type Refusal } from '../base/refusal.ts'
import { together } from '../base/view.ts'
import { findItem, findParty, findPlace } from '../identity/lookup.ts'
import { type ItemRow, type PartyRow, partyTable, type PlaceRow } from '../identity/rows.ts'
import { containerFor } from '../ledger/containers.ts'
import { type DecisionContext, verb } from '../ledger/decision.ts'
import { documentOf } from '../ledger/documents.ts'
import { lotLines, poolCode } from '../ledger/lot-lines.ts'
import { siteOf } from '../ledger/new-codes.ts'
import { checkOrderParty, orderLineFor } from '../ledger/order-lines.ts'
import { findOpenOrder } from '../ledger/orders.ts'
import { prefetchOutputs } from '../ledger/outputs.ts'
import type { OrderRow } from '../ledger/tables.ts'
import { checkPlace } from '../ledger/placing.ts'
import { capturedIn, checkCapture } from '../quality/capture-rules.ts'
import { type Receive, receiveSchema } from './fields.ts'
import { type ReceivedBody, receivedEffects } from './received.ts'
import { lotReceived, type LotReceived } from './received-lot.ts'
import { supplierLotOf } from './supplier-lot.ts'

/** Goods come in from a supplier and get an identity of ours. */
export const receive = verb({
  verb: 'receive',
  event: 'Received',
  version: 1,
  about:
    "Takes goods in from a supplier: our lot or serials are made or added to, joined to the supplier's own lot, and put in stock.",
  schema: receiveSchema,
  decide: decideReceive,
  effectsOf: receivedEffects,
})

function decideReceive(command: Receive, context: DecisionContext): ReceivedBody | Refusal {
  const item = findItem(context.view, command.item)
  if (isRefusal(item)) return item
  const place = findPlace(context.view, command.place)
  if (isRefusal(place)) return place
  const order = command.order === undefined ? undefined : findOpenOrder(context, command.order)
  if (isRefusal(order)) return order
  const supplier = supplierOf(context, command, order)
  if (isRefusal(supplier)) return supplier
  const wrongParty = order && checkOrderParty(context, order, supplier, 'supplier')
  if (wrongParty) return wrongParty
  const captured = capturedIn({ ...command, supplier: supplier?.code, inspection: waits(command) })
  const site = () => siteOf(context.view, place)?.code
  const missing = checkCapture(context, { at: 'receipt', item, captured, party: supplier, order, site })
  if (isRefusal(missing)) return missing
  const lots = lotsReceived(context, command, { item, place, supplier, order })
  if (isRefusal(lots)) return lots
  return bodyOf(context, command, { item, place, supplier, order, missing, lots })
}

/** A receipt keeps the demand for an inspection by letting the goods wait for it. */
function waits(command: Receive): string | undefined {
  return command.status === 'pending' ? 'pending' : undefined
}

interface Found {
  readonly item: ItemRow
  readonly place: PlaceRow
  readonly supplier: PartyRow | undefined
  readonly order: OrderRow | undefined
}

function supplierOf(
  context: DecisionContext,
  command: Receive,
  order: OrderRow | undefined,
): PartyRow | undefined | Refusal {
  if (command.supplier !== undefined) return findParty(context.view, command.supplier, 'supplier')
  return order?.party == null ? undefined : context.view.get(partyTable, [order.party])
}

function lotsReceived(
  context: DecisionContext,
  command: Receive,
  { item, place, supplier, order }: Found,
): readonly LotReceived[] | Refusal {
  const facts = { supplier: supplier?.code, order: order?.code }
  const lines = lotLines(context, item, command, { place, facts })
  if (isRefusal(lines)) return lines
  prefetchOutputs(
    context.view,
    lines.map((line) => line.code),
  )
  const single = lines.length === 1
  return allAccepted(together(lines, (line) => lotReceived(context, { item, place, line, command, single })))
}

function bodyOf(
  context: DecisionContext,
  command: Receive,
  of: Found & { missing: readonly string[]; lots: readonly LotReceived[] },
): ReceivedBody | Refusal {
  const { item, place, supplier, order, lots } = of
  const supplierLot = supplierLotOf(context, item, supplier, command)
  if (isRefusal(supplierLot)) return supplierLot
  const amount = lots.reduce((sum, lot) => sum + amountOf(lot.quantity), 0n)
  const { line: lineNo } = command
  const line = order && orderLineFor(context, order, item, { amount, line: lineNo, field: 'quantity' })
  if (isRefusal(line)) return line
  const into =
    command.container === undefined
      ? null
      : containerFor(context, { code: command.container, place, field: 'container' })
  if (isRefusal(into)) return into
  const standing = into ? [into.no] : lots.map((lot) => lot.no)
  const occupied = checkPlace(context, place, standing, { field: 'place' })
  if (occupied) return occupied
  const { certificate, asn } = command
  const kind = 'certificate'
  return {
    item: item.no,
    itemCode: item.code,
    place: place.no,
    placeCode: place.code,
    supplier: supplier?.no ?? null,
    supplierCode: supplier?.code ?? null,
    supplierLot: supplierLot ?? null,
    lots,
    isPool: lots.some((lot) => lot.code === poolCode(item)),
    into,
    order: order ? { no: order.no, code: order.code, line: line?.line ?? null } : null,
    asn: asn ?? null,
    documents: certificate
      ? lots.map((lot) => documentOf(certificate, { kind, traceable: lot.no, orderNo: null }))
      : [],
    missing: of.missing,
  }
}
