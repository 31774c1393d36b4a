import type { CivilDate, Instant } from '../base/instant.ts'
import type { Amount } from '../base/quantity.ts'
import type { Touch } from '../genealogy/touch.ts'
import type { Disposition, IdentifierRow, Json, JsonObject, TraceableRow } from '../identity/rows.ts'
import type { GapKind, InspectionRow, DocumentRow, ProcessFactRow, ShipmentRow } from './record-tables.ts'
import type { Cause, HolderKind } from './tables.ts'

/** Who has it: a place, an order in process, a container, a customer, a subcontractor. */
export interface Holder {
  readonly kind: HolderKind
  readonly no: number
}

/**
 * What an event does to the tables, in a closed set. An event states its effects (`effectsOf`), one fold applies them
 * (`apply.ts`), and a correction takes them back: so every verb is undone by the same code, and no verb writes rows itself.
 * Quantities are at the item's scale.
 */
export type Effect =
  | { readonly do: 'touch'; readonly touch: Touch }
  /** A traceable exists from now on. */
  | { readonly do: 'born'; readonly row: TraceableRow }
  /** A text names a thing. */
  | { readonly do: 'named'; readonly row: IdentifierRow }
  /** Stock of one holder changes by `delta` (negative: out). */
  | {
      readonly do: 'stock'
      readonly traceable: number
      readonly item: number | null
      readonly holder: Holder
      readonly delta: Amount
      readonly cause: Cause
      readonly order?: number | undefined
    }
  /** Stock that a historical fact counted of a thing whose item nobody knew: booked as soon as the item is known. */
  | {
      readonly do: 'said'
      readonly traceable: number
      readonly holder: Holder
      readonly goes: 'in' | 'out'
      readonly quantity: { readonly value: string; readonly unit?: string | undefined }
      readonly cause: Cause
      readonly order?: number | undefined
    }
  | {
      readonly do: 'pack'
      readonly container: number
      readonly child: number
      readonly amount: Amount | null
    }
  /** Closes the open containment; a part of the quantity stays inside where `amount` is less. */
  | {
      readonly do: 'unpack'
      readonly container: number
      readonly child: number
      readonly amount: Amount | null
    }
  | {
      readonly do: 'install'
      readonly unit: number
      readonly part: number
      readonly slot: string | null
      readonly amount: Amount | null
    }
  | { readonly do: 'remove'; readonly unit: number; readonly part: number }
  /** A hold on a traceable: on all its states and, where it cascades, on all that was and will be made from them. */
  | {
      readonly do: 'hold'
      readonly root: number
      readonly traceable: number
      readonly reasonCode: string
      readonly reason: string
      readonly cascades: boolean
    }
  /** Ends a hold everywhere (`only` null) or for some traceables; other holds stay. */
  | { readonly do: 'release'; readonly root: number; readonly only: readonly number[] | null }
  | {
      readonly do: 'status'
      readonly traceable: number
      readonly status: Disposition
      readonly was?: Disposition | undefined
    }
  /** What else became known of a traceable: only the given fields change. */
  | {
      readonly do: 'learned'
      readonly traceable: number
      readonly patch: TraceablePatch
      readonly was?: TraceablePatch | undefined
    }
  | { readonly do: 'fact'; readonly fact: Omit<ProcessFactRow, 'position' | 'ordinal'> }
  | {
      readonly do: 'operation'
      readonly processKey: string
      readonly order: number | null
      readonly operation: string | null
      readonly unit: number | null
      readonly step: 'start' | 'complete'
    }
  | { readonly do: 'progress'; readonly order: number; readonly line: number | null; readonly delta: Amount }
  /** An order takes no more work; its reservations end by effects of their own. */
  | { readonly do: 'order-closed'; readonly order: number }
  | { readonly do: 'shipment'; readonly row: Omit<ShipmentRow, 'position'> }
  | {
      readonly do: 'shipped'
      readonly shipment: number
      readonly traceable: number
      readonly container: number | null
      readonly amount: Amount
    }
  | { readonly do: 'delivered'; readonly shipment: number }
  /** Comes back from the customer: fills shipment lines of that customer, newest first. */
  | {
      readonly do: 'came-back'
      readonly traceable: number
      readonly customer: number
      readonly amount: Amount
    }
  | {
      readonly do: 'gap'
      readonly no: number
      readonly kind: GapKind
      readonly traceable?: number | undefined
      readonly processKey?: string | undefined
      readonly item?: number | undefined
      readonly order?: number | undefined
      readonly place?: number | undefined
      readonly detail: string
    }
  /** Closes the open gaps of these kinds on a traceable. */
  | { readonly do: 'mend'; readonly traceable: number; readonly kinds: readonly GapKind[] }
  /** Closes one gap, by number. */
  | { readonly do: 'close-gap'; readonly no: number }
  | {
      readonly do: 'exception'
      readonly no: number
      readonly code: string
      readonly message: string
      readonly fix: string
      readonly traceable?: number | undefined
      readonly order?: number | undefined
    }
  | { readonly do: 'inspected'; readonly row: Omit<InspectionRow, 'position' | 'ordinal' | 'at'> }
  | { readonly do: 'attached'; readonly row: Omit<DocumentRow, 'position' | 'ordinal'> }
  | {
      readonly do: 'reserve'
      readonly no: number
      readonly order: number
      readonly item: number
      readonly traceable: number
      readonly amount: Amount
    }
  | { readonly do: 'unreserve'; readonly no: number }
  /** Master data and orders: the whole new row. A correction puts the row back that stood before. */
  | {
      readonly do: 'put'
      readonly table: MasterTable
      readonly row: MasterRow
      readonly was?: MasterRow | null | undefined
    }
  /** A counter moves on, at least to `next`. Numbers given out are never taken back. */
  | { readonly do: 'count'; readonly counter: string; readonly next: number }
  /** An earlier event is void: its effects are taken back. */
  | { readonly do: 'void'; readonly position: number }

/** Tables whose rows an event carries whole. */
export const masterTables = [
  'item',
  'party',
  'place',
  'resource',
  'numbering',
  'shop_order',
  'order_line',
  'definition',
] as const
export type MasterTable = (typeof masterTables)[number]
export type MasterRow = { readonly [field: string]: Json | Amount }

export interface TraceablePatch {
  /** Null takes the date away: a vessel that was emptied. */
  readonly expiresOn?: CivilDate | null
  readonly manufacturedOn?: CivilDate
  readonly party?: number
  readonly owner?: number
  /** Null, as it was before, where only a name was known. */
  readonly item?: number | null
  readonly uri?: string
  readonly exportClass?: string
  /** Merged over the attributes there are. */
  readonly attributes?: JsonObject
}

/** A fact as it stands in the ledger: its envelope without the hashes. */
export interface RecordedEvent<Type extends string = string, Body = JsonObject> {
  readonly position: number
  readonly id: string
  readonly type: Type
  /** Version of the event type's shape. */
  readonly version: number
  /** Idempotency key of the capture it came with. */
  readonly key: string
  readonly actor: string
  readonly sentBy: string
  readonly device: string | null
  readonly deviceSeq: number | null
  readonly happenedAt: Instant
  /** As the client wrote it, offset included. */
  readonly happenedAtGiven: string
  readonly uncertaintyMs: number
  readonly receivedAt: Instant
  readonly recordedAt: Instant
  readonly historical: boolean
  /** Where an imported fact comes from, and its own sequence and content there. */
  readonly source: EventSource | null
  readonly reason: string | null
  readonly body: Body
}

export interface EventSource {
  readonly system: string
  readonly id: string
  readonly sequence: number | null
  readonly content?: Json
}
