import type { Client, QuestionOptions } from '@lotline/client/client'
import type { Answers } from '@lotline/core/recall/answers-shape'
import { exitCodes } from './exit-code.ts'
import { findServer } from './find-server.ts'
import { idsIn, questionHelp, questionIn, questionOptions } from './question.ts'
import { amountsInWords, countOf } from './amounts-in-words.ts'
import { statusInWords } from './status-in-words.ts'
import { bold, out, outJson, table, warning } from './terminal.ts'
import { type CommandLineVerb, exitHelp, type Given, serverHelp } from './verb.ts'

/** Rows of each list that a person is shown; programs get all. */
const rowsShown = 40

/** The four answers of a recall. */
export const answers: CommandLineVerb = {
  help: `lotline answers H-20931
lotline answers LOT-A LOT-B --json
lotline answers H-20931 --as-known-on 2026-03-01T12:00:00+01:00

The four answers of a recall for any identifiers: our lots, supplier lots, heats, serials, orders, shipments, SSCCs,
GS1 texts.

${questionHelp}

${serverHelp}
${exitHelp}`,
  options: questionOptions,
  async run(given: Given) {
    const client = findServer(given)
    const [ids, options] = [idsIn(given), questionIn(given)]
    if (given.has('json')) outJson(await allPages(client, ids, options))
    else print(await client.answers(ids, { ...options, limit: rowsShown }))
    return exitCodes.ok
  },
}

/** The whole answer, its pages put together. */
async function allPages(client: Client, ids: readonly string[], options: QuestionOptions): Promise<Answers> {
  const first = await client.answers(ids, { ...options, limit: 10_000 })
  const { answers: lists } = first
  for (let cursor = first.nextCursor; cursor !== null;) {
    const page = await client.answers(ids, { ...options, limit: 10_000, cursor })
    lists.affected.push(...page.answers.affected)
    lists.wentTo.push(...page.answers.wentTo)
    lists.remains.push(...page.answers.remains)
    lists.orders.push(...page.answers.orders)
    lists.sources.push(...page.answers.sources)
    lists.gaps.push(...page.answers.gaps)
    cursor = page.nextCursor
  }
  return { ...first, nextCursor: null }
}

function print(given: Answers): void {
  out(bold(given.roots.map((root) => `${root.code} (${root.kind})`).join(', ')))
  out(given.complete ? 'The answer is complete.' : warning(`Not complete: ${given.reasons.join(', ')}.`))
  printAffected(given)
  printShipped(given)
  printRemaining(given)
  printBasis(given)
  if (given.nextCursor !== null)
    out(`\nOnly the first ${rowsShown} rows of each list are shown; --json gives all.`)
}

function printAffected({ summary: { affected }, answers: lists }: Answers): void {
  section(`1 What was affected: ${countOf(affected.lots, 'lot')}, ${countOf(affected.serials, 'serial')}`)
  const rows = lists.affected.map((row) => {
    const status = statusInWords(row)
    return [
      row.code,
      row.item,
      row.quantity?.value ?? null,
      row.quantity?.unit ?? null,
      status,
      row.ring,
      row.place,
    ]
  })
  out(table(['lot', 'item', 'quantity', 'unit', 'status', 'ring', 'place'], rows))
}

function printShipped({ summary: { shipped }, answers: lists }: Answers): void {
  const to = `to ${countOf(shipped.customers, 'customer')} in ${countOf(shipped.shipments, 'shipment')}`
  const where = `${amountsInWords(shipped.byItem)} ${to}`
  section(`2 Where it went: ${where}`)
  const rows = lists.wentTo.map((row) => {
    const on = row.shippedAt.slice(0, 10)
    return [row.customer.name, row.shipment, on, row.code, row.item, row.quantity.value, row.returned.value]
  })
  out(table(['customer', 'shipment', 'on', 'lot', 'item', 'quantity', 'returned'], rows))
}

function printRemaining({ summary, answers: lists }: Answers): void {
  const { onHand, inProcess, atSubcontractor } = summary
  section(
    `3 What remains: ${amountsInWords(onHand.byItem)} on hand in ${countOf(onHand.places, 'place')}, ` +
      `${amountsInWords(inProcess.byItem)} in process` +
      (atSubcontractor.traceables === 0
        ? ''
        : `, ${amountsInWords(atSubcontractor.byItem)} at subcontractors`),
  )
  const rows = lists.remains.map(({ code, item, quantity, holder, held }) => {
    return [code, item, quantity.value, quantity.unit, `${holder.kind} ${holder.code}`, held ? 'held' : '']
  })
  out(table(['lot', 'item', 'quantity', 'unit', 'where', 'held'], rows))
  section('4 Open orders that would use it')
  const orders = lists.orders.map((row) => [row.order, row.kind, row.item, row.dueOn, row.why])
  out(table(['order', 'kind', 'item', 'due', 'why'], orders))
}

function printBasis({ answers: lists, balance }: Answers): void {
  section('Sources')
  const sources = lists.sources.map((row) => [
    row.code,
    row.item,
    row.supplier,
    row.quantity?.value ?? null,
    row.ring,
  ])
  out(table(['lot', 'item', 'supplier', 'quantity', 'ring'], sources))
  section('Balance')
  const sums = balance.map((row) => [row.item, row.unit, row.in, row.out, row.remains, row.unexplained])
  out(table(['item', 'unit', 'in', 'out', 'remains', 'unexplained'], sums))
  if (lists.gaps.length === 0) return
  section('Gaps')
  out(
    table(
      ['gap', 'what', 'how to mend it'],
      lists.gaps.map((row) => [row.no, row.detail, row.fix]),
    ),
  )
}

function section(title: string): void {
  out(`\n${bold(title)}`)
}
