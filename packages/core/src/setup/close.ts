import type { Static } from 'typebox'
import { isRefusal, type Refusal } from '../base/refusal.ts'
import { type Closing, closing, closingEffects } from '../ledger/closing.ts'
import { commandSchema, Text } from '../ledger/command.ts'
import { verb } from '../ledger/decision.ts'
import type { Effect, RecordedEvent } from '../ledger/effects.ts'
import { findOpenOrder } from '../ledger/orders.ts'

const schema = commandSchema('close', { order: Text('Order') })

interface ClosedBody extends Closing {
  readonly order: number
  readonly code: string
}

/** An order is done: it takes no more work. */
export const close = verb({
  verb: 'close',
  event: 'Closed',
  version: 1,
  about:
    'Closes an order; what is still reserved for it is free again, and what is left in process is listed.',
  schema,
  decide(command: Static<typeof schema>, context): ClosedBody | Refusal {
    const order = findOpenOrder(context, command.order)
    if (isRefusal(order)) return order
    return { order: order.no, code: order.code, ...closing(context, order) }
  },
  effectsOf: (event: RecordedEvent<string, ClosedBody>): readonly Effect[] =>
    closingEffects(event.body.order, event.body),
})
