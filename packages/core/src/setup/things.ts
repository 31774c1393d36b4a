import { isRefusal, refuse, type Refusal } from '../base/refusal.ts'
import { codeKeyOf } from '../identity/code.ts'
import { findParty, findPlace } from '../identity/lookup.ts'
import {
  type ItemRow,
  type PartyRow,
  placeTable,
  type PlaceRow,
  type ResourceKind,
  type ResourceRow,
} from '../identity/rows.ts'
import { scaleFor } from '../identity/unit.ts'
import type { DecisionContext } from '../ledger/decision.ts'
import type { ThingFields } from './fields.ts'

export type ThingRefusal = Refusal<
  'scale_fixed' | 'expiry_rule_missing' | 'serial_scale' | 'place_inside_itself'
>

/** What every kind of thing is made of: its number and code, the row that stands, and the fields given. */
export interface Making<Row> {
  readonly no: number
  readonly code: string
  readonly old: Row | undefined
  readonly given: ThingFields
}

/** An item as it will stand. Its unit and scale never change: quantities in the ledger are counted in them. */
export function itemFrom(context: DecisionContext, of: Making<ItemRow>): ItemRow | Refusal {
  const { old, given } = of
  const unit = given.unit ?? old?.unit ?? 'pc'
  const tracking = given.tracking ?? old?.tracking ?? 'lot'
  const scale = given.scale ?? old?.scale ?? (tracking === 'serial' ? 0 : scaleFor(unit))
  if (old && (unit !== old.unit || scale !== old.scale)) return scaleFixed(old)
  const owner = given.owner === undefined ? undefined : findParty(context.view, given.owner, 'owner')
  if (isRefusal(owner)) return owner
  const row: ItemRow = {
    no: of.no,
    code: of.code,
    codeKey: codeKeyOf(of.code),
    name: given.name ?? old?.name ?? of.code,
    tracking,
    unit,
    scale,
    conversions: given.conversions ?? old?.conversions ?? [],
    expiryRule: given.expiryRule ?? old?.expiryRule ?? 'none',
    shelfLifeDays: given.shelfLifeDays ?? old?.shelfLifeDays ?? null,
    feed: given.feed ?? old?.feed ?? 'pooled',
    overlapSeconds: given.overlapSeconds ?? old?.overlapSeconds ?? null,
    rules: given.rules ?? old?.rules ?? [],
    inherits: given.inherits ?? old?.inherits ?? [],
    owner: owner?.no ?? old?.owner ?? null,
    exportClass: given.exportClass ?? old?.exportClass ?? null,
    uri: given.uri ?? old?.uri ?? null,
    attributes: { ...old?.attributes, ...given.attributes },
    retired: false,
  }
  return checkItem(row) ?? row
}

function scaleFixed(item: ItemRow): ThingRefusal {
  return refuse('scale_fixed', {
    message: `${item.code} is kept in ${item.unit} with ${item.scale} decimals, and its quantities on record are.`,
    fix: 'Add a conversion for the other unit, or define a new item.',
    field: 'unit',
    value: item.code,
  })
}

function checkItem(item: ItemRow): ThingRefusal | undefined {
  const about = { field: 'expiryRule', value: item.code }
  if (item.expiryRule === 'from-manufacture' && item.shelfLifeDays === null) {
    return refuse('expiry_rule_missing', {
      message: `${item.code} is to expire some days after manufacture; how many is not said.`,
      fix: 'Give shelfLifeDays.',
      ...about,
      field: 'shelfLifeDays',
    })
  }
  if (item.expiryRule === 'none' && item.shelfLifeDays !== null) {
    return refuse('expiry_rule_missing', {
      message: `${item.code} has a shelf life and no rule for it.`,
      fix: 'Give expiryRule: required, from-manufacture or earliest-input.',
      ...about,
    })
  }
  if (item.tracking === 'serial' && item.scale > 0) {
    return refuse('serial_scale', {
      message: `${item.code} is kept by serial and in parts of a ${item.unit}.`,
      fix: 'A serial is one piece: give scale 0.',
      field: 'scale',
      value: String(item.scale),
    })
  }
  return undefined
}

export function partyFrom(_context: DecisionContext, of: Making<PartyRow>): PartyRow {
  const { old, given } = of
  return {
    no: of.no,
    code: of.code,
    codeKey: codeKeyOf(of.code),
    name: given.name ?? old?.name ?? of.code,
    roles: given.roles ?? old?.roles ?? [],
    uri: given.uri ?? old?.uri ?? null,
    attributes: { ...old?.attributes, ...given.attributes },
    rules: given.rules ?? old?.rules ?? null,
    retired: false,
  }
}

export function placeFrom(context: DecisionContext, of: Making<PlaceRow>): PlaceRow | Refusal {
  const { old, given } = of
  const parent = given.parent === undefined ? undefined : findPlace(context.view, given.parent, 'parent')
  if (isRefusal(parent)) return parent
  for (let above = parent; above; above = placeAbove(context, above)) {
    if (above.no === of.no) return insideItself(above)
  }
  return {
    no: of.no,
    code: of.code,
    codeKey: codeKeyOf(of.code),
    name: given.name ?? old?.name ?? of.code,
    kind: given.kind ?? old?.kind ?? 'location',
    parent: parent?.no ?? old?.parent ?? null,
    uri: given.uri ?? old?.uri ?? null,
    attributes: { ...old?.attributes, ...given.attributes },
    retired: false,
  }
}

function placeAbove(context: DecisionContext, place: PlaceRow): PlaceRow | undefined {
  return place.parent === null ? undefined : context.view.get(placeTable, [place.parent])
}

function insideItself(place: PlaceRow): ThingRefusal {
  return refuse('place_inside_itself', {
    message: `${place.code} would be inside itself.`,
    fix: 'Name a place above it as parent.',
    field: 'parent',
    value: place.code,
  })
}

export function resourceFrom(
  context: DecisionContext,
  of: Making<ResourceRow> & { readonly kind: ResourceKind },
): ResourceRow | Refusal {
  const { old, given } = of
  const place = given.place === undefined ? undefined : findPlace(context.view, given.place)
  if (isRefusal(place)) return place
  return {
    no: of.no,
    code: of.code,
    codeKey: codeKeyOf(of.code),
    name: given.name ?? old?.name ?? of.code,
    kind: of.kind,
    place: place?.no ?? old?.place ?? null,
    attributes: { ...old?.attributes, ...given.attributes },
    retired: false,
  }
}
