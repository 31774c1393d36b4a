/** A quantity as the server writes it: exact decimal text and its unit. */
export interface Quantity {
  readonly value: string
  readonly unit: string
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
