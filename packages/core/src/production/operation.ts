import { Type, type Static } from 'typebox'
import { isRefusal, type Refusal } from '../base/refusal.ts'
import { touchTable } from '../genealogy/rows.ts'
import { commandSchema, Reference, Text } from '../ledger/command.ts'
import { type DecisionContext, verb } from '../ledger/decision.ts'
import type { Effect, RecordedEvent } from '../ledger/effects.ts'
import { type Seed, seedEffects } from '../ledger/lots.ts'
import { findOpenOrder } from '../ledger/orders.ts'
import {
  type Condition,
  conditionFields,
  conditionsOf,
  factEffects,
  plainFact,
  workFacts,
} from '../ledger/process-facts.ts'
import { runKey, unitProcess } from '../ledger/process-key.ts'
import { bypassField, type Bypassed, checkRoute, operationKey } from '../ledger/route.ts'
import { touchEffect, type Witnessed } from '../ledger/touching.ts'
import { unitNamed } from '../ledger/units.ts'

/** An operation began or ended: of a whole order, or of one unit of it. */
export interface OperationStep extends Witnessed {
  readonly order: number
  readonly orderCode: string
  readonly operation: string | null
  readonly unit: number | null
  /** Present where the unit is named for the first time, before it is made. */
  readonly seed?: Seed
  /** The process the conditions belong to. */
  readonly process: string
  /** The unit went through its process as it stands; otherwise its making will add it. */
  readonly renews: boolean
  readonly conditions: readonly Condition[]
  readonly bypass?: Bypassed
}

const fields = {
  order: Text('Order'),
  operation: Type.Optional(Text('Operation of its routing')),
  unit: Type.Optional(Reference),
  ...conditionFields,
  ...bypassField,
}

const startSchema = commandSchema('start', fields)
const completeSchema = commandSchema('complete', fields)
type StepCommand = Omit<Static<typeof startSchema>, 'verb'>

/** An operation begins; the route is kept, and what it runs on is stamped. */
export const start = verb<typeof startSchema, OperationStep>({
  verb: 'start',
  event: 'Started',
  version: 1,
  about: 'Begins an operation with its machine, tools, people and parameters.',
  schema: startSchema,
  decide: (command, context) => decideStep(command, context, 'start'),
  effectsOf: (event) => stepEffects(event, 'start'),
})

/** An operation ends; what requires it may begin. */
export const complete = verb<typeof completeSchema, OperationStep>({
  verb: 'complete',
  event: 'Completed',
  version: 1,
  about: 'Ends an operation with its parameters and results.',
  schema: completeSchema,
  decide: (command, context) => decideStep(command, context, 'complete'),
  effectsOf: (event) => stepEffects(event, 'complete'),
})

function decideStep(
  command: StepCommand,
  context: DecisionContext,
  step: 'start' | 'complete',
): OperationStep | Refusal {
  const order = findOpenOrder(context, command.order)
  if (isRefusal(order)) return order
  const operation = command.operation ?? null
  const named =
    command.unit === undefined
      ? undefined
      : unitNamed(context, command.unit, { order, field: 'unit', confirmed: false })
  if (isRefusal(named)) return named
  const unit = named?.row
  const route = { order, operation, units: unit ? [unit.no] : [], ends: step === 'complete' }
  const bypass = checkRoute(context, { ...route, bypass: command.bypass })
  if (isRefusal(bypass)) return bypass
  const conditions = conditionsOf(context, command)
  if (isRefusal(conditions)) return conditions
  const process = unit ? unitProcess(order.no, unit.no).key : runKey(order.no, operation)
  const touched = unit && context.view.list(touchTable, 'byTraceableProcess', [unit.no, process]).length > 0
  return {
    order: order.no,
    orderCode: order.code,
    operation,
    unit: unit?.no ?? null,
    ...(named?.seed ? { seed: named.seed } : {}),
    process,
    renews: unit !== undefined && !touched && unit.status !== 'expected',
    conditions,
    ...(bypass ? { bypass } : {}),
  }
}

function stepEffects(
  event: RecordedEvent<string, OperationStep>,
  step: 'start' | 'complete',
): readonly Effect[] {
  const { order, orderCode, operation, unit, seed, process, renews, conditions } = event.body
  const isRun = unit === null
  const facts = [...workFacts({ no: order, code: orderCode }, operation, isRun), ...conditions]
  const stamp = { ...plainFact('operation', null, operation ?? ''), value: step }
  const life: Effect = {
    do: 'operation',
    processKey: operationKey(order, operation, unit),
    ...{ order, operation, unit, step },
  }
  const touch = renews && unit !== null
  return [
    ...(seed ? seedEffects(event, seed) : []),
    life,
    ...factEffects(event, process, facts, { open: step === 'start' }),
    ...factEffects(event, operationKey(order, operation, unit), [stamp]),
    ...(touch
      ? [touchEffect(event, { role: 'renew', traceable: unit, process: { kind: 'atomic', key: process } })]
      : []),
  ]
}
