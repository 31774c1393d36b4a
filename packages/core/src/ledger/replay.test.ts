import { expect, test } from 'vitest'
import { MemoryView } from '../base/memory-view.ts'
import { edgeTable, nodeTable } from '../genealogy/rows.ts'
import { counterTable, identifierTable, traceableTable } from '../identity/rows.ts'
import { receiveBar, receiveJar, yard } from '../warehouse/yard.testing.ts'
import { applyEvent } from './apply.ts'
import { eventTable, mentionTable } from './record-tables.ts'
import { containmentTable, holdTable, movementTable, stockTable } from './tables.ts'

test('[B18] every table is a fold of the events: a replay gives the same rows', () => {
  const plant = yard()
  plant.all(
    { ...receiveBar, lot: 'R-1', heat: 'H-1' },
    { verb: 'hold', what: ['H-1'], reasonCode: 'x', reason: 'x' },
    { verb: 'split', what: 'R-1', into: [{ quantity: { value: '10' } }] },
    { verb: 'release', hold: 1, reason: 'x' },
    { ...receiveJar, lot: 'J-1', container: 'PALLET' },
    { verb: 'ship', customer: 'ACME', contents: [{ what: 'PALLET' }, { what: 'R-1-A' }] },
    { verb: 'return', what: 'PALLET', customer: 'ACME', place: 'DOCK', reason: 'refused' },
    { verb: 'relabel', what: 'J-1', code: 'J-NEW', reason: 'torn' },
  )
  const again = new MemoryView()
  for (const event of plant.events) applyEvent(again, event, plant.effectsOf)
  const tables = [
    ...[traceableTable, identifierTable, counterTable, stockTable, movementTable, containmentTable],
    ...[holdTable, nodeTable, edgeTable, eventTable, mentionTable],
  ]
  for (const table of tables) expect(again.all(table as never)).toEqual(plant.view.all(table as never))
})
