import type { Evidence, Ring } from '@lotline/core/genealogy/touch'

/** A quantity as the server writes it: exact decimal text and its unit. */
export interface Quantity {
  readonly value: string
  readonly unit: string
}

export interface ItemName {
  readonly code: string
  readonly name: string
  readonly unit: string
}

export interface Root {
  readonly id: string
  readonly kind: string
  readonly code: string
  readonly item: ItemName | null
  readonly uri: string | null
  readonly status: string
}

/** A lot, serial or other traceable as a row of an answer. */
export interface AffectedRow {
  readonly id: string
  readonly code: string
  readonly kind: string
  readonly item: string | null
  readonly itemName: string | null
  readonly uri: string | null
  readonly status: string
  readonly states: number
  readonly ring: Ring
  readonly quantity: Quantity | null
  readonly made: Quantity | null
  readonly place: string | null
  readonly held: boolean
}

export interface WentToRow {
  readonly customer: { readonly code: string; readonly name: string } | null
  readonly shipment: string
  readonly shippedAt: string
  readonly deliveredAt: string | null
  readonly id: string
  readonly code: string
  readonly item: string | null
  readonly quantity: Quantity | null
  readonly returned: Quantity | null
  readonly container: string | null
}

export interface RemainsRow {
  readonly id: string
  readonly code: string
  readonly item: string | null
  readonly holder: { readonly kind: string; readonly code: string | null; readonly name: string | null }
  readonly quantity: Quantity
  readonly reserved: Quantity | null
  readonly held: boolean
  readonly ring: Ring
}

export interface OrderRow {
  readonly order: string
  readonly kind: string
  readonly item: string | null
  readonly dueOn: string | null
  readonly why: string
  readonly lots: readonly string[]
}

export interface SourceRow {
  readonly id: string
  readonly code: string
  readonly kind: string
  readonly item: string | null
  readonly supplier: string | null
  readonly ring: Ring
  readonly quantity: Quantity | null
}

export interface GapRow {
  readonly no: number
  readonly kind: string
  readonly detail: string
  readonly traceable: string | null
  readonly happenedAt: string | null
  readonly fix: string
}

/** In = out + remains + unexplained, per item; decimals as text. */
export interface BalanceRow {
  readonly item: string
  readonly unit: string
  readonly terms: { readonly [term: string]: string }
  readonly unexplained: string
}

export interface ItemSum {
  readonly item: string
  readonly unit: string
  readonly count: number
  readonly quantity: string
}

export interface AnswerSummary {
  readonly affected: {
    readonly traceables: number
    readonly lots: number
    readonly serials: number
    readonly byRing: { readonly [ring in Ring]?: number }
    readonly byItem: readonly ItemSum[]
  }
  readonly shipped: {
    readonly traceables: number
    readonly customers: number
    readonly shipments: number
    readonly byItem: readonly ItemSum[]
  }
  readonly onHand: {
    readonly traceables: number
    readonly places: number
    readonly byItem: readonly ItemSum[]
  }
  readonly inProcess: { readonly traceables: number }
  readonly atSubcontractor: { readonly traceables: number }
  readonly openOrders: number
  readonly gaps: number
  readonly held: number
}

export interface Answers {
  readonly position: number
  readonly complete: boolean
  readonly reasons: readonly string[]
  readonly roots: readonly Root[]
  readonly summary: AnswerSummary
  readonly answers: {
    readonly affected: readonly AffectedRow[]
    readonly wentTo: readonly WentToRow[]
    readonly remains: readonly RemainsRow[]
    readonly orders: readonly OrderRow[]
    readonly sources: readonly SourceRow[]
    readonly gaps: readonly GapRow[]
  }
  readonly balance: readonly BalanceRow[]
  readonly nextCursor: string | null
}

/** One drawn box: a traceable, a process, or several folded into one. */
export interface LaneNode {
  readonly key: string
  readonly lane: string
  readonly label: string
  readonly kind: string
  readonly item: string | null
  readonly count: number
  readonly quantity: Quantity | null
  readonly ring: Ring
  readonly status: string | null
  readonly held: boolean
  readonly gap: boolean
  readonly root: boolean
  /** Ids of what it stands for: all, or the first of them when many are folded. */
  readonly members: readonly string[]
}

export interface LaneEdge {
  readonly from: string
  readonly to: string
  readonly quantity: Quantity | null
  /** Percentages 0 to 100, null when not recorded. */
  readonly shareOfSource: number | null
  readonly shareOfTarget: number | null
  readonly evidence: Evidence
  readonly count: number
}

export interface Lanes {
  readonly lanes: readonly { readonly name: string; readonly count: number }[]
  readonly nodes: readonly LaneNode[]
  readonly edges: readonly LaneEdge[]
}

export interface ExplainStep {
  readonly from: string
  readonly to: string
  readonly kind: string
  readonly evidence: Evidence
  readonly quantity: Quantity | null
  readonly happenedAt: string
  readonly event: { readonly position: number; readonly type: string; readonly actor: string | null }
  readonly process: {
    readonly order: string | null
    readonly operation: string | null
    readonly equipment: string | null
  } | null
  readonly documents: readonly { readonly name: string; readonly uri: string | null }[]
}

export interface SearchMatch {
  readonly type: string
  readonly id: string
  readonly code: string
  readonly kind: string | null
  readonly item: string | null
  readonly status: string | null
}

export interface Found {
  readonly text: string
  readonly matches: readonly SearchMatch[]
  readonly near: readonly SearchMatch[]
}

export interface Session {
  readonly demo: boolean
  readonly organisation: string | null
  readonly person: string | null
  readonly token: string | null
}

export interface Story {
  readonly id: string
  readonly title: string
  readonly text: string
}
