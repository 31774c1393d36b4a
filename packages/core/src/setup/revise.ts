import type { Static, TSchema } from 'typebox'
import { unreachable } from '../base/assert.ts'
import { isRefusal, refuse, type Refusal } from '../base/refusal.ts'
import type { TableSpec, View } from '../base/view.ts'
import { byCode } from '../identity/lookup.ts'
import { itemTable, numberingTable, partyTable, placeTable, resourceTable } from '../identity/rows.ts'
import { commandSchema } from '../ledger/command.ts'
import { type DecisionContext, verb } from '../ledger/decision.ts'
import type { DefinitionRow } from '../ledger/record-tables.ts'
import { definitionRevised, itemAndVersion, versionOf } from './definitions.ts'
import { type Thing, thingFields, thingHead } from './fields.ts'
import { checkFields, checkUri, type MasterBody, masterEffects, masterRow, tableOf } from './master.ts'
import { numberingFrom } from './numbering.ts'
import { itemFrom, partyFrom, placeFrom, resourceFrom } from './things.ts'

const reviseSchema = commandSchema('revise', { ...thingHead, ...thingFields })
type Revise = Static<typeof reviseSchema>

const retireFields = {
  ...thingHead,
  item: thingFields.item,
  version: thingFields.version,
} satisfies Record<string, TSchema>
const retireSchema = commandSchema('retire', retireFields)
type Retire = Static<typeof retireSchema>

/** Changes fields of what is set up; what is not named stays. Revising a retired thing brings it back. */
export const revise = verb({
  verb: 'revise',
  event: 'Revised',
  version: 1,
  about:
    'Changes the given fields of an item, party, place, resource or rule, and brings back a retired one.',
  schema: reviseSchema,
  decide(command: Revise, context): MasterBody | Refusal {
    const foreign = checkFields(command.thing, command)
    if (foreign) return foreign
    const changed = changedRow(context, command)
    if (isRefusal(changed)) return changed
    const uri = checkUri(context, { thing: command.thing, no: changed.row.no, uri: command.uri })
    return isRefusal(uri) ? uri : bodyOf(command.thing, changed, uri)
  },
  effectsOf: (event) => masterEffects(event.body),
})

/** Takes a thing out of use; its history stays. */
export const retire = verb({
  verb: 'retire',
  event: 'Retired',
  version: 1,
  about: 'Takes an item, party, place, resource, definition or rule out of use. Its history stays.',
  schema: retireSchema,
  decide(command: Retire, context): MasterBody | Refusal {
    const old = standing(context, command)
    if (isRefusal(old)) return old
    const row = { ...old.row, retired: true }
    return bodyOf(command.thing, { code: old.code, row, was: old.row }, null)
  },
  effectsOf: (event) => masterEffects(event.body),
})

interface Changed {
  readonly code: string
  readonly row: { readonly no: number }
  readonly was: { readonly no: number }
}

function bodyOf(thing: Thing, changed: Changed, uri: MasterBody['uri']): MasterBody {
  const { code, row, was } = changed
  return { thing, code, table: tableOf[thing], row: masterRow(row), was: masterRow(was), uri }
}

function changedRow(context: DecisionContext, command: Revise): Changed | Refusal {
  const { thing } = command
  if (thing === 'bom' || thing === 'routing') {
    const old = standingVersion(context, thing, command)
    if (isRefusal(old)) return old
    const row = definitionRevised(old.row, command)
    return isRefusal(row) ? row : { code: old.code, row, was: old.row }
  }
  const changed = changedThing(context, thing, command)
  return isRefusal(changed) ? changed : { ...changed, code: command.code ?? '' }
}

function changedThing(
  context: DecisionContext,
  thing: Exclude<Thing, 'bom' | 'routing'>,
  command: Revise,
): Omit<Changed, 'code'> | Refusal {
  const change = <Row extends { readonly no: number; readonly code: string }>(
    old: Row | Refusal,
    make: (of: { no: number; code: string; old: Row; given: Revise }) => Row | Refusal,
  ) => {
    if (isRefusal(old)) return old
    const row = make({ no: old.no, code: old.code, old, given: command })
    return isRefusal(row) ? row : { row, was: old }
  }
  const { view } = context
  switch (thing) {
    case 'item':
      return change(known(view, itemTable, command), (of) => itemFrom(context, of))
    case 'party':
      return change(known(view, partyTable, command), (of) => partyFrom(context, of))
    case 'place':
      return change(known(view, placeTable, command), (of) => placeFrom(context, of))
    case 'numbering':
      return change(known(view, numberingTable, command), (of) => numberingFrom(context, of))
    case 'equipment':
    case 'tool':
    case 'gauge':
    case 'station':
    case 'person':
      return change(known(view, resourceTable, command), (of) =>
        resourceFrom(context, { ...of, kind: thing }),
      )
    default:
      return unreachable(thing)
  }
}

function standing(
  context: DecisionContext,
  command: Retire,
): { code: string; row: { readonly no: number } } | Refusal {
  const { thing } = command
  const { view } = context
  if (thing === 'bom' || thing === 'routing') return standingVersion(context, thing, command)
  const row = knownThing(view, thing, command)
  return isRefusal(row) ? row : { code: row.code, row }
}

function knownThing(view: View, thing: Exclude<Thing, 'bom' | 'routing'>, command: Retire) {
  switch (thing) {
    case 'item':
      return known(view, itemTable, command)
    case 'party':
      return known(view, partyTable, command)
    case 'place':
      return known(view, placeTable, command)
    case 'numbering':
      return known(view, numberingTable, command)
    default:
      return known(view, resourceTable, command)
  }
}

function standingVersion(
  context: DecisionContext,
  kind: 'bom' | 'routing',
  command: Revise | Retire,
): { code: string; row: DefinitionRow } | Refusal {
  const of = itemAndVersion(context, kind, { item: command.item, version: command.version })
  if (isRefusal(of)) return of
  const row = versionOf(context.view, { kind, item: of.item.no, version: of.version })
  const code = `${of.item.code} ${of.version}`
  return row ? { code, row } : notDefined(kind, code)
}

function known<
  Row extends {
    readonly no: number
    readonly code: string
    readonly codeKey: string
    readonly retired: boolean
  },
>(
  view: View,
  table: TableSpec<Row>,
  command: { readonly thing: Thing; readonly code?: string | undefined },
): Row | Refusal<'not_defined'> {
  return byCode(view, table, command.code ?? '') ?? notDefined(command.thing, command.code ?? '')
}

function notDefined(thing: Thing, code: string): Refusal<'not_defined'> {
  return refuse('not_defined', {
    message: `There is no ${thing} ${JSON.stringify(code)}.`,
    fix: 'Check the code, or define it.',
    field: 'code',
    value: code,
  })
}
