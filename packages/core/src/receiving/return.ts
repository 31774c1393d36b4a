import { Type, type Static } from 'typebox'
import { amountOf, decimalOf, type Amount, type Decimal } from '../base/quantity.ts'
import { allAccepted, isRefusal, refuse, type Refusal } from '../base/refusal.ts'
import { findParty, findPlace } from '../identity/lookup.ts'
import { type Disposition, type PartyRow, type TraceableRow, traceableTable } from '../identity/rows.ts'
import { measure } from '../identity/unit.ts'
import { commandSchema, LongText, Quantity, Reference, Text } from '../ledger/command.ts'
import { type DecisionContext, verb } from '../ledger/decision.ts'
import { heldBy } from '../ledger/draws.ts'
import type { Effect, RecordedEvent } from '../ledger/effects.ts'
import { findOrExpect, type Seed, seedEffects } from '../ledger/lots.ts'
import { checkPlace } from '../ledger/placing.ts'
import { shipmentLineTable, shipmentTable } from '../ledger/record-tables.ts'
import { itemOf, sayAmount, stockEffect } from '../ledger/stock.ts'
import { containmentTable } from '../ledger/tables.ts'
import type { Witnessed } from '../ledger/touching.ts'
import { partEffects, returnedPart } from './returned-part.ts'

const schema = commandSchema('return', {
  what: Reference,
  quantity: Type.Optional(Quantity),
  customer: Text('Who sends it back'),
  shipment: Type.Optional(Text('Shipment it left with')),
  place: Text('Where it is put'),
  status: Type.Optional(
    Type.Enum(['pending', 'released'], { description: 'pending, waiting for inspection, if left out' }),
  ),
  reason: LongText('Why it comes back'),
})
type Return = Static<typeof schema>

/** One thing that came back: out of the customer's hands, into a place or the container it is still in. */
interface Back {
  readonly traceable: number
  readonly code: string
  readonly item: number | null
  readonly quantity: Decimal
  readonly wasStatus: Disposition
  /** The identity of its own that it gets, where the rest of its lot is elsewhere. */
  readonly part?: Seed | undefined
  /** The container it stays in. */
  readonly inside: number | null
  /** The container it was shipped in and is out of now. */
  readonly outOf: number | null
}

interface ReturnedBody extends Witnessed {
  readonly seed: Seed | null
  readonly customer: number
  readonly customerCode: string
  readonly shipment: string | null
  readonly place: number
  readonly placeCode: string
  readonly status: 'pending' | 'released'
  readonly lines: readonly Back[]
}

/** Goods come back from a customer under the identity they left with, so that the next customer is found as well. */
export const returnFromCustomer = verb({
  verb: 'return',
  event: 'ReturnedFromCustomer',
  version: 1,
  about:
    'Takes goods back from a customer under the identity they left with; they wait for inspection before they are used or sold again. A part of a lot whose rest is elsewhere becomes a lot of its own (J-1/R1), so that the rest does not wait.',
  schema,
  decide: decideReturn,
  effectsOf,
})

function decideReturn(command: Return, context: DecisionContext): ReturnedBody | Refusal {
  const customer = findParty(context.view, command.customer, 'customer')
  if (isRefusal(customer)) return customer
  const place = findPlace(context.view, command.place)
  if (isRefusal(place)) return place
  const found = findOrExpect(context, command.what, { field: 'what', kind: 'lot' })
  if (isRefusal(found)) return found
  const { row, seed = null } = found
  const notInIt = checkShipment(context, command, row)
  if (notInIt) return notInIt
  const amount = amountBack(context, command, { row, customer })
  if (isRefusal(amount)) return amount
  const occupied = checkPlace(context, place, [row.no], { field: 'place' })
  if (occupied) return occupied
  const outOf = openBox(context, row)
  const { status = 'pending', shipment = null } = command
  const line = { ...backOf(context, row, amount), inside: null, outOf }
  const lines = row.kind === 'container' ? [line, ...inside(context, row, customer)] : [line]
  const divided = allAccepted(lines.map((each) => withPart(context, each, { status, customer: customer.no })))
  if (isRefusal(divided)) return divided
  return {
    seed,
    customer: customer.no,
    customerCode: customer.code,
    shipment,
    place: place.no,
    placeCode: place.code,
    status,
    lines: divided,
  }
}

function withPart(
  context: DecisionContext,
  line: Back,
  ask: { status: Disposition; customer: number },
): Back | Refusal {
  const row = context.view.get(traceableTable, [line.traceable])
  if (!row || !mayWait.has(row.status)) return line
  const part = returnedPart(context, row, { ...ask, amount: amountOf(line.quantity) })
  return part === undefined || isRefusal(part) ? (part ?? line) : { ...line, part }
}

/** Whether the shipment that is named took it. */
function checkShipment(
  context: DecisionContext,
  command: Return,
  row: TraceableRow,
): Refusal<'not_in_shipment'> | undefined {
  if (command.shipment === undefined) return undefined
  const shipments = context.view
    .list(shipmentLineTable, 'byTraceable', [row.no])
    .flatMap((line) => context.view.get(shipmentTable, [line.shipment])?.code ?? [])
  if (shipments.includes(command.shipment)) return undefined
  const wrong = refuse('not_in_shipment', {
    message: `${row.code} did not leave with shipment ${command.shipment}.`,
    fix:
      shipments.length === 0
        ? 'It was never shipped: check the code.'
        : `It left with ${shipments.join(', ')}: check the number, or leave it out.`,
    field: 'shipment',
    value: command.shipment,
  })
  return context.breaks(wrong, { traceable: row.no }) && wrong
}

function amountBack(
  context: DecisionContext,
  command: Return,
  of: { row: TraceableRow; customer: PartyRow },
): Amount | Refusal {
  const { row, customer } = of
  const item = itemOf(context.view, row.item)
  const there = heldBy(context.view, row.no, { kind: 'customer', no: customer.no })
  const asked = command.quantity && item ? measure(item, command.quantity) : undefined
  if (isRefusal(asked)) return asked
  const amount = asked?.amount ?? (there > 0n ? there : 10n ** BigInt(item?.scale ?? 0))
  if (amount <= there) return amount
  const lacking = refuse('not_with_customer', {
    message: `${customer.code} has ${there === 0n ? 'none' : sayAmount(context.view, row.item, there)} of ${row.code} on record.`,
    fix: 'Check customer, code and quantity against the shipments.',
    field: 'what',
    value: row.code,
  })
  if (context.breaks(lacking, { traceable: row.no })) return lacking
  context.gap({
    kind: 'shortfall',
    traceable: row.no,
    detail: `${sayAmount(context.view, row.item, amount)} of ${row.code} came back from ${customer.code}, who had ${sayAmount(context.view, row.item, there)} on record`,
  })
  return amount
}

function backOf(context: DecisionContext, row: TraceableRow, amount: Amount) {
  const quantity = decimalOf(amount, itemOf(context.view, row.item)?.scale ?? 0)
  return { traceable: row.no, code: row.code, item: row.item, quantity, wasStatus: row.status }
}

/** The container it was shipped in, where it comes back loose. */
function openBox(context: DecisionContext, row: TraceableRow): number | null {
  const boxes = context.view.list(containmentTable, 'byChild', [row.no]).filter((each) => each.outAt === null)
  const shipped = boxes.find(
    (box) => heldBy(context.view, row.no, { kind: 'container', no: box.container }) === 0n,
  )
  return shipped?.container ?? null
}

/** What comes back inside a container: all that was packed in it and is with this customer, at any depth. */
function inside(context: DecisionContext, box: TraceableRow, customer: PartyRow): readonly Back[] {
  const { view } = context
  const boxes = [box.no]
  const lines: Back[] = []
  for (const container of boxes) {
    const open = view.list(containmentTable, 'byContainer', [container]).filter((each) => each.outAt === null)
    for (const { child, amount } of open) {
      const row = view.get(traceableTable, [child])
      const there = heldBy(view, child, { kind: 'customer', no: customer.no })
      const back = amount === null || amount > there ? there : amount
      if (!row || back === 0n || boxes.includes(child)) continue
      lines.push({ ...backOf(context, row, back), inside: container, outOf: null })
      if (row.kind === 'container') boxes.push(child)
    }
  }
  return lines
}

function effectsOf(event: RecordedEvent<string, ReturnedBody>): readonly Effect[] {
  const { seed, customer, place, status, lines } = event.body
  return [
    ...(seed ? seedEffects(event, seed) : []),
    ...lines.flatMap((line): Effect[] => {
      const amount = amountOf(line.quantity)
      const { traceable, inside: box, outOf } = line
      const to =
        box === null ? ({ kind: 'place', no: place } as const) : ({ kind: 'container', no: box } as const)
      const effects = [
        stockEffect(line, { kind: 'customer', no: customer }, -amount, 'returned'),
        stockEffect(line, to, amount, 'returned'),
      ]
      if (outOf !== null) effects.push({ do: 'unpack', container: outOf, child: traceable, amount })
      effects.push({ do: 'came-back', traceable, customer, amount })
      if (line.part) return [...effects, ...partEffects(event, { ...line, part: line.part }, to)]
      const waits = line.item !== null && status !== line.wasStatus && mayWait.has(line.wasStatus)
      if (waits) effects.push({ do: 'status', traceable, status, was: line.wasStatus })
      return effects
    }),
  ]
}

/** Dispositions that a return changes; what was rejected or scrapped stays so. */
const mayWait: ReadonlySet<Disposition> = new Set(['released', 'pending', 'returned', 'expected'])
