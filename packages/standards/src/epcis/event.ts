import type { Instant } from '@lotline/core/base/instant'
import type { Refusal } from '@lotline/core/base/refusal'
import type { JsonObject } from '../json/json-value.ts'

export const eventTypes = [
  'ObjectEvent',
  'AggregationEvent',
  'TransactionEvent',
  'TransformationEvent',
  'AssociationEvent',
] as const
export type EpcisEventType = (typeof eventTypes)[number]

export type EpcisAction = 'ADD' | 'OBSERVE' | 'DELETE'

/** Goods known by class and quantity; `quantity` is a plain decimal, absent when the source gives none. */
export interface EpcisQuantity {
  readonly epcClass: string
  readonly quantity: string | undefined
  /** UN/ECE Rec 20 code; absent means pieces. */
  readonly uom: string | undefined
}

/** What an event names: single things by EPC, others by class and quantity. URIs as given. */
export interface EpcisThings {
  readonly epcs: readonly string[]
  readonly quantities: readonly EpcisQuantity[]
}

export interface EpcisReference {
  /** Word of the vocabulary (`po`, `owning_party`) or a URI of somebody's own. */
  readonly type: string | undefined
  readonly id: string
}

export interface EpcisReading {
  readonly at: Instant | undefined
  readonly type: string
  readonly value: string | undefined
  readonly unit: string | undefined
  readonly device: string | undefined
  readonly alarm: boolean
}

/** One EPCIS event as facts. Vocabulary values are bare words where CBV has them. */
export interface EpcisEvent {
  readonly type: EpcisEventType
  readonly eventId: string | undefined
  readonly eventTime: Instant
  /** As written by the source, offset included. */
  readonly eventTimeGiven: string
  readonly offset: string
  readonly recordTime: Instant | undefined
  readonly action: EpcisAction | undefined
  readonly bizStep: string | undefined
  readonly disposition: string | undefined
  readonly dispositionsSet: readonly string[]
  readonly dispositionsUnset: readonly string[]
  readonly readPoint: string | undefined
  readonly bizLocation: string | undefined
  readonly transactions: readonly EpcisReference[]
  readonly sources: readonly EpcisReference[]
  readonly destinations: readonly EpcisReference[]
  readonly parent: string | undefined
  /** Objects of an object or transaction event, children of an aggregation or association. */
  readonly things: EpcisThings
  readonly inputs: EpcisThings
  readonly outputs: EpcisThings
  readonly transformationId: string | undefined
  readonly ilmd: JsonObject
  readonly readings: readonly EpcisReading[]
  readonly error:
    | {
        readonly declaredAt: Instant
        readonly declaredAtGiven: string
        readonly reason: string | undefined
        readonly correctiveIds: readonly string[]
      }
    | undefined
  /** Namespaces of the prefixes used in `source`. */
  readonly prefixes: Readonly<Record<string, string>>
  /** The event in its JSON form, every extension included. */
  readonly source: JsonObject
}

export type EpcisRefusal = Refusal<
  | 'epcis_invalid'
  | 'epcis_not_a_document'
  | 'xml_malformed'
  | 'xml_forbidden'
  | 'json_malformed'
  | 'record_too_large'
>
