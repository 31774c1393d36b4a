import { Type } from 'typebox'
import { isRefusal } from '../base/refusal.ts'
import { findParty } from '../identity/lookup.ts'
import type { JsonObject } from '../identity/rows.ts'
import { commandSchema, LongText, Reference, Text } from '../ledger/command.ts'
import { verb } from '../ledger/decision.ts'
import type { Effect } from '../ledger/effects.ts'
import { findOrExpect, type Seed, seedEffects } from '../ledger/lots.ts'
import { factEffects, plainFact } from '../ledger/process-facts.ts'
import { captureProcess } from '../ledger/process-key.ts'
import { touchEffect, type Witnessed } from '../ledger/touching.ts'

export interface Serviced extends Witnessed {
  readonly unit: number
  readonly seed?: Seed
  readonly kind: 'installation' | 'maintenance' | 'warranty-claim'
  readonly customer: number | null
  readonly facts: Readonly<Record<string, string>>
  /** Where it runs from now on, and what stood there before. */
  readonly learned: { readonly attributes: JsonObject; readonly was: JsonObject } | null
}

const schema = commandSchema('service', {
  unit: Reference,
  kind: Type.Union([
    Type.Literal('installation'),
    Type.Literal('maintenance'),
    Type.Literal('warranty-claim'),
  ]),
  customer: Type.Optional(Text('Customer')),
  site: Type.Optional(Text('Where it runs')),
  notes: Type.Optional(LongText('What was found and done')),
  claim: Type.Optional(Text('Number of the warranty claim')),
  cost: Type.Optional(Text('Recoverable cost, with its currency')),
})

/** What happens to a unit in the field (B17). Parts that change are told by `replace`, `install` and `remove`. */
export const service = verb<typeof schema, Serviced>({
  verb: 'service',
  event: 'Serviced',
  version: 1,
  about: 'Records installation, maintenance or a warranty claim of a delivered unit.',
  schema,
  decide(command, context) {
    const found = findOrExpect(context, command.unit, { field: 'unit', kind: 'serial' })
    if (isRefusal(found)) return found
    const customer =
      command.customer === undefined ? undefined : findParty(context.view, command.customer, 'customer')
    if (isRefusal(customer)) return customer
    const { kind, site, notes, claim, cost } = command
    const facts = Object.entries({ customer: customer?.code, site, notes, claim, cost })
    const where = attributesOf(kind, { customer: customer?.code, site, claim, on: context.today })
    const before = Object.keys(where).flatMap((name) => {
      const value = found.row.attributes[name]
      return value === undefined ? [] : [[name, value] as const]
    })
    return {
      unit: found.row.no,
      ...(found.seed ? { seed: found.seed } : {}),
      kind,
      customer: customer?.no ?? null,
      facts: Object.fromEntries(
        facts.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
      ),
      learned: kind === 'maintenance' ? null : { attributes: where, was: Object.fromEntries(before) },
    }
  },
  effectsOf(event) {
    const { unit, seed, kind, facts, learned } = event.body
    const process = captureProcess('service', event.key)
    const said = Object.entries({ service: kind, ...facts }).map(([name, value]) => ({
      ...plainFact('result', null, name),
      value,
    }))
    const effects: Effect[] = seed ? [...seedEffects(event, seed)] : []
    if (kind === 'maintenance') effects.push(touchEffect(event, { role: 'renew', traceable: unit, process }))
    if (learned) {
      const { attributes, was } = learned
      effects.push({ do: 'learned', traceable: unit, patch: { attributes }, was: { attributes: was } })
    }
    return [...effects, ...factEffects(event, process.key, said)]
  },
})

/** What is known of the unit itself from now on: where it runs, which claim it is under. */
function attributesOf(
  kind: Serviced['kind'],
  is: { customer: string | undefined; site: string | undefined; claim: string | undefined; on: string },
): JsonObject {
  if (kind === 'maintenance') return {}
  if (kind === 'warranty-claim') return { 'warranty claim': is.claim ?? is.on }
  return {
    'installed on': is.on,
    ...(is.customer === undefined ? {} : { 'installed at customer': is.customer }),
    ...(is.site === undefined ? {} : { 'installed at site': is.site }),
  }
}
