import { Type } from 'typebox'
import { type Endpoint, endpoint } from '../endpoint/endpoint.ts'

/** A story planted in the demo: what to paste, and what to see. */
export interface Story {
  readonly id: string
  readonly title: string
  readonly text: string
}

/** The stories of a demo; none elsewhere. */
export function storyRoutes(stories: readonly Story[]): readonly Endpoint[] {
  return [
    endpoint({
      method: 'GET',
      path: '/v1/stories',
      action: 'know',
      resource: 'product',
      tag: 'Running it',
      summary: 'The stories planted in the demo; none elsewhere',
      gives: Type.Array(Type.Object({ id: Type.String(), title: Type.String(), text: Type.String() })),
      handle: async () => ({ status: 200, json: stories }),
    }),
  ]
}
