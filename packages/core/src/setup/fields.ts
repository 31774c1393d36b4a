import { Type, type Static } from 'typebox'
import { Attributes, DateText, Quantity, Text } from '../ledger/command.ts'
import { expiryRules, trackings } from '../identity/rows.ts'

/** What can be set up. */
export const things = [
  'item',
  'party',
  'place',
  'equipment',
  'tool',
  'gauge',
  'station',
  'person',
  'bom',
  'routing',
  'numbering',
] as const
export type Thing = (typeof things)[number]

export const partyRoles = [
  'supplier',
  'customer',
  'subcontractor',
  'carrier',
  'manufacturer',
  'owner',
] as const

const closed = { additionalProperties: false }

const Conversion = Type.Object(
  {
    unit: Text('The other unit'),
    numerator: Type.String({
      pattern: '^[1-9]\\d{0,17}$',
      description: 'One of it is numerator/denominator base units',
    }),
    denominator: Type.String({ pattern: '^[1-9]\\d{0,17}$', description: 'Whole number above zero' }),
  },
  closed,
)

const Rule = Type.Object(
  {
    at: Type.Enum(['receipt', 'consumption', 'output', 'shipment'], {
      description: 'Where it must be captured',
    }),
    field: Text('Field of the command, or attributes.<name>'),
    force: Type.Enum(['observe', 'warn', 'enforce'], {
      description: 'Counted, noted as exception, or refused',
    }),
    site: Type.Optional(Text('Only at this site')),
    operation: Type.Optional(Text('Only at this operation')),
    item: Type.Optional(Text('Only for this item; for rules of parties and orders')),
    tiers: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 5,
        description: 'How deep it looks: 1 the lot itself, 2 also what it was made of',
      }),
    ),
  },
  closed,
)
export const Rules = Type.Array(Rule, { maxItems: 100, description: 'What must be captured (A8)' })

/** A splice is not a cut: for so long after a change of lots, what comes out may still hold the lot before. */
const overlapSeconds = Type.Integer({
  minimum: 0,
  maximum: 604_800,
  description:
    'Sequential feed: how long after a change of lots what comes out may still hold the lot before',
})

const BomLine = Type.Object(
  {
    item: Text('Material'),
    quantity: Quantity,
    operation: Type.Optional(Text('Operation it goes in at')),
    alternates: Type.Optional(Type.Array(Text('Item approved in its place'), { maxItems: 50 })),
    feed: Type.Optional(Type.Enum(['pooled', 'sequential'], { description: 'How one lot follows another' })),
    overlapSeconds: Type.Optional(overlapSeconds),
  },
  closed,
)
export type BomLineGiven = Static<typeof BomLine>

const Operation = Type.Object(
  {
    operation: Text('Code of the step'),
    name: Type.Optional(Text('Name')),
    equipment: Type.Optional(Text('Machine or line it runs on')),
    requires: Type.Optional(Type.Array(Text('Step that must be complete before'), { maxItems: 100 })),
    inspection: Type.Optional(Type.Boolean({ description: 'Needs a passed inspection' })),
  },
  closed,
)

/** Every field of every thing; `fieldsOf` says which belong to which. */
export const thingFields = {
  name: Type.Optional(Text('Name for people; the code if left out')),
  uri: Type.Optional(Text('GS1 Digital Link, EPC or other URI it is known under')),
  attributes: Type.Optional(Attributes),
  tracking: Type.Optional(
    Type.Enum(trackings, { description: 'How finely it is told apart; lot if left out' }),
  ),
  unit: Type.Optional(Text('Base unit; pc if left out')),
  scale: Type.Optional(
    Type.Integer({ minimum: 0, maximum: 9, description: 'Decimals of the base unit, kept for ever' }),
  ),
  conversions: Type.Optional(Type.Array(Conversion, { maxItems: 50 })),
  expiryRule: Type.Optional(Type.Enum(expiryRules, { description: 'How its expiry comes about' })),
  shelfLifeDays: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 36_500, description: 'Days from manufacture' }),
  ),
  feed: Type.Optional(
    Type.Enum(['pooled', 'sequential'], { description: 'How one lot follows another on a machine' }),
  ),
  overlapSeconds: Type.Optional(overlapSeconds),
  rules: Type.Optional(Rules),
  inherits: Type.Optional(Type.Array(Text('Attribute an output takes over'), { maxItems: 100 })),
  owner: Type.Optional(Text('Party that owns the material')),
  exportClass: Type.Optional(Text('Export control class')),
  roles: Type.Optional(
    Type.Array(Type.Enum(partyRoles), { maxItems: 6, description: 'What the party is to us' }),
  ),
  kind: Type.Optional(
    Type.Enum(['site', 'area', 'location', 'single-lot'], { description: 'Kind of place' }),
  ),
  parent: Type.Optional(Text('Place it is in')),
  place: Type.Optional(Text('Where the equipment or tool stands')),
  item: Type.Optional(Text('Item the definition or rule is for')),
  version: Type.Optional(Text('Version of the definition')),
  effectiveFrom: Type.Optional(DateText('First day in force')),
  effectiveTo: Type.Optional(DateText('Last day in force')),
  lines: Type.Optional(Type.Array(BomLine, { minItems: 1, maxItems: 2000 })),
  output: Type.Optional(Quantity),
  operations: Type.Optional(Type.Array(Operation, { minItems: 1, maxItems: 500 })),
  gives: Type.Optional(
    Type.Enum(['lot', 'serial', 'container', 'order', 'shipment'], { description: 'What is numbered' }),
  ),
  site: Type.Optional(Text('Only at this site')),
  scheme: Type.Optional(
    Type.String({ minLength: 1, maxLength: 100, description: 'Such as {YYYY}{MM}{DD}-{SUPPLIER}-{SEQ:4}' }),
  ),
  reset: Type.Optional(
    Type.Enum(['never', 'day', 'month', 'year'], { description: 'When the sequence starts anew' }),
  ),
  format: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 100,
      description: 'What a code typed by hand must look like, such as LOT-{YYYY}-{D:4}',
    }),
  ),
  creators: Type.Optional(
    Type.Array(Text('Name of a person'), {
      minItems: 1,
      maxItems: 1000,
      description: 'Who alone may bring such codes into being; whoever may capture if left out',
    }),
  ),
  start: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 1_000_000_000, description: 'First number of the sequence' }),
  ),
}
const thingSchema = Type.Object(thingFields)
export type ThingFields = Static<typeof thingSchema>

export const thingHead = {
  thing: Type.Enum(things, { description: 'What is set up' }),
  code: Type.Optional(Text('Its code. Bills of material and routings are named by item and version instead')),
}

const common = ['name', 'uri', 'attributes'] as const
const definition = ['item', 'version', 'effectiveFrom', 'effectiveTo'] as const
const resource = ['name', 'attributes', 'place'] as const

/** Which fields belong to which thing; others are refused, so that a slip does not vanish in silence. */
export const fieldsOf: Readonly<Record<Thing, readonly (keyof ThingFields)[]>> = {
  item: [
    ...common,
    'tracking',
    'unit',
    'scale',
    'conversions',
    'expiryRule',
    'shelfLifeDays',
    'feed',
    'overlapSeconds',
    'rules',
    'inherits',
    'owner',
    'exportClass',
  ],
  party: [...common, 'roles', 'rules'],
  place: [...common, 'kind', 'parent'],
  equipment: resource,
  tool: resource,
  gauge: resource,
  station: resource,
  person: resource,
  bom: ['name', ...definition, 'lines', 'output'],
  routing: ['name', ...definition, 'operations'],
  numbering: ['name', 'gives', 'item', 'site', 'scheme', 'reset', 'start', 'format', 'creators'],
}
