import { Type } from 'typebox'
import { type Endpoint, endpoint } from '../endpoint/endpoint.ts'
import type { Plant } from '../plant/plant.ts'

/** A story planted in the demo: what to paste, and what to see. */
export interface Story {
  readonly id: string
  readonly title: string
  readonly text: string
}

export interface SessionPlan {
  /** Present in demo mode only: the page on the same machine may act. */
  readonly demo: { readonly token: string; readonly stories: readonly Story[] } | undefined
}

/** What the page needs to begin. The token is given only to a caller that the demo trusts, which the action `read` decides. */
export function sessionRoutes(plantOf: () => Plant, plan: SessionPlan): readonly Endpoint[] {
  const text = Type.Union([Type.String(), Type.Null()])
  return [
    endpoint({
      method: 'GET',
      path: '/v1/session',
      action: 'know',
      resource: 'product',
      tag: 'Running it',
      summary: 'Who the caller is; in a demo on this machine, the token of the page',
      gives: Type.Object({ demo: Type.Boolean(), organisation: text, person: text, token: text }),
      handle: async ({ subject }) => ({
        demo: plan.demo !== undefined,
        organisation: subject.kind === 'stranger' ? null : plantOf().organisation.name,
        person: subject.kind === 'administrator' ? subject.name : null,
        token: subject.kind === 'demo-reader' ? (plan.demo?.token ?? null) : null,
      }),
    }),
    endpoint({
      method: 'GET',
      path: '/v1/stories',
      action: 'know',
      resource: 'product',
      tag: 'Running it',
      summary: 'The stories planted in the demo; none elsewhere',
      gives: Type.Array(Type.Object({ id: Type.String(), title: Type.String(), text: Type.String() })),
      handle: async () => ({ status: 200, json: plan.demo?.stories ?? [] }),
    }),
  ]
}
