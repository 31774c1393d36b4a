import { Type } from 'typebox'
import { type Endpoint, endpoint } from '../endpoint/endpoint.ts'
import { viewerOf } from '../access/policy.ts'
import type { Plant } from '../plant/plant.ts'
import { choiceOf, search } from '../recall/identify.ts'

const Match = Type.Object({
  type: Type.String(),
  id: Type.String(),
  code: Type.String(),
  kind: Type.String(),
  item: Type.Union([Type.String(), Type.Null()]),
  status: Type.String(),
  uri: Type.Union([Type.String(), Type.Null()]),
})

/** The search box: what a text names, exactly and nearly. */
export function searchRoutes(plantOf: () => Plant): readonly Endpoint[] {
  return [
    endpoint({
      method: 'GET',
      path: '/v1/search',
      action: 'read-visible',
      resource: 'genealogy',
      tag: 'Recall and trace',
      summary: 'What a text names: any code, heat, URI, GS1 text; and what is like it',
      query: Type.Object(
        { text: Type.String({ minLength: 1, maxLength: 2_000 }) },
        { additionalProperties: false },
      ),
      gives: Type.Object({ text: Type.String(), matches: Type.Array(Match), near: Type.Array(Match) }),
      handle: ({ query: { text }, subject }) =>
        plantOf().ask(async ({ reader }) => {
          const { matches, near } = await search(reader, text)
          return { text, matches: matches.map(choiceOf), near: near.map(choiceOf) }
        }, viewerOf(subject)),
    }),
  ]
}
