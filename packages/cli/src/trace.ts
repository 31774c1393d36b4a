import type { Client, QuestionOptions } from '@lotline/client/client'
import type { Trace, TraceDirection } from '@lotline/core/recall/trace-shape'
import { exitCodes } from './exit-code.ts'
import { findServer } from './find-server.ts'
import { idsIn, oneOf, questionHelp, questionIn, questionOptions } from './question.ts'
import { statusInWords } from './status-in-words.ts'
import { bold, out, outJson, table, warning } from './terminal.ts'
import { type CommandLineVerb, exitHelp, type Given, serverHelp } from './verb.ts'

const rowsShown = 60

/** Everything that went in, or came of it. */
export const trace: CommandLineVerb = {
  help: `lotline trace H-20931
lotline trace SN-0042 --direction backward
lotline trace PALLET-7 --direction both --json

  --direction forward|backward|both   forward if left out
${questionHelp}

${serverHelp}
${exitHelp}`,
  options: { ...questionOptions, direction: { type: 'string' } },
  async run(given: Given) {
    const client = findServer(given)
    const direction = oneOf(given, 'direction', ['forward', 'backward', 'both'] as const)
    const options = { ...questionIn(given), ...direction }
    if (given.has('json')) outJson(await allPages(client, idsIn(given), options))
    else print(await client.trace(idsIn(given), { ...options, limit: rowsShown }))
    return exitCodes.ok
  },
}

/** The whole trace, its pages put together: each traceable once, each link once. */
async function allPages(
  client: Client,
  ids: readonly string[],
  options: QuestionOptions & { direction?: TraceDirection },
): Promise<Trace> {
  const first = await client.trace(ids, { ...options, limit: 10_000 })
  for (let cursor = first.nextCursor; cursor !== null;) {
    const page = await client.trace(ids, { ...options, limit: 10_000, cursor })
    first.nodes.push(...page.nodes)
    first.edges.push(...page.edges)
    cursor = page.nextCursor
  }
  return { ...first, nextCursor: null }
}

function print(given: Trace): void {
  const { summary } = given
  out(bold(given.roots.map((root) => `${root.code} (${root.kind})`).join(', ')))
  out(
    `${summary.traceables} traceables in ${summary.states} states, ${summary.processes} processes, ${summary.edges} links.`,
  )
  out(given.complete ? 'The trace is complete.' : warning(`Not complete: ${given.reasons.join(', ')}.`))
  out('')
  out(
    table(
      ['steps', 'way', 'lot', 'kind', 'item', 'quantity', 'unit', 'status', 'ring', 'place'],
      given.nodes.map((node) => [
        Math.ceil(node.depth / 2),
        node.direction,
        node.code,
        node.kind,
        node.item,
        node.quantity?.value ?? null,
        node.quantity?.unit ?? null,
        statusInWords(node),
        node.ring,
        node.place,
      ]),
    ),
  )
  for (const gap of given.gaps) out(warning(`Gap ${gap.no}: ${gap.detail}. ${gap.fix}`))
  if (given.nextCursor !== null) out(`\nOnly the first ${rowsShown} are shown; --json gives all.`)
}
