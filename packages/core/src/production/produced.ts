import { amountOf, type Decimal } from '../base/quantity.ts'
import type { ProcessRef } from '../genealogy/touch.ts'
import { type Closing, closingEffects } from '../ledger/closing.ts'
import { containerEffects, type ContainerUsed } from '../ledger/containers.ts'
import type { Effect, Holder, RecordedEvent } from '../ledger/effects.ts'
import type { Seed } from '../ledger/lots.ts'
import { numberOf, type Output, outputEffects } from '../ledger/outputs.ts'
import { type Condition, factEffects, plainFact, outputFacts } from '../ledger/process-facts.ts'
import type { Bypassed } from '../ledger/route.ts'
import { stockEffect } from '../ledger/stock.ts'
import { touchEffect, type Witnessed } from '../ledger/touching.ts'

/** One lot or serial that came out. */
export interface Made {
  readonly output: Output
  readonly item: number
  readonly quantity: Decimal
  readonly given?: { readonly value: string; readonly unit: string } | undefined
  readonly place: number
  /** Its own process, where parts went into it alone. */
  readonly unitProcess: string | null
}

/** Many new serials that differ in code and number alone: written once, so that ten thousand stay one readable event. */
export interface Series {
  readonly seed: Seed
  readonly codes: readonly string[]
  readonly item: number
  readonly quantity: Decimal
  readonly place: number
}

export interface Produced extends Witnessed {
  readonly order: number | null
  readonly orderCode: string | null
  readonly operation: string | null
  readonly process: ProcessRef
  /** Runs of other operations whose inputs are in these outputs. */
  readonly also: readonly string[]
  readonly made: readonly Made[]
  readonly series: Series | null
  readonly byProducts: readonly Made[]
  /** By how much the order comes nearer to its quantity. */
  readonly progress: Decimal | null
  readonly place: number
  readonly placeCode: string
  readonly conditions: readonly Condition[]
  readonly final: boolean
  /** What ends with the order, where this is its last output. */
  readonly closes?: Closing
  /** Packed as it was made. */
  readonly into: ContainerUsed | null
  /** Fields that rules asked for and nobody captured. */
  readonly missing: readonly string[]
  readonly bypass?: Bypassed
}

/** Folds new serials that have nothing of their own but code and number into one series; the rest stays as it is. */
export function fold(made: readonly Made[]): { made: readonly Made[]; series: Series | null } {
  const [first] = made
  if (!first || first.output.is !== 'new' || made.length < 2) return { made, series: null }
  const { seed } = first.output
  const alike = made.every(
    ({ output, unitProcess }, index) =>
      output.is === 'new' &&
      unitProcess === null &&
      output.seed.no === seed.no + index &&
      output.seed.uri === null &&
      output.seed.names.length === 0,
  )
  if (!alike) return { made, series: null }
  const codes = made.flatMap(({ output }) => (output.is === 'new' ? [output.seed.code] : []))
  return { made: [], series: { seed, codes, item: first.item, quantity: first.quantity, place: first.place } }
}

/** The lots and serials of an event one by one. */
export function unfold(body: Pick<Produced, 'made' | 'series'>): readonly Made[] {
  const { made, series } = body
  if (!series) return made
  const { seed, codes, item, quantity, place } = series
  return codes.map((code, index) => ({
    output: { is: 'new', seed: { ...seed, code, no: seed.no + index } },
    ...{ item, quantity, place, unitProcess: null },
  }))
}

/** What an output does: it exists, comes from its processes, lies at its place, and brings the order nearer its end. */
export function producedEffects(event: RecordedEvent<string, Produced>): readonly Effect[] {
  const { order, orderCode, operation, process, also, byProducts, progress, place, placeCode } = event.body
  const of = order === null ? null : { no: order, code: orderCode ?? '' }
  const isRun = process.kind === 'run'
  const facts = outputFacts(of, operation, isRun)
  const effects: Effect[] = [
    ...factEffects(event, process.key, [
      ...facts,
      plainFact('place', place, placeCode),
      ...event.body.conditions,
    ]),
  ]
  const { into } = event.body
  if (into) effects.push(...containerEffects(event, into))
  const outputs = unfold(event.body)
  for (const [index, made] of [...outputs, ...byProducts].entries()) {
    effects.push(...outputEffects(event, made.output))
    pushTouches(effects, event, made, [process, ...also.map((key): ProcessRef => ({ kind: 'run', key }))])
    const of = { traceable: numberOf(made.output), item: made.item }
    const isPacked = into !== null && index < outputs.length
    const holder: Holder = isPacked ? { kind: 'container', no: into.no } : { kind: 'place', no: made.place }
    const amount = amountOf(made.quantity)
    if (amount > 0n) effects.push(stockEffect(of, holder, amount, 'produced', order ?? undefined))
    if (isPacked) effects.push({ do: 'pack', container: into.no, child: of.traceable, amount })
  }
  if (order !== null && progress !== null)
    effects.push({ do: 'progress', order, line: null, delta: amountOf(progress) })
  if (order !== null && event.body.closes) effects.push(...closingEffects(order, event.body.closes))
  return effects
}

/** The quantity stands on the edge from the main process alone, so that it is counted once. */
function pushTouches(
  effects: Effect[],
  event: RecordedEvent<string, Produced>,
  made: Made,
  processes: readonly ProcessRef[],
): void {
  const traceable = numberOf(made.output)
  const own: ProcessRef[] = made.unitProcess === null ? [] : [{ kind: 'atomic', key: made.unitProcess }]
  for (const [index, process] of [...processes, ...own].entries()) {
    const amount = index === 0 && amountOf(made.quantity) > 0n ? amountOf(made.quantity) : null
    effects.push(touchEffect(event, { role: 'add', traceable, process, edge: 'material', amount }))
  }
}
