import { Type } from 'typebox'
import { CommonCause } from '@lotline/core/recall/common-cause-shape'
import { type Endpoint, endpoint } from '../endpoint/endpoint.ts'
import type { Plant } from '../plant/plant.ts'
import { commonCause } from './common-cause.ts'
import { IdList, Ids, idsOf, questionFields } from './question.ts'

const strict = { additionalProperties: false } as const
const limit = Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000, description: 'Causes shown; 50' }))
const shared = {
  action: 'read',
  resource: 'genealogy',
  tag: 'Recall and trace',
  summary:
    'What failing units have in common: ancestors and circumstances of any kind, ranked against good units',
  gives: CommonCause,
} as const

/** Common causes of failing units. */
export function commonCauseRoutes(plantOf: () => Plant): readonly Endpoint[] {
  return [
    endpoint({
      ...shared,
      method: 'GET',
      path: '/v1/common-cause',
      query: Type.Object(
        { id: Type.Optional(Ids), good: Type.Optional(Ids), ...questionFields, limit },
        strict,
      ),
      handle: ({ query: { id, good, ...rest } }) =>
        plantOf().ask((snapshot) => commonCause(snapshot, { ...rest, ids: idsOf(id), good: idsOf(good) })),
    }),
    endpoint({
      ...shared,
      method: 'POST',
      path: '/v1/common-cause',
      body: Type.Object({ ids: IdList, good: Type.Optional(IdList), ...questionFields, limit }, strict),
      handle: ({ body }) => plantOf().ask((snapshot) => commonCause(snapshot, body)),
    }),
  ]
}
