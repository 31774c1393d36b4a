import { Type, type Static } from 'typebox'
import { EvidenceWord, GapShape, Id, Nullable, QuantityText, RingWord, Root, standing } from './shapes.ts'
import { directions } from './trace-shape.ts'

/** From supplier to customer; a step stands in the lane of what it makes. */
export const laneNames = [
  'supplier',
  'received',
  'intermediate',
  'finished',
  'pack',
  'shipment',
  'customer',
] as const
export type LaneName = (typeof laneNames)[number]

/** One drawn box: a traceable, a step, a shipment, a customer, or several alike folded into one. */
export const LaneNode = Type.Object({
  key: Type.String({ description: 'Of its first member; opens the box when given as `open`' }),
  lane: Type.Enum(laneNames),
  label: Type.String({ description: 'Code; of a fold, from the first to the last' }),
  kind: Type.String({ description: 'Kind of traceable, or process, shipment, customer' }),
  item: Nullable(Type.String({ description: 'Item of a traceable, operation of a step' })),
  count: Type.Integer({ description: 'How many it stands for' }),
  quantity: Nullable(QuantityText),
  ring: RingWord,
  status: Nullable(Type.String({ description: 'The worst inside' })),
  held: Type.Boolean(),
  gap: Type.Boolean({ description: 'Something is missing in its record' }),
  root: Type.Boolean(),
  members: Type.Array(Id, { description: 'Traceables inside, at most 2000 of them; `count` is of all' }),
})
export type LaneNode = Static<typeof LaneNode>

export const LaneEdge = Type.Object({
  from: Type.String(),
  to: Type.String(),
  quantity: Nullable(QuantityText),
  shared: Type.Boolean({ description: 'Whether a share makes sense: of what went in, not of what came out' }),
  shareOfSource: Nullable(
    Type.String({ description: 'Of what the content it was drawn from held in all; 0 to 1' }),
  ),
  shareOfTarget: Nullable(Type.String({ description: 'Of what went in of that item; 0 to 1' })),
  evidence: EvidenceWord,
  count: Type.Integer({ description: 'Links it stands for' }),
})
export type LaneEdge = Static<typeof LaneEdge>

/** A trace as it is drawn: at most 250 boxes, whatever its size. */
export const Lanes = Type.Object({
  query: Type.Object({
    ids: Type.Array(Type.String()),
    direction: Type.Enum(directions),
    follow: Type.Union([Type.Literal('contains'), Type.Literal('touched')]),
    asKnownOn: Nullable(Type.Integer()),
  }),
  ...standing,
  truncated: Type.Boolean(),
  roots: Type.Array(Root),
  traceables: Type.Integer({ description: 'In the whole trace' }),
  gaps: Type.Array(GapShape),
  lanes: Type.Array(
    Type.Object({
      name: Type.Enum(laneNames),
      count: Type.Integer({ description: 'Things in it, steps aside' }),
    }),
  ),
  nodes: Type.Array(LaneNode),
  edges: Type.Array(LaneEdge),
  opened: Type.Array(Type.String(), { description: 'Boxes that were opened, of those asked for' }),
})
export type Lanes = Static<typeof Lanes>
