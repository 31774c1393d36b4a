import { Type, type Static } from 'typebox'
import { amountOf, decimalOf, type Amount, type Decimal } from '../base/quantity.ts'
import { isRefusal, refuse, type Refusal } from '../base/refusal.ts'
import { findPlace, findTraceable } from '../identity/lookup.ts'
import type { TraceableRow } from '../identity/rows.ts'
import { measure } from '../identity/unit.ts'
import { commandSchema, Quantity, Reference, Text } from '../ledger/command.ts'
import { contentsOf, findContainer, type Inside } from '../ledger/containers.ts'
import { type DecisionContext, verb } from '../ledger/decision.ts'
import type { Effect, RecordedEvent } from '../ledger/effects.ts'
import { checkPlace } from '../ledger/placing.ts'
import { itemOf, sayAmount, transfer } from '../ledger/stock.ts'

const schema = commandSchema('unpack', {
  container: Text('SSCC or code of the container'),
  contents: Type.Optional(
    Type.Array(
      Type.Object({ what: Reference, quantity: Type.Optional(Quantity) }, { additionalProperties: false }),
      { minItems: 1, maxItems: 10_000, description: 'What is taken out; everything if left out' },
    ),
  ),
  place: Text('Where it is put'),
})
type Unpack = Static<typeof schema>

interface Out {
  readonly traceable: number
  readonly code: string
  readonly item: number | null
  readonly quantity: Decimal
}

interface UnpackedBody {
  readonly container: number
  readonly code: string
  readonly contents: readonly Out[]
  readonly place: number
  readonly placeCode: string
}

/** Takes things out of a container and puts them at a place. */
export const unpack = verb({
  verb: 'unpack',
  event: 'Unpacked',
  version: 1,
  about: 'Takes some or all of its contents out of a container and puts them at a place.',
  schema,
  decide: decideUnpack,
  effectsOf(event: RecordedEvent<string, UnpackedBody>): readonly Effect[] {
    const { container, contents, place } = event.body
    return contents.flatMap((out): Effect[] => {
      const amount = amountOf(out.quantity)
      return [
        ...transfer(out, { kind: 'container', no: container }, { kind: 'place', no: place }, amount),
        { do: 'unpack', container, child: out.traceable, amount },
      ]
    })
  },
})

function decideUnpack(command: Unpack, context: DecisionContext): UnpackedBody | Refusal {
  const container = findContainer(context.view, command.container, 'container')
  if (isRefusal(container)) return container
  const place = findPlace(context.view, command.place)
  if (isRefusal(place)) return place
  const inside = contentsOf(context.view, container)
  const contents = command.contents
    ? outNamed(context, container, inside, command.contents)
    : inside.map(({ row, stock }) => outOf(context, row, stock.onHand))
  if (isRefusal(contents)) return contents
  if (contents.length === 0) return emptyAlready(container)
  const lots = contents.map((out) => out.traceable)
  const occupied = checkPlace(context, place, lots, { field: 'place' })
  if (occupied) return occupied
  return { container: container.no, code: container.code, contents, place: place.no, placeCode: place.code }
}

function outNamed(
  context: DecisionContext,
  container: TraceableRow,
  inside: readonly Inside[],
  named: NonNullable<Unpack['contents']>,
): readonly Out[] | Refusal {
  const outs: Out[] = []
  for (const [index, { what, quantity }] of named.entries()) {
    const field = `contents/${index}/what`
    const row = findTraceable(context.view, what, field)
    if (isRefusal(row)) return row
    const there = inside.find((each) => each.row.no === row.no)?.stock.onHand ?? 0n
    const item = itemOf(context.view, row.item)
    const asked = quantity && item ? measure(item, quantity, { field }) : undefined
    if (isRefusal(asked)) return asked
    const amount = asked?.amount ?? there
    if (there === 0n || amount > there) {
      const lacking = notInside(context, { row, container, there, field })
      if (context.breaks(lacking, { traceable: row.no })) return lacking
    }
    outs.push(outOf(context, row, amount))
  }
  return outs
}

function outOf(context: DecisionContext, row: TraceableRow, amount: Amount): Out {
  const quantity = decimalOf(amount, itemOf(context.view, row.item)?.scale ?? 0)
  return { traceable: row.no, code: row.code, item: row.item, quantity }
}

function notInside(
  context: DecisionContext,
  of: { row: TraceableRow; container: TraceableRow; there: Amount; field: string },
): Refusal<'not_inside'> {
  const { row, container, there, field } = of
  const amount = there === 0n ? 'nothing' : sayAmount(context.view, row.item, there)
  return refuse('not_inside', {
    message: `${container.code} holds ${amount} of ${row.code}.`,
    fix: 'Check the container, or count what is in it.',
    field,
    value: row.code,
  })
}

function emptyAlready(container: TraceableRow): Refusal<'container_empty'> {
  return refuse('container_empty', {
    message: `Nothing is on record in ${container.code}.`,
    fix: 'Check the code; count what is in it where something is.',
    field: 'container',
    value: container.code,
  })
}
