import { Type } from 'typebox'
import { looking } from '../access/account.ts'
import { auditKinds } from '../access/audit-log.ts'
import { type Endpoint, endpoint } from '../endpoint/endpoint.ts'
import type { Plant } from '../plant/plant.ts'
import { accountsOf } from './accounts-of.ts'

const rowsPerPage = 200

/** What happened to access, newest first. */
export function auditRoutes(plantOf: () => Plant): readonly Endpoint[] {
  return [
    endpoint({
      method: 'GET',
      path: '/v1/audit',
      action: 'read',
      resource: 'audit',
      tag: 'People and access',
      summary: 'Sign-ins good and bad, denials, changes of rights; newest first',
      query: Type.Object(
        {
          kind: Type.Optional(Type.Enum(auditKinds)),
          actor: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'Sign-in name' })),
          before: Type.Optional(
            Type.Integer({ minimum: 1, description: 'Only entries before this number: the next page' }),
          ),
          limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000 })),
        },
        { additionalProperties: false },
      ),
      gives: Type.Object({ entries: Type.Array(Type.Record(Type.String(), Type.Unknown())) }),
      handle: async ({ query }) =>
        looking(accountsOf(plantOf()), async (reader) => ({
          entries: await reader.query<Record<string, unknown>>(
            `select audit_no::int as no, at, kind, actor, body from audit_event
              where org_id = $1 and ($2::text is null or kind = $2) and ($3::text is null or actor = $3)
                and ($4::bigint is null or audit_no < $4)
              order by audit_no desc limit $5`,
            [
              reader.org,
              query.kind ?? null,
              query.actor ?? null,
              query.before ?? null,
              query.limit ?? rowsPerPage,
            ],
          ),
        })),
    }),
  ]
}
