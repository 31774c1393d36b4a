import { Type, type Static } from 'typebox'
import { Id, Nullable, standing } from './shapes.ts'

/** What units can have in common: their ancestors, and the circumstances they were made under. */
export const factorKinds = [
  'lot',
  'batch',
  'serial',
  'supplier-lot',
  'vessel',
  'content',
  'container',
  'supplier',
  'order',
  'operation',
  'equipment',
  'tool',
  'gauge',
  'station',
  'person',
  'place',
  'parameter',
  'out-of-range',
  'time-window',
] as const
export type FactorKind = (typeof factorKinds)[number]

export const FactorShape = Type.Object({
  kind: Type.Enum(factorKinds),
  id: Nullable(Id),
  name: Type.String({ description: 'Code of an ancestor, or the circumstance in words' }),
  item: Nullable(Type.String()),
})
export type FactorShape = Static<typeof FactorShape>

export const CauseShape = Type.Object({
  ...FactorShape.properties,
  failingWith: Type.Integer(),
  goodWith: Type.Integer(),
  odds: Type.Object(
    {
      value: Type.Number(),
      low: Type.Number(),
      high: Type.Number(),
      corrected: Type.Boolean({ description: 'Half a unit was added to each count, because one is zero' }),
    },
    { description: 'Odds of failing with it against without it, with the 95 % confidence interval' },
  ),
  chance: Type.Number({ description: 'That chance alone does this: Fisher’s exact test, one-sided' }),
  bonferroni: Type.Number({ description: 'The chance, times the number of tests' }),
  falseDiscovery: Type.Number({ description: 'Adjusted after Benjamini and Hochberg' }),
  significant: Type.Boolean({ description: 'Below 5 % after Bonferroni' }),
  same: Type.Array(FactorShape, { description: 'What exactly the same units have; 20 at most' }),
  sameCount: Type.Integer(),
  explainedBy: Nullable(
    Type.String({ description: 'A stronger cause: among units without it, this one is no longer unusual' }),
  ),
})
export type CauseShape = Static<typeof CauseShape>

/** What failing units have in common, against good ones. */
export const CommonCause = Type.Object({
  ...standing,
  failing: Type.Integer({ description: 'Units that failed' }),
  good: Type.Object({
    units: Type.Integer(),
    of: Type.Integer({ description: 'Good units there are; more than `units` where a part stands for them' }),
    chosen: Type.Enum(['given', 'same-item'], {
      description: 'Given in the question, or all other units of the same items',
    }),
  }),
  tested: Type.Integer({ description: 'Causes that were tested: what the chances are adjusted for' }),
  causes: Type.Array(CauseShape, { description: 'The likeliest first' }),
  more: Type.Integer({ description: 'Causes beyond those shown' }),
})
export type CommonCause = Static<typeof CommonCause>
