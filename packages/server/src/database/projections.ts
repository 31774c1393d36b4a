import type { TableSpec } from '@lotline/core/base/view'
import {
  edgeTable,
  nodeTable,
  runTailTable,
  touchTable,
  traceableTailTable,
} from '@lotline/core/genealogy/rows'
import * as identity from '@lotline/core/identity/rows'
import * as records from '@lotline/core/ledger/record-tables'
import * as stock from '@lotline/core/ledger/tables'

/** Tables that are written once and never folded. */
export const ledgerTables = [
  'organisation',
  'ledger_head',
  'ledger_leaf',
  'event_bytes',
  'capture_key',
  'attempt',
  'checkpoint',
  'subtree',
  'checkpoint_key',
  'schema_migration',
] as const

/** Who may come in, and what became of it: neither facts of the shop nor folds of them. */
export const accessTables = [
  'person',
  'person_role',
  'sign_in_session',
  'one_time_link',
  'sign_in_failure',
  'audit_event',
  'api_key',
  'api_key_role',
  'api_key_secret',
] as const

/** A table whose row type does not matter to the one who handles it: comparing, counting, writing. */
export type AnyTable = TableSpec<Record<string, unknown>>

/** Every table that is a fold of the events: what `rebuild` makes anew and `verify` compares. */
export const projections: readonly AnyTable[] = [
  identity.counterTable,
  identity.itemTable,
  identity.partyTable,
  identity.placeTable,
  identity.resourceTable,
  identity.numberingTable,
  records.definitionTable,
  identity.traceableTable,
  identity.identifierTable,
  stock.stockTable,
  stock.movementTable,
  stock.containmentTable,
  stock.installationTable,
  stock.holdTable,
  stock.orderTable,
  stock.orderLineTable,
  stock.reservationTable,
  records.eventTable,
  records.mentionTable,
  records.processFactTable,
  records.operationTable,
  records.shipmentTable,
  records.shipmentLineTable,
  records.gapTable,
  records.exceptionTable,
  records.inspectionTable,
  records.documentTable,
  nodeTable,
  edgeTable,
  touchTable,
  traceableTailTable,
  runTailTable,
] as unknown as readonly AnyTable[]
