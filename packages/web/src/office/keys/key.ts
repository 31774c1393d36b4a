import type { Grant } from '../people/person.ts'

/** A key of a program, as the server shows it. */
export interface Key {
  readonly id: string
  readonly name: string
  readonly actor: string
  readonly party: string | null
  readonly roles: readonly Grant[]
  readonly verbs: readonly string[] | null
  readonly revokedAt: string | null
  readonly secrets: readonly Secret[]
}

export interface Secret {
  readonly prefix: string
  readonly endsAt: string
  readonly usedAt: string | null
  readonly usedFrom: string | null
}

/** A secret that was just made, for which key. */
export interface Opened {
  readonly key: Key
  readonly secret: string
}

export const keysKey = ['keys']
