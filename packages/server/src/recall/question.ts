import { Type, type Static } from 'typebox'
import { type Instant, parseInstant } from '@lotline/core/base/instant'
import { isRefusal, refuse, type Refusal } from '@lotline/core/base/refusal'
import type { Position } from '@lotline/core/genealogy/engine'
import { rings } from '@lotline/core/genealogy/touch'
import type { Root } from '@lotline/core/recall/shapes'
import type { Snapshot } from '../plant/plant.ts'
import { type Candidates, candidatesAt } from './candidates.ts'
import { identify } from './identify.ts'
import { rootsOf } from './roots.ts'
import type { ScopeQuery } from './scope.ts'

const idsMax = 10_000
const Text = (description: string) => Type.String({ minLength: 1, maxLength: 2_000, description })

/** What every question about the genealogy may say. */
export const questionFields = {
  item: Type.Optional(Text('Only things of this item, where the identifier names several')),
  kind: Type.Optional(Text('Only things of this kind: lot, serial, supplier-lot, order ...')),
  all: Type.Optional(
    Type.Boolean({ description: 'Several different things under one identifier are all meant' }),
  ),
  follow: Type.Optional(
    Type.Enum(['contains', 'touched'], {
      description: 'What it contains now, or all it ever touched (default)',
    }),
  ),
  ring: Type.Optional(Type.Enum(rings, { description: 'Weakest ring to follow; all if left out' })),
  happenedFrom: Type.Optional(Text('Only links that happened at or after this time')),
  happenedTo: Type.Optional(Text('Only links that happened at or before this time')),
  asKnownOn: Type.Optional(Text('As the ledger knew it: a position, or a time of recording')),
}

/** In an address: `id` once or several times. */
export const Ids = Type.Union(
  [Text('Any identifier'), Type.Array(Text('Any identifier'), { maxItems: 200 })],
  {
    description:
      'Lot, heat, serial, supplier lot, order, shipment, SSCC, GS1 text, Digital Link, or #17 for the id of an answer',
  },
)
export const IdList = Type.Array(Text('Any identifier'), { minItems: 1, maxItems: idsMax })

const Question = Type.Object(questionFields)
export type Question = Static<typeof Question> & {
  readonly ids: readonly string[]
  /** Nodes to start from instead of identifiers: the processes that conditions found. */
  readonly nodes?: readonly number[]
}

/** A question understood: where it starts, what it follows, and as of when. */
export interface Asked {
  readonly query: Omit<ScopeQuery, 'direction'>
  readonly roots: readonly Root[]
  readonly candidates: Candidates
  readonly rootTraceables: ReadonlySet<number>
  readonly asKnownOn: Position | undefined
  readonly happenedFrom: Instant | null
  readonly happenedTo: Instant | null
  readonly follow: 'contains' | 'touched'
  /** Why the answer cannot be whole, so far. */
  readonly reasons: readonly string[]
}

export function idsOf(id: string | readonly string[] | undefined): readonly string[] {
  return id === undefined ? [] : typeof id === 'string' ? [id] : id
}

/** Understands a question: names the things, their nodes, the time window, the position. */
export async function understand(snapshot: Snapshot, question: Question): Promise<Asked | Refusal> {
  if (question.ids.length === 0 && question.nodes === undefined) return idMissing()
  const untold = snapshot.within === undefined ? undefined : pastAsked(question)
  if (untold) return pastNotTold(untold)
  const happenedFrom = timeOf(question.happenedFrom, 'happenedFrom')
  if (isRefusal(happenedFrom)) return happenedFrom
  const happenedTo = timeOf(question.happenedTo, 'happenedTo')
  if (isRefusal(happenedTo)) return happenedTo
  const asKnownOn = await positionOf(snapshot, question.asKnownOn)
  if (isRefusal(asKnownOn)) return asKnownOn
  const things = await identify(snapshot.reader, question)
  if (isRefusal(things)) return things
  const roots = await rootsOf(snapshot, things)
  const candidates = await candidatesAt(snapshot, asKnownOn)
  const follow = question.follow ?? 'touched'
  const happened = {
    ...(happenedFrom === null ? {} : { from: happenedFrom }),
    ...(happenedTo === null ? {} : { to: happenedTo }),
  }
  return {
    query: {
      from: [...roots.nodes, ...(question.nodes ?? [])],
      follow,
      asKnownOn,
      ...(Object.keys(happened).length > 0 ? { happened } : {}),
      ...(question.ring === undefined ? {} : { ring: question.ring }),
      ...(candidates.overlay.length > 0 ? { overlay: candidates.overlay } : {}),
    },
    roots: roots.shown,
    candidates,
    rootTraceables: roots.traceables,
    asKnownOn,
    happenedFrom,
    happenedTo,
    follow,
    reasons: [...(snapshot.behind ? ['behind'] : []), ...(candidates.tooMany ? ['too-many-gaps'] : [])],
  }
}

function timeOf(text: string | undefined, field: string): Instant | null | Refusal {
  if (text === undefined) return null
  return parseInstant(text) ?? whenMalformed(text, field)
}

async function positionOf(
  snapshot: Snapshot,
  text: string | undefined,
): Promise<Position | undefined | Refusal> {
  if (text === undefined) return undefined
  if (/^\d{1,15}$/.test(text)) return Math.min(Number(text), snapshot.position)
  const instant = parseInstant(text)
  if (!instant) return whenMalformed(text, 'asKnownOn')
  const rows = await snapshot.reader.raw(
    'position at',
    'select coalesce(max(position), -1) from event where org_id = $1 and recorded_at <= $2',
    [snapshot.reader.org, instant],
  )
  return Number(rows[0]?.[0] ?? -1)
}

function whenMalformed(text: string, field: string): Refusal<'when_malformed'> {
  return refuse('when_malformed', {
    message: `${JSON.stringify(text.slice(0, 100))} is neither a date and time with its offset nor a position.`,
    fix: 'Write it as 2026-03-01T14:05:00+01:00; `asKnownOn` takes a ledger position as well.',
    field,
    value: text.slice(0, 100),
  })
}

/**
 * What is not answered through the wall: the past is read from facts, which name things of several companies at once, and a
 * window of time would tell when things happened in between that are not theirs.
 */
function pastAsked(question: Question): 'asKnownOn' | 'happenedFrom' | 'happenedTo' | undefined {
  return (['asKnownOn', 'happenedFrom', 'happenedTo'] as const).find((name) => question[name] !== undefined)
}

function pastNotTold(field: string): Refusal<'past_not_told'> {
  return refuse('past_not_told', {
    message: 'People of other companies are answered as things stand now, over all time.',
    fix: `Leave ${field} out; whoever needs the past of a record asks the plant's quality.`,
    field,
  })
}

function idMissing(): Refusal<'id_missing'> {
  return refuse('id_missing', {
    message: 'The question names nothing to ask about.',
    fix: 'Give at least one identifier as `id`: a lot, heat, serial, order, shipment, SSCC or GS1 text.',
    field: 'id',
  })
}
