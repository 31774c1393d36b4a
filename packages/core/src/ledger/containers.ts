import { refuse, type Refusal, isRefusal } from '../base/refusal.ts'
import type { View } from '../base/view.ts'
import { findTraceable, type ReferenceLike, textOf } from '../identity/lookup.ts'
import { type PlaceRow, traceableTable, type TraceableRow } from '../identity/rows.ts'
import type { DecisionContext } from './decision.ts'
import type { Effect, RecordedEvent } from './effects.ts'
import { newSeed, type Seed, seedEffects } from './lots.ts'
import { nextCode } from './new-codes.ts'
import { holderOf, holderText, stockEffect, stockOf } from './stock.ts'
import { stockTable, type StockRow } from './tables.ts'

/** A pallet, case or crate that a capture puts things into, as its event carries it. */
export interface ContainerUsed {
  readonly no: number
  readonly code: string
  readonly seed: Seed | null
  /** Where it stands from now on, if this capture says so: a new one, or one that nobody knew the place of. */
  readonly placedAt: string | null
}

/** The container of a code; a code that nobody knows is a new one, standing at `place`. Left out: numbered by rule. */
export function containerFor(
  context: DecisionContext,
  ask: {
    code: string | undefined
    place: PlaceRow | undefined
    field: string
    attributes?: Seed['attributes']
  },
): ContainerUsed | Refusal {
  const { view } = context
  const { field, place } = ask
  const known = ask.code === undefined ? undefined : findTraceable(view, ask.code, field)
  if (isRefusal(known) && known.code !== 'lot_unknown') return known
  if (known && !isRefusal(known)) {
    // Old records and partners pack into a thing with a serial of its own: a crate, a rack, a kit.
    if (known.kind === 'serial' && context.historical)
      return { no: known.no, code: known.code, seed: null, placedAt: null }
    if (known.kind !== 'container') return notAContainer(known, field)
    const stands = stockOf(view, known.no).some((row) => row.onHand > 0n)
    const placedAt = !stands && place ? holderText({ kind: 'place', no: place.no }) : null
    return { no: known.no, code: known.code, seed: null, placedAt }
  }
  if (!place) return placeMissing(ask.code, field)
  const code = ask.code ?? nextCode(context, { gives: 'container', place })
  const { attributes } = ask
  const seed = newSeed(context, {
    ...{ kind: 'container', item: undefined, code, field },
    confirmed: ask.code === undefined,
    ...(attributes ? { attributes } : {}),
  })
  if (isRefusal(seed)) return seed
  return { no: seed.no, code: seed.code, seed, placedAt: holderText({ kind: 'place', no: place.no }) }
}

function notAContainer(row: TraceableRow, field: string): Refusal<'not_a_container'> {
  return refuse('not_a_container', {
    message: `${row.code} is a ${row.kind}, not a container.`,
    fix: 'Scan the label of the pallet or case.',
    field,
    value: row.code,
  })
}

function placeMissing(code: string | undefined, field: string): Refusal<'place_missing'> {
  return refuse('place_missing', {
    message: `Where the new container ${code ?? ''} stands is not known.`,
    fix: 'Give the place.',
    field: 'place',
    value: code ?? field,
  })
}

/** Whether things may be inside it: a container, or a serial that old records packed into. */
export function mayHold(row: Pick<TraceableRow, 'kind'>): boolean {
  return row.kind === 'container' || row.kind === 'serial'
}

/** The container itself that is named, or a serial with something in it, and nothing else. */
export function findContainer(view: View, reference: ReferenceLike, field: string): TraceableRow | Refusal {
  const row = findTraceable(view, reference, field)
  if (isRefusal(row) || row.kind === 'container') return row
  if (mayHold(row) && contentsOf(view, row).length > 0) return row
  return notAContainer({ ...row, code: textOf(reference) }, field)
}

/** That a new container exists and stands somewhere: one piece of itself. */
export function containerEffects(
  event: RecordedEvent<string, unknown>,
  container: ContainerUsed,
): readonly Effect[] {
  const effects: Effect[] = container.seed ? [...seedEffects(event, container.seed)] : []
  if (container.placedAt === null) return effects
  const of = { traceable: container.no, item: null }
  return [...effects, stockEffect(of, holderOf(container.placedAt), 1n, 'adjusted')]
}

/** One thing inside a container. */
export interface Inside {
  readonly row: TraceableRow
  readonly stock: StockRow
  /** The container it is in directly. */
  readonly container: TraceableRow
}

/** Everything inside a container and the containers in it, at any depth, outermost first. O(contents). */
export function everythingIn(view: View, container: TraceableRow): readonly Inside[] {
  const inside: Inside[] = []
  const opened = new Set([container.no])
  let boxes: readonly TraceableRow[] = [container]
  while (boxes.length > 0) {
    view.prefetch(
      stockTable,
      'byHolder',
      boxes.map((box) => ['container', box.no] as const),
    )
    const found = boxes.flatMap((box) => contentsOf(view, box))
    inside.push(...found)
    boxes = found.map((each) => each.row).filter((row) => mayHold(row) && !opened.has(row.no))
    for (const box of boxes) opened.add(box.no)
  }
  return inside
}

/** What lies directly in a container. */
export function contentsOf(view: View, container: TraceableRow): readonly Inside[] {
  const rows = view.list(stockTable, 'byHolder', ['container', container.no]).filter((row) => row.onHand > 0n)
  view.prefetch(
    traceableTable,
    'byNo',
    rows.map((row) => [row.traceable]),
  )
  return rows.flatMap((stock): Inside[] => {
    const row = view.get(traceableTable, [stock.traceable])
    return row ? [{ row, stock, container }] : []
  })
}
