import type { Amount, Decimal } from '../base/quantity.ts'
import { amountOf } from '../base/quantity.ts'
import type { Refusal } from '../base/refusal.ts'
import type { Disposition, TraceableRow } from '../identity/rows.ts'
import type { DecisionContext } from '../ledger/decision.ts'
import type { Effect, Holder, RecordedEvent } from '../ledger/effects.ts'
import { isNamed, partSeed, type Seed, seedEffects } from '../ledger/lots.ts'
import { captureProcess } from '../ledger/process-key.ts'
import { stockEffect, stockOf } from '../ledger/stock.ts'
import { touchEffect, type Witnessed } from '../ledger/touching.ts'

/**
 * An identity of its own for a part that comes back while the rest is elsewhere: a status is that of a whole lot, and what
 * never left, or is still with the customer, must not wait for the inspection of what returned. Undefined where the lot
 * comes back whole, or where its status stays what it is.
 */
export function returnedPart(
  context: DecisionContext,
  row: TraceableRow,
  ask: { amount: Amount; status: Disposition; customer: number },
): Seed | Refusal | undefined {
  const isDivisible = (row.kind === 'lot' || row.kind === 'batch') && row.item !== null
  if (!isDivisible || row.status === ask.status) return undefined
  const isWhole = stockOf(context.view, row.no).every((stock) => {
    const isTheirs = stock.holderKind === 'customer' && stock.holder === ask.customer
    return stock.onHand <= (isTheirs ? ask.amount : 0n)
  })
  if (isWhole) return undefined
  return partSeed(context, row, {
    code: returnCode(context, row),
    status: ask.status,
    field: 'what',
    confirmed: true,
  })
}

/** `J4520/R1`, `J4520/R2` ...; codes that somebody used before are passed over. */
function returnCode(context: DecisionContext, row: TraceableRow): string {
  for (;;) {
    const code = `${row.code}/R${context.next(`return:${row.no}`)}`
    if (!isNamed(context.view, code)) return code
  }
}

/** The part leaves the lot it came back as, where that was put, and is its own from then on. */
export function partEffects(
  event: RecordedEvent<string, Witnessed>,
  line: { traceable: number; item: number | null; quantity: Decimal; part: Seed },
  holder: Holder,
): readonly Effect[] {
  const { traceable, item, part } = line
  const amount = amountOf(line.quantity)
  const process = captureProcess('return', `${event.key}/${part.no}`)
  const inside: readonly Effect[] =
    holder.kind === 'container'
      ? [
          { do: 'unpack', container: holder.no, child: traceable, amount },
          { do: 'pack', container: holder.no, child: part.no, amount },
        ]
      : []
  return [
    stockEffect(line, holder, -amount, 'split'),
    touchEffect(event, { role: 'draw', traceable, process, edge: 'identity', amount, item: item ?? 0 }),
    ...seedEffects(event, part),
    stockEffect({ traceable: part.no, item }, holder, amount, 'split'),
    touchEffect(event, { role: 'add', traceable: part.no, process, edge: 'identity', amount }),
    ...inside,
  ]
}
