import type { NodeNo } from '@lotline/core/genealogy/engine'
import { rings } from '@lotline/core/genealogy/touch'
import type { LaneFact, LaneThing } from '@lotline/core/recall/draw-lanes'
import type { LaneLink } from '@lotline/core/recall/lane-links'
import { type DrawnTraceable, measured } from './lane-things.ts'
import type { TraceSet } from './trace-set.ts'

/** A fact with what its shares are worked out from: the state it was drawn from, and the step it went into. */
export interface DrawnFact extends LaneFact {
  readonly drawn: {
    readonly state: NodeNo
    readonly process: NodeNo | null
    readonly item: number | null
  } | null
}

/** A step stands in the lane of what it makes, left of it. */
export function stepThing(
  step: { readonly key: string; readonly label: string; readonly operation: string | null } | undefined,
  made: LaneThing | undefined,
): LaneThing {
  return {
    key: `process ${step?.key ?? ''}`,
    id: null,
    lane: made?.lane ?? 'intermediate',
    label: step?.label ?? '',
    kind: 'process',
    item: step?.operation ?? null,
    quantity: null,
    ring: made?.ring ?? rings.length - 1,
    status: null,
    held: false,
    gap: false,
    root: false,
  }
}

/** What a link becomes a fact from. */
export interface Drawing {
  readonly set: TraceSet
  readonly drawn: ReadonlyMap<number, DrawnTraceable>
  readonly things: readonly LaneThing[]
  readonly indexOf: (node: NodeNo) => number | undefined
}

/** A link as a fact between two things to draw; undefined where an end is not drawn. */
export function factOf({ set, drawn, things, indexOf }: Drawing, link: LaneLink): DrawnFact | undefined {
  const [from, to] = [indexOf(link.from), indexOf(link.to)]
  const [first, last] = [set.edges[link.first], set.edges[link.last]]
  if (from === undefined || to === undefined || !first || !last) return undefined
  const { evidence } = link
  const source = drawn.get(set.traceableOf.get(link.from) ?? 0)
  const target = drawn.get(set.traceableOf.get(link.to) ?? 0)
  const came = measured(last.amount, target?.measure)
  if (!source) {
    const quantity = target ? (came ?? things[to]?.quantity ?? null) : null
    return { from, to, fact: link.last * 2 + 1, quantity, evidence, drawn: null }
  }
  const isOwnPart =
    target?.item !== undefined &&
    target.item === source.item &&
    last.amount !== null &&
    first.amount !== null &&
    last.amount < first.amount
  // A receipt or split of many says what went in as a whole; to one of them came no more than its own part.
  if (isOwnPart) return { from, to, fact: link.last * 2 + 1, quantity: came, evidence, drawn: null }
  return {
    from,
    to,
    fact: link.first * 2,
    quantity: measured(first.amount, source.measure),
    evidence,
    drawn: {
      state: link.from,
      process: link.first === link.last && target ? null : first.target,
      item: source.item?.no ?? null,
    },
  }
}
