import type { Static } from 'typebox'
import { assert } from './base/assert.ts'
import type { Refusal } from './base/refusal.ts'
import type { MutableView } from './base/view.ts'
import { assemblyVerbs } from './assembly/verbs.ts'
import { correctionVerbs } from './corrections/verbs.ts'
import type { GraphChange } from './genealogy/engine.ts'
import { applyEvent } from './ledger/apply.ts'
import { decideWith, type Draft, type Environment, type Notes, noteEffects } from './ledger/decide.ts'
import type { Verb } from './ledger/decision.ts'
import type { Effect, RecordedEvent } from './ledger/effects.ts'
import { productionVerbs } from './production/verbs.ts'
import { qualityVerbs } from './quality/verbs.ts'
import { receivingVerbs } from './receiving/verbs.ts'
import { serviceVerbs } from './service/verbs.ts'
import { setupVerbs } from './setup/verbs.ts'
import { shippingVerbs } from './shipping/verbs.ts'
import { subcontractVerbs } from './subcontract/verbs.ts'
import { vesselVerbs } from './vessels/verbs.ts'
import { warehouseVerbs } from './warehouse/verbs.ts'

/** Every verb there is: the one list from which API, ledger, fold and reference pages are made. */
export const verbs = [
  ...setupVerbs,
  ...receivingVerbs,
  ...productionVerbs,
  ...vesselVerbs,
  ...assemblyVerbs,
  ...warehouseVerbs,
  ...shippingVerbs,
  ...subcontractVerbs,
  ...serviceVerbs,
  ...qualityVerbs,
  ...correctionVerbs,
] as const

export type Command = Static<(typeof verbs)[number]['schema']>
export type VerbName = Command['verb']

// One verb's body type is nobody else's business; here they are handled alike.
type AnyVerb = Verb<never, never>
const byVerb = new Map<string, AnyVerb>(verbs.map((each) => [each.verb, each as unknown as AnyVerb]))
const byEvent = new Map<string, AnyVerb>(verbs.map((each) => [each.event, each as unknown as AnyVerb]))

/** Whether a text is the name of a verb. */
export function isVerb(name: string): name is VerbName {
  return byVerb.has(name)
}

/** Decides a command whose shape has been checked against its verb's schema. Pure; may throw `NotLoaded`. */
export function decide(command: Command, environment: Environment): Draft | Refusal {
  const found = byVerb.get(command.verb)
  assert(found, `no verb ${command.verb}`)
  return decideWith(found as never, command, environment)
}

/** Everything an event does, its notes included. Pure. */
export function effectsOf(event: RecordedEvent): readonly Effect[] {
  const found = byEvent.get(event.type)
  assert(found, `no event type ${event.type}`)
  const notes = event.body['notes'] as Notes | undefined
  return [...noteEffects(notes), ...found.effectsOf(event as never)]
}

/** Folds an event into the tables and gives back the change of the graph. */
export function apply(view: MutableView, event: RecordedEvent): GraphChange {
  return applyEvent(view, event, effectsOf)
}
