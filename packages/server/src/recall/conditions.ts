import { Type, type Static } from 'typebox'
import { refuse, type Refusal } from '@lotline/core/base/refusal'
import { parseInstant } from '@lotline/core/base/instant'
import { codeKeyOf } from '@lotline/core/identity/code'
import type { Snapshot } from '../plant/plant.ts'

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

/** Process nodes under the given conditions, in order of number. One query. */
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
    if (value !== undefined) wanted.push(`f.kind = '${kind}' and f.name = ${given(codeKeyOf(value))}`)
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
