import type { Static } from 'typebox'
import { unreachable } from '../base/assert.ts'
import { isRefusal, type Refusal } from '../base/refusal.ts'
import { isInUse } from '../identity/lookup.ts'
import { itemTable, numberingTable, partyTable, placeTable, resourceTable } from '../identity/rows.ts'
import { commandSchema } from '../ledger/command.ts'
import { type DecisionContext, verb } from '../ledger/decision.ts'
import { definitionFrom, itemAndVersion, versionOf } from './definitions.ts'
import { type Thing, thingFields, thingHead } from './fields.ts'
import {
  alreadyDefined,
  checkFields,
  checkUri,
  type MasterBody,
  masterEffects,
  masterRow,
  newCode,
  tableOf,
} from './master.ts'
import { numberingFrom } from './numbering.ts'
import { itemFrom, partyFrom, placeFrom, resourceFrom } from './things.ts'

const schema = commandSchema('define', { ...thingHead, ...thingFields })
type Define = Static<typeof schema>

/** A new item, party, place, piece of equipment, person, bill of material, routing or numbering rule. */
export const define = verb({
  verb: 'define',
  event: 'Defined',
  version: 1,
  about:
    'Sets up an item, party, place, equipment, tool, gauge, station, person, bill of material, routing or numbering rule.',
  schema,
  decide(command: Define, context): MasterBody | Refusal {
    const foreign = checkFields(command.thing, command)
    if (foreign) return foreign
    const made = madeFrom(context, command)
    if (isRefusal(made)) return made
    const uri = checkUri(context, { thing: command.thing, no: made.row.no, uri: command.uri })
    if (isRefusal(uri)) return uri
    const { thing } = command
    return { thing, code: made.code, table: tableOf[thing], row: masterRow(made.row), was: null, uri }
  },
  effectsOf: (event) => masterEffects(event.body),
})

type New = { readonly code: string; readonly row: { readonly no: number } }

function madeFrom(context: DecisionContext, command: Define): New | Refusal {
  const { thing } = command
  if (thing === 'bom' || thing === 'routing') return newDefinition(context, thing, command)
  const code = newCode(thing, command.code)
  if (isRefusal(code)) return code
  const row = newThing(context, thing, { code, given: command })
  return isRefusal(row) ? row : { code, row }
}

function newThing(
  context: DecisionContext,
  thing: Exclude<Thing, 'bom' | 'routing'>,
  of: { code: string; given: Define },
): { no: number } | Refusal {
  const { view } = context
  // A function, so that a code that is taken uses up no number.
  const making = (counter: string) => ({ ...of, no: context.next(counter), old: undefined })
  switch (thing) {
    case 'item':
      if (isInUse(view, itemTable, of.code)) return alreadyDefined(thing, of.code)
      return itemFrom(context, making('item'))
    case 'party':
      if (isInUse(view, partyTable, of.code)) return alreadyDefined(thing, of.code)
      return partyFrom(context, making('party'))
    case 'place':
      if (isInUse(view, placeTable, of.code)) return alreadyDefined(thing, of.code)
      return placeFrom(context, making('place'))
    case 'numbering':
      if (isInUse(view, numberingTable, of.code)) return alreadyDefined(thing, of.code)
      return numberingFrom(context, making('numbering'))
    case 'equipment':
    case 'tool':
    case 'gauge':
    case 'station':
    case 'person':
      if (isInUse(view, resourceTable, of.code)) return alreadyDefined(thing, of.code)
      return resourceFrom(context, { ...making('resource'), kind: thing })
    default:
      return unreachable(thing)
  }
}

function newDefinition(context: DecisionContext, kind: 'bom' | 'routing', given: Define): New | Refusal {
  const of = itemAndVersion(context, kind, given)
  if (isRefusal(of)) return of
  const { item, version } = of
  const code = `${item.code} ${version}`
  if (versionOf(context.view, { kind, item: item.no, version })) return alreadyDefined(kind, code)
  const row = definitionFrom(context, { no: context.next('definition'), kind, item, version, given })
  return isRefusal(row) ? row : { code, row }
}
