import type { SearchMatch } from '../../shared/answer-shapes.ts'

/** A lot that a component may be taken from, in the order in which lots are to be taken. */
export interface LotToTake {
  readonly id: string
  readonly code: string
  readonly kind: string
  readonly status: string
  readonly item: string
  readonly unit: string
  readonly scale: number
  readonly quantity: string
  readonly promised: string
  readonly place: string
  readonly expiresOn: string | null
  readonly expired: boolean | null
  readonly held: string | null
}

export interface OrderLine {
  readonly line: number
  readonly item: string
  readonly itemName: string
  readonly tracking: string
  readonly unit: string
  readonly scale: number
  readonly quantity: string
  readonly issued: string
  readonly used: string
  readonly done: string
  readonly left: string
  readonly operation: string | null
  readonly perUnit: string | null
  readonly lots: readonly LotToTake[]
}

export interface RouteStep {
  readonly operation: string
  readonly name: string | null
  readonly equipment: string | null
  readonly inspection: boolean
  readonly state: 'done' | 'running' | 'ready' | 'locked'
  readonly missing: readonly string[]
  readonly startedAt: string | null
  readonly completedAt: string | null
}

export interface OrderCapture {
  readonly position: number
  readonly type: string
  readonly at: string
  readonly what: string
  readonly item: string | null
  readonly unit: string | null
  readonly quantity: string
  readonly void: boolean
}

export interface OrderRecord {
  /** Last fact of the ledger that this record knows. */
  readonly position: number
  readonly code: string
  readonly kind: string
  readonly status: string
  readonly item: string | null
  readonly itemName: string | null
  readonly tracking: string | null
  readonly unit: string | null
  readonly quantity: string | null
  readonly done: string
  readonly left: string | null
  readonly dueOn: string | null
  readonly party: string | null
  readonly partyName: string | null
  readonly place: string | null
  readonly orderLines: readonly OrderLine[]
  readonly operations: readonly RouteStep[]
  readonly captures: readonly OrderCapture[]
  readonly units: readonly { readonly code: string; readonly made: boolean; readonly parts: number }[]
}

/** What a scan names, with what must be known of it before anything is done with it. */
export interface ScannedThing extends SearchMatch {
  readonly itemName?: string | null
  readonly tracking?: string | null
  readonly unit?: string
  readonly scale?: number
  readonly expiresOn?: string | null
  readonly expired?: boolean
  readonly holds?: readonly { readonly hold: number; readonly reason: string; readonly reasonCode: string }[]
  readonly at?: readonly { readonly holderKind: string; readonly holder: string; readonly quantity: string }[]
  readonly contents?: readonly string[]
  readonly parts?: readonly { readonly code: string; readonly slot: string | null }[]
}

export interface ItemOnLabel {
  readonly code: string
  readonly name: string
  readonly tracking: string
  readonly unit: string
  readonly scale: number
  readonly expiryRule: string
}

export interface ScanAnswer {
  readonly text: string
  readonly matches: readonly ScannedThing[]
  readonly near: readonly SearchMatch[]
  readonly item: ItemOnLabel | null
}

/** A line of an order as lists give it: what is expected, what a customer waits for. */
export interface ListedLine {
  readonly orderCode: string
  readonly kind: string
  readonly line: number
  readonly item: string
  readonly itemName: string
  readonly tracking: string
  readonly unit: string
  readonly expiryRule: string
  readonly quantity: string
  readonly doneQuantity: string
  readonly party: string | null
  readonly partyName: string | null
  readonly place: string | null
  readonly dueOn: string | null
}

export interface ListedOrder {
  readonly code: string
  readonly kind: string
  readonly status: string
  readonly party: string | null
  readonly item: string | null
  readonly quantity: string | null
  readonly doneQuantity: string
  readonly unit: string | null
  readonly dueOn: string | null
}

export interface HeldThing {
  readonly id: string
  readonly code: string
  readonly item: string | null
  readonly hold: number
  readonly reason: string
}

export interface ListedPlace {
  readonly code: string
  readonly name: string
  readonly kind: string
}

export interface ListedStock {
  readonly id: string
  readonly code: string
  readonly kind: string
  readonly status: string
  readonly item: string | null
  readonly unit: string
  readonly quantity: string
}

export interface Rows<Row> {
  readonly rows: readonly Row[]
}
