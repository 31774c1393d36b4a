import type { Static } from 'typebox'
import { isRefusal, type Refusal } from '../base/refusal.ts'
import { commandSchema, Text } from '../ledger/command.ts'
import { verb } from '../ledger/decision.ts'
import type { Effect, RecordedEvent } from '../ledger/effects.ts'
import { alreadyDelivered, findShipment } from './shipment.ts'

const schema = commandSchema('deliver', { shipment: Text('Shipment number') })

interface DeliveredBody {
  readonly shipment: number
  readonly code: string
}

/** The customer has it. */
export const deliver = verb({
  verb: 'deliver',
  event: 'Delivered',
  version: 1,
  about: 'Records that a shipment arrived at the customer.',
  schema,
  decide(command: Static<typeof schema>, context): DeliveredBody | Refusal {
    const row = findShipment(context, command.shipment)
    if (isRefusal(row)) return row
    const twice = row.deliveredAt === null ? undefined : alreadyDelivered(row)
    if (twice && context.breaks(twice)) return twice
    return { shipment: row.no, code: row.code }
  },
  effectsOf: (event: RecordedEvent<string, DeliveredBody>): readonly Effect[] => [
    { do: 'delivered', shipment: event.body.shipment },
  ],
})
