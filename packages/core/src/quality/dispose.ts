import { Type, type Static } from 'typebox'
import { amountOf } from '../base/quantity.ts'
import { isRefusal, refuse, type Refusal } from '../base/refusal.ts'
import { findTraceable } from '../identity/lookup.ts'
import type { Disposition, TraceableRow } from '../identity/rows.ts'
import { commandSchema, LongText, Quantity, Reference, Text } from '../ledger/command.ts'
import { type DecisionContext, verb } from '../ledger/decision.ts'
import { take, type Taken, takenEffects } from '../ledger/draws.ts'
import type { Effect, RecordedEvent } from '../ledger/effects.ts'
import { stockOf } from '../ledger/stock.ts'

const schema = commandSchema('dispose', {
  what: Reference,
  quantity: Type.Optional(Quantity),
  disposition: Type.Enum(['scrap', 'destroy', 'return-to-supplier', 'use-as-is', 'rework'], {
    description: 'What becomes of it',
  }),
  from: Type.Optional(Text('Place it is taken from; the only one if left out')),
  reason: LongText('Why'),
})
type Dispose = Static<typeof schema>

interface DisposedBody {
  readonly traceable: number
  readonly code: string
  readonly disposition: Dispose['disposition']
  /** Null where it stays: use as is, rework. */
  readonly taken: Taken | null
  readonly status: { readonly from: Disposition; readonly to: Disposition } | null
}

/** Quality decides what becomes of goods. */
export const dispose = verb({
  verb: 'dispose',
  event: 'Disposed',
  version: 1,
  about:
    'Decides what becomes of goods: scrapped, destroyed or sent back they leave the stock; used as they are or reworked they stay. Holds are not released by it.',
  schema,
  decide: decideDispose,
  effectsOf(event: RecordedEvent<string, DisposedBody>): readonly Effect[] {
    const { traceable, taken, status } = event.body
    return [
      ...(taken ? takenEffects(taken, 'disposed') : []),
      ...(status ? [{ do: 'status', traceable, status: status.to, was: status.from } as const] : []),
    ]
  },
})

function decideDispose(command: Dispose, context: DecisionContext): DisposedBody | Refusal {
  const row = findTraceable(context.view, command.what, 'what')
  if (isRefusal(row)) return row
  const { disposition } = command
  const head = { traceable: row.no, code: row.code, disposition }
  if (disposition === 'use-as-is' || disposition === 'rework') {
    const whole = wholeOnly(context, row, command)
    if (whole) return whole
    return { ...head, taken: null, status: change(row, disposition === 'rework' ? 'pending' : 'released') }
  }
  const taken = take(context, row, { quantity: command.quantity, from: command.from, field: 'what' })
  if (isRefusal(taken)) return taken
  const ends = disposition === 'return-to-supplier' ? 'returned' : 'scrapped'
  return { ...head, taken, status: takesAll(context, row, taken) ? change(row, ends) : null }
}

/** A status belongs to the whole lot: a part of it is split off first. */
function wholeOnly(
  context: DecisionContext,
  row: TraceableRow,
  command: Dispose,
): Refusal<'split_first'> | undefined {
  if (command.quantity === undefined || row.kind === 'serial') return undefined
  const part = refuse('split_first', {
    message: `${command.disposition} is decided for all of ${row.code}, not for ${command.quantity.value} of it.`,
    fix: 'Split that part off first, or leave the quantity out.',
    field: 'quantity',
    value: command.quantity.value,
  })
  return context.breaks(part, { traceable: row.no }) && part
}

function takesAll(context: DecisionContext, row: TraceableRow, taken: Taken): boolean {
  const here = stockOf(context.view, row.no).filter((each) => each.holderKind !== 'customer')
  const left = here.reduce((sum, each) => sum + each.onHand, 0n)
  return left <= (taken.quantity === null ? 0n : amountOf(taken.quantity))
}

function change(row: TraceableRow, to: Disposition): DisposedBody['status'] {
  return row.status === to ? null : { from: row.status, to }
}
