import { Type, type Static } from 'typebox'
import { amountOf, decimalOf, type Decimal } from '../base/quantity.ts'
import { isRefusal, refuse, type Refusal } from '../base/refusal.ts'
import { findItem, findPlace, findTraceable, textOf } from '../identity/lookup.ts'
import type { ItemRow, PlaceRow, TraceableRow } from '../identity/rows.ts'
import { measure, type Measured } from '../identity/unit.ts'
import { commandSchema, Quantity, Reference, Text } from '../ledger/command.ts'
import { type DecisionContext, verb } from '../ledger/decision.ts'
import type { Effect, RecordedEvent } from '../ledger/effects.ts'
import { newSeed, rowOf, type Seed, seedEffects } from '../ledger/lots.ts'
import { checkPlace } from '../ledger/placing.ts'
import { captureProcess } from '../ledger/process-key.ts'
import { itemOf, stockEffect, stockOf } from '../ledger/stock.ts'
import { touchEffect, type Witnessed } from '../ledger/touching.ts'

const schema = commandSchema('count', {
  place: Text('Place that was counted'),
  what: Reference,
  item: Type.Optional(Text('Item, where what was found has no known code: it gets an identity and a gap')),
  quantity: Quantity,
  confirmNew: Type.Optional(Type.Boolean({ description: 'The look-alike was seen; this code is new' })),
})
type Count = Static<typeof schema>

interface CountedBody extends Witnessed {
  readonly traceable: number
  readonly code: string
  readonly item: number | null
  readonly seed: Seed | null
  readonly place: number
  readonly placeCode: string
  readonly counted: Decimal
  readonly onRecord: Decimal
  /** Counted less on record, signed. */
  readonly difference: Decimal
  readonly given: Measured['given'] | null
}

/** What lies at a place was counted; a difference is an adjustment with its reason. */
export const count = verb({
  verb: 'count',
  event: 'Counted',
  version: 1,
  about:
    'Records a count at a place. A difference adjusts the stock and needs a reason; unidentified stock gets an identity and a gap.',
  schema,
  decide: decideCount,
  effectsOf,
})

function decideCount(command: Count, context: DecisionContext): CountedBody | Refusal {
  const place = findPlace(context.view, command.place)
  if (isRefusal(place)) return place
  const found = findOrIdentify(context, command)
  if (isRefusal(found)) return found
  const { row, item, seed } = found
  const measured = measureCounted(row, item, command.quantity)
  if (isRefusal(measured)) return measured
  const onRecord = netAt(context, row, place)
  const scale = item?.scale ?? 0
  const difference = measured.amount - onRecord
  const unexplained = difference === 0n || context.reason !== null ? undefined : differenceUnexplained(row)
  if (unexplained && context.breaks(unexplained, { traceable: row.no })) return unexplained
  const occupied = measured.amount > 0n ? checkPlace(context, place, [row.no], { field: 'place' }) : undefined
  if (occupied) return occupied
  return {
    traceable: row.no,
    code: row.code,
    item: row.item,
    seed,
    place: place.no,
    placeCode: place.code,
    counted: measured.quantity,
    onRecord: decimalOf(onRecord, scale),
    difference: decimalOf(difference, scale),
    given: measured.given ?? null,
  }
}

interface Identified {
  readonly row: TraceableRow
  readonly item: ItemRow | undefined
  readonly seed: Seed | null
}

/** The thing counted; one without a known code becomes one, with a gap, where the item is told. */
function findOrIdentify(context: DecisionContext, command: Count): Identified | Refusal {
  const known = findTraceable(context.view, command.what, 'what')
  if (!isRefusal(known)) return { row: known, item: itemOf(context.view, known.item), seed: null }
  if (known.code !== 'lot_unknown' || command.item === undefined) return known
  const item = findItem(context.view, command.item)
  if (isRefusal(item)) return item
  const kind = item.tracking === 'none' ? 'lot' : item.tracking
  const confirmed = command.confirmNew ?? false
  const seed = newSeed(context, { kind, item, code: textOf(command.what), field: 'what', confirmed })
  if (isRefusal(seed)) return seed
  context.gap({
    kind: 'unknown-origin',
    traceable: seed.no,
    item: item.no,
    detail: `${seed.code} was found in a count; where it comes from is not on record`,
  })
  return { row: rowOf(seed, context), item, seed }
}

function measureCounted(
  row: TraceableRow,
  item: ItemRow | undefined,
  quantity: Count['quantity'],
): Measured | Refusal {
  const one = 10n ** BigInt(item?.scale ?? 0)
  const measured = measure(item ?? pieces, quantity, { zero: true })
  if (isRefusal(measured) || row.kind === 'lot' || row.kind === 'batch' || measured.amount <= one)
    return measured
  return refuse('counted_twice', {
    message: `${row.code} is one ${row.kind}; ${quantity.value} of it cannot be there.`,
    fix: 'Count 1 or 0.',
    field: 'quantity',
    value: quantity.value,
  })
}

/** Containers have no item; they are counted in pieces. */
const pieces = { code: 'containers', unit: 'pc', scale: 0, conversions: [] }

function netAt(context: DecisionContext, row: TraceableRow, place: PlaceRow): bigint {
  const here = stockOf(context.view, row.no).find(
    (each) => each.holderKind === 'place' && each.holder === place.no,
  )
  return here ? here.onHand - here.owed : 0n
}

function differenceUnexplained(row: TraceableRow): Refusal<'difference_unexplained'> {
  return refuse('difference_unexplained', {
    message: `The count of ${row.code} differs from the record; why is not said.`,
    fix: 'Count again, or give a reason.',
    field: 'reason',
  })
}

function effectsOf(event: RecordedEvent<string, CountedBody>): readonly Effect[] {
  const { seed, traceable, item, place, difference } = event.body
  const delta = amountOf(difference)
  const adjustment = stockEffect({ traceable, item }, { kind: 'place', no: place }, delta, 'adjusted')
  return [...(seed ? [...seedEffects(event, seed), birth(event)] : []), ...(delta === 0n ? [] : [adjustment])]
}

/** What was found begins to exist here, out of a process without inputs. */
function birth(event: RecordedEvent<string, CountedBody>): Effect {
  const { traceable, counted } = event.body
  const process = captureProcess('count', event.key)
  return touchEffect(event, { role: 'add', traceable, process, edge: 'material', amount: amountOf(counted) })
}
