import type { Answers } from '@lotline/core/recall/answers-shape'
import { writeCursor } from '../endpoint/cursor.ts'
import type { Snapshot } from '../plant/plant.ts'
import { affectedRows } from './affected.ts'
import type { AnswerSet } from './answers.ts'
import { remainsRows } from './remains.ts'
import { deliveredBy } from './sources.ts'
import { wentToRows } from './went-to.ts'

/** The part of an answer that is the same on every page. */
function headOf(snapshot: Snapshot, set: AnswerSet): Omit<Answers, 'answers' | 'nextCursor'> {
  const { asked, question } = set
  return {
    query: {
      ids: [...question.ids],
      asKnownOn: asked.asKnownOn ?? null,
      happenedFrom: asked.happenedFrom,
      happenedTo: asked.happenedTo,
      follow: asked.follow,
    },
    position: snapshot.position,
    ...(snapshot.within === undefined ? {} : { within: snapshot.within }),
    complete: set.complete,
    reasons: [...set.reasons],
    happenedAsOf: asked.happenedTo,
    roots: [...asked.roots],
    summary: set.summary,
    balance: [...set.balance],
  }
}

/** Rows `offset` to `offset + limit` of each list. A list that is used up comes empty. */
async function listsOf(
  snapshot: Snapshot,
  set: AnswerSet,
  page: { readonly offset: number; readonly limit: number },
): Promise<Answers['answers']> {
  const { asKnownOn } = set.asked
  const cut = <Row>(rows: readonly Row[]): Row[] => rows.slice(page.offset, page.offset + page.limit)
  const sources = await affectedRows(snapshot, set.backward, cut(set.sources), asKnownOn)
  const unnamed = sources.filter((row) => row.supplier === null).map((row) => Number(row.id))
  const suppliers = await deliveredBy(snapshot, unnamed)
  return {
    affected: [...(await affectedRows(snapshot, set.forward, cut(set.affected), asKnownOn))],
    wentTo: [...(await wentToRows(snapshot, set.forward, cut(set.lines), asKnownOn))],
    remains: [...(await remainsRows(snapshot, set.forward, cut(set.stock), { held: set.held, asKnownOn }))],
    orders: cut(set.orders),
    sources: sources.map(({ id, code, kind, item, supplier, ring, depth, quantity, uri }) => {
      const from = supplier ?? suppliers.get(Number(id)) ?? null
      return { id, code, kind, item, supplier: from, ring, depth, quantity, uri }
    }),
    gaps: cut(set.gaps),
  }
}

function longest(set: AnswerSet): number {
  const { affected, lines, stock, orders, sources, gaps } = set
  return Math.max(...[affected, lines, stock, orders, sources, gaps].map((list) => list.length))
}

/** One page of an answer: everything that is counted, and a part of each list. */
export async function answerPage(
  snapshot: Snapshot,
  set: AnswerSet,
  page: { readonly offset: number; readonly limit: number },
): Promise<Answers> {
  const next = page.offset + page.limit
  return {
    ...headOf(snapshot, set),
    answers: await listsOf(snapshot, set, page),
    nextCursor: longest(set) > next ? writeCursor({ offset: next, position: snapshot.position }) : null,
  }
}

const rowsPerBlock = 2_000

/** A whole answer line by line: what is counted, then every row of every list, then that it ended. */
export async function* answerLines(snapshot: Snapshot, set: AnswerSet): AsyncGenerator<object> {
  yield headOf(snapshot, set)
  for (let offset = 0; offset < longest(set); offset += rowsPerBlock) {
    const lists = await listsOf(snapshot, set, { offset, limit: rowsPerBlock })
    for (const row of lists.affected) yield { affected: row }
    for (const row of lists.wentTo) yield { wentTo: row }
    for (const row of lists.remains) yield { remains: row }
    for (const row of lists.orders) yield { order: row }
    for (const row of lists.sources) yield { source: row }
    for (const row of lists.gaps) yield { gap: row }
  }
  yield { end: true, complete: set.complete }
}
