import { Type, type Static, type TLiteral, type TProperties } from 'typebox'
import { evidences } from '../genealogy/touch.ts'
import { traceableKinds } from '../identity/rows.ts'

/** Text people type or scan: bounded, so that nothing endless is stored. */
export const Text = (description: string) => Type.String({ minLength: 1, maxLength: 200, description })
export const LongText = (description: string) => Type.String({ minLength: 1, maxLength: 4000, description })
export const DateText = (description: string) =>
  Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: `${description} (YYYY-MM-DD)` })

/** A quantity on the wire: a decimal string, with its unit unless it is the item's base unit. */
export const Quantity = Type.Object(
  {
    value: Type.String({ maxLength: 60, description: 'Plain decimal: 12.5' }),
    unit: Type.Optional(
      Type.String({ minLength: 1, maxLength: 20, description: "The item's base unit if left out" }),
    ),
  },
  { additionalProperties: false, description: 'An exact quantity' },
)
export type Quantity = Static<typeof Quantity>

/**
 * Names a traceable: any identifier text, or its parts where the text alone may name several things.
 */
export const Reference = Type.Union(
  [
    Text('Any identifier: our lot, serial, SSCC, alias, URI'),
    Type.Object(
      {
        code: Type.Optional(Text('Lot, serial or container code')),
        item: Type.Optional(Text('Item code')),
        uri: Type.Optional(Text('URI it is known under')),
        kind: Type.Optional(Type.Enum(traceableKinds)),
        supplier: Type.Optional(Text('Supplier code, for supplier lots')),
      },
      { additionalProperties: false },
    ),
  ],
  { description: 'A lot, serial, vessel or container' },
)
export type Reference = Static<typeof Reference>

export const Attributes = Type.Record(
  Type.String({ maxLength: 100 }),
  Type.Union([Type.String({ maxLength: 4000 }), Type.Boolean(), Type.Null()]),
  { description: 'Further facts by name; numbers as text, so that nothing is rounded' },
)

/** What every command carries beside its own fields. */
const head = {
  key: Type.Optional(
    Type.String({
      minLength: 8,
      maxLength: 200,
      description:
        'Idempotency key, made where the scan happens, before sending (UUIDv7 or ULID). In bulk calls it is required.',
    }),
  ),
  happenedAt: Type.Optional(
    Type.String({ maxLength: 40, description: 'When it happened, ISO 8601 with offset; now if left out' }),
  ),
  uncertaintyMs: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 31_536_000_000,
      description: 'Half width of what the clock is sure of',
    }),
  ),
  historical: Type.Optional(
    Type.Boolean({ description: 'Import or late paper: taken in whatever stock, hold or expiry say today' }),
  ),
  evidence: Type.Optional(
    Type.Enum(evidences, {
      description: 'How it is known; live captures default to scanned, historical ones to declared',
    }),
  ),
  reason: Type.Optional(LongText('Why, where a reason is asked or worth keeping')),
  by: Type.Optional(Text('Who did it, where that is not who sends it')),
  device: Type.Optional(Text('Device that captured it')),
  deviceSeq: Type.Optional(Type.Integer({ minimum: 0, description: 'Running number of the device' })),
  source: Type.Optional(
    Type.Object(
      {
        system: Text('Where an imported fact comes from'),
        id: Text('Its identity there'),
        sequence: Type.Optional(
          Type.Integer({ minimum: 0, description: 'Its own order there: breaks ties of equal times' }),
        ),
        content: Type.Optional(Type.Unknown({ description: 'The record as it was given, kept unchanged' })),
      },
      { additionalProperties: false },
    ),
  ),
}

/** The schema of a verb's command: the common head, its name, and its own fields. Unknown fields are refused. */
export function commandSchema<const Name extends string, Fields extends TProperties>(
  name: Name,
  fields: Fields,
) {
  type Properties = { verb: TLiteral<Name> } & Omit<typeof head, keyof Fields> & Fields
  // A field of the verb's own replaces one of the head, as where a reason is not optional.
  const properties = { verb: Type.Literal(name), ...head, ...fields } as Properties
  return Type.Object(properties, { additionalProperties: false })
}

const headSchema = Type.Object(head)
export type CommandHead = Static<typeof headSchema>
