import type { Instant } from '../base/instant.ts'
import type { Amount } from '../base/quantity.ts'
import type { TableSpec } from '../base/view.ts'
import type { JsonObject } from '../identity/rows.ts'

/** Every event, as columns: what corrections name and screens list. The bytes stand in the ledger itself. */
export interface EventRow {
  readonly position: number
  readonly id: string
  readonly type: string
  readonly version: number
  readonly key: string
  readonly actor: string
  readonly happenedAt: Instant
  readonly recordedAt: Instant
  readonly historical: boolean
  readonly body: JsonObject
  /** Position of the correction that voided it. */
  readonly voidedBy: number | null
}

export const eventTable: TableSpec<EventRow> = {
  name: 'event',
  columns: {
    position: 'int',
    id: 'text',
    type: 'text',
    version: 'int',
    key: 'text',
    actor: 'text',
    happenedAt: 'instant',
    recordedAt: 'instant',
    historical: 'bool',
    body: 'whole',
    voidedBy: 'int?',
  },
  key: ['position'],
  groups: { byId: ['id'] },
  isPast: true,
}

/** Which events named a traceable: its history, and what `undo until used downstream` asks. */
export interface MentionRow {
  readonly traceable: number
  readonly position: number
}

export const mentionTable: TableSpec<MentionRow> = {
  name: 'mention',
  columns: { traceable: 'int', position: 'int' },
  key: ['traceable', 'position'],
  groups: { byTraceable: ['traceable'], byEvent: ['position'] },
  numbered: { traceable: 'traceable' },
  isPast: true,
}

/** A versioned bill of material or routing with effectivity (A5). */
export interface DefinitionRow {
  readonly no: number
  readonly kind: 'bom' | 'routing'
  readonly item: number
  readonly version: string
  readonly effectiveFrom: string | null
  readonly effectiveTo: string | null
  readonly body: JsonObject
  readonly retired: boolean
}

export const definitionTable: TableSpec<DefinitionRow> = {
  name: 'definition',
  columns: {
    no: 'int',
    kind: 'text',
    item: 'int',
    version: 'text',
    effectiveFrom: 'date?',
    effectiveTo: 'date?',
    body: 'json',
    retired: 'bool',
  },
  key: ['no'],
  groups: { byItem: ['kind', 'item'], byVersion: ['kind', 'item', 'version'] },
}

/**
 * What is known of a process: order, operation, machine, tool, gauge, operator, place, parameter, environment, test.
 * Reachable from a trace by process key, and a place to start one (C9). Parameter values are text with an exact decimal.
 */
export interface ProcessFactRow {
  readonly position: number
  readonly ordinal: number
  readonly processKey: string
  readonly kind: 'order' | 'operation' | ProcessResourceKind | 'place' | 'parameter' | 'result'
  /** Number of the order, resource or place; null for parameters and results. */
  readonly ref: number | null
  readonly name: string
  readonly value: string | null
  readonly unit: string | null
  readonly outOfRange: boolean
  readonly fromAt: Instant
  readonly toAt: Instant | null
}

type ProcessResourceKind = 'equipment' | 'tool' | 'gauge' | 'station' | 'person'

export const processFactTable: TableSpec<ProcessFactRow> = {
  name: 'process_fact',
  columns: {
    position: 'int',
    ordinal: 'int',
    processKey: 'text',
    kind: 'text',
    ref: 'int?',
    name: 'text',
    value: 'text?',
    unit: 'text?',
    outOfRange: 'bool',
    fromAt: 'instant',
    toAt: 'instant?',
  },
  key: ['position', 'ordinal'],
  groups: { byProcess: ['processKey'], byRef: ['kind', 'ref'] },
  isPast: true,
}

/** The life of one operation run of an order. */
export interface OperationRow {
  readonly processKey: string
  readonly orderNo: number | null
  readonly operation: string | null
  readonly unit: number | null
  readonly startedAt: Instant | null
  readonly completedAt: Instant | null
}

export const operationTable: TableSpec<OperationRow> = {
  name: 'operation',
  columns: {
    processKey: 'text',
    orderNo: 'int?',
    operation: 'text?',
    unit: 'int?',
    startedAt: 'instant?',
    completedAt: 'instant?',
  },
  key: ['processKey'],
  groups: { byOrder: ['orderNo'] },
  numbered: { orderNo: 'order' },
}

/** What left to whom. */
export interface ShipmentRow {
  readonly no: number
  readonly code: string
  readonly codeKey: string
  readonly customer: number
  readonly orderNo: number | null
  readonly shippedAt: Instant
  readonly deliveredAt: Instant | null
  readonly carrier: string | null
  readonly reference: string | null
  readonly position: number
}

export const shipmentTable: TableSpec<ShipmentRow> = {
  name: 'shipment',
  columns: {
    no: 'int',
    code: 'text',
    codeKey: 'text',
    customer: 'int',
    orderNo: 'int?',
    shippedAt: 'instant',
    deliveredAt: 'instant?',
    carrier: 'text?',
    reference: 'text?',
    position: 'int',
  },
  key: ['no'],
  groups: { byCode: ['codeKey'], byCustomer: ['customer'] },
  numbered: { no: 'shipment' },
}

/** One traceable in one shipment. `at` picks the state that was shipped; `returned` counts what came back by event. */
export interface ShipmentLineRow {
  readonly shipment: number
  readonly position: number
  readonly ordinal: number
  readonly traceable: number
  readonly container: number | null
  readonly amount: Amount
  readonly returned: Amount
  readonly at: Instant
}

export const shipmentLineTable: TableSpec<ShipmentLineRow> = {
  name: 'shipment_line',
  columns: {
    shipment: 'int',
    position: 'int',
    ordinal: 'int',
    traceable: 'int',
    container: 'int?',
    amount: 'amount',
    returned: 'amount',
    at: 'instant',
  },
  key: ['shipment', 'position', 'ordinal'],
  groups: { byShipment: ['shipment'], byTraceable: ['traceable'] },
  numbered: { shipment: 'shipment', traceable: 'traceable' },
}

export const gapKinds = [
  'used-before-received',
  'unknown-origin',
  'unknown-lot',
  'input-not-recorded',
  'shortfall',
  'refused-on-sync',
  'time-order',
] as const
export type GapKind = (typeof gapKinds)[number]

/** An edge that must exist and is not there, or points at something unknown. Closed by the fact that mends it. */
export interface GapRow {
  readonly no: number
  readonly kind: GapKind
  readonly traceable: number | null
  readonly processKey: string | null
  readonly item: number | null
  readonly orderNo: number | null
  readonly place: number | null
  readonly detail: string
  readonly happenedAt: Instant
  readonly position: number
  readonly closedPosition: number | null
}

export const gapTable: TableSpec<GapRow> = {
  name: 'gap',
  columns: {
    no: 'int',
    kind: 'text',
    traceable: 'int?',
    processKey: 'text?',
    item: 'int?',
    orderNo: 'int?',
    place: 'int?',
    detail: 'text',
    happenedAt: 'instant',
    position: 'int',
    closedPosition: 'int?',
  },
  key: ['no'],
  groups: { byTraceable: ['traceable'], byProcess: ['processKey'] },
  numbered: { no: 'gap', traceable: 'traceable' },
}

/** A rule that was broken by a historical fact or bypassed: something a person must look at. */
export interface ExceptionRow {
  readonly no: number
  readonly code: string
  readonly message: string
  readonly fix: string
  readonly traceable: number | null
  readonly orderNo: number | null
  readonly position: number
  readonly happenedAt: Instant
  readonly closedPosition: number | null
}

export const exceptionTable: TableSpec<ExceptionRow> = {
  name: 'exception',
  columns: {
    no: 'int',
    code: 'text',
    message: 'text',
    fix: 'text',
    traceable: 'int?',
    orderNo: 'int?',
    position: 'int',
    happenedAt: 'instant',
    closedPosition: 'int?',
  },
  key: ['no'],
  groups: { byTraceable: ['traceable'] },
  numbered: { no: 'exception', traceable: 'traceable' },
}

/** An inspection and its verdict; results with their limits in `results`. */
export interface InspectionRow {
  readonly position: number
  readonly ordinal: number
  readonly traceable: number | null
  readonly processKey: string | null
  readonly kind: 'incoming' | 'first-article' | 'in-process' | 'final'
  readonly verdict: 'pass' | 'fail' | 'conditional'
  readonly gauge: number | null
  readonly results: readonly JsonObject[]
  readonly at: Instant
}

export const inspectionTable: TableSpec<InspectionRow> = {
  name: 'inspection',
  columns: {
    position: 'int',
    ordinal: 'int',
    traceable: 'int?',
    processKey: 'text?',
    kind: 'text',
    verdict: 'text',
    gauge: 'int?',
    results: 'json',
    at: 'instant',
  },
  key: ['position', 'ordinal'],
  groups: { byTraceable: ['traceable'], byGauge: ['gauge'], byProcess: ['processKey'] },
  numbered: { traceable: 'traceable' },
}

/** A file bound to what it is about by its SHA-256. */
export interface DocumentRow {
  readonly position: number
  readonly ordinal: number
  readonly sha256: string
  readonly name: string
  readonly mediaType: string
  readonly size: number
  readonly kind: string
  readonly traceable: number | null
  readonly orderNo: number | null
}

export const documentTable: TableSpec<DocumentRow> = {
  name: 'document',
  columns: {
    position: 'int',
    ordinal: 'int',
    sha256: 'text',
    name: 'text',
    mediaType: 'text',
    size: 'int',
    kind: 'text',
    traceable: 'int?',
    orderNo: 'int?',
  },
  key: ['position', 'ordinal'],
  groups: { byTraceable: ['traceable'], byOrder: ['orderNo'] },
  numbered: { traceable: 'traceable', orderNo: 'order' },
}
