import { Type, type Static } from 'typebox'
import {
  ByRing,
  CodeAndName,
  GapShape,
  Id,
  Instant,
  ItemCount,
  KindWord,
  MarkShape,
  Nullable,
  QuantityText,
  RingWord,
  Root,
  standing,
  StatusWord,
} from './shapes.ts'

/** One lot, serial or content in scope. */
export const AffectedRow = Type.Object({
  id: Id,
  code: Type.String(),
  kind: KindWord,
  item: Nullable(Type.String()),
  itemName: Nullable(Type.String()),
  uri: Nullable(Type.String()),
  status: StatusWord,
  states: Type.Integer({ description: 'States reached' }),
  ring: RingWord,
  depth: Type.Integer(),
  quantity: Nullable(QuantityText),
  made: Nullable(QuantityText),
  place: Nullable(Type.String({ description: 'Where it is now, in words' })),
  expiresOn: Nullable(Type.String()),
  supplier: Nullable(Type.String()),
  held: Type.Boolean(),
  marks: Type.Array(MarkShape, { description: 'Rules that were bypassed in its making' }),
})
export type AffectedRow = Static<typeof AffectedRow>

export const WentToRow = Type.Object({
  customer: CodeAndName,
  shipment: Type.String(),
  shippedAt: Instant,
  deliveredAt: Nullable(Instant),
  id: Id,
  code: Type.String(),
  item: Nullable(Type.String()),
  quantity: QuantityText,
  returned: QuantityText,
  container: Nullable(Type.String()),
  ring: RingWord,
})
export type WentToRow = Static<typeof WentToRow>

export const HolderShape = Type.Object({ kind: Type.String(), code: Type.String(), name: Type.String() })

export const RemainsRow = Type.Object({
  id: Id,
  code: Type.String(),
  item: Nullable(Type.String()),
  holder: HolderShape,
  quantity: QuantityText,
  reserved: QuantityText,
  held: Type.Boolean(),
  ring: RingWord,
})
export type RemainsRow = Static<typeof RemainsRow>

export const OpenOrderRow = Type.Object({
  order: Type.String(),
  kind: Type.String(),
  item: Nullable(Type.String()),
  dueOn: Nullable(Type.String()),
  why: Type.Union([Type.Literal('reserved'), Type.Literal('issued'), Type.Literal('needs item')]),
  lots: Type.Array(Type.String()),
})
export type OpenOrderRow = Static<typeof OpenOrderRow>

export const SourceRow = Type.Object({
  id: Id,
  code: Type.String(),
  kind: KindWord,
  item: Nullable(Type.String()),
  supplier: Nullable(Type.String()),
  ring: RingWord,
  depth: Type.Integer(),
  quantity: Nullable(QuantityText),
  uri: Nullable(Type.String()),
})
export type SourceRow = Static<typeof SourceRow>

/** In = out + remains + unexplained, exactly; the rest is named, never spread. Decimals as text. */
export const BalanceRow = Type.Object({
  item: Type.String(),
  name: Type.String(),
  unit: Type.String(),
  in: Type.String(),
  out: Type.String(),
  remains: Type.String(),
  terms: Type.Record(Type.String(), Type.String(), {
    description:
      'received, produced, carriedIn, split, merged, relabelled, consumed, scrapped, shipped, returned, disposed, adjusted, variance, onHand, inProcess, inContainers, atSubcontractor, owed',
  }),
  unexplained: Type.String(),
  because: Type.Array(Type.Object({ name: Type.String(), quantity: Type.String() })),
})
export type BalanceRow = Static<typeof BalanceRow>

const Elsewhere = Type.Object({ traceables: Type.Integer(), byItem: Type.Array(ItemCount) })

const Cursor = Nullable(Type.String())

/** The four answers of a recall, for any identifier or set of them. */
export const Answers = Type.Object({
  query: Type.Object({
    ids: Type.Array(Type.String()),
    asKnownOn: Nullable(Type.Integer()),
    happenedFrom: Nullable(Instant),
    happenedTo: Nullable(Instant),
    follow: Type.Union([Type.Literal('contains'), Type.Literal('touched')]),
  }),
  ...standing,
  happenedAsOf: Nullable(Instant),
  roots: Type.Array(Root),
  summary: Type.Object({
    affected: Type.Object({
      traceables: Type.Integer(),
      lots: Type.Integer(),
      serials: Type.Integer(),
      byRing: ByRing,
      byItem: Type.Array(ItemCount),
    }),
    shipped: Type.Object({
      traceables: Type.Integer(),
      customers: Type.Integer(),
      shipments: Type.Integer(),
      byItem: Type.Array(ItemCount),
    }),
    onHand: Type.Object({
      traceables: Type.Integer(),
      places: Type.Integer(),
      byItem: Type.Array(ItemCount),
    }),
    inProcess: Elsewhere,
    atSubcontractor: Elsewhere,
    atCustomer: Elsewhere,
    openOrders: Type.Integer(),
    sources: Type.Integer(),
    gaps: Type.Integer(),
    held: Type.Integer(),
  }),
  answers: Type.Object({
    affected: Type.Array(AffectedRow),
    wentTo: Type.Array(WentToRow),
    remains: Type.Array(RemainsRow),
    orders: Type.Array(OpenOrderRow),
    sources: Type.Array(SourceRow),
    gaps: Type.Array(GapShape),
  }),
  balance: Type.Array(BalanceRow),
  nextCursor: Cursor,
})
export type Answers = Static<typeof Answers>
