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
  /** Sign-in name; null for a stranger. */
  readonly person: string | null
  readonly printedName: string | null
  readonly roles: readonly string[]
  /** Verbs, and `action resource`, that this person may. */
  readonly may: readonly string[]
  /** Whom a demo lets in by one click. */
  readonly demoPeople: readonly DemoPerson[]
}

export interface DemoPerson {
  readonly name: string
  readonly printedName: string
  readonly role: string
  readonly about: string
}

export interface Story {
  readonly id: string
  readonly title: string
  readonly text: string
}
