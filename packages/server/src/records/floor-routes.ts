import { Type } from 'typebox'
import { instantOf } from '@lotline/core/base/instant'
import { type Endpoint, endpoint } from '../endpoint/endpoint.ts'
import type { Plant } from '../plant/plant.ts'
import { orderRecord } from './order-record.ts'
import { scanned } from './scanned.ts'

const shared = { method: 'GET', action: 'read', resource: 'ledger', tag: 'Floor' } as const
const AnyRecord = Type.Record(Type.String(), Type.Unknown())

/** What screens of the floor ask before and between captures. */
export function floorRoutes(plantOf: () => Plant): readonly Endpoint[] {
  const today = () => plantOf().dateOf(instantOf(Date.now()))
  return [
    endpoint({
      ...shared,
      path: '/v1/orders/:code',
      summary: 'One order: need, issued and left per line, lots to take, route, what was recorded on it',
      params: Type.Object(
        { code: Type.String({ minLength: 1, maxLength: 200 }) },
        { additionalProperties: false },
      ),
      gives: AnyRecord,
      handle: ({ params }) => plantOf().ask((snapshot) => orderRecord(snapshot, params.code, today())),
    }),
    endpoint({
      ...shared,
      path: '/v1/scan',
      summary:
        'What a scanned text names, with quantity, places, holds and expiry; and the item of a new label',
      query: Type.Object(
        { text: Type.String({ minLength: 1, maxLength: 2_000 }) },
        { additionalProperties: false },
      ),
      gives: AnyRecord,
      handle: ({ query }) => plantOf().ask((snapshot) => scanned(snapshot, query.text, today())),
    }),
  ]
}
