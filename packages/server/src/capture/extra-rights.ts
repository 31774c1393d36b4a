import type { Refusal } from '@lotline/core/base/refusal'
import type { Command } from '@lotline/core/catalogue'
import { type Action, decide, type Subject } from '../access/policy.ts'
import { notAllowed } from '../endpoint/request-refusals.ts'

/** What a command asks for beyond its verb: to leave the route on purpose needs a right of its own (B8). */
export function extraRightsOf(command: Command): readonly Action[] {
  return 'bypass' in command && command.bypass !== undefined ? ['bypass'] : []
}

/** Why this person may not capture this; undefined where it may. */
export function refuseExtraRights(subject: Subject, command: Command): Refusal | undefined {
  const lacking = extraRightsOf(command).find((action) => !decide(subject, action, 'ledger'))
  return lacking && notAllowed(lacking)
}
