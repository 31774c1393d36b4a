import { refuse, type Refusal } from '../base/refusal.ts'
import { together, type View } from '../base/view.ts'
import { type Does, touchTable } from '../genealogy/rows.ts'
import { traceableTable } from '../identity/rows.ts'
import type { DecisionContext } from '../ledger/decision.ts'
import { type EventRow, eventTable, mentionTable } from '../ledger/record-tables.ts'
import { sayAmount, sayHolder } from '../ledger/stock.ts'
import { type MovementRow, movementTable, stockTable } from '../ledger/tables.ts'

/** How many later events a refusal names; all of them are counted. */
const NAMED_MAX = 10

/** What makes a state of a thing, as opposed to merely using it up. */
const makes: ReadonlySet<Does> = new Set(['add', 'renew', 'part', 'unit', 'apart'])

/**
 * Whether an event may still be taken back: nothing was done with what it made or put somewhere (B18). What it merely used
 * up goes back where it was, so a wrong scan can be corrected after the product is made; its genealogy changes then.
 */
export function checkUnused(context: DecisionContext, row: EventRow): Refusal<'used_downstream'> | undefined {
  const { view } = context
  const used = laterUse(view, row) ?? goneStock(view, row)
  return used && context.breaks(used) ? used : undefined
}

function laterUse(view: View, row: EventRow): Refusal<'used_downstream'> | undefined {
  const made = new Set(
    view
      .list(touchTable, 'byEvent', [row.position])
      .flatMap((touch) => (makes.has(touch.does) && touch.traceable !== null ? [touch.traceable] : [])),
  )
  const later = new Map<number, number>()
  for (const mentions of together([...made], (no) => view.list(mentionTable, 'byTraceable', [no]))) {
    for (const each of mentions) if (each.position > row.position) later.set(each.position, each.traceable)
  }
  const positions = [...later.keys()].toSorted((a, b) => a - b)
  const live = together(positions, (position) => view.get(eventTable, [position])).filter(
    (event) => event !== undefined && event.voidedBy === null && event.type !== 'Corrected',
  )
  const [first] = live
  if (!first) return undefined
  const code = view.get(traceableTable, [later.get(first.position) ?? 0])?.code ?? ''
  const named = live
    .slice(0, NAMED_MAX)
    .flatMap((event) => (event ? [{ event: event.id, position: event.position, type: event.type }] : []))
  const rest = live.length > NAMED_MAX ? ` and ${live.length - NAMED_MAX} more` : ''
  const events = named.map((each) => `${each.type} (event ${each.position})`).join(', ')
  return usedDownstream(row, `${code} was used since: ${events}${rest}`, { later: named, count: live.length })
}

/** Stock that the event brought somewhere and that is no longer there cannot be taken back from there. */
function goneStock(view: View, row: EventRow): Refusal<'used_downstream'> | undefined {
  const mentions = view.list(mentionTable, 'byEvent', [row.position])
  const movements = together(mentions, ({ traceable }) =>
    view.list(movementTable, 'byTraceable', [traceable]),
  )
    .flat()
    .filter((movement) => movement.position === row.position)
  const brought = new Map<string, MovementRow>()
  for (const movement of movements) {
    const key = `${movement.traceable} ${movement.holderKind} ${movement.holder}`
    brought.set(key, { ...movement, delta: movement.delta + (brought.get(key)?.delta ?? 0n) })
  }
  const arrived = [...brought.values()].filter((each) => each.delta > 0n)
  const stocks = together(arrived, (each) =>
    view.get(stockTable, [each.traceable, each.holderKind, each.holder]),
  )
  for (const [index, movement] of arrived.entries()) {
    const { traceable, holderKind, holder, item, delta } = movement
    const there = stocks[index]?.onHand ?? 0n
    if (there >= delta) continue
    const code = view.get(traceableTable, [traceable])?.code ?? ''
    const where = sayHolder(view, { holderKind, holder })
    const said = `${sayAmount(view, item, delta)} of ${code} came to be ${where}; ${sayAmount(view, item, there)} are left`
    return usedDownstream(row, said, { traceable: code })
  }
  return undefined
}

function usedDownstream(
  row: EventRow,
  why: string,
  details: Record<string, unknown>,
): Refusal<'used_downstream'> {
  return refuse('used_downstream', {
    message: `Event ${row.position} cannot be taken back: ${why}.`,
    fix: 'Take those back first, newest first, or record what is different now: count, return, rework, hold.',
    field: 'event',
    value: row.id,
    details,
  })
}
