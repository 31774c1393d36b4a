import { Type, type Static } from 'typebox'
import { Attributes, commandSchema, DateText, Quantity, Text } from '../ledger/command.ts'
import { conditionFields } from '../ledger/process-facts.ts'
import { bypassField } from '../ledger/route.ts'

const { place: _placeOfWork, ...stamps } = conditionFields

const Names = Type.Array(
  Type.Object({ scheme: Text('Kind of name'), value: Text('Name') }, { additionalProperties: false }),
  { maxItems: 20 },
)

const ByProduct = Type.Object(
  {
    item: Text('Item'),
    lot: Type.Optional(Text('Lot; numbered by rule if left out')),
    quantity: Quantity,
    place: Type.Optional(Text('Place; that of the main output if left out')),
    expiresOn: Type.Optional(DateText('Expiry')),
  },
  { additionalProperties: false },
)

/** The fields of `produce`; everything but the place can follow from the order. */
const produceFields = {
  order: Type.Optional(Text('Order')),
  operation: Type.Optional(Text('Operation')),
  process: Type.Optional(Text('Name of the process that the inputs were booked on')),
  item: Type.Optional(Text("Item; the order's if left out")),
  lot: Type.Optional(Text('Lot made; numbered by rule if left out')),
  serials: Type.Optional(Type.Array(Text('Serial'), { minItems: 1, maxItems: 10_000 })),
  serialRange: Type.Optional(
    Type.Object(
      { from: Text('First serial'), count: Type.Integer({ minimum: 1, maximum: 10_000 }) },
      { additionalProperties: false },
    ),
  ),
  quantity: Type.Optional(Quantity),
  place: Text('Place it is put'),
  expiresOn: Type.Optional(DateText('Expiry')),
  manufacturedOn: Type.Optional(DateText('Date of manufacture')),
  status: Type.Optional(
    Type.Union([Type.Literal('released'), Type.Literal('pending')], { description: 'Default: released' }),
  ),
  maker: Type.Optional(Text('Party that made it, where that is not us: what went in is on its record')),
  byProducts: Type.Optional(Type.Array(ByProduct, { maxItems: 100 })),
  uri: Type.Optional(Text('URI of the single output')),
  names: Type.Optional(Names),
  attributes: Type.Optional(Attributes),
  container: Type.Optional(Text('Container it is packed into as it is made')),
  final: Type.Optional(Type.Boolean({ description: 'The order makes nothing more, and is closed' })),
  confirmNew: Type.Optional(
    Type.Boolean({ description: 'A code that looks like another one is new all the same' }),
  ),
  ...stamps,
  ...bypassField,
}

export const produceSchema = commandSchema('produce', produceFields)
export type ProduceCommand = Static<typeof produceSchema>
