import { isRefusal, type Refusal } from '@lotline/core/base/refusal'
import type { Command } from '@lotline/core/catalogue'
import type { Action } from '../access/policy.ts'
import type { Ask } from '../endpoint/endpoint.ts'
import type { SitesNamed } from './named-sites.ts'

/** What a command does beside its verb, and asks a right of its own for. */
function beside(command: Command): readonly Action[] {
  return [
    ...(command.historical ? (['capture-late'] as const) : []),
    ...('bypass' in command && command.bypass !== undefined ? (['bypass'] as const) : []),
  ]
}

/** The command, if whoever asks may record its verb and whatever else it does, at every site it names. */
export function permitted(
  ask: Pick<Ask<unknown, unknown, unknown>, 'refuse'>,
  command: Command | Refusal,
  sitesNamed: SitesNamed,
): Command | Refusal {
  if (isRefusal(command)) return command
  const sites = sitesNamed(command)
  for (const action of [command.verb, ...beside(command)]) {
    for (const site of sites.length === 0 ? [null] : sites) {
      const refusal = ask.refuse(action, 'ledger', site)
      if (refusal) return refusal
    }
  }
  return command
}
