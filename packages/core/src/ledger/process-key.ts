import { refuse, type Refusal } from '../base/refusal.ts'
import type { View } from '../base/view.ts'
import type { ProcessRef } from '../genealogy/touch.ts'
import { processFactTable } from './record-tables.ts'
import type { OrderRow } from './tables.ts'

/** Where work is booked: an order's operation, or a process named by whoever captures. */
export interface Work {
  readonly order: number | null
  readonly operation: string | null
  readonly process: string | null
}

/**
 * The process that joins what goes in to what comes out. A process named explicitly is atomic: all of its inputs meet all of
 * its outputs. An order's operation is a run, cut into segments where the loaded lots change.
 */
export function processOf(work: Work): ProcessRef | undefined {
  if (work.process !== null) return { kind: 'atomic', key: `process:${work.process}` }
  if (work.order === null) return undefined
  return { kind: 'run', key: runKey(work.order, work.operation) }
}

/** The key of an order's run of one operation; of the whole order where none is named. */
export function runKey(order: number, operation: string | null): string {
  return `run:${order}:${operation ?? ''}`
}

/** One unit's own making within an order: what is put in there goes to that unit alone (B5). */
export function unitProcess(order: number | null, unit: number): ProcessRef {
  return { kind: 'atomic', key: `unit:${order ?? ''}:${unit}` }
}

/** The process of a capture that names none itself: unique by the capture's key. */
export function captureProcess(verb: string, key: string): ProcessRef {
  return { kind: 'atomic', key: `${verb}:${key}` }
}

export function processMissing(): Refusal<'process_missing'> {
  return refuse('process_missing', {
    message: 'It is not said what the material went into.',
    fix: 'Name the order, the unit it goes into, or a process of your own.',
    field: 'order',
  })
}

/**
 * The other operations of an order that something went into, by process key. Facts of kind `operation` carry the order as
 * `ref` for runs (not for single units), so that they are found without reading one row per unit.
 */
export function runsOf(view: View, order: Pick<OrderRow, 'no'>): readonly string[] {
  const facts = view.list(processFactTable, 'byRef', ['operation', order.no])
  return [...new Set(facts.map((fact) => fact.processKey))]
}
