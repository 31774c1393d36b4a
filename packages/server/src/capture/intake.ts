import { createHash } from 'node:crypto'
import { instantOf } from '@lotline/core/base/instant'
import type { Command } from '@lotline/core/catalogue'
import type { Json } from '@lotline/core/identity/rows'
import { canonicalJson } from '@lotline/core/ledger/canonical'
import type { Capture, Outcome, Together } from '../ledger/capture.ts'
import type { Plant } from '../plant/plant.ts'

/** Who stands behind a capture: who acted, and whose session sent it. */
export interface Sender {
  readonly actor: string
  readonly sentBy: string
}

/** Commands as the writer takes them. Each must carry its key. */
export function capturesOf(commands: readonly Command[], sender: Sender): readonly Capture<Command>[] {
  const receivedAt = instantOf(Date.now())
  return commands.map((command) => ({
    command,
    verb: command.verb,
    key: command.key ?? '',
    print: printOf(command, sender.actor),
    receivedAt,
    ...sender,
  }))
}

/** What makes two captures the same: verb, content and who acted; never the session that sends it. */
function printOf(command: Command, actor: string): string {
  const { key: _key, ...content } = command
  // A command came in as JSON and was checked against its schema, so it is JSON.
  return createHash('sha256')
    .update(canonicalJson({ actor, content: content as unknown as Json }))
    .digest('hex')
}

/** Records commands that were checked: in order, each by itself or all together. */
export function recordCommands(
  plant: Plant,
  commands: readonly Command[],
  sender: Sender,
  together: Together,
): Promise<readonly Outcome[]> {
  return plant.writer.record(capturesOf(commands, sender), together)
}
