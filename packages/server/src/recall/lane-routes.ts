import { Type } from 'typebox'
import { isRefusal } from '@lotline/core/base/refusal'
import { Lanes } from '@lotline/core/recall/lanes-shape'
import { openedMax } from '@lotline/core/recall/draw-lanes'
import { directions, TraceNode } from '@lotline/core/recall/trace-shape'
import { standing } from '@lotline/core/recall/shapes'
import { readCursor, writeCursor } from '../endpoint/cursor.ts'
import { type Endpoint, endpoint } from '../endpoint/endpoint.ts'
import type { Plant, Snapshot } from '../plant/plant.ts'
import { lanesOfSet } from './lane-shares.ts'
import { drawnTrace } from './lanes.ts'
import { Ids, idsOf, questionFields } from './question.ts'
import type { TraceSet } from './trace-set.ts'
import { traceableRows } from './trace.ts'

const strict = { additionalProperties: false } as const
const shared = { action: 'read', resource: 'genealogy', tag: 'Recall and trace' } as const
const Key = Type.String({ minLength: 1, maxLength: 500 })
const laneFields = {
  id: Type.Optional(Ids),
  direction: Type.Optional(Type.Enum(directions, { description: 'forward (default), backward or both' })),
  ...questionFields,
  open: Type.Optional(
    Type.Union([Key, Type.Array(Key, { maxItems: openedMax })], {
      description: `Keys of folded boxes: each opens its first 50 in place; at most ${openedMax}`,
    }),
  ),
}

/** A list of what a box holds. */
export const LaneMembers = Type.Object({
  ...standing,
  count: Type.Integer(),
  rows: Type.Array(TraceNode),
  nextCursor: Type.Union([Type.String(), Type.Null()]),
})

/** A trace as it is drawn. */
export function laneRoutes(plantOf: () => Plant): readonly Endpoint[] {
  return [
    endpoint({
      ...shared,
      method: 'GET',
      path: '/v1/lanes',
      summary: 'A trace as it is drawn: lanes from supplier to customer, at most 250 boxes whatever its size',
      query: Type.Object(laneFields, strict),
      gives: Lanes,
      handle: ({ query: { open, ...rest } }) =>
        plantOf().ask((snapshot) => lanes(snapshot, questionOf(rest), keysOf(open))),
    }),
    endpoint({
      ...shared,
      method: 'GET',
      path: '/v1/lanes/members',
      summary: 'What one box of a drawing stands for, as a list of any length',
      query: Type.Object(
        {
          ...laneFields,
          box: Key,
          limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000, description: 'Rows; 500' })),
          cursor: Type.Optional(
            Type.String({ maxLength: 100, description: '`nextCursor` of the page before' }),
          ),
        },
        strict,
      ),
      gives: LaneMembers,
      handle: ({ query: { open, box, limit, cursor, ...rest } }) =>
        plantOf().ask((snapshot) =>
          members(snapshot, questionOf(rest), { open: keysOf(open), box, limit: limit ?? 500, cursor }),
        ),
    }),
  ]
}

function questionOf<Query extends { id?: string | string[]; direction?: TraceSet['question']['direction'] }>({
  id,
  ...rest
}: Query) {
  return { ...rest, ids: idsOf(id), direction: rest.direction ?? ('forward' as const) }
}

function keysOf(open: string | readonly string[] | undefined): readonly string[] {
  return open === undefined ? [] : typeof open === 'string' ? [open] : open
}

async function lanes(snapshot: Snapshot, question: TraceSet['question'], open: readonly string[]) {
  const drawn = await drawnTrace(snapshot, question, open)
  return isRefusal(drawn) ? drawn : lanesOfSet(snapshot, drawn)
}

async function members(
  snapshot: Snapshot,
  question: TraceSet['question'],
  ask: { open: readonly string[]; box: string; limit: number; cursor: string | undefined },
) {
  const cursor = readCursor(ask.cursor)
  if (isRefusal(cursor)) return cursor
  const drawn = await drawnTrace(snapshot, question, ask.open)
  if (isRefusal(drawn)) return drawn
  const inside = drawn.drawing.inside.get(ask.box) ?? []
  const ids = inside.flatMap((index) => drawn.things[index]?.id ?? [])
  const offset = cursor?.offset ?? 0
  const rows = await traceableRows(snapshot, drawn.set, ids.slice(offset, offset + ask.limit).map(Number))
  const next = offset + ask.limit
  return {
    position: snapshot.position,
    complete: drawn.set.reasons.length === 0,
    reasons: [...drawn.set.reasons],
    count: ids.length,
    rows,
    nextCursor: ids.length > next ? writeCursor({ offset: next, position: snapshot.position }) : null,
  }
}
