import { Type, type Static } from 'typebox'
import { Id, Nullable, standing } from './shapes.ts'

export const ExposureRow = Type.Object({
  id: Id,
  code: Type.String(),
  kind: Type.String(),
  item: Nullable(Type.String()),
  supplier: Nullable(Type.String()),
  units: Type.Integer({
    description: 'Traceables that would be affected, itself included unless it is a supplier lot',
  }),
  customers: Type.Integer({ description: 'Customers who got any of it' }),
  value: Type.String({
    description:
      'Of what is on hand and with customers, by the attribute `value` of each item; plain decimal',
  }),
})
export type ExposureRow = Static<typeof ExposureRow>

export const exposureOrders = ['units', 'customers', 'value'] as const

/** What each bought lot of the plant would touch, were it bad. */
export const Exposure = Type.Object({
  ...standing,
  sources: Type.Integer({ description: 'Bought lots of the plant, each followed to its end' }),
  valued: Type.Boolean({ description: 'Some item has a value; else every value is 0' }),
  rows: Type.Array(ExposureRow),
  nextCursor: Nullable(Type.String()),
})
export type Exposure = Static<typeof Exposure>
