import type { WhatIf } from '@lotline/core/recall/what-if-shape'
import { exitCodes } from './exit-code.ts'
import { findServer } from './find-server.ts'
import { idsIn, questionHelp, questionIn, questionOptions } from './question.ts'
import { out, outJson, table, warning } from './terminal.ts'
import { type CommandLineVerb, exitHelp, type Given, serverHelp } from './verb.ts'

/** The scope if something were otherwise than recorded. */
export const whatIf: CommandLineVerb = {
  help: `lotline what-if H-20931 --stop S-509
lotline what-if CIL-0417 --contaminated TOM-LATE
lotline what-if L-1 --cross-contact OVEN-3,2026-03-01T00:00:00Z,2026-03-02T00:00:00Z

What would be in scope beyond what is recorded, and what would not. Nothing is saved.

  --contaminated ID                 this is bad too; may be given again
  --stop ID                         spread reaches it and ends there; may be given again
  --cross-contact MACHINE[,FROM[,TO]]   what ran there passed something on to what ran next
  --not-before, --not-after TIME    links before or after do not count
${questionHelp}

${serverHelp}
${exitHelp}`,
  options: {
    ...questionOptions,
    contaminated: { type: 'string', multiple: true },
    stop: { type: 'string', multiple: true },
    'cross-contact': { type: 'string', multiple: true },
    'not-before': { type: 'string' },
    'not-after': { type: 'string' },
  },
  async run(given: Given) {
    const [notBefore, notAfter] = [given.text('not-before'), given.text('not-after')]
    const found = await findServer(given).whatIf(idsIn(given), {
      ...questionIn(given),
      contaminated: given.texts('contaminated'),
      stops: given.texts('stop'),
      crossContact: given.texts('cross-contact').map((text) => {
        const [equipment = '', from, to] = text.split(',')
        return { equipment, ...(from ? { from } : {}), ...(to ? { to } : {}) }
      }),
      ...(notBefore === undefined ? {} : { notBefore }),
      ...(notAfter === undefined ? {} : { notAfter }),
    })
    if (given.has('json')) outJson(found)
    else print(found)
    return exitCodes.ok
  },
}

function print({ base, whatIf: supposed, added, removed, complete, reasons }: WhatIf): void {
  out(
    table(
      ['', 'traceables', 'proven', 'possible', 'cannot exclude', 'customers', 'shipments'],
      [['as recorded', base] as const, ['what if', supposed] as const].map(
        ([name, { traceables, byRing, customers, shipments }]) => [
          name,
          traceables,
          byRing.proven,
          byRing.possible,
          byRing['cannot-exclude'],
          customers,
          shipments,
        ],
      ),
    ),
  )
  if (!complete) out(warning(`Not complete: ${reasons.join(', ')}.`))
  for (const [words, { count, rows }] of [
    ['More', added],
    ['Less', removed],
  ] as const) {
    out(`\n${words}: ${count}`)
    out(
      table(
        ['lot', 'item', 'ring', 'place'],
        rows.map((row) => [row.code, row.item, row.ring, row.place]),
      ),
    )
  }
}
