import { expect } from 'vitest'
import type { TableSpec } from '../base/view.ts'
import { edgeTable } from '../genealogy/rows.ts'
import { type TraceableRow, traceableTable } from '../identity/rows.ts'
import type { Plant, TestCommand } from './plant.testing.ts'
import {
  exceptionTable,
  gapTable,
  inspectionTable,
  operationTable,
  processFactTable,
  shipmentLineTable,
} from './record-tables.ts'
import {
  containmentTable,
  holdTable,
  installationTable,
  orderTable,
  reservationTable,
  stockTable,
} from './tables.ts'

/** Tables in which a void leaves nothing behind. What stays by design: events, marks, movements, numbers, names, states. */
const tables: readonly TableSpec<never>[] = [
  stockTable,
  containmentTable,
  installationTable,
  orderTable,
  operationTable,
  processFactTable,
  inspectionTable,
  shipmentLineTable,
] as never

/** Everything of the plant that a correction must put back, as one comparable value. */
function standing(plant: Plant): unknown {
  const { view } = plant
  const rows = tables.map((table) => [table.name, view.all(table)])
  const gaps = view.all(gapTable).filter((gap) => gap.closedPosition === null)
  const exceptions = view.all(exceptionTable).filter((each) => each.closedPosition === null)
  const holds = view.all(holdTable).filter((hold) => hold.releasedPosition === null)
  const reservations = view.all(reservationTable).filter((row) => row.endedPosition === null)
  const edges = view
    .all(edgeTable)
    .filter((edge) => edge.retractedAt === null)
    .map(({ kind, evidence, amount, event }) => ({ kind, evidence, amount, event }))
    .toSorted((a, b) => (JSON.stringify(a, plain) < JSON.stringify(b, plain) ? -1 : 1))
  const things = view.all(traceableTable).filter((row: TraceableRow) => row.status !== 'void')
  return { rows, gaps, exceptions, holds, reservations, edges, things }
}

function plain(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value
}

/** Does it, takes it back, and expects everything to stand as before but for the events and their marks (B18). */
export function expectUndone(plant: Plant, command: TestCommand): void {
  const before = standing(plant)
  const { position } = plant.do(command)
  expect(standing(plant), `${command.verb} changes something`).not.toEqual(before)
  plant.do({ verb: 'correct', event: position, reason: 'a test of taking back' })
  expect(standing(plant), `${command.verb} is taken back`).toEqual(before)
}
