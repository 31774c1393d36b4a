import { Type, type Static } from 'typebox'
import { amountOf, decimalOf, type Decimal } from '../base/quantity.ts'
import { isRefusal, refuse, type Refusal } from '../base/refusal.ts'
import { findItem, findPlace, findTraceable } from '../identity/lookup.ts'
import type { Disposition, ItemRow, PlaceRow, TraceableRow } from '../identity/rows.ts'
import { commandSchema, Quantity, Reference, Text } from '../ledger/command.ts'
import { type DecisionContext, verb } from '../ledger/decision.ts'
import { heldBy, take, type Taken, takenEffects, touchAmount } from '../ledger/draws.ts'
import type { Effect, RecordedEvent } from '../ledger/effects.ts'
import { findOrExpect, type Seed, seedEffects } from '../ledger/lots.ts'
import { nextCode } from '../ledger/new-codes.ts'
import { newOutput, numberOf, type Output, outputEffects } from '../ledger/outputs.ts'
import { checkPlace } from '../ledger/placing.ts'
import { captureProcess } from '../ledger/process-key.ts'
import { holderOf, itemOf, stockEffect } from '../ledger/stock.ts'
import { touchEffect, type Witnessed } from '../ledger/touching.ts'
import { checkUsable } from '../quality/usable.ts'

const schema = commandSchema('merge', {
  what: Type.Array(
    Type.Object({ what: Reference, quantity: Type.Optional(Quantity) }, { additionalProperties: false }),
    {
      minItems: 1,
      maxItems: 1000,
      description: 'The lots that are put together; all of each if no quantity is given',
    },
  ),
  into: Type.Object(
    {
      code: Type.Optional(Text('Code of the composite lot, new or known; the next of the rule if left out')),
      item: Type.Optional(Text('Its item; that of the lots if left out')),
      place: Text('Where it is put'),
    },
    { additionalProperties: false },
  ),
  from: Type.Optional(Text('Place they are taken from; the only one of each if left out')),
  confirmNew: Type.Optional(Type.Boolean({ description: 'The look-alike was seen; this code is new' })),
})
type Merge = Static<typeof schema>

interface Source {
  readonly code: string
  readonly seed: Seed | null
  readonly taken: Taken
}

interface MergedBody extends Witnessed {
  readonly sources: readonly Source[]
  readonly output: Output
  readonly code: string
  readonly item: number
  readonly quantity: Decimal
  readonly place: number
}

/** Several lots become one composite lot that keeps all of its parents. */
export const merge = verb({
  verb: 'merge',
  event: 'Merged',
  version: 1,
  about: 'Puts lots of one item together into a composite lot, new or known; all parents are kept.',
  schema,
  decide: decideMerge,
  effectsOf,
})

interface Parent extends Source {
  readonly row: TraceableRow
}

function decideMerge(command: Merge, context: DecisionContext): MergedBody | Refusal {
  const place = findPlace(context.view, command.into.place, 'into/place')
  if (isRefusal(place)) return place
  const parents = parentsOf(context, command)
  if (isRefusal(parents)) return parents
  const item = itemFor(context, command, parents)
  if (isRefusal(item)) return item
  const output = compositeOf(context, command, { parents, item, place })
  if (isRefusal(output)) return output
  const amount = parents.reduce((sum, { taken }) => sum + (touchAmount(taken) ?? 0n), 0n)
  const occupied = checkPlace(context, place, [output.no], {
    field: 'into/place',
    leaving: parents.filter((parent) => leavesWhole(context, parent, place)).map(({ row }) => row.no),
  })
  if (occupied) return occupied
  return {
    sources: parents.map(({ code, seed, taken }) => ({ code, seed, taken })),
    output: output.output,
    code: output.code,
    item: item.no,
    quantity: decimalOf(amount, item.scale),
    place: place.no,
  }
}

function parentsOf(context: DecisionContext, command: Merge): readonly Parent[] | Refusal {
  const parents: Parent[] = []
  for (const [index, part] of command.what.entries()) {
    const field = `what/${index}/what`
    const found = findOrExpect(context, part.what, { field, kind: 'lot' })
    if (isRefusal(found)) return found
    const { row, seed = null } = found
    if (parents.some((parent) => parent.row.no === row.no)) return withItself(row, field)
    const broken = checkUsable(context, row, { field, purpose: 'merge' })
    if (broken) return broken
    const taken = take(context, row, { quantity: part.quantity, from: command.from, field })
    if (isRefusal(taken)) return taken
    parents.push({ row, code: row.code, seed, taken })
  }
  return parents
}

function withItself(row: TraceableRow, field: string): Refusal<'merged_with_itself'> {
  return refuse('merged_with_itself', {
    message: `${row.code} would be merged with itself.`,
    fix: 'Name each lot once, and another lot as the result.',
    field,
    value: row.code,
  })
}

/** The item of the composite: lots of several items are a product, which is made and not merged. */
function itemFor(context: DecisionContext, command: Merge, parents: readonly Parent[]): ItemRow | Refusal {
  const [first] = parents
  const named =
    command.into.item === undefined ? undefined : findItem(context.view, command.into.item, 'into/item')
  if (isRefusal(named)) return named
  const item = named ?? itemOf(context.view, first?.row.item ?? null)
  const stranger = parents.find(({ row }) => row.item !== item?.no || row.kind === 'serial')
  if (item && !stranger && item.tracking !== 'serial') return item
  return refuse('not_mergeable', {
    message: `${stranger?.code ?? first?.code ?? 'This'} is no lot of the same item as the result.`,
    fix: 'Merge lots of one item; to make one item of others, record its production.',
    field: 'what',
    value: stranger?.code,
  })
}

function compositeOf(
  context: DecisionContext,
  command: Merge,
  of: { parents: readonly Parent[]; item: ItemRow; place: PlaceRow },
): { no: number; code: string; output: Output } | Refusal {
  const { parents, item, place } = of
  const { code: given } = command.into
  const known =
    given === undefined
      ? undefined
      : findTraceable(context.view, { code: given, item: item.code }, 'into/code')
  if (known && !isRefusal(known) && parents.some(({ row }) => row.no === known.no))
    return withItself(known, 'into/code')
  if (given === undefined && parents.length === 1) return onlyOne(parents)
  const code = given ?? nextCode(context, { gives: 'lot', item, place })
  const rows = parents.map(({ row }) => row)
  const expiries = rows.flatMap((row) => row.expiresOn ?? []).sort()
  const output = newOutput(context, {
    item,
    kind: item.tracking === 'batch' ? 'batch' : 'lot',
    code,
    field: 'into/code',
    status: statusOf(rows),
    expiresOn: expiries[0] ?? null,
    manufacturedOn: null,
    owner: rows.every((row) => row.owner === rows[0]?.owner) ? (rows[0]?.owner ?? null) : item.owner,
    exportClass: rows.find((row) => row.exportClass !== null)?.exportClass ?? null,
    attributes: {},
    confirmed: given === undefined || (command.confirmNew ?? false),
  })
  return isRefusal(output) ? output : { no: numberOf(output), code, output }
}

function onlyOne(parents: readonly Parent[]): Refusal<'merge_of_one'> {
  return refuse('merge_of_one', {
    message: `Only ${parents[0]?.code ?? 'one lot'} is named; there is nothing to merge it with.`,
    fix: 'Name another lot, or the code of the lot it is added to.',
    field: 'what',
    value: parents[0]?.code,
  })
}

/** A composite is as good as the least of its parents. */
function statusOf(rows: readonly TraceableRow[]): Disposition {
  if (rows.some((row) => row.status === 'rejected')) return 'rejected'
  return rows.some((row) => row.status === 'pending') ? 'pending' : 'released'
}

function leavesWhole(context: DecisionContext, parent: Parent, place: PlaceRow): boolean {
  const here = { kind: 'place', no: place.no } as const
  const taken = parent.taken.from.find(({ holder }) => holder === `place:${place.no}`)
  return taken !== undefined && amountOf(taken.quantity) >= heldBy(context.view, parent.row.no, here)
}

function effectsOf(event: RecordedEvent<string, MergedBody>): readonly Effect[] {
  const { sources, output, item, quantity, place } = event.body
  const process = captureProcess('merge', event.key)
  const no = numberOf(output)
  const amount = amountOf(quantity)
  return [
    ...sources.flatMap(({ seed, taken }) => [
      ...(seed ? seedEffects(event, seed) : []),
      ...takenEffects(taken, 'merged'),
      touchEffect(event, {
        role: 'draw',
        traceable: taken.traceable,
        process,
        edge: 'material',
        amount: touchAmount(taken),
        item,
      }),
    ]),
    ...outputEffects(event, output),
    stockEffect({ traceable: no, item }, holderOf(`place:${place}`), amount, 'merged'),
    touchEffect(event, { role: 'add', traceable: no, process, edge: 'material', amount }),
  ]
}
