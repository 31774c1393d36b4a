import type { Lanes } from '@lotline/core/recall/lanes-shape'
import { exitCodes } from './exit-code.ts'
import { findServer } from './find-server.ts'
import { idsIn, oneOf, questionHelp, questionIn, questionOptions } from './question.ts'
import { bold, out, outJson, table, warning } from './terminal.ts'
import { type CommandLineVerb, exitHelp, type Given, serverHelp } from './verb.ts'

/** A trace as it is drawn: boxes in lanes, whatever its size. */
export const lanes: CommandLineVerb = {
  help: `lotline lanes H-20931
lotline lanes H-20931 --open 4711 --open 4761
lotline lanes H-20931 --json

The boxes and links of the drawing on the trace page: at most 250, however many things they stand for.

  --direction forward|backward|both   forward if left out
  --open BOX                          opens the first fifty of a folded box; up to four times
${questionHelp}

${serverHelp}
${exitHelp}`,
  options: { ...questionOptions, direction: { type: 'string' }, open: { type: 'string', multiple: true } },
  async run(given: Given) {
    const direction = oneOf(given, 'direction', ['forward', 'backward', 'both'] as const)
    const asked = { ...questionIn(given), ...direction, open: given.texts('open') }
    const drawn = await findServer(given).lanes(idsIn(given), asked)
    if (given.has('json')) outJson(drawn)
    else print(drawn)
    return exitCodes.ok
  },
}

function print(drawn: Lanes): void {
  out(bold(drawn.roots.map((root) => `${root.code} (${root.kind})`).join(', ')))
  out(`${drawn.traceables} traceables in ${drawn.nodes.length} boxes.`)
  out(drawn.complete ? 'The trace is complete.' : warning(`Not complete: ${drawn.reasons.join(', ')}.`))
  out('')
  const order = drawn.lanes.map(({ name }) => name)
  const nodes = [...drawn.nodes].sort((a, b) => order.indexOf(a.lane) - order.indexOf(b.lane))
  const rows = nodes.map((node) => [
    node.lane,
    node.label,
    node.count,
    node.item,
    node.quantity?.value ?? null,
    node.quantity?.unit ?? null,
    node.held ? 'held' : node.gap ? 'missing' : node.status,
    node.ring,
    node.count > 1 ? node.key : null,
  ])
  out(table(['lane', 'box', 'count', 'item', 'quantity', 'unit', 'status', 'ring', 'to open'], rows))
  const label = new Map(drawn.nodes.map((node) => [node.key, node.label]))
  out('')
  out(
    table(
      ['from', 'to', 'quantity', 'unit', 'of source', 'evidence', 'links'],
      drawn.edges.map((edge) => [
        label.get(edge.from) ?? '',
        label.get(edge.to) ?? '',
        edge.quantity?.value ?? null,
        edge.quantity?.unit ?? null,
        edge.shareOfSource,
        edge.evidence,
        edge.count,
      ]),
    ),
  )
}
