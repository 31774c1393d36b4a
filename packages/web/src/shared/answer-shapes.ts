import type { Evidence, Ring } from '@lotline/core/genealogy/touch'

/** A quantity as the server writes it: exact decimal text and its unit. */
export interface Quantity {
  readonly value: string
  readonly unit: string
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
  readonly held?: boolean
  readonly gap?: boolean
  readonly root?: boolean
  /** Ids of what it stands for: all, or the first of them when many are folded. */
  readonly members: readonly string[]
}

export interface LaneEdge {
  readonly from: string
  readonly to: string
  readonly quantity: Quantity | null
  /** Whether a share makes sense: of what went in somewhere, not of what came out or was sent. */
  readonly shared: boolean
  /** Decimal text 0 to 1; null when not recorded. */
  readonly shareOfSource: string | null
  readonly shareOfTarget: string | null
  readonly evidence: Evidence
  readonly count: number
}

export interface Lanes {
  readonly lanes: readonly { readonly name: string; readonly count: number }[]
  readonly nodes: readonly LaneNode[]
  readonly edges: readonly LaneEdge[]
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
