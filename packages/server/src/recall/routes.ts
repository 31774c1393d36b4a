import { Type } from 'typebox'
import { isRefusal } from '@lotline/core/base/refusal'
import { Answers } from '@lotline/core/recall/answers-shape'
import { directions, Explanation, Trace } from '@lotline/core/recall/trace-shape'
import { readCursor } from '../endpoint/cursor.ts'
import { type Endpoint, endpoint } from '../endpoint/endpoint.ts'
import { viewerOf } from '../access/policy.ts'
import type { Plant, Snapshot, Viewer } from '../plant/plant.ts'
import { answer } from './answers.ts'
import { answerLines, answerPage } from './answer-pages.ts'
import { conditionFields, processesUnder } from './conditions.ts'
import { explain } from './explain.ts'
import { commonCauseRoutes } from './common-cause-routes.ts'
import { exposureRoutes } from './exposure-routes.ts'
import { laneRoutes } from './lane-routes.ts'
import { IdList, Ids, idsOf, type Question, questionFields } from './question.ts'
import type { TraceSet } from './trace-set.ts'
import { whatIfRoutes } from './what-if-routes.ts'
import { trace } from './trace.ts'
import { traceLines, tracePage } from './trace-pages.ts'

const strict = { additionalProperties: false } as const
const pageFields = {
  limit: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 10_000, description: 'Rows of each list on a page; 500' }),
  ),
  cursor: Type.Optional(Type.String({ maxLength: 100, description: '`nextCursor` of the page before' })),
}
const direction = Type.Optional(Type.Enum(directions, { description: 'forward (default), backward or both' }))
const rowsPerPage = 500
const shared = { action: 'read', resource: 'genealogy', tag: 'Recall and trace' } as const
/** Answered through the wall, to people of other companies too. */
const walled = { ...shared, action: 'read-visible' } as const
const linesAbout = '`Accept: application/x-ndjson` streams the whole answer, one JSON document a line.'

interface Paged {
  readonly limit?: number | undefined
  readonly cursor?: string | undefined
}

/** Questions about the genealogy. */
export function recallRoutes(plantOf: () => Plant): readonly Endpoint[] {
  const groups = [
    answerRoutes,
    traceRoutes,
    laneRoutes,
    reasonRoutes,
    commonCauseRoutes,
    exposureRoutes,
    whatIfRoutes,
  ]
  return groups.flatMap((routes) => routes(plantOf))
}

function answerRoutes(plantOf: () => Plant): readonly Endpoint[] {
  return [
    endpoint({
      ...walled,
      method: 'GET',
      path: '/v1/answers',
      summary:
        'The four answers of a recall for any identifier: affected, went to, remains, orders that would use it',
      about: linesAbout,
      query: Type.Object({ id: Type.Optional(Ids), ...questionFields, ...pageFields }, strict),
      gives: Answers,
      handle: ({ query: { id, ...rest }, lines, subject }) =>
        answers(plantOf(), { ...rest, ids: idsOf(id) }, lines, viewerOf(subject)),
    }),
    endpoint({
      ...walled,
      method: 'POST',
      path: '/v1/answers',
      summary: 'The four answers for a set of identifiers',
      about: linesAbout,
      body: Type.Object({ ids: IdList, ...questionFields, ...pageFields }, strict),
      gives: Answers,
      handle: ({ body, lines, subject }) => answers(plantOf(), body, lines, viewerOf(subject)),
    }),
    endpoint({
      ...shared,
      method: 'GET',
      path: '/v1/conditions',
      summary:
        'The four answers for everything made under conditions: a machine, tool, gauge, person, place, reading, time',
      about: linesAbout,
      query: Type.Object({ ...conditionFields, ...pageFields, asKnownOn: questionFields.asKnownOn }, strict),
      gives: Answers,
      handle: ({ query, lines }) => underConditions(plantOf(), query, lines),
    }),
  ]
}

function answers(plant: Plant, question: Question & Paged, lines: boolean, viewer: Viewer) {
  return plant.askLines((snapshot) => answered(snapshot, question, lines), viewer)
}

async function answered(snapshot: Snapshot, question: Question & Paged, lines: boolean) {
  const cursor = readCursor(question.cursor)
  if (isRefusal(cursor)) return cursor
  const set = await answer(snapshot, question)
  if (isRefusal(set)) return set
  if (lines) return { lines: answerLines(snapshot, set) }
  return answerPage(snapshot, set, { offset: cursor?.offset ?? 0, limit: question.limit ?? rowsPerPage })
}

function underConditions(
  plant: Plant,
  query: Parameters<typeof processesUnder>[1] & Paged & { asKnownOn?: string },
  lines: boolean,
) {
  return plant.askLines(async (snapshot) => {
    const nodes = await processesUnder(snapshot, query)
    if (isRefusal(nodes)) return nodes
    const { limit, cursor, asKnownOn } = query
    return answered(
      snapshot,
      { ids: [], nodes, limit, cursor, ...(asKnownOn === undefined ? {} : { asKnownOn }) },
      lines,
    )
  })
}

function traceRoutes(plantOf: () => Plant): readonly Endpoint[] {
  return [
    endpoint({
      ...walled,
      method: 'GET',
      path: '/v1/trace',
      summary: 'Everything that went into it or came of it, each traceable once, with the links between them',
      about: linesAbout,
      query: Type.Object({ id: Type.Optional(Ids), direction, ...questionFields, ...pageFields }, strict),
      gives: Trace,
      handle: ({ query: { id, ...rest }, lines, subject }) => {
        const question = { ...rest, ids: idsOf(id), direction: rest.direction ?? 'forward' }
        return traced(plantOf(), question, lines, viewerOf(subject))
      },
    }),
    endpoint({
      ...walled,
      method: 'POST',
      path: '/v1/trace',
      summary: 'Trace of a set of identifiers',
      about: linesAbout,
      body: Type.Object({ ids: IdList, direction, ...questionFields, ...pageFields }, strict),
      gives: Trace,
      handle: ({ body, lines, subject }) => {
        const question = { ...body, direction: body.direction ?? 'forward' }
        return traced(plantOf(), question, lines, viewerOf(subject))
      },
    }),
  ]
}

function traced(plant: Plant, question: TraceSet['question'] & Paged, lines: boolean, viewer: Viewer = null) {
  return plant.askLines(async (snapshot) => {
    const cursor = readCursor(question.cursor)
    if (isRefusal(cursor)) return cursor
    const set = await trace(snapshot, question)
    if (isRefusal(set)) return set
    if (lines) return { lines: traceLines(snapshot, set) }
    return tracePage(snapshot, set, { offset: cursor?.offset ?? 0, limit: question.limit ?? rowsPerPage })
  }, viewer)
}

function reasonRoutes(plantOf: () => Plant): readonly Endpoint[] {
  return [
    endpoint({
      ...shared,
      method: 'GET',
      path: '/v1/between',
      summary: 'Everything on a path between two things, whichever of them came first',
      about: linesAbout,
      query: Type.Object(
        { from: Ids, to: Type.String({ minLength: 1, maxLength: 2_000 }), ...questionFields, ...pageFields },
        strict,
      ),
      gives: Trace,
      handle: ({ query: { from, ...rest }, lines }) =>
        traced(plantOf(), { ...rest, ids: idsOf(from), direction: 'both' }, lines),
    }),
    endpoint({
      ...shared,
      method: 'GET',
      path: '/v1/explain',
      summary: 'Why something is in scope: the shortest proof, with events, people, conditions and documents',
      query: Type.Object(
        { id: Type.Optional(Ids), to: Type.String({ minLength: 1, maxLength: 2_000 }), ...questionFields },
        strict,
      ),
      gives: Explanation,
      handle: ({ query: { id, to, ...rest } }) =>
        plantOf().ask((snapshot) => explain(snapshot, { ...rest, ids: idsOf(id) }, to)),
    }),
  ]
}
