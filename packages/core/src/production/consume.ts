import { Type } from 'typebox'
import { amountOf, decimalOf, type Decimal } from '../base/quantity.ts'
import type { Instant } from '../base/instant.ts'
import { isRefusal } from '../base/refusal.ts'
import { together } from '../base/view.ts'
import type { ProcessRef } from '../genealogy/touch.ts'
import { commandSchema, LongText, Quantity, Reference, Text } from '../ledger/command.ts'
import { type DecisionContext, verb } from '../ledger/decision.ts'
import { lookAhead, lookAround } from '../ledger/look-ahead.ts'
import { take, type Taken, takenEffects } from '../ledger/draws.ts'
import type { Effect, RecordedEvent } from '../ledger/effects.ts'
import { findOrExpect, type Seed, seedEffects } from '../ledger/lots.ts'
import { feedOf, type FeedSet, feedTouch } from '../ledger/materials.ts'
import { findOpenOrder } from '../ledger/orders.ts'
import { factEffects, inputFacts, plainFact } from '../ledger/process-facts.ts'
import { processMissing, processOf, unitProcess } from '../ledger/process-key.ts'
import { bypassField, type Bypassed } from '../ledger/route.ts'
import { itemOf } from '../ledger/stock.ts'
import type { OrderRow } from '../ledger/tables.ts'
import { touchEffect, type Witnessed } from '../ledger/touching.ts'
import { type Unit, unitsNamed } from '../ledger/units.ts'
import { checkConsumption, checkNotIntoItself, checkPromised } from './consumption-rules.ts'
import { checkConsumed } from '../quality/consumed.ts'
import { gapsFilled, type Join, joinOf, lateJoins } from './late.ts'

/** One process that material went into, and how much of it. */
export interface Share {
  readonly process: ProcessRef
  /** The unit whose own process it is. */
  readonly unit: number | null
  readonly quantity: Decimal | null
  /** When the unit, made already, took it: its process was new to it. Null: its making joins them. */
  readonly joinsAt: Instant | null
}

export interface Consumed extends Witnessed, FeedSet {
  readonly order: number | null
  readonly orderCode: string | null
  readonly operation: string | null
  readonly taken: Taken
  readonly seeds: readonly Seed[]
  readonly into: readonly Share[]
  readonly concession?: string
  readonly bypass?: Bypassed
  /** Outputs recorded before this input that it went into. */
  readonly joins: readonly Join[]
  /** Gaps that this fills. */
  readonly fills: readonly number[]
  /** Fields that rules asked for and nobody captured. */
  readonly missing: readonly string[]
}

const schema = commandSchema('consume', {
  order: Type.Optional(Text('Order')),
  operation: Type.Optional(Text('Operation')),
  process: Type.Optional(
    Text('Name of a process in which all inputs meet all outputs, such as a batch or a cook'),
  ),
  what: Reference,
  quantity: Type.Optional(Quantity),
  from: Type.Optional(Text('Place; what was issued to the order is taken first if left out')),
  forUnit: Type.Optional(
    Type.Union([Reference, Type.Array(Reference, { minItems: 1, maxItems: 10_000 })], {
      description: 'The unit it goes into; of several, each gets an equal share',
    }),
  ),
  feed: Type.Optional(Type.Union([Type.Literal('pooled'), Type.Literal('sequential')])),
  overlapSeconds: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 604_800,
      description: 'Sequential feed: how long what comes out may still hold the lot before',
    }),
  ),
  concession: Type.Optional(LongText('What allows a material that the bill of material does not name')),
  confirmNew: Type.Optional(
    Type.Boolean({ description: 'A unit code that looks like another one is new all the same' }),
  ),
  ...bypassField,
})

/** Material is used up: into one unit, or into a process that all of its outputs share (B5). */
export const consume = verb<typeof schema, Consumed>({
  verb: 'consume',
  event: 'Consumed',
  version: 1,
  about: 'Uses material up, for an operation, a process or single units.',
  schema,
  decide(command, context) {
    lookAhead(context.view, {
      order: command.order,
      places: [command.from],
      references: [command.what],
    })
    const order = command.order === undefined ? undefined : findOpenOrder(context, command.order)
    if (isRefusal(order)) return order
    const operation = command.operation ?? null
    const found = findOrExpect(context, command.what, { field: 'what', kind: 'lot' })
    if (isRefusal(found)) return found
    lookAround(context.view, found.row)
    const forUnit =
      command.forUnit === undefined
        ? []
        : Array.isArray(command.forUnit)
          ? command.forUnit
          : [command.forUnit]
    const units = unitsNamed(context, forUnit, {
      order,
      field: 'forUnit',
      confirmed: command.confirmNew ?? false,
    })
    if (isRefusal(units)) return units
    const work = { order, operation, process: command.process ?? null }
    const processes = processesOf(work, units)
    if (processes.length === 0) return processMissing()
    const { concession, bypass } = command
    const about = { ...work, row: found.row, concession, bypass }
    const left =
      checkNotIntoItself(context, found.row, { units, processes }) ?? checkConsumption(context, about, units)
    if (isRefusal(left)) return left
    const asked = { quantity: command.quantity, from: command.from, order: order?.no, field: 'what' }
    const taken = take(context, found.row, asked)
    if (isRefusal(taken)) return taken
    const reserved = checkPromised(context, found.row, taken, order)
    if (reserved) return reserved
    const missing = checkConsumed(context, found.row, { command, order, operation, from: taken.from })
    if (isRefusal(missing)) return missing
    const item = found.row.item
    return {
      order: order?.no ?? null,
      orderCode: order?.code ?? null,
      operation,
      taken,
      seeds: [...(found.seed ? [found.seed] : []), ...units.flatMap((unit) => unit.seed ?? [])],
      into: sharesOf(context, taken, processes, units),
      ...feedOf(context, { order, item: itemOf(context.view, item), operation }, command),
      ...(concession === undefined ? {} : { concession }),
      ...(left ? { bypass: left } : {}),
      joins: lateJoins(context, order, processes[0]),
      fills: gapsFilled(context, { order, processes, item }),
      missing,
    }
  },
  effectsOf: consumedEffects,
})

function processesOf(
  work: { order: OrderRow | undefined; operation: string | null; process: string | null },
  units: readonly Unit[],
): readonly ProcessRef[] {
  const order = work.order?.no ?? null
  if (units.length > 0) return units.map((unit) => unitProcess(order, unit.row.no))
  const process = processOf({ ...work, order })
  return process ? [process] : []
}

/** Splits what was taken over the units in equal parts; what does not come out even goes to the first ones, a grain each. */
function sharesOf(
  context: DecisionContext,
  taken: Taken,
  processes: readonly ProcessRef[],
  units: readonly Unit[],
): readonly Share[] {
  const [, decimals = ''] = (taken.quantity ?? '').split('.')
  const amount = taken.quantity === null ? null : amountOf(taken.quantity)
  const count = BigInt(processes.length)
  return together(processes, (process, index) => {
    const unit = units[index]
    const share = amount === null ? null : amount / count + (BigInt(index) < amount % count ? 1n : 0n)
    return {
      process,
      unit: unit?.row.no ?? null,
      quantity: share === null ? null : decimalOf(share, decimals.length),
      joinsAt: unit ? (joinOf(context, unit, process)?.at ?? null) : null,
    }
  })
}

/** What a consumption does: stock goes, and each process gets its share. */
function consumedEffects(event: RecordedEvent<string, Consumed>): readonly Effect[] {
  const { order, orderCode, operation, taken, seeds, into, concession, joins, fills } = event.body
  const of = order === null ? null : { no: order, code: orderCode ?? '' }
  const allowed =
    concession === undefined ? [] : [{ ...plainFact('result', null, 'concession'), value: concession }]
  const effects: Effect[] = seeds.flatMap((seed) => seedEffects(event, seed))
  effects.push(...takenEffects(taken, 'consumed', order ?? undefined))
  const isRun = into[0]?.process.kind === 'run'
  const facts = [...inputFacts(of, operation, isRun), ...allowed]
  for (const { process, unit, quantity, joinsAt } of into) {
    effects.push(...factEffects(event, process.key, facts))
    effects.push(
      touchEffect(event, {
        role: 'draw',
        traceable: taken.traceable,
        process,
        edge: 'material',
        amount: quantity === null ? null : amountOf(quantity),
        ...feedTouch(event.body),
        item: taken.item ?? 0,
      }),
    )
    if (joinsAt !== null && unit !== null)
      effects.push(joinEffect(event, process, { traceable: unit, at: joinsAt }))
  }
  const [first] = into
  if (first) effects.push(...joins.map((join) => joinEffect(event, first.process, join)))
  effects.push(...fills.map((no): Effect => ({ do: 'close-gap', no })))
  return effects
}

/** An output that was recorded before its input: it came out of the process when it was made. */
function joinEffect(event: RecordedEvent<string, Consumed>, process: ProcessRef, join: Join): Effect {
  const { traceable, at } = join
  return touchEffect(
    { ...event, happenedAt: at },
    { role: 'add', traceable, process, edge: 'material', amount: null },
  )
}
