import { refuse, type Refusal } from '../base/refusal.ts'
import { checkCode, codeKeyOf } from '../identity/code.ts'
import { identifierTable, type IdentifierRow } from '../identity/rows.ts'
import type { DecisionContext } from '../ledger/decision.ts'
import type { Effect, MasterRow, MasterTable } from '../ledger/effects.ts'
import { codeMissing } from '../ledger/new-codes.ts'
import { fieldsOf, type Thing, type ThingFields } from './fields.ts'

/** A row of master data as an event carries it: whole, with the row that stood before. */
export interface MasterBody {
  readonly thing: Thing
  readonly code: string
  readonly table: MasterTable
  readonly row: MasterRow
  readonly was: MasterRow | null
  /** The URI that names it from now on. */
  readonly uri: { readonly names: IdentifierRow['names']; readonly no: number; readonly value: string } | null
}

export type MasterRefusal = Refusal<'already_defined' | 'field_not_of_thing' | 'uri_taken'>

/** What a thing looks like after a command, and under which number. */
export interface Made {
  readonly table: MasterTable
  readonly row: { readonly no: number }
}

export const tableOf: Readonly<Record<Thing, MasterTable>> = {
  item: 'item',
  party: 'party',
  place: 'place',
  equipment: 'resource',
  tool: 'resource',
  gauge: 'resource',
  station: 'resource',
  person: 'resource',
  bom: 'definition',
  routing: 'definition',
  numbering: 'numbering',
}

/** A row as JSON: every value of a master row is plain JSON. */
export function masterRow(row: object): MasterRow {
  return Object.fromEntries(Object.entries(row))
}

/** The put of a row, and the URI that names it. */
export function masterEffects(body: MasterBody): readonly Effect[] {
  const put: Effect = { do: 'put', table: body.table, row: body.row, was: body.was }
  if (!body.uri) return [put]
  const { names, no, value } = body.uri
  return [put, { do: 'named', row: { scheme: 'uri', valueKey: codeKeyOf(value), names, no, value } }]
}

/** Refuses fields that say nothing about this kind of thing. */
export function checkFields(thing: Thing, fields: ThingFields): MasterRefusal | undefined {
  const own: readonly string[] = fieldsOf[thing]
  const foreign = Object.entries(allFields(fields)).find(
    ([name, value]) => value !== undefined && !own.includes(name),
  )
  if (!foreign) return undefined
  return refuse('field_not_of_thing', {
    message: `A ${thing} has no ${foreign[0]}.`,
    fix: `Leave it out. A ${thing} has: ${own.join(', ')}.`,
    field: foreign[0],
  })
}

const names: ReadonlySet<string> = new Set(Object.values(fieldsOf).flat())

function allFields(fields: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => names.has(name)))
}

/** The code of a new thing, checked. */
export function newCode(thing: Thing, code: string | undefined): string | Refusal {
  if (code === undefined) return codeMissing(thing, 'code')
  return checkCode(code, 'code') ?? codeKeyOf(code)
}

export function alreadyDefined(thing: Thing, code: string): MasterRefusal {
  return refuse('already_defined', {
    message: `There is a ${thing} ${code} already.`,
    fix: `Revise it, or choose another code.`,
    field: 'code',
    value: code,
  })
}

/** Which part of the identifiers a thing's URI stands in; undefined for things without one. */
export function namedAs(thing: Thing): 'item' | 'party' | 'place' | undefined {
  return thing === 'item' || thing === 'party' || thing === 'place' ? thing : undefined
}

/** Refuses a URI that already names another thing of the kind: one URI, one thing. */
export function checkUri(
  context: DecisionContext,
  of: { thing: Thing; no: number; uri: string | undefined },
): MasterBody['uri'] | Refusal {
  const as = namedAs(of.thing)
  if (of.uri === undefined || as === undefined) return null
  const malformed = checkCode(of.uri, 'uri')
  if (malformed) return malformed
  const named = context.view.list(identifierTable, 'byValue', [codeKeyOf(of.uri)])
  const other = named.find((row) => row.names === as && row.no !== of.no)
  if (!other) return { names: as, no: of.no, value: of.uri }
  return refuse('uri_taken', {
    message: `${of.uri} names another ${as} already.`,
    fix: 'Check the URI: one URI names one thing.',
    field: 'uri',
    value: of.uri,
  })
}
