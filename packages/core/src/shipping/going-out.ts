import { decimalOf, type Amount } from '../base/quantity.ts'
import { allAccepted, isRefusal, refuse, type Refusal } from '../base/refusal.ts'
import { together } from '../base/view.ts'
import type { TraceableRow } from '../identity/rows.ts'
import { everythingIn, mayHold } from '../ledger/containers.ts'
import type { DecisionContext } from '../ledger/decision.ts'
import { take, type Taken } from '../ledger/draws.ts'
import { findOrExpect, type Seed } from '../ledger/lots.ts'
import { holderText, itemOf } from '../ledger/stock.ts'
import type { Going } from '../quality/blocked.ts'
import type { Ship } from './fields.ts'

/** One thing that leaves: out of whose hands, and in which container it travels. */
export interface Leaving extends Going {
  readonly taken: Taken
  readonly seed: Seed | null
}

/**
 * Everything that leaves with a shipment: what is named, and all that is inside what is named, at any depth (B15). A thing
 * that is named twice, or named and inside a named container, is refused: it would be shipped twice.
 */
export function goingOut(context: DecisionContext, command: Ship): readonly Leaving[] | Refusal {
  const contents = allAccepted(
    together(command.contents, (content, index) => withInside(context, command, content, index)),
  )
  if (isRefusal(contents)) return contents
  const leaving = contents.flat()
  const twice = namedTwice(leaving)
  return twice && context.breaks(twice) ? twice : leaving
}

function withInside(
  context: DecisionContext,
  command: Ship,
  content: Ship['contents'][number],
  index: number,
): readonly Leaving[] | Refusal {
  const field = `contents/${index}/what`
  const found = findOrExpect(context, content.what, { field, kind: 'lot' })
  if (isRefusal(found)) return found
  const { row, seed = null } = found
  const taken = take(context, row, { quantity: content.quantity, from: command.from, field })
  if (isRefusal(taken)) return taken
  const outer = { row, seed, taken, container: null, field }
  return mayHold(row) ? [outer, ...inside(context, row, field)] : [outer]
}

function inside(context: DecisionContext, container: TraceableRow, field: string): readonly Leaving[] {
  return everythingIn(context.view, container).map(({ row, stock, container: box }) => ({
    row,
    seed: null,
    taken: takenFromBox(context, row, box, stock.onHand),
    container: box,
    field,
  }))
}

function takenFromBox(context: DecisionContext, row: TraceableRow, box: TraceableRow, amount: Amount): Taken {
  const quantity = decimalOf(amount, itemOf(context.view, row.item)?.scale ?? 0)
  const holder = holderText({ kind: 'container', no: box.no })
  return { traceable: row.no, item: row.item, quantity, from: [{ holder, quantity }] }
}

function namedTwice(leaving: readonly Leaving[]): Refusal<'named_twice'> | undefined {
  const seen = new Set<string>()
  for (const { row, taken, field } of leaving) {
    for (const { holder } of taken.from) {
      const key = `${row.no} ${holder}`
      if (seen.has(key)) {
        return refuse('named_twice', {
          message: `${row.code} is in this shipment twice.`,
          fix: 'Name each lot once with its whole quantity, and nothing that is inside a named container.',
          field,
          value: row.code,
        })
      }
      seen.add(key)
    }
  }
  return undefined
}
