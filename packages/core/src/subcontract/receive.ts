import { Type, type Static } from 'typebox'
import { amountOf, type Decimal } from '../base/quantity.ts'
import { isRefusal, type Refusal } from '../base/refusal.ts'
import type { ProcessRef } from '../genealogy/touch.ts'
import { findItem, findParty, findPlace } from '../identity/lookup.ts'
import type { PlaceRow, TraceableRow } from '../identity/rows.ts'
import { commandSchema, DateText, Quantity, Reference, Text } from '../ledger/command.ts'
import { type DecisionContext, verb } from '../ledger/decision.ts'
import { DocumentGiven, documentOf } from '../ledger/documents.ts'
import { handOver, take, type Taken, takenEffects, touchAmount } from '../ledger/draws.ts'
import type { Effect } from '../ledger/effects.ts'
import { inherit } from '../ledger/inherit.ts'
import { lotLines } from '../ledger/lot-lines.ts'
import { findOrExpect, type Seed, seedEffects } from '../ledger/lots.ts'
import { findOpenOrder } from '../ledger/orders.ts'
import { newOutput, numberOf, type Output, outputEffects, prefetchOutputs } from '../ledger/outputs.ts'
import { checkPlace } from '../ledger/placing.ts'
import { type Condition, factEffects, plainFact, workFacts } from '../ledger/process-facts.ts'
import { captureProcess } from '../ledger/process-key.ts'
import { stockEffect } from '../ledger/stock.ts'
import type { OrderRow } from '../ledger/tables.ts'
import { touchEffect, type Witnessed } from '../ledger/touching.ts'
import type { Disposition } from '../identity/rows.ts'

/** What came back under an identity of its own. */
interface Changed {
  readonly output: Output
  readonly item: number
  readonly quantity: Decimal
  readonly given?: { readonly value: string; readonly unit: string } | undefined
}

export interface ReceivedFromSubcontractor extends Witnessed {
  readonly order: number | null
  readonly subcontractor: number
  readonly place: number
  readonly taken: Taken
  readonly seed?: Seed
  readonly process: ProcessRef
  readonly facts: readonly Condition[]
  /** Null: the same lot, treated; else what it became. */
  readonly into: readonly Changed[] | null
  readonly status: { readonly now: Disposition; readonly was: Disposition } | null
  readonly certificate: DocumentGiven | null
}

const Into = Type.Object(
  {
    item: Text('Item it became'),
    lot: Type.Optional(Text('Lot; numbered by rule if left out')),
    serials: Type.Optional(Type.Array(Text('Serial'), { minItems: 1, maxItems: 10_000 })),
    quantity: Type.Optional(Quantity),
  },
  { additionalProperties: false },
)

const schema = commandSchema('subcontract-receive', {
  order: Type.Optional(Text('Order it was done under')),
  subcontractor: Text('Subcontractor'),
  what: Reference,
  quantity: Type.Optional(Quantity),
  process: Type.Optional(Text('What was done there')),
  into: Type.Optional(Into),
  place: Text('Place it is put'),
  certificate: Type.Optional(DocumentGiven),
  status: Type.Optional(Type.Union([Type.Literal('released'), Type.Literal('pending')])),
  expiresOn: Type.Optional(DateText('Expiry of what it became')),
  confirmNew: Type.Optional(
    Type.Boolean({ description: 'A code that looks like another one is new all the same' }),
  ),
})
type Receive = Static<typeof schema>

/** Work comes back: the same lot in another state, or what it became, joined to what was sent (B14). */
export const receiveBack = verb<typeof schema, ReceivedFromSubcontractor>({
  verb: 'subcontract-receive',
  event: 'ReceivedFromSubcontractor',
  version: 1,
  about: 'Takes back what a subcontractor worked on, as it was or as something else.',
  schema,
  decide(command, context) {
    const order = command.order === undefined ? undefined : findOpenOrder(context, command.order)
    if (isRefusal(order)) return order
    const party = findParty(context.view, command.subcontractor, 'subcontractor')
    if (isRefusal(party)) return party
    const place = findPlace(context.view, command.place)
    if (isRefusal(place)) return place
    const found = findOrExpect(context, command.what, { field: 'what', kind: 'lot' })
    if (isRefusal(found)) return found
    const { row, seed } = found
    const holder = { kind: 'subcontractor', no: party.no } as const
    const taken = take(context, row, { quantity: command.quantity, holder, field: 'what' })
    if (isRefusal(taken)) return taken
    const into = command.into === undefined ? null : decideInto(context, command, { row, place, order })
    if (isRefusal(into)) return into
    const put = into?.map((each) => numberOf(each.output)) ?? [row.no]
    const occupied = checkPlace(context, place, put, { field: 'place' })
    if (occupied) return occupied
    const changes = into === null && command.status !== undefined && command.status !== row.status
    const done =
      command.process === undefined
        ? []
        : [{ ...plainFact('parameter', null, 'process'), value: command.process }]
    const { certificate } = command
    return {
      order: order?.no ?? null,
      ...{ subcontractor: party.no, place: place.no, taken, into },
      ...(seed ? { seed } : {}),
      process: captureProcess('subcontract', context.key),
      facts: [
        ...workFacts(order ?? null, null, false),
        ...done,
        { ...plainFact('parameter', null, 'subcontractor'), value: party.code },
        plainFact('place', place.no, place.code),
      ],
      status: changes && command.status ? { now: command.status, was: row.status } : null,
      certificate: certificate ?? null,
    }
  },
  effectsOf(event) {
    const { order, place, taken, seed, process, facts, into, status, certificate } = event.body
    const { traceable, item } = taken
    const effects: Effect[] = seed ? [...seedEffects(event, seed)] : []
    if (into === null) {
      effects.push(...handOver(taken, { kind: 'place', no: place }, order ?? undefined))
      effects.push(touchEffect(event, { role: 'renew', traceable, process }))
    } else {
      const drawn = { process, edge: 'material', amount: touchAmount(taken), item: item ?? 0 } as const
      effects.push(...takenEffects(taken, 'consumed', order ?? undefined))
      effects.push(touchEffect(event, { role: 'draw', traceable, ...drawn }))
      for (const each of into) {
        const of = { traceable: numberOf(each.output), item: each.item }
        const amount = amountOf(each.quantity)
        effects.push(
          ...outputEffects(event, each.output),
          touchEffect(event, { role: 'add', traceable: of.traceable, process, edge: 'material', amount }),
          stockEffect(of, { kind: 'place', no: place }, amount, 'produced', order ?? undefined),
        )
      }
    }
    if (status) effects.push({ do: 'status', traceable, status: status.now, was: status.was })
    const papers = certificate ? (into?.map((each) => numberOf(each.output)) ?? [traceable]) : []
    for (const no of papers) {
      const to = { kind: 'certificate', traceable: no, orderNo: order }
      if (certificate) effects.push({ do: 'attached', row: documentOf(certificate, to) })
    }
    return [...effects, ...factEffects(event, process.key, facts)]
  },
})

function decideInto(
  context: DecisionContext,
  command: Receive,
  is: { row: TraceableRow; place: PlaceRow; order: OrderRow | undefined },
): readonly Changed[] | Refusal {
  const item = findItem(context.view, command.into?.item ?? '', 'into/item')
  if (isRefusal(item)) return item
  const ask = { ...command.into, quantity: command.into?.quantity ?? command.quantity }
  const lines = lotLines(context, item, ask, { place: is.place, facts: { order: is.order?.code } })
  if (isRefusal(lines)) return lines
  const inherited = inherit(context, item, [is.row], command)
  if (isRefusal(inherited)) return inherited
  prefetchOutputs(
    context.view,
    lines.map((line) => line.code),
  )
  const changed: Changed[] = []
  for (const { code, field, numbered, quantity, given } of lines) {
    const output = newOutput(context, {
      ...inherited,
      ...{ item, code, field: `into/${field}`, status: command.status ?? 'released' },
      kind: item.tracking === 'serial' ? 'serial' : item.tracking === 'batch' ? 'batch' : 'lot',
      confirmed: numbered || (command.confirmNew ?? false),
    })
    if (isRefusal(output)) return output
    changed.push({ output, item: item.no, quantity, given })
  }
  return changed
}
