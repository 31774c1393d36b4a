import type { Instant } from '../base/instant.ts'
import type { MutableView, TableSpec } from '../base/view.ts'
import { itemTable, numberingTable, partyTable, placeTable, resourceTable } from '../identity/rows.ts'
import type { Effect, MasterTable, RecordedEvent } from './effects.ts'
import { definitionTable } from './record-tables.ts'
import { orderLineTable, orderTable } from './tables.ts'

/** Where and when a fold stands: handed to every part of it. */
export interface Fold {
  readonly view: MutableView
  readonly position: number
  readonly at: Instant
  readonly recordedAt: Instant
  /** Running number of rows that have no identity of their own within this event. */
  ordinal(): number
}

/** What an event of any type does; the catalogue gives it. */
export type EffectsOf = (event: RecordedEvent) => readonly Effect[]

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
