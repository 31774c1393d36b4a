import { type Static, Type } from 'typebox'
import { isRefusal } from '@lotline/core/base/refusal'
import { instantOf } from '@lotline/core/base/instant'
import type { View } from '@lotline/core/base/view'
import { findItem, findPlace } from '@lotline/core/identity/lookup'
import { NUMBER_LENGTH_MAX } from '@lotline/core/identity/numbering'
import { trackings } from '@lotline/core/identity/rows'
import { adviseTracking, risks, ruleNames } from '@lotline/core/identity/tracking-advice'
import { codesToCome } from '@lotline/core/ledger/new-codes'
import { decided } from '../database/decided.ts'
import { type Endpoint, endpoint } from '../endpoint/endpoint.ts'
import type { Plant } from '../plant/plant.ts'

const text = (description: string) =>
  Type.Optional(Type.String({ minLength: 1, maxLength: 200, description }))

const AdviceQuery = Type.Object(
  {
    unitValue: Type.Optional(
      Type.String({ maxLength: 60, description: 'Value of one unit, at most two decimals' }),
    ),
    rules: Type.Optional(
      Type.Array(Type.Enum(ruleNames), {
        maxItems: 10,
        description: 'Rules the product is under; repeat it',
      }),
    ),
    risk: Type.Optional(Type.Enum(risks, { description: 'What may happen if one unit is bad' })),
    customerAsks: Type.Optional(Type.Enum(trackings, { description: 'The level a customer asks for' })),
    item: text('An item, to compare with the level it has'),
  },
  { additionalProperties: false },
)

const Level = Type.Enum(trackings)
const Advice = Type.Object({
  tracking: Level,
  reasons: Type.Array(Type.Object({ tracking: Level, why: Type.String() })),
  item: Type.Union([Type.Object({ code: Type.String(), tracking: Level }), Type.Null()]),
})

const NumbersQuery = Type.Object(
  {
    gives: Type.Enum(['lot', 'serial', 'container', 'order', 'shipment'], {
      description: 'What is numbered',
    }),
    item: text('Item'),
    place: text('Place, whose site may have a rule of its own'),
    supplier: text('What SUPPLIER stands for'),
    order: text('What ORDER stands for'),
    line: text('What LINE stands for'),
    shift: text('What SHIFT stands for'),
  },
  { additionalProperties: false },
)

const Numbers = Type.Object({
  next: Type.Array(Type.String(), { description: 'The next three; none is given by asking' }),
  tooLong: Type.Boolean({ description: `Longer than the ${NUMBER_LENGTH_MAX} characters a GS1 label holds` }),
})

const shared = { method: 'GET', action: 'read', resource: 'definitions', tag: 'Set-up' } as const

/** What helps to set a plant up: which level of tracking, and what the numbering rules would give. */
export function setupRoutes(plantOf: () => Plant): readonly Endpoint[] {
  return [
    endpoint({
      ...shared,
      path: '/v1/tracking-advice',
      summary: 'Which level of tracking a family of products needs, and why',
      about: 'The strictest level that any of what is said asks for; each input gives its own reason.',
      query: AdviceQuery,
      gives: Advice,
      handle: ({ query }) => plantOf().ask(({ reader }) => decided(reader, (view) => adviceFor(view, query))),
    }),
    endpoint({
      ...shared,
      path: '/v1/next-numbers',
      summary: 'The next three numbers a numbering rule would give',
      query: NumbersQuery,
      gives: Numbers,
      handle: ({ query }) => numbersFor(plantOf(), query),
    }),
  ]
}

function adviceFor(view: View, { item: code, ...family }: Static<typeof AdviceQuery>) {
  const item = code === undefined ? undefined : findItem(view, code)
  if (isRefusal(item)) return item
  const advice = adviseTracking(family)
  if (isRefusal(advice)) return advice
  return { ...advice, item: item ? { code: item.code, tracking: item.tracking } : null }
}

function numbersFor(plant: Plant, query: Static<typeof NumbersQuery>) {
  const { gives, item: itemCode, place: placeCode, ...facts } = query
  const today = plant.dateOf(instantOf(Date.now()))
  return plant.ask(({ reader }) =>
    decided(reader, (view) => {
      const item = itemCode === undefined ? undefined : findItem(view, itemCode)
      if (isRefusal(item)) return item
      const place = placeCode === undefined ? undefined : findPlace(view, placeCode)
      if (isRefusal(place)) return place
      const next = [...codesToCome({ view, today }, { gives, item, place, facts })]
      return { next, tooLong: next.some((code) => code.length > NUMBER_LENGTH_MAX) }
    }),
  )
}
