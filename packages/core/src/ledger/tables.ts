import type { Instant } from '../base/instant.ts'
import type { Amount } from '../base/quantity.ts'
import type { TableSpec } from '../base/view.ts'
import type { CaptureRule, JsonObject } from '../identity/rows.ts'

/**
 * Who has it. `place`: in store. `order`: issued, in process. `container`: packed, where the container is.
 * `customer`, `subcontractor`: at the party. `supplier`, `nowhere` never hold stock.
 */
export const holderKinds = ['place', 'order', 'container', 'customer', 'subcontractor'] as const
export type HolderKind = (typeof holderKinds)[number]

/** Stock now: onHand = max(0, net), owed = max(0, -net), so the order in which facts arrive does not matter. */
export interface StockRow {
  readonly traceable: number
  readonly holderKind: HolderKind
  readonly holder: number
  readonly item: number | null
  readonly onHand: Amount
  readonly owed: Amount
}

export const stockTable: TableSpec<StockRow> = {
  name: 'stock',
  columns: {
    traceable: 'int',
    holderKind: 'text',
    holder: 'int',
    item: 'int?',
    onHand: 'amount',
    owed: 'amount',
  },
  key: ['traceable', 'holderKind', 'holder'],
  groups: {
    byTraceable: ['traceable'],
    byHolder: ['holderKind', 'holder'],
    byItemAndHolder: ['item', 'holderKind', 'holder'],
  },
  numbered: { traceable: 'traceable' },
}

/** Why a balance changed; the words of the mass balance. Transfers between holders keep the sum of a traceable. */
export const causes = [
  'received',
  'produced',
  'consumed',
  'scrapped',
  'shipped',
  'returned',
  'transferred',
  'split',
  'merged',
  'relabelled',
  'adjusted',
  'disposed',
  'variance',
] as const
export type Cause = (typeof causes)[number]

/** Every change of stock, append-only: the past of `stock`, and the terms of every mass balance. */
export interface MovementRow {
  readonly position: number
  readonly ordinal: number
  readonly traceable: number
  readonly item: number | null
  readonly holderKind: HolderKind
  readonly holder: number
  readonly delta: Amount
  readonly cause: Cause
  readonly orderNo: number | null
  readonly happenedAt: Instant
}

export const movementTable: TableSpec<MovementRow> = {
  name: 'movement',
  columns: {
    position: 'int',
    ordinal: 'int',
    traceable: 'int',
    item: 'int?',
    holderKind: 'text',
    holder: 'int',
    delta: 'amount',
    cause: 'text',
    orderNo: 'int?',
    happenedAt: 'instant',
  },
  key: ['position', 'ordinal'],
  groups: { byTraceable: ['traceable'], byOrder: ['orderNo'] },
  numbered: { traceable: 'traceable' },
  isPast: true,
}

/** Being inside a container, as an interval. Packing is not genealogy. Open while `outAt` is null. */
export interface ContainmentRow {
  readonly container: number
  readonly child: number
  readonly position: number
  readonly ordinal: number
  readonly amount: Amount | null
  readonly inAt: Instant
  readonly outAt: Instant | null
  readonly outPosition: number | null
}

export const containmentTable: TableSpec<ContainmentRow> = {
  name: 'containment',
  columns: {
    container: 'int',
    child: 'int',
    position: 'int',
    ordinal: 'int',
    amount: 'amount?',
    inAt: 'instant',
    outAt: 'instant?',
    outPosition: 'int?',
  },
  key: ['container', 'child', 'position', 'ordinal'],
  groups: { byContainer: ['container'], byChild: ['child'] },
  numbered: { container: 'traceable', child: 'traceable' },
}

/** Being a part of a unit, as an interval; what `contains now` and as-maintained lists show. */
export interface InstallationRow {
  readonly unit: number
  readonly part: number
  readonly position: number
  readonly ordinal: number
  /** Reference designator or bill-of-material position, as given. */
  readonly slot: string | null
  readonly amount: Amount | null
  readonly inAt: Instant
  readonly outAt: Instant | null
  readonly outPosition: number | null
}

export const installationTable: TableSpec<InstallationRow> = {
  name: 'installation',
  columns: {
    unit: 'int',
    part: 'int',
    position: 'int',
    ordinal: 'int',
    slot: 'text?',
    amount: 'amount?',
    inAt: 'instant',
    outAt: 'instant?',
    outPosition: 'int?',
  },
  key: ['unit', 'part', 'position', 'ordinal'],
  groups: { byUnit: ['unit'], byPart: ['part'] },
  numbered: { unit: 'traceable', part: 'traceable' },
}

/**
 * One reason that stops use, on one state or process. A hold on a traceable puts one row on each of its states and on
 * everything made from them, so that a draw before a bad top-up stays free. `root` is the number of the hold a person placed.
 */
export interface HoldRow {
  readonly no: number
  readonly root: number
  readonly traceable: number | null
  readonly node: number
  readonly reasonCode: string
  readonly reason: string
  readonly cascades: boolean
  readonly placedAt: Instant
  readonly position: number
  readonly releasedAt: Instant | null
  readonly releasedPosition: number | null
}

export const holdTable: TableSpec<HoldRow> = {
  name: 'hold',
  columns: {
    no: 'int',
    root: 'int',
    traceable: 'int?',
    node: 'int',
    reasonCode: 'text',
    reason: 'text',
    cascades: 'bool',
    placedAt: 'instant',
    position: 'int',
    releasedAt: 'instant?',
    releasedPosition: 'int?',
  },
  key: ['no'],
  groups: { byTraceable: ['traceable'], byNode: ['node'], byRoot: ['root'] },
  numbered: { traceable: 'traceable', node: 'node' },
}

export const orderKinds = ['purchase', 'work', 'customer', 'transfer', 'subcontract'] as const
export type OrderKind = (typeof orderKinds)[number]

/** A purchase, work, customer, transfer or subcontract order, entered or imported. */
export interface OrderRow {
  readonly no: number
  readonly kind: OrderKind
  readonly code: string
  readonly codeKey: string
  readonly party: number | null
  readonly item: number | null
  readonly amount: Amount | null
  readonly done: Amount
  readonly place: number | null
  /** Versions in force when it was opened; history keeps them (A5). */
  readonly bom: number | null
  readonly routing: number | null
  readonly dueOn: string | null
  readonly status: 'open' | 'closed'
  readonly openedAt: Instant
  readonly closedAt: Instant | null
  readonly attributes: JsonObject
  /** The contract or customer order it is worked off for. */
  readonly contract: number | null
  /** What must be captured under it and under what is done for it; null for none. */
  readonly rules: readonly CaptureRule[] | null
}

export const orderTable: TableSpec<OrderRow> = {
  name: 'shop_order',
  columns: {
    no: 'int',
    kind: 'text',
    code: 'text',
    codeKey: 'text',
    party: 'int?',
    item: 'int?',
    amount: 'amount?',
    done: 'amount',
    place: 'int?',
    bom: 'int?',
    routing: 'int?',
    dueOn: 'date?',
    status: 'text',
    openedAt: 'instant',
    closedAt: 'instant?',
    attributes: 'json',
    contract: 'int?',
    rules: 'json?',
  },
  key: ['no'],
  groups: { byCode: ['codeKey'] },
  numbered: { no: 'order' },
}

/** A line of a purchase or customer order, or a component need of a work order. */
export interface OrderLineRow {
  readonly orderNo: number
  readonly line: number
  readonly item: number
  readonly amount: Amount
  readonly done: Amount
}

export const orderLineTable: TableSpec<OrderLineRow> = {
  name: 'order_line',
  columns: { orderNo: 'int', line: 'int', item: 'int', amount: 'amount', done: 'amount' },
  key: ['orderNo', 'line'],
  groups: { byOrder: ['orderNo'], byItem: ['item'] },
  numbered: { orderNo: 'order' },
}

/** Lots promised to an order. A hold beats a reservation. */
export interface ReservationRow {
  readonly no: number
  readonly orderNo: number
  readonly item: number
  readonly traceable: number
  readonly amount: Amount
  readonly position: number
  readonly endedPosition: number | null
}

export const reservationTable: TableSpec<ReservationRow> = {
  name: 'reservation',
  columns: {
    no: 'int',
    orderNo: 'int',
    item: 'int',
    traceable: 'int',
    amount: 'amount',
    position: 'int',
    endedPosition: 'int?',
  },
  key: ['no'],
  groups: { byOrder: ['orderNo'], byTraceable: ['traceable'] },
  numbered: { traceable: 'traceable', orderNo: 'order' },
}
