import { Type, type Static } from 'typebox'
import { commandSchema, Quantity, Reference, Text } from '../ledger/command.ts'

/** What is said when goods leave. */
export const shipSchema = commandSchema('ship', {
  shipment: Type.Optional(Text('Packing slip or shipment number; the next of the rule if left out')),
  customer: Text('Who gets it'),
  contents: Type.Array(
    Type.Object(
      { what: Reference, quantity: Type.Optional(Quantity) },
      { additionalProperties: false, description: 'A lot, a serial, or a container with all that is in it' },
    ),
    { minItems: 1, maxItems: 10_000 },
  ),
  order: Type.Optional(Text('Customer order')),
  carrier: Type.Optional(Text('Carrier')),
  reference: Type.Optional(Text('Tracking number, seal, invoice')),
  from: Type.Optional(Text('Place it leaves from; the only one if left out')),
})
export type Ship = Static<typeof shipSchema>
