import { Type, type Static } from 'typebox'
import { isRefusal, refuse, type Refusal } from '@lotline/core/base/refusal'
import { parseInstant } from '@lotline/core/base/instant'
import { codeKeyOf, skeletonOf } from '@lotline/core/identity/code'
import type { Snapshot } from '../plant/plant.ts'
import { slipsBetween } from './slips.ts'

const Text = (description: string) =>
  Type.Optional(Type.String({ minLength: 1, maxLength: 200, description }))

/** Conditions that processes are found by (C9). All given ones must hold. */
export const conditionFields = {
  equipment: Text('Machine, by code'),
  tool: Text('Tool, by code'),
  gauge: Text('Gauge, by code'),
  operator: Text('Person, by code'),
  station: Text('Station, by code'),
  place: Text('Place, by code'),
  parameter: Text('Parameter or test, by name'),
  outOfRange: Type.Optional(Type.Boolean({ description: 'Only readings outside their limits' })),
  from: Text('From this time on'),
  to: Text('Up to this time'),
}
const Conditions = Type.Object(conditionFields)
export type Conditions = Static<typeof Conditions>

const named = {
  equipment: 'equipment',
  tool: 'tool',
  gauge: 'gauge',
  operator: 'person',
  station: 'station',
  place: 'place',
} as const

/**
 * Process nodes under the given conditions, in order of number. A machine, tool, person or place that nobody knows is
 * refused: an empty answer would say that it touched nothing.
 */
export async function processesUnder(
  snapshot: Snapshot,
  ask: Conditions,
): Promise<readonly number[] | Refusal> {
  const { reader } = snapshot
  const values: unknown[] = [reader.org]
  const given = (value: unknown) => `$${values.push(value)}`
  const [from, to] = [
    ask.from === undefined ? undefined : parseInstant(ask.from),
    ask.to === undefined ? undefined : parseInstant(ask.to),
  ]
  const wrong =
    (ask.from !== undefined && !from ? ask.from : undefined) ??
    (ask.to !== undefined && !to ? ask.to : undefined)
  if (wrong !== undefined) return spanMalformed(wrong)
  const span = [
    ...(from === undefined ? [] : [`coalesce(f.to_at, 'infinity') >= ${given(from)}::timestamptz`]),
    ...(to === undefined ? [] : [`f.from_at <= ${given(to)}::timestamptz`]),
  ]
  const wanted: string[] = []
  for (const [field, kind] of Object.entries(named)) {
    const value = ask[field as keyof typeof named]
    if (value === undefined) continue
    const names = await namesKnown(snapshot, { field, kind, code: value })
    if (isRefusal(names)) return names
    wanted.push(`f.kind = '${kind}' and f.name = any(${given(names)}::text[])`)
  }
  if (ask.parameter !== undefined || ask.outOfRange === true) {
    const name = ask.parameter === undefined ? '' : ` and f.name = ${given(ask.parameter)}`
    wanted.push(
      `f.kind in ('parameter', 'result')${name}${ask.outOfRange === true ? ' and f.out_of_range' : ''}`,
    )
  }
  if (wanted.length === 0) return conditionMissing()
  const sets = wanted.map(
    (one) =>
      `select f.process_key from process_fact f where f.org_id = $1 and ${[one, ...span].join(' and ')}`,
  )
  const rows = await reader.query<{ no: number }>(
    `select n.no::int from node n where n.org_id = $1 and n.kind = 'process' and n.process_key in (${sets.join(' intersect ')}) order by 1`,
    values,
  )
  return rows.map((row) => row.no)
}

interface NamedThing {
  readonly field: string
  readonly kind: (typeof named)[keyof typeof named]
  readonly code: string
}

/** Codes compared for likeness at most. */
const likenessReadMax = 5_000
const nearMax = 8
const slipsMax = 2

/**
 * The names that facts may carry of a thing: its code as defined, or as a historical fact gave it. Refused with near matches
 * where nothing of this kind is defined, nor named by any process.
 */
async function namesKnown(snapshot: Snapshot, thing: NamedThing): Promise<readonly string[] | Refusal> {
  const { reader } = snapshot
  const { field, kind, code } = thing
  const [table, ofKind] = kind === 'place' ? ['place', ''] : ['resource', `and t.kind = '${kind}'`]
  const known = await reader.query<{ code: string }>(
    `select t.code from ${table} t where t.org_id = $1 and t.code_key = $2 ${ofKind}
     union (select f.name from process_fact f
             where f.org_id = $1 and f.kind = '${kind}' and f.name = any($3::text[]) limit 1)`,
    [reader.org, codeKeyOf(code), [code, codeKeyOf(code)]],
  )
  if (known.length > 0) return [...new Set([...known.map((row) => row.code), code, codeKeyOf(code)])]
  const all = await reader.query<{ code: string; name: string }>(
    `select t.code, t.name from ${table} t where t.org_id = $1 ${ofKind} order by t.code limit ${likenessReadMax}`,
    [reader.org],
  )
  const near = nearest(code, all)
  return refuse('condition_unknown', {
    message: `There is no ${words[kind]} ${JSON.stringify(code)}.`,
    fix:
      near.length > 0
        ? `Did you mean ${near.map((each) => each.code).join(', ')}? Else define it first.`
        : 'Scan or write its code whole, or define it first.',
    field,
    value: code,
    details: { near: near.map((each) => ({ ...each, type: table, kind })) },
  })
}

const words: Readonly<Record<NamedThing['kind'], string>> = {
  equipment: 'machine',
  tool: 'tool',
  gauge: 'gauge',
  person: 'person',
  station: 'station',
  place: 'place',
}

/** Those whose codes look alike, begin alike or are at most two slips away; nearest first. O(all). */
function nearest<Row extends { readonly code: string }>(code: string, all: readonly Row[]): readonly Row[] {
  const wanted = skeletonOf(code)
  return all
    .map((row) => {
      const own = skeletonOf(row.code)
      const isBeginning = wanted !== '' && (own.startsWith(wanted) || wanted.startsWith(own))
      return { row, slips: isBeginning ? 0.5 : slipsBetween(own, wanted) }
    })
    .filter(({ slips }) => slips <= slipsMax)
    .sort((a, b) => a.slips - b.slips)
    .slice(0, nearMax)
    .map(({ row }) => row)
}

function conditionMissing(): Refusal<'condition_missing'> {
  return refuse('condition_missing', {
    message: 'The question names no condition.',
    fix: 'Give at least one of equipment, tool, gauge, operator, station, place, parameter, outOfRange.',
    field: 'equipment',
  })
}

function spanMalformed(value: string): Refusal<'span_malformed'> {
  return refuse('span_malformed', {
    message: `${JSON.stringify(value)} is not a date and time with its offset.`,
    fix: 'Write it as 2026-03-01T14:05:00+01:00.',
    field: 'from',
    value,
  })
}
