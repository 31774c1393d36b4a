import { type Static, Type } from 'typebox'
import { actorOfKey, type ApiKey } from '../access/api-key.ts'
import { type GrantCodes, shownGrants } from './grant-codes.ts'
import { everyVerb, Grants } from './person-shape.ts'

const OrNull = <T extends Parameters<typeof Type.Union>[0][number]>(of: T) => Type.Union([of, Type.Null()])

/** Whoever wants a key for longer makes a new secret in time: a forgotten one ends by itself. */
const daysMax = 1_825
export const defaultDays = 365
const overlapHoursMax = 720
export const defaultOverlapHours = 24

export const Verbs = Type.Array(Type.Enum(everyVerb), {
  maxItems: 100,
  description: 'The only verbs it may record; all that its roles may if left out',
})
export const Days = Type.Integer({
  minimum: 1,
  maximum: daysMax,
  description: `Days until the secret ends; ${defaultDays} if left out`,
})
export const OverlapHours = Type.Integer({
  minimum: 0,
  maximum: overlapHoursMax,
  description: `Hours for which the secrets there were stay good; ${defaultOverlapHours} if left out`,
})

export const ShownKey = Type.Object({
  id: Type.String(),
  name: Type.String(),
  actor: Type.String({ description: 'Who stands in the ledger for what it did' }),
  party: OrNull(Type.String({ description: 'Company the key is for: it sees what is theirs' })),
  roles: Grants,
  verbs: OrNull(Verbs),
  madeBy: Type.String(),
  madeAt: Type.String(),
  revokedAt: OrNull(Type.String()),
  secrets: Type.Array(
    Type.Object({
      prefix: Type.String({ description: 'Beginning of the secret, by which it is told from others' }),
      madeAt: Type.String(),
      endsAt: Type.String(),
      usedAt: OrNull(Type.String({ description: 'Last use, to the minute' })),
      usedFrom: OrNull(Type.String({ description: 'Address of the last use' })),
    }),
    { description: 'Newest first; several while one takes over from another' },
  ),
})
type ShownKey = Static<typeof ShownKey>

export const OpenedKey = Type.Object({
  key: ShownKey,
  secret: Type.String({ description: 'For `Authorization: Bearer ...`; shown only now' }),
})

export function shownKey(key: ApiKey, codes: GrantCodes): ShownKey {
  const { id, name, verbs: allowed, madeBy, madeAt, revokedAt, secrets } = key
  return {
    ...{ id, name, madeBy, madeAt, revokedAt },
    actor: actorOfKey(key),
    party: key.party === null ? null : (codes.parties.get(key.party) ?? null),
    roles: shownGrants(key.grants, codes),
    verbs: allowed === null ? null : [...allowed],
    secrets: [...secrets],
  }
}
