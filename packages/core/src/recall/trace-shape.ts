import { Type, type Static } from 'typebox'
import { AffectedRow } from './answers-shape.ts'
import {
  ByRing,
  EdgeKindWord,
  EvidenceWord,
  GapShape,
  Id,
  Instant,
  Nullable,
  QuantityText,
  RingWord,
  Root,
  standing,
} from './shapes.ts'

export const directions = ['forward', 'backward', 'both'] as const
export type TraceDirection = (typeof directions)[number]

/** Each traceable once, whatever the number of its states and ways to it. */
export const TraceNode = Type.Object({
  ...AffectedRow.properties,
  direction: Type.Union([Type.Literal('root'), Type.Literal('forward'), Type.Literal('backward')]),
})
export type TraceNode = Static<typeof TraceNode>

export const ProcessShort = Type.Object({
  key: Type.String(),
  name: Type.Optional(Type.String({ description: 'In words: order, operation and unit, or what was done' })),
  order: Nullable(Type.String()),
  operation: Nullable(Type.String()),
})

/** One traceable went into another, through a process. */
export const TraceEdge = Type.Object({
  from: Id,
  to: Id,
  process: ProcessShort,
  kind: EdgeKindWord,
  evidence: EvidenceWord,
  ring: RingWord,
  quantity: Nullable(Type.String({ description: 'What of the source went in, in its unit' })),
  unit: Nullable(Type.String()),
  shareOfSource: Nullable(
    Type.String({ description: 'Of what the content it was drawn from held in all; 0 to 1' }),
  ),
  shareOfTarget: Nullable(Type.String({ description: 'Of what went in of that item; 0 to 1' })),
  happenedAt: Instant,
  event: Type.Integer({ description: 'Position of the event it comes from' }),
})
export type TraceEdge = Static<typeof TraceEdge>

export const Trace = Type.Object({
  query: Type.Object({
    ids: Type.Array(Type.String()),
    direction: Type.Enum(directions),
    follow: Type.Union([Type.Literal('contains'), Type.Literal('touched')]),
    asKnownOn: Nullable(Type.Integer()),
  }),
  ...standing,
  truncated: Type.Boolean(),
  roots: Type.Array(Root),
  summary: Type.Object({
    traceables: Type.Integer(),
    states: Type.Integer(),
    processes: Type.Integer(),
    edges: Type.Integer(),
    byRing: ByRing,
    loops: Type.Integer(),
  }),
  gaps: Type.Array(GapShape),
  nodes: Type.Array(TraceNode),
  edges: Type.Array(TraceEdge),
  nextCursor: Nullable(Type.String()),
})
export type Trace = Static<typeof Trace>

export const ProofStepShape = Type.Object({
  from: Type.String({ description: 'Code of the traceable, or the process in words' }),
  fromId: Nullable(Id),
  to: Type.String(),
  toId: Nullable(Id),
  kind: EdgeKindWord,
  evidence: EvidenceWord,
  ring: RingWord,
  quantity: Nullable(QuantityText),
  happenedAt: Instant,
  event: Type.Object({ position: Type.Integer(), type: Type.String(), actor: Type.String() }),
  process: Nullable(Type.Object({ ...ProcessShort.properties, equipment: Nullable(Type.String()) })),
  facts: Type.Array(
    Type.Object({ kind: Type.String(), name: Type.String(), value: Nullable(Type.String()) }),
  ),
  documents: Type.Array(
    Type.Object({
      sha256: Type.String(),
      name: Type.String(),
      kind: Type.String(),
      uri: Nullable(Type.String()),
    }),
  ),
})

/** Why something is in scope: the shortest proof. */
export const Explanation = Type.Object({
  ...standing,
  inScope: Type.Boolean(),
  steps: Type.Array(ProofStepShape),
})
export type Explanation = Static<typeof Explanation>
