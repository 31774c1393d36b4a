import type { Instant } from '../base/instant.ts'
import type { MutableView, TableSpec } from '../base/view.ts'
import { itemTable, numberingTable, partyTable, placeTable, resourceTable } from '../identity/rows.ts'
import type { Effect, MasterTable, RecordedEvent } from './effects.ts'
import { definitionTable, type EventRow } from './record-tables.ts'
import { orderLineTable, orderTable } from './tables.ts'

/** Where and when a fold stands: handed to every part of it. */
export interface Fold {
  readonly view: MutableView
  readonly position: number
  readonly at: Instant
  readonly recordedAt: Instant
  readonly effectsOf: EffectsOf
  /** Running number of rows that have no identity of their own within this event. */
  ordinal(): number
}

/** What an event of any type does; the catalogue gives it. */
export type EffectsOf = (event: RecordedEvent) => readonly Effect[]

/** The event as its columns hold it: enough for `effectsOf`, which reads type, body and time alone. */
export function eventFrom(row: EventRow): RecordedEvent {
  return {
    ...row,
    sentBy: row.actor,
    device: null,
    deviceSeq: null,
    happenedAtGiven: row.happenedAt,
    uncertaintyMs: 0,
    receivedAt: row.recordedAt,
    source: null,
    reason: null,
  }
}

/** `shop_order` and the others by name: what a `put` effect may write. */
export const masterSpecs: { readonly [T in MasterTable]: TableSpec<never> } = {
  item: itemTable,
  party: partyTable,
  place: placeTable,
  resource: resourceTable,
  numbering: numberingTable,
  shop_order: orderTable,
  order_line: orderLineTable,
  definition: definitionTable,
} as never
