import { Type, type Static, type TSchema } from 'typebox'
import { edgeKinds, evidences, rings } from '../genealogy/touch.ts'
import { dispositions, traceableKinds } from '../identity/rows.ts'

/** Shapes that every answer is made of: one schema is the type, the check and the page of the API reference. */
export const Nullable = <Schema extends TSchema>(schema: Schema) => Type.Union([schema, Type.Null()])

export const KindWord = Type.Enum(traceableKinds)
export const StatusWord = Type.Enum(dispositions)
export const RingWord = Type.Enum(rings)
export const EvidenceWord = Type.Enum(evidences)
export const EdgeKindWord = Type.Enum(edgeKinds)

/** Number of a traceable, as text: programs pass it back, people read the code. */
export const Id = Type.String({ description: 'Number of the traceable, as text' })
export const Instant = Type.String({ description: 'UTC, ISO 8601 with milliseconds' })

export const QuantityText = Type.Object(
  { value: Type.String({ description: 'Plain decimal' }), unit: Type.String() },
  { description: 'An exact quantity in the base unit of its item' },
)
export type QuantityText = Static<typeof QuantityText>

export const CodeAndName = Type.Object({ code: Type.String(), name: Type.String() })

export const ItemShort = Type.Object({ code: Type.String(), name: Type.String(), unit: Type.String() })

/** How many and how much of one item. */
export const ItemCount = Type.Object({
  item: Type.String(),
  name: Type.String(),
  unit: Type.String(),
  count: Type.Integer({ description: 'Traceables' }),
  quantity: Type.String({ description: 'Plain decimal' }),
})
export type ItemCount = Static<typeof ItemCount>

export const ByRing = Type.Object({
  proven: Type.Integer(),
  possible: Type.Integer(),
  'cannot-exclude': Type.Integer(),
})
export type ByRing = Static<typeof ByRing>

/** A thing that a text named: where an answer starts. */
export const Root = Type.Object({
  id: Id,
  kind: Type.String({ description: 'Kind of traceable, or process' }),
  code: Type.String(),
  item: Nullable(ItemShort),
  uri: Nullable(Type.String()),
  status: Type.String(),
})
export type Root = Static<typeof Root>

export const GapShape = Type.Object({
  no: Type.Integer(),
  kind: Type.String(),
  detail: Type.String(),
  traceable: Nullable(Id),
  code: Nullable(Type.String()),
  happenedAt: Instant,
  position: Type.Integer(),
  fix: Type.String(),
})
export type GapShape = Static<typeof GapShape>

/** A rule that was left on purpose: stays on what was made that way. */
export const MarkShape = Type.Object({
  code: Type.String(),
  message: Type.String(),
  position: Type.Integer({ description: 'The event that left it' }),
})
export type MarkShape = Static<typeof MarkShape>

/** Whether an answer is whole, and what it rests on. Carried by every answer. */
export const standing = {
  position: Type.Integer({ description: 'Ledger position the answer stands at; -1 for an empty ledger' }),
  complete: Type.Boolean({ description: 'Nothing is known to be missing' }),
  reasons: Type.Array(Type.String(), {
    description: 'Why it is not complete: gaps, behind, truncated, too-many-gaps, orders-corrected-since',
  }),
  within: Type.Optional(
    Type.Literal('visible', { description: 'Covers what the asker may see, which is not all there is' }),
  ),
}
