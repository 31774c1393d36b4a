import { Type, type Static } from 'typebox'
import { amountOf } from '../base/quantity.ts'
import { allAccepted, isRefusal, refuse, type Refusal } from '../base/refusal.ts'
import { together } from '../base/view.ts'
import { findPlace, findTraceable } from '../identity/lookup.ts'
import { type PlaceRow, placeTable, type TraceableRow } from '../identity/rows.ts'
import { commandSchema, Quantity, Reference, Text } from '../ledger/command.ts'
import {
  type ContainerUsed,
  containerEffects,
  containerFor,
  everythingIn,
  mayHold,
} from '../ledger/containers.ts'
import { type DecisionContext, verb } from '../ledger/decision.ts'
import { handOver, take, type Taken } from '../ledger/draws.ts'
import type { Effect, RecordedEvent } from '../ledger/effects.ts'
import { findOrExpect, type Seed, seedEffects } from '../ledger/lots.ts'
import { stockOf } from '../ledger/stock.ts'
import { checkAllUsable, type Going } from '../quality/blocked.ts'

const schema = commandSchema('pack', {
  container: Type.Optional(Text('SSCC or code; unknown ones are new; the next of the rule if left out')),
  containerType: Type.Optional(Text('Pallet, case, crate ...')),
  contents: Type.Array(
    Type.Object({ what: Reference, quantity: Type.Optional(Quantity) }, { additionalProperties: false }),
    { minItems: 1, maxItems: 10_000 },
  ),
  place: Type.Optional(Text('Where a new container stands; where its first content is if left out')),
})
type Pack = Static<typeof schema>

interface Packed {
  readonly code: string
  readonly seed: Seed | null
  readonly taken: Taken
}

interface PackedBody {
  readonly container: ContainerUsed
  readonly contents: readonly Packed[]
}

/** Puts lots, serials and containers into a container. Packing is no genealogy: what is packed together does not touch. */
export const pack = verb({
  verb: 'pack',
  event: 'Packed',
  version: 1,
  about:
    'Puts lots, serials or other containers into a case or pallet; held, expired and rejected ones are refused.',
  schema,
  decide: decidePack,
  effectsOf(event: RecordedEvent<string, PackedBody>): readonly Effect[] {
    const { container, contents } = event.body
    return [
      ...containerEffects(event, container),
      ...contents.flatMap(({ seed, taken }): Effect[] => [
        ...(seed ? seedEffects(event, seed) : []),
        ...handOver(taken, { kind: 'container', no: container.no }),
        {
          do: 'pack',
          container: container.no,
          child: taken.traceable,
          amount: taken.quantity === null ? null : amountOf(taken.quantity),
        },
      ]),
    ]
  },
})

interface Content extends Going {
  readonly seed: Seed | null
  readonly quantity: Pack['contents'][number]['quantity']
}

function decidePack(command: Pack, context: DecisionContext): PackedBody | Refusal {
  const found = contentsNamed(context, command)
  if (isRefusal(found)) return found
  const place = placeFor(context, command, found)
  if (isRefusal(place)) return place
  const { containerType } = command
  const container = containerFor(context, {
    ...{ code: command.container, place, field: 'container' },
    ...(containerType === undefined ? {} : { attributes: { type: containerType } }),
  })
  if (isRefusal(container)) return container
  const blocked = checkAllUsable(context, withInside(context, found), 'pack')
  if (blocked) return blocked
  // Old records name places finer or coarser than goods are moved; then it is packed from where it is.
  const from = context.historical ? undefined : (containerPlace(context, container) ?? place)
  const contents = allAccepted(
    together(found, ({ row, seed, quantity, field }): Packed | Refusal => {
      const loop = checkLoop(context, row, container, field)
      if (loop) return loop
      const taken = take(context, row, { quantity, from: from?.code, field })
      return isRefusal(taken) ? taken : { code: row.code, seed, taken }
    }),
  )
  return isRefusal(contents) ? contents : { container, contents }
}

function contentsNamed(context: DecisionContext, command: Pack): readonly Content[] | Refusal {
  return allAccepted(
    together(command.contents, ({ what, quantity }, index): Content | Refusal => {
      const field = `contents/${index}/what`
      const found = findOrExpect(context, what, { field, kind: 'lot' })
      if (isRefusal(found)) return found
      return { row: found.row, seed: found.seed ?? null, quantity, container: null, field }
    }),
  )
}

/** Where the container stands: as said, else where its first content is. */
function placeFor(
  context: DecisionContext,
  command: Pack,
  contents: readonly Content[],
): PlaceRow | undefined | Refusal {
  if (command.place !== undefined) return findPlace(context.view, command.place)
  const known =
    command.container === undefined ? undefined : findTraceable(context.view, command.container, '')
  if (known && !isRefusal(known)) return undefined
  const [first] = contents
  const places = first ? stockOf(context.view, first.row.no).filter((row) => row.holderKind === 'place') : []
  const [only] = places
  return only && places.length === 1 ? context.view.get(placeTable, [only.holder]) : undefined
}

/** The place a known container stands at: what is packed must be there, or be moved there first. */
function containerPlace(context: DecisionContext, container: ContainerUsed): PlaceRow | undefined {
  if (container.seed) return undefined
  const [stands] = stockOf(context.view, container.no).filter(
    (row) => row.holderKind === 'place' && row.onHand > 0n,
  )
  return stands && context.view.get(placeTable, [stands.holder])
}

function withInside(context: DecisionContext, contents: readonly Content[]): readonly Going[] {
  return contents.flatMap((content): readonly Going[] =>
    mayHold(content.row)
      ? [
          content,
          ...everythingIn(context.view, content.row).map((each) => ({ ...each, field: content.field })),
        ]
      : [content],
  )
}

function checkLoop(
  context: DecisionContext,
  row: TraceableRow,
  container: ContainerUsed,
  field: string,
): Refusal<'packed_in_itself'> | undefined {
  if (!mayHold(row)) return undefined
  const inside = everythingIn(context.view, row).some((each) => each.row.no === container.no)
  if (row.no !== container.no && !inside) return undefined
  return refuse('packed_in_itself', {
    message: `${row.code} would be inside itself.`,
    fix: 'Scan the container that goes in, then the one it goes into.',
    field,
    value: row.code,
  })
}
