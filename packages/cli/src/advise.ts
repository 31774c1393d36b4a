import { exitCodes } from './exit-code.ts'
import { findServer } from './find-server.ts'
import { bold, out, outJson, table } from './terminal.ts'
import { type CommandLineVerb, exitHelp, type Given, serverHelp, serverOptions } from './verb.ts'

interface Advice {
  readonly tracking: string
  readonly reasons: readonly { readonly tracking: string; readonly why: string }[]
  readonly item: { readonly code: string; readonly tracking: string } | null
}

/** Which level of tracking a family of products needs, and why. */
export const advise: CommandLineVerb = {
  help: `lotline advise --value 49.90 --rule gmp --rule udi
lotline advise --value 620 --risk safety-critical --customer-asks serial --item PUMP --json

Which level of tracking a family of products needs, and why.

  --value N            value of one unit
  --rule NAME          food-traceability-list, gmp, iatf, as9100, udi; may be repeated
  --risk LEVEL         low, harm, safety-critical: what may happen if one unit is bad
  --customer-asks L    none, batch, lot, serial
  --item CODE          an item, to compare with the level it has

${serverHelp}
${exitHelp}`,
  options: {
    ...serverOptions,
    value: { type: 'string' },
    rule: { type: 'string', multiple: true },
    risk: { type: 'string' },
    'customer-asks': { type: 'string' },
    item: { type: 'string' },
  },
  async run(given: Given) {
    const [unitValue, risk] = [given.text('value'), given.text('risk')]
    const [customerAsks, item] = [given.text('customer-asks'), given.text('item')]
    const query = { unitValue, rules: given.texts('rule'), risk, customerAsks, item }
    const advice = await findServer(given).ask<Advice>({ method: 'GET', path: '/v1/tracking-advice', query })
    if (given.has('json')) outJson(advice)
    else {
      out(bold(`Track it by ${advice.tracking}.`))
      out(
        table(
          ['level', 'because'],
          advice.reasons.map(({ tracking, why }) => [tracking, why]),
        ),
      )
      if (advice.item) out(`${advice.item.code} is tracked by ${advice.item.tracking}.`)
    }
    return exitCodes.ok
  },
}
