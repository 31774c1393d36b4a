import { Type, type Static } from 'typebox'
import type { Refusal } from '@lotline/core/base/refusal'
import { statusOf } from './status.ts'

/** A refusal as it goes over the wire (RFC 9457), with what to do about it. */
export const Problem = Type.Object(
  {
    type: Type.String({ description: 'Page of the reference that explains the code' }),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String({ description: 'What happened to which thing, and why' }),
    instance: Type.Optional(Type.String({ description: 'Correlation id: find it in the log' })),
    code: Type.String({ description: 'Stable code' }),
    field: Type.Optional(Type.String()),
    value: Type.Optional(Type.String()),
    fix: Type.String({ description: 'What to do now' }),
    details: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  },
  { $id: 'Problem', description: 'application/problem+json' },
)
export type Problem = Static<typeof Problem>

export const problemType = 'application/problem+json'

/** Writes a refusal as a problem. `instance` is the correlation id of the request. */
export function problemOf(refusal: Refusal, instance?: string): Problem {
  const { code, message, fix, field, value, details } = refusal
  return {
    type: `/docs#${code}`,
    title: code.replaceAll('_', ' '),
    status: statusOf(code),
    detail: message,
    ...(instance === undefined ? {} : { instance }),
    code,
    ...(field === undefined ? {} : { field }),
    ...(value === undefined ? {} : { value: value.slice(0, 200) }),
    fix,
    ...(details === undefined ? {} : { details }),
  }
}

/** What a fault of ours looks like from outside: nothing about its inside, and where to look. */
export function faultProblem(instance: string): Problem {
  return {
    type: '/docs#fault',
    title: 'fault',
    status: 500,
    detail: 'Something went wrong inside Lotline. Nothing was stored, unless a repeated request says so.',
    instance,
    code: 'fault',
    fix: `Try again with the same key. If it stays, look in the server's log for ${instance}.`,
  }
}
