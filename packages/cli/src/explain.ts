import { exitCodes, UsageError } from './exit-code.ts'
import { findServer } from './find-server.ts'
import { questionHelp, questionIn, questionOptions } from './question.ts'
import { out, outJson, table } from './terminal.ts'
import { type CommandLineVerb, type Given, serverHelp } from './verb.ts'

/** Why one thing is in the scope of another. */
export const explain: CommandLineVerb = {
  help: `lotline explain H-20931 SN-0042

The shortest chain of facts that leads from the first to the second, with events and people.

${questionHelp}

${serverHelp}
Exit codes: 0 in scope, 1 not in scope or refused, 2 could not be done, 64 wrong command line.`,
  options: questionOptions,
  async run(given: Given) {
    const [from, to] = given.words
    if (from === undefined || to === undefined || given.words.length > 2)
      throw new UsageError('Name two things: from where, and to what.')
    const proof = await findServer(given).explain(from, to, questionIn(given))
    if (given.has('json')) outJson(proof)
    else if (!proof.inScope) out(`${to} is not in the scope of ${from}.`)
    else {
      const rows = proof.steps.map((step) => [
        step.from,
        step.to,
        step.quantity?.value ?? null,
        step.evidence,
        step.happenedAt.slice(0, 16),
        step.event.type,
        step.event.position,
        step.event.actor,
      ])
      out(table(['from', 'to', 'quantity', 'evidence', 'happened', 'event', 'position', 'who'], rows))
    }
    return proof.inScope ? exitCodes.ok : exitCodes.refused
  },
}
