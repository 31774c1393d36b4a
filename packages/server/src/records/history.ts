import { Type } from 'typebox'
import type { Json } from '@lotline/core/identity/rows'
import { readEnvelope } from '@lotline/core/ledger/envelope'
import { type Endpoint, endpoint } from '../endpoint/endpoint.ts'
import { notFound } from '../endpoint/request-refusals.ts'
import { viewerOf } from '../access/policy.ts'
import type { Plant, Snapshot } from '../plant/plant.ts'
import { affectedRows } from '../recall/affected.ts'
import { scopeOf } from '../recall/scope.ts'

const shared = { method: 'GET', action: 'read', resource: 'ledger', tag: 'Records' } as const
const PositionText = Type.Object(
  { position: Type.String({ pattern: '^\\d{1,15}$' }) },
  { additionalProperties: false },
)
const NumberText = Type.Object(
  { id: Type.String({ pattern: '^\\d{1,9}$', description: 'Id of an answer' }) },
  { additionalProperties: false },
)
const AnyRecord = Type.Record(Type.String(), Type.Unknown())

/** The record of one thing, and the facts themselves. */
export function historyRoutes(plantOf: () => Plant): readonly Endpoint[] {
  return [
    endpoint({
      ...shared,
      action: 'read-visible',
      path: '/v1/traceables/:id',
      summary:
        'Everything about one lot, serial, vessel or container: record, holds, documents, containment, parts',
      params: NumberText,
      gives: AnyRecord,
      handle: ({ params, subject }) =>
        plantOf().ask((snapshot) => recordOf(snapshot, Number(params.id)), viewerOf(subject)),
    }),
    endpoint({
      ...shared,
      path: '/v1/events',
      summary: 'Facts in order of position; of one traceable if asked',
      query: Type.Object(
        {
          traceable: Type.Optional(Type.String({ pattern: '^\\d{1,9}$', description: 'Id of an answer' })),
          after: Type.Optional(Type.Integer({ minimum: -1, description: 'Only positions after this one' })),
          limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000 })),
        },
        { additionalProperties: false },
      ),
      gives: AnyRecord,
      handle: ({ query }) => plantOf().ask((snapshot) => eventsOf(snapshot, query)),
    }),
    endpoint({
      ...shared,
      path: '/v1/events/:position',
      summary: 'One fact as it stands in the ledger: its envelope, leaf hash, and what corrected it',
      params: PositionText,
      gives: AnyRecord,
      handle: ({ params }) => plantOf().ask((snapshot) => eventAt(snapshot, Number(params.position))),
    }),
  ]
}

async function recordOf(snapshot: Snapshot, no: number) {
  const states = await snapshot.engine.statesOf([no], snapshot.asKnownOn)
  const scope = await scopeOf(snapshot, {
    from: states.map((state) => state.no),
    direction: 'forward',
    follow: 'contains',
  })
  const [record] = await affectedRows(snapshot, scope, [no], undefined)
  const rest = await around(snapshot, no)
  const plain = record ?? (await plainRecord(snapshot, no))
  if (!plain) return notFound('traceable', String(no))
  return { ...plain, statesFrom: states.map((state) => state.from), ...rest }
}

/** Containers have no states of their own: they are not genealogy. */
async function plainRecord(snapshot: Snapshot, no: number) {
  const { reader } = snapshot
  const rows = await reader.query<Record<string, unknown>>(
    `select t.no::text as id, t.code, t.kind, t.status, t.uri, i.code as item, i.name as "itemName" from traceable t
       left join item i on i.org_id = t.org_id and i.no = t.item where t.org_id = $1 and t.no = $2`,
    [reader.org, no],
  )
  return rows[0]
}

/** Free words about a lot may name other companies: people outside are not told them. */
async function around(snapshot: Snapshot, no: number) {
  const { reader } = snapshot
  const words = (column: string) => (snapshot.within === undefined ? column : 'null::text')
  const ask = (text: string) => reader.query<Record<string, unknown>>(text, [reader.org, no])
  const [names, holds, documents, inside, contents, parts, partOf, inspections, gaps, exceptions] =
    await Promise.all([
      ask(
        `select scheme, value from identifier where org_id = $1 and names = 'traceable' and no = $2 order by 1, 2`,
      ),
      ask(`select root::int as hold, reason_code as "reasonCode", ${words('reason')} as reason, placed_at as "placedAt", released_at as "releasedAt" from hold
          where org_id = $1 and traceable = $2 order by no`),
      ask(
        `select sha256, name, media_type as "mediaType", kind, size::int as size from document where org_id = $1 and traceable = $2 order by position`,
      ),
      ask(`select c.container::text as id, t.code, c.in_at as "inAt", c.out_at as "outAt" from containment c join traceable t on t.org_id = c.org_id and t.no = c.container
          where c.org_id = $1 and c.child = $2 order by c.in_at`),
      ask(`select c.child::text as id, t.code, c.in_at as "inAt", c.out_at as "outAt" from containment c join traceable t on t.org_id = c.org_id and t.no = c.child
          where c.org_id = $1 and c.container = $2 order by c.in_at`),
      ask(`select p.part::text as id, t.code, p.slot, p.in_at as "inAt", p.out_at as "outAt" from installation p join traceable t on t.org_id = p.org_id and t.no = p.part
          where p.org_id = $1 and p.unit = $2 order by p.in_at`),
      ask(`select p.unit::text as id, t.code, p.slot, p.in_at as "inAt", p.out_at as "outAt" from installation p join traceable t on t.org_id = p.org_id and t.no = p.unit
          where p.org_id = $1 and p.part = $2 order by p.in_at`),
      ask(
        `select kind, verdict, results, at, position::int from inspection where org_id = $1 and traceable = $2 order by position`,
      ),
      ask(
        `select no::int, kind, ${words('detail')} as detail, closed_position::int as "closedPosition" from gap where org_id = $1 and traceable = $2 order by no`,
      ),
      ask(
        `select no::int, code, message, fix, happened_at as "happenedAt", position::int, closed_position::int as "closedPosition"
         from exception where org_id = $1 and traceable = $2 order by no`,
      ),
    ])
  return { names, holds, documents, inside, contents, parts, partOf, inspections, gaps, exceptions }
}

const eventColumns = `e.position::int, e.id, e.type, e.key, e.actor, e.happened_at as "happenedAt", e.recorded_at as "recordedAt",
  e.historical, e.voided_by::int as "voidedBy"`

async function eventsOf(snapshot: Snapshot, query: { traceable?: string; after?: number; limit?: number }) {
  const { reader } = snapshot
  const limit = query.limit ?? 200
  const of =
    query.traceable === undefined
      ? ''
      : 'join mention m on m.org_id = e.org_id and m.position = e.position and m.traceable = $4'
  const rows = await reader.query<{ position: number }>(
    `select ${eventColumns}, e.body from event e ${of} where e.org_id = $1 and e.position > $2 order by e.position limit $3`,
    [reader.org, query.after ?? -1, limit, ...(query.traceable === undefined ? [] : [query.traceable])],
  )
  return { events: rows, after: rows.at(-1)?.position ?? query.after ?? -1 }
}

async function eventAt(snapshot: Snapshot, position: number) {
  const { reader } = snapshot
  const rows = await reader.query<Record<string, unknown> & { bytes: string | null }>(
    `select ${eventColumns}, encode(l.leaf, 'hex') as "leafHash", encode(l.prev, 'hex') as prev, convert_from(b.bytes, 'UTF8') as bytes
       from event e join ledger_leaf l on l.org_id = e.org_id and l.position = e.position
       left join event_bytes b on b.org_id = e.org_id and b.position = e.position
      where e.org_id = $1 and e.position = $2`,
    [reader.org, position],
  )
  const [row] = rows
  if (!row) return notFound('event', String(position))
  const { bytes, ...rest } = row
  const envelope: Json = bytes === null ? null : JSON.parse(bytes)
  const corrections = await reader.query<Record<string, unknown>>(
    `select ${eventColumns}, e.body from event e where e.org_id = $1 and e.position = (select voided_by from event where org_id = $1 and position = $2)`,
    [reader.org, position],
  )
  return { ...rest, envelope, event: bytes === null ? null : readEnvelope(bytes).event, corrections }
}
