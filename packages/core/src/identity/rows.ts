import type { CivilDate, Instant } from '../base/instant.ts'
import type { Amount } from '../base/quantity.ts'
import type { TableSpec } from '../base/view.ts'

/** Plain JSON, as kept in `json` columns. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
export type JsonObject = { readonly [key: string]: Json }

/** `none`: no identity, quantity only. `batch`, `lot`: many units share one. `serial`: a lot of one. */
export const trackings = ['none', 'batch', 'lot', 'serial'] as const
export type Tracking = (typeof trackings)[number]

/** How an item's expiry comes about; `required`: must be given at receipt or output. */
export const expiryRules = ['none', 'required', 'from-manufacture', 'earliest-input'] as const
export type ExpiryRule = (typeof expiryRules)[number]

/** One more unit an item is counted in: `1 unit = numerator/denominator` base units, exactly. */
export interface UnitConversion {
  readonly unit: string
  readonly numerator: string
  readonly denominator: string
}

/** What must be captured, where, and how hard the rule is (A8). */
export interface CaptureRule {
  readonly at: 'receipt' | 'consumption' | 'output' | 'shipment'
  readonly field: string
  readonly force: 'observe' | 'warn' | 'enforce'
  readonly site?: string | undefined
  readonly operation?: string | undefined
  /** Rules of a party or an order speak of all items unless they name one. */
  readonly item?: string | undefined
  /** How deep the rule looks: 1 the lot itself, 2 also what it was made of, 3 also what that was made of. */
  readonly tiers?: number | undefined
}

/** A material or product definition (part number, GTIN). Its scale is fixed at first use. */
export interface ItemRow {
  readonly no: number
  readonly code: string
  readonly codeKey: string
  readonly name: string
  readonly tracking: Tracking
  /** Base unit, UN/ECE Recommendation 20 code or a plain word; quantities are kept in it. */
  readonly unit: string
  /** Decimals of the base unit, 0 to 9. */
  readonly scale: number
  readonly conversions: readonly UnitConversion[]
  readonly expiryRule: ExpiryRule
  readonly shelfLifeDays: number | null
  readonly feed: 'pooled' | 'sequential'
  /** Sequential feed: how long after a change the lot before may still come out; null for not at all. */
  readonly overlapSeconds: number | null
  readonly rules: readonly CaptureRule[]
  /** What an output of it takes over from its inputs, by attribute name (A8): `join`, `strictest` ... kept as data. */
  readonly inherits: readonly string[]
  readonly owner: number | null
  readonly exportClass: string | null
  readonly uri: string | null
  readonly attributes: JsonObject
  readonly retired: boolean
}

export const itemTable: TableSpec<ItemRow> = {
  name: 'item',
  columns: {
    no: 'int',
    code: 'text',
    codeKey: 'text',
    name: 'text',
    tracking: 'text',
    unit: 'text',
    scale: 'int',
    conversions: 'json',
    expiryRule: 'text',
    shelfLifeDays: 'int?',
    feed: 'text',
    overlapSeconds: 'int?',
    rules: 'json',
    inherits: 'json',
    owner: 'int?',
    exportClass: 'text?',
    uri: 'text?',
    attributes: 'json',
    retired: 'bool',
  },
  key: ['no'],
  groups: { byCode: ['codeKey'] },
}

/** A supplier, customer, subcontractor, carrier, manufacturer or owner: one party may be several. */
export interface PartyRow {
  readonly no: number
  readonly code: string
  readonly codeKey: string
  readonly name: string
  readonly roles: readonly string[]
  readonly uri: string | null
  /** Contacts, address, approvals with expiry, as given. */
  readonly attributes: JsonObject
  /** What a supplier must give, what a customer asks to be captured; null for none. */
  readonly rules: readonly CaptureRule[] | null
  readonly retired: boolean
}

export const partyTable: TableSpec<PartyRow> = {
  name: 'party',
  columns: {
    no: 'int',
    code: 'text',
    codeKey: 'text',
    name: 'text',
    roles: 'json',
    uri: 'text?',
    attributes: 'json',
    rules: 'json?',
    retired: 'bool',
  },
  key: ['no'],
  groups: { byCode: ['codeKey'] },
}

/** Where things are: a site, an area, a location. `single-lot` locations take one lot at a time (B10). */
export interface PlaceRow {
  readonly no: number
  readonly code: string
  readonly codeKey: string
  readonly name: string
  readonly kind: 'site' | 'area' | 'location' | 'single-lot'
  readonly parent: number | null
  readonly uri: string | null
  readonly attributes: JsonObject
  readonly retired: boolean
}

export const placeTable: TableSpec<PlaceRow> = {
  name: 'place',
  columns: {
    no: 'int',
    code: 'text',
    codeKey: 'text',
    name: 'text',
    kind: 'text',
    parent: 'int?',
    uri: 'text?',
    attributes: 'json',
    retired: 'bool',
  },
  key: ['no'],
  groups: { byCode: ['codeKey'] },
}

/** What work is done with or by: equipment, tools, gauges, stations, people. */
export const resourceKinds = ['equipment', 'tool', 'gauge', 'station', 'person'] as const
export type ResourceKind = (typeof resourceKinds)[number]

export interface ResourceRow {
  readonly no: number
  readonly code: string
  readonly codeKey: string
  readonly name: string
  readonly kind: ResourceKind
  readonly place: number | null
  readonly attributes: JsonObject
  readonly retired: boolean
}

export const resourceTable: TableSpec<ResourceRow> = {
  name: 'resource',
  columns: {
    no: 'int',
    code: 'text',
    codeKey: 'text',
    name: 'text',
    kind: 'text',
    place: 'int?',
    attributes: 'json',
    retired: 'bool',
  },
  key: ['no'],
  groups: { byCode: ['codeKey'] },
}

/** `supplier-lot`: the supplier's heat, mill or batch number, kept apart from our own lot (A2). */
export const traceableKinds = ['lot', 'batch', 'serial', 'supplier-lot', 'vessel', 'container'] as const
export type TraceableKind = (typeof traceableKinds)[number]

/** `expected`: known but not yet received or made (a gap). `void`: made by an event that was corrected away. */
export const dispositions = [
  'expected',
  'pending',
  'released',
  'rejected',
  'scrapped',
  'returned',
  'void',
] as const
export type Disposition = (typeof dispositions)[number]

/** Whatever has an identity in the genealogy. A serial is a lot of one. */
export interface TraceableRow {
  readonly no: number
  readonly kind: TraceableKind
  /** Null for containers and vessels. */
  readonly item: number | null
  /** As given; compared by `codeKey`, likened by `skeleton`. */
  readonly code: string
  readonly codeKey: string
  readonly skeleton: string
  /** The supplier of a supplier lot, the manufacturer of a part; null when ours. */
  readonly party: number | null
  readonly owner: number | null
  readonly status: Disposition
  readonly expiresOn: CivilDate | null
  readonly manufacturedOn: CivilDate | null
  /** The GS1 Digital Link, EPC or other URI it came in under. */
  readonly uri: string | null
  readonly exportClass: string | null
  readonly attributes: JsonObject
  /** Position of the event that first named it, and when that happened. */
  readonly position: number
  readonly happenedAt: Instant
}

export const traceableTable: TableSpec<TraceableRow> = {
  name: 'traceable',
  columns: {
    no: 'int',
    kind: 'text',
    item: 'int?',
    code: 'text',
    codeKey: 'text',
    skeleton: 'text',
    party: 'int?',
    owner: 'int?',
    status: 'text',
    expiresOn: 'date?',
    manufacturedOn: 'date?',
    uri: 'text?',
    exportClass: 'text?',
    attributes: 'json',
    position: 'int',
    happenedAt: 'instant',
  },
  key: ['no'],
  // `byNo` is the key again, so that many can be fetched at once.
  groups: { byNo: ['no'], byCode: ['codeKey'], bySkeleton: ['skeleton'] },
  numbered: { no: 'traceable' },
}

/** What a text names: every spelling, alias, heat, URI and old label of everything that has one. */
export interface IdentifierRow {
  /** `code`, `heat`, `supplier-lot`, `batch`, `uri`, `gs1`, `alias`, `external:<system>` ... */
  readonly scheme: string
  readonly valueKey: string
  readonly names: 'traceable' | 'order' | 'shipment' | 'item' | 'party' | 'place' | 'resource'
  readonly no: number
  readonly value: string
}

export const identifierTable: TableSpec<IdentifierRow> = {
  name: 'identifier',
  columns: { scheme: 'text', valueKey: 'text', names: 'text', no: 'int', value: 'text' },
  key: ['valueKey', 'scheme', 'names', 'no'],
  groups: { byValue: ['valueKey'], byThing: ['names', 'no'] },
}

/** A numbering rule (A3) and its running counters, one per reset period. */
export interface NumberingRow {
  readonly no: number
  readonly code: string
  readonly codeKey: string
  readonly gives: 'lot' | 'serial' | 'container' | 'order' | 'shipment'
  readonly item: number | null
  readonly site: number | null
  /** Tokens, see `identity/numbering.ts`. */
  readonly scheme: string
  readonly reset: 'never' | 'day' | 'month' | 'year'
  readonly start: number
  /** What codes typed by hand must look like, see `identity/code-format.ts`; null for anything. */
  readonly format: string | null
  /** Who alone may bring such codes into being, by name; null for whoever may capture. */
  readonly creators: readonly string[] | null
  readonly retired: boolean
}

export const numberingTable: TableSpec<NumberingRow> = {
  name: 'numbering',
  columns: {
    no: 'int',
    code: 'text',
    codeKey: 'text',
    gives: 'text',
    item: 'int?',
    site: 'int?',
    scheme: 'text',
    reset: 'text',
    start: 'int',
    format: 'text?',
    creators: 'json?',
    retired: 'bool',
  },
  key: ['no'],
  groups: { byCode: ['codeKey'], byUse: ['gives', 'item', 'site'] },
}

/** Every gapless count of an organisation: item, traceable, node, edge numbers, and numbering periods. */
export interface CounterRow {
  readonly name: string
  readonly next: number
}

export const counterTable: TableSpec<CounterRow> = {
  name: 'counter',
  columns: { name: 'text', next: 'int' },
  key: ['name'],
  groups: {},
}

/** Quantity of a traceable in one hand, exact. */
export type HeldAmount = Amount
