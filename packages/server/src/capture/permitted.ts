import { isRefusal, type Refusal } from '@lotline/core/base/refusal'
import type { Command } from '@lotline/core/catalogue'
import type { Action } from '../access/policy.ts'
import type { Ask } from '../endpoint/endpoint.ts'

/** What a command does beside its verb, and asks a right of its own for. */
function beside(command: Command): readonly Action[] {
  return [
    ...(command.historical ? (['capture-late'] as const) : []),
    ...('bypass' in command && command.bypass !== undefined ? (['bypass'] as const) : []),
  ]
}

/** The command, if whoever asks may record its verb and whatever else it does. */
export function permitted(
  ask: Pick<Ask<unknown, unknown, unknown>, 'refuse'>,
  command: Command | Refusal,
): Command | Refusal {
  if (isRefusal(command)) return command
  for (const action of [command.verb, ...beside(command)]) {
    const refusal = ask.refuse(action, 'ledger')
    if (refusal) return refusal
  }
  return command
}
