import { Type, type Static } from 'typebox'
import { amountOf, decimalOf, type Decimal } from '../base/quantity.ts'
import { isRefusal, refuse, type Refusal } from '../base/refusal.ts'
import { findPlace, findTraceable } from '../identity/lookup.ts'
import { lettersOf } from '../identity/numbering.ts'
import { placeTable, type PlaceRow, type TraceableRow } from '../identity/rows.ts'
import { measure } from '../identity/unit.ts'
import { commandSchema, Quantity, Reference, Text } from '../ledger/command.ts'
import { type DecisionContext, verb } from '../ledger/decision.ts'
import { heldBy, take, type Taken, takenEffects } from '../ledger/draws.ts'
import type { Effect, RecordedEvent } from '../ledger/effects.ts'
import { isNamed, partSeed, type Seed, seedEffects } from '../ledger/lots.ts'
import { checkPlace } from '../ledger/placing.ts'
import { captureProcess } from '../ledger/process-key.ts'
import { holderOf, itemOf, stockEffect } from '../ledger/stock.ts'
import { touchEffect, type Witnessed } from '../ledger/touching.ts'

const schema = commandSchema('split', {
  what: Reference,
  into: Type.Array(
    Type.Object(
      {
        code: Type.Optional(Text('Code of the new lot; the old one with a letter if left out')),
        quantity: Quantity,
        place: Type.Optional(Text('Where it is put; where it was if left out')),
      },
      { additionalProperties: false },
    ),
    { minItems: 1, maxItems: 1000, description: 'The new lots; what is not named stays in the old one' },
  ),
  from: Type.Optional(Text('Place it is taken from; the only one if left out')),
  confirmNew: Type.Optional(Type.Boolean({ description: 'The look-alikes were seen; these codes are new' })),
})
type Split = Static<typeof schema>

interface Child {
  readonly seed: Seed
  readonly quantity: Decimal
  readonly holder: string
}

interface SplitBody extends Witnessed {
  readonly code: string
  readonly taken: Taken
  readonly children: readonly Child[]
}

/** Parts of a lot become lots of their own; the rest keeps its identity. */
export const split = verb({
  verb: 'split',
  event: 'Split',
  version: 1,
  about:
    'Makes lots of their own out of parts of a lot. What is left stays what it was; holds go with every part.',
  schema,
  decide: decideSplit,
  effectsOf,
})

function decideSplit(command: Split, context: DecisionContext): SplitBody | Refusal {
  const row = findTraceable(context.view, command.what, 'what')
  if (isRefusal(row)) return row
  const item = itemOf(context.view, row.item)
  if (!item || (row.kind !== 'lot' && row.kind !== 'batch')) return notDivisible(row)
  const measured: bigint[] = []
  for (const [index, part] of command.into.entries()) {
    const amount = measure(item, part.quantity, { field: `into/${index}/quantity` })
    if (isRefusal(amount)) return amount
    measured.push(amount.amount)
  }
  const total = decimalOf(
    measured.reduce((sum, amount) => sum + amount, 0n),
    item.scale,
  )
  const taken = take(context, row, { quantity: { value: total }, from: command.from, field: 'what' })
  if (isRefusal(taken)) return taken
  const children: Child[] = []
  for (const [index, part] of command.into.entries()) {
    const place =
      part.place === undefined ? undefined : findPlace(context.view, part.place, `into/${index}/place`)
    if (isRefusal(place)) return place
    const seed = childSeed(context, row, { code: part.code, index, confirmed: command.confirmNew ?? false })
    if (isRefusal(seed)) return seed
    const quantity = decimalOf(measured[index] ?? 0n, item.scale)
    const holder = place ? `place:${place.no}` : (taken.from[0]?.holder ?? 'place:0')
    children.push({ seed, quantity, holder })
  }
  return checkRoom(context, row, taken, children) ?? { code: row.code, taken, children }
}

function notDivisible(row: TraceableRow): Refusal<'not_divisible'> {
  return refuse('not_divisible', {
    message: `${row.code} is a ${row.kind} and cannot be split.`,
    fix: row.kind === 'container' ? 'Unpack it instead.' : 'Name a lot or batch.',
    field: 'what',
    value: row.code,
  })
}

function childSeed(
  context: DecisionContext,
  row: TraceableRow,
  ask: { code: string | undefined; index: number; confirmed: boolean },
): Seed | Refusal {
  return partSeed(context, row, {
    code: ask.code ?? letteredCode(context, row),
    field: `into/${ask.index}/code`,
    confirmed: ask.code === undefined || ask.confirmed,
  })
}

/** `J4520` becomes `J4520-A`, `J4520-B` ...; codes that somebody used before are passed over. */
function letteredCode(context: DecisionContext, row: TraceableRow): string {
  for (;;) {
    const code = `${row.code}-${lettersOf(context.next(`split:${row.no}`))}`
    if (!isNamed(context.view, code)) return code
  }
}

/** Single-lot places take one lot: neither the part beside the rest, nor two parts together. */
function checkRoom(
  context: DecisionContext,
  row: TraceableRow,
  taken: Taken,
  children: readonly Child[],
): Refusal | undefined {
  const places = new Map<number, number[]>()
  for (const { seed, holder } of children) {
    const { no } = holderOf(holder)
    places.set(no, [...(places.get(no) ?? []), seed.no])
  }
  for (const [no, lots] of places) {
    const place: PlaceRow | undefined = context.view.get(placeTable, [no])
    const wholeLeaves = taken.from.some(
      (source) => source.holder === `place:${no}` && leavesNothing(context, row, source),
    )
    const leaving = wholeLeaves ? [row.no] : []
    const occupied = place && checkPlace(context, place, lots, { field: 'into', leaving })
    if (occupied) return occupied
  }
  return undefined
}

function leavesNothing(context: DecisionContext, row: TraceableRow, source: Taken['from'][number]): boolean {
  return heldBy(context.view, row.no, holderOf(source.holder)) <= amountOf(source.quantity)
}

function effectsOf(event: RecordedEvent<string, SplitBody>): readonly Effect[] {
  const { taken, children } = event.body
  const process = captureProcess('split', event.key)
  const amount = taken.quantity === null ? null : amountOf(taken.quantity)
  const { traceable, item } = taken
  return [
    ...takenEffects(taken, 'split'),
    touchEffect(event, { role: 'draw', traceable, process, edge: 'identity', amount, item: item ?? 0 }),
    ...children.flatMap(({ seed, quantity, holder }) => [
      ...seedEffects(event, seed),
      stockEffect({ traceable: seed.no, item }, holderOf(holder), amountOf(quantity), 'split'),
      touchEffect(event, {
        role: 'add',
        traceable: seed.no,
        process,
        edge: 'identity',
        amount: amountOf(quantity),
      }),
    ]),
  ]
}
