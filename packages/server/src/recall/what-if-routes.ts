import { Type } from 'typebox'
import { WhatIf } from '@lotline/core/recall/what-if-shape'
import { type Endpoint, endpoint } from '../endpoint/endpoint.ts'
import type { Plant } from '../plant/plant.ts'
import { IdList, questionFields } from './question.ts'
import { whatIf } from './what-if.ts'

const strict = { additionalProperties: false } as const
const Code = Type.String({ minLength: 1, maxLength: 200 })
const Time = (description: string) =>
  Type.Optional(Type.String({ minLength: 1, maxLength: 100, description }))
const List = (description: string) => Type.Optional(Type.Array(Code, { maxItems: 1_000, description }))

/** Questions about what was not recorded. */
export function whatIfRoutes(plantOf: () => Plant): readonly Endpoint[] {
  return [
    endpoint({
      action: 'read',
      resource: 'genealogy',
      tag: 'Recall and trace',
      method: 'POST',
      path: '/v1/what-if',
      summary:
        'The scope if something were otherwise than recorded, beside the scope as recorded; nothing is saved',
      body: Type.Object(
        {
          ids: IdList,
          ...questionFields,
          contaminated: List('These are bad too'),
          stops: List('Spread reaches these lots, orders or containers and ends there'),
          crossContact: Type.Optional(
            Type.Array(
              Type.Object({ equipment: Code, from: Time('From then on'), to: Time('Up to then') }, strict),
              {
                maxItems: 50,
                description: 'What ran on the machine passed something on to what ran there next',
              },
            ),
          ),
          notBefore: Time('Links before this time do not count'),
          notAfter: Time('Links after this time do not count'),
          limit: Type.Optional(
            Type.Integer({ minimum: 1, maximum: 10_000, description: 'Rows of each list; 500' }),
          ),
        },
        strict,
      ),
      gives: WhatIf,
      handle: ({ body: { contaminated, stops, crossContact, notBefore, notAfter, limit, ...question } }) => {
        const supposed = { contaminated, stops, crossContact, notBefore, notAfter, limit }
        return plantOf().ask((snapshot) => whatIf(snapshot, question, supposed))
      },
    }),
  ]
}
