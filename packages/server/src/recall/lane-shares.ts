import type { LaneEdge, Lanes } from '@lotline/core/recall/lanes-shape'
import type { LaneLine } from '@lotline/core/recall/draw-lanes'
import type { Snapshot } from '../plant/plant.ts'
import type { DrawnFact } from './lane-facts.ts'
import type { LaneSet } from './lanes.ts'
import { inputTotals, shareText, totalKey } from './shares.ts'
import { sourceTotals } from './source-totals.ts'

/** Lines with their shares: only where all of a line was drawn from one content, or went into one step. */
export async function lanesOfSet(snapshot: Snapshot, { set, drawing }: LaneSet): Promise<Lanes> {
  const { asked, question, gaps } = set
  const facts = drawing.lines.flatMap((line) => (oneOf(line, stateOf) === undefined ? [] : line.facts))
  const totals = await sourceTotals(
    snapshot,
    set,
    facts.flatMap(({ drawn }) => drawn?.state ?? []),
  )
  const processes = new Set(
    drawing.lines.flatMap((line) =>
      oneOf(line, processOf) === undefined ? [] : [oneOf(line, processOf) ?? 0],
    ),
  )
  const inputs = await inputTotals(snapshot, processes, asked.asKnownOn ?? snapshot.asKnownOn)
  return {
    query: {
      ids: [...question.ids],
      direction: question.direction,
      follow: asked.follow,
      asKnownOn: asked.asKnownOn ?? null,
    },
    position: snapshot.position,
    complete: set.reasons.length === 0,
    reasons: [...set.reasons],
    truncated: set.reasons.includes('truncated'),
    roots: [...asked.roots],
    traceables: set.summary.traceables,
    gaps: [...gaps],
    lanes: drawing.lanes,
    nodes: drawing.nodes,
    edges: drawing.lines.map((line): LaneEdge => {
      const { from, to, quantity, evidence, count } = line
      const [state, process] = [oneOf(line, stateOf), oneOf(line, processOf)]
      const item = oneOf(line, ({ drawn }) => drawn?.item ?? undefined)
      const amount = quantity === null ? null : amountOfAll(line)
      const whole =
        process === undefined || item === undefined ? undefined : inputs.get(totalKey(process, item))
      return {
        from,
        to,
        quantity,
        shared: line.facts.every(({ drawn }) => drawn !== null),
        shareOfSource: state === undefined ? null : shareText(amount, totals.get(state)),
        shareOfTarget: shareText(amount, whole),
        evidence,
        count,
      }
    }),
    opened: drawing.opened,
  }
}

const stateOf = ({ drawn }: DrawnFact) => drawn?.state
const processOf = ({ drawn }: DrawnFact) => drawn?.process ?? undefined

/** What all facts of a line have in common; undefined where they differ. */
function oneOf<T>(line: LaneLine<DrawnFact>, of: (fact: DrawnFact) => T | undefined): T | undefined {
  const [first] = line.facts
  const value = first && of(first)
  return value !== undefined && line.facts.every((fact) => of(fact) === value) ? value : undefined
}

function amountOfAll(line: LaneLine<DrawnFact>): bigint {
  return line.facts.reduce((sum, { quantity }) => sum + (quantity?.amount ?? 0n), 0n)
}
