import { Type, type Static } from 'typebox'
import { AffectedRow } from './answers-shape.ts'
import { ByRing, standing } from './shapes.ts'

const Counts = Type.Object({
  traceables: Type.Integer(),
  byRing: ByRing,
  customers: Type.Integer(),
  shipments: Type.Integer(),
})
const Difference = Type.Object({
  count: Type.Integer(),
  rows: Type.Array(AffectedRow, { description: 'At most `limit` of them' }),
})

/** What would be in scope if something were otherwise than recorded. Nothing is saved. */
export const WhatIf = Type.Object({
  ...standing,
  base: Counts,
  whatIf: Counts,
  added: Difference,
  removed: Difference,
})
export type WhatIf = Static<typeof WhatIf>
