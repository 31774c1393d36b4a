import { Type, type Static } from 'typebox'
import { Attributes, commandSchema, DateText, Quantity, Text } from '../ledger/command.ts'
import { DocumentGiven } from '../ledger/documents.ts'
import { SERIALS_MAX } from '../identity/serial-range.ts'

/** What a delivery says of itself. */
export const receiveSchema = commandSchema('receive', {
  item: Text('Item code or URI'),
  quantity: Type.Optional(Quantity),
  serials: Type.Optional(Type.Array(Text('Serial'), { minItems: 1, maxItems: SERIALS_MAX })),
  serialRange: Type.Optional(
    Type.Object(
      { from: Text('First serial'), count: Type.Integer({ minimum: 1, maximum: SERIALS_MAX }) },
      { additionalProperties: false, description: 'Serials that count up from the first' },
    ),
  ),
  place: Text('Where it is put'),
  supplier: Type.Optional(Text("Supplier; the purchase order's if left out")),
  supplierLot: Type.Optional(Text("The supplier's own lot number")),
  heat: Type.Optional(Text('Heat or melt number')),
  batch: Type.Optional(Text("The supplier's batch number")),
  lot: Type.Optional(Text('Our lot code; the next of the numbering rule if left out')),
  order: Type.Optional(Text('Purchase or subcontract order')),
  line: Type.Optional(
    Type.Integer({ minimum: 1, description: 'Line of the order; found by item if left out' }),
  ),
  asn: Type.Optional(Text('Advance ship notice or delivery note')),
  expiresOn: Type.Optional(DateText('Expiry')),
  manufacturedOn: Type.Optional(DateText('Manufacture')),
  origin: Type.Optional(Text('Country of origin')),
  status: Type.Optional(Type.Enum(['released', 'pending'], { description: 'pending: waits for inspection' })),
  certificate: Type.Optional(DocumentGiven),
  container: Type.Optional(Text('Pallet or case it came on (SSCC)')),
  uri: Type.Optional(Text('GS1 Digital Link, EPC or other URI of the lot')),
  names: Type.Optional(
    Type.Array(
      Type.Object({ scheme: Text('Kind of name'), value: Text('Name') }, { additionalProperties: false }),
      {
        maxItems: 50,
        description: 'Every other text it is known under',
      },
    ),
  ),
  attributes: Type.Optional(Attributes),
  confirmNew: Type.Optional(Type.Boolean({ description: 'The look-alike was seen; this code is new' })),
})
export type Receive = Static<typeof receiveSchema>
