import type { Refusal } from '@lotline/core/base/refusal'
import type { JsonObject } from '../json/json-value.ts'

/** A part that exists, from SerialPart, Batch or JustInSequencePart (any version, also SerialPartTypization). */
export interface CatenaPart {
  readonly id: string
  readonly kind: 'serial' | 'batch' | 'just-in-sequence'
  /** BPNL of the maker, if the file says it. */
  readonly manufacturerId: string | undefined
  readonly manufacturerPartId: string
  readonly name: string | undefined
  readonly customerPartId: string | undefined
  /** What people read on the part: serial, batch or sequence number. */
  readonly code: string | undefined
  readonly identifiers: readonly { readonly key: string; readonly value: string }[]
  /** As written; may lack its offset. */
  readonly madeAt: string | undefined
  readonly country: string | undefined
  readonly sites: readonly string[]
  readonly place: string
  readonly source: JsonObject
}

/** One line of an as-built bill of material: `child` was built into `parent`. */
export interface CatenaLink {
  readonly parent: string
  readonly child: string
  readonly quantity: string | undefined
  /** UN/ECE Rec 20 code where the unit is known, else as written. */
  readonly unit: string | undefined
  readonly at: string | undefined
  readonly childManufacturerId: string | undefined
  readonly place: string
  readonly source: JsonObject
}

export interface CatenaFacts {
  readonly parts: readonly CatenaPart[]
  readonly links: readonly CatenaLink[]
  /** Aspects that carry no as-built genealogy, with how many there were: read over, and said so. */
  readonly skipped: Readonly<Record<string, number>>
}

export type CatenaRefusal = Refusal<
  'catena_x_invalid' | 'catena_x_not_a_file' | 'json_malformed' | 'record_too_large'
>

export const partAspects: Readonly<Record<string, CatenaPart['kind']>> = {
  SerialPart: 'serial',
  SerialPartTypization: 'serial',
  Batch: 'batch',
  JustInSequencePart: 'just-in-sequence',
}

export const bomAspects: ReadonlySet<string> = new Set(['SingleLevelBomAsBuilt', 'AssemblyPartRelationship'])

/** Aspects of the network that say nothing about what was built from what; anything else is refused as unknown. */
export const otherAspects: ReadonlySet<string> = new Set([
  'BatteryPass',
  'CertificateOfDestruction',
  'MaterialForRecycling',
  'PartAsPlanned',
  'PartSiteInformationAsPlanned',
  'PhysicalDimension',
  'ProductDescription',
  'ReturnRequest',
  'SecondaryMaterialContentCalculated',
  'SingleLevelBomAsPlanned',
  'SingleLevelUsageAsBuilt',
  'SingleLevelUsageAsPlanned',
  'TractionBatteryCode',
  'TransmissionPass',
])

const units: Readonly<Record<string, string>> = {
  piece: 'H87',
  litre: 'LTR',
  millilitre: 'MLT',
  hectolitre: 'HLT',
  kilogram: 'KGM',
  gram: 'GRM',
  tonneMetricTon: 'TNE',
  poundAvoirdupois: 'LBR',
  ounceAvoirdupois: 'ONZ',
  metre: 'MTR',
  centimetre: 'CMT',
  millimetre: 'MMT',
  squareMetre: 'MTK',
  squareCentimetre: 'CMK',
  cubicMetre: 'MTQ',
}

/** `unit:kilogram` in the network's unit catalogue is KGM in UN/ECE Rec 20; an unknown unit stays as it is. */
export function unitCode(text: string): string {
  const name = text.replace(/^.*[#:]/, '')
  return Object.hasOwn(units, name) ? (units[name] ?? text) : text
}
