import { setImmediate } from 'node:timers/promises'
import { isRefusal, refuse, type Refusal } from '@lotline/core/base/refusal'
import { type Cause, commonCauses, type Factors, significance } from '@lotline/core/genealogy/common-cause'
import type { NodeNo } from '@lotline/core/genealogy/engine'
import type { CauseShape, CommonCause, FactorShape } from '@lotline/core/recall/common-cause-shape'
import type { Snapshot } from '../plant/plant.ts'
import { FactorBook, factorsOfNodes } from './cause-factors.ts'
import { numberList } from './number-list.ts'
import { type Asked, type Question, understand } from './question.ts'

/** Good units that stand for all others; more make the chances no sharper. */
const goodMax = 5_000
const sameShown = 20
/** Units traced before others get a turn. */
const unitsAtOnce = 64

export interface CauseQuestion extends Question {
  readonly good?: readonly string[] | undefined
  readonly limit?: number | undefined
}

/**
 * What failing units have in common, ranked against good ones: each unit is traced backward once, and every ancestor and
 * circumstance met is counted. O(units * nodes behind a unit).
 */
export async function commonCause(
  snapshot: Snapshot,
  question: CauseQuestion,
): Promise<CommonCause | Refusal> {
  const asked = await understand(snapshot, question)
  if (isRefusal(asked)) return asked
  const failing = [...asked.rootTraceables]
  if (failing.length < 2) return tooFew('failing', failing.length)
  const good = await goodUnits(snapshot, question, failing)
  if (isRefusal(good)) return good
  if (good.units.length < 2) return tooFew('good', good.units.length)
  const units = [...failing, ...good.units]
  const behind = await nodesBehind(snapshot, asked, units)
  const nodes = await snapshot.engine.nodes(Int32Array.from(new Set(behind.flatMap((own) => [...own]))))
  const themselves = new Set(units)
  const book = new FactorBook()
  const factors = await factorsOfNodes(
    snapshot,
    nodes.filter(({ traceable }) => traceable === null || !themselves.has(traceable)),
    book,
  )
  const had = behind.map((own): Factors => new Set([...own].flatMap((node) => factors.get(node) ?? [])))
  const found = commonCauses(had.slice(0, failing.length), had.slice(failing.length))
  const limit = question.limit ?? 50
  return {
    position: snapshot.position,
    complete: asked.reasons.length === 0,
    reasons: [...asked.reasons],
    failing: failing.length,
    good: { units: good.units.length, of: good.of, chosen: good.chosen },
    tested: found.tested,
    causes: found.causes.slice(0, limit).map((cause) => shown(cause, book)),
    more: Math.max(0, found.causes.length - limit),
  }
}

interface GoodUnits {
  readonly units: readonly number[]
  readonly of: number
  readonly chosen: CommonCause['good']['chosen']
}

/** The good units that were given; else all others of the same items and kinds, or an even part of them. */
async function goodUnits(
  snapshot: Snapshot,
  question: CauseQuestion,
  failing: readonly number[],
): Promise<GoodUnits | Refusal> {
  const own = new Set(failing)
  if (question.good && question.good.length > 0) {
    const { good, ...rest } = question
    const asked = await understand(snapshot, { ...rest, ids: good })
    if (isRefusal(asked)) return asked
    const units = [...asked.rootTraceables].filter((no) => !own.has(no))
    return { units, of: units.length, chosen: 'given' }
  }
  const { reader } = snapshot
  const rows = await reader.raw(
    'units of the same items',
    `select distinct t.no from traceable t
       join (select distinct item, kind from traceable where org_id = $1 and no = any($2::bigint[])) f
         on f.item = t.item and f.kind = t.kind
      where t.org_id = $1 and t.status not in ('expected', 'void') order by 1`,
    [reader.org, numberList(failing)],
  )
  const others = rows.map(([no]) => Number(no)).filter((no) => !own.has(no))
  const step = Math.max(1, others.length / goodMax)
  const count = Math.min(others.length, goodMax)
  const units = Array.from({ length: count }, (_, index) => others[Math.floor(index * step)] ?? 0)
  return { units, of: others.length, chosen: 'same-item' }
}

async function nodesBehind(
  snapshot: Snapshot,
  asked: Asked,
  units: readonly number[],
): Promise<readonly Int32Array[]> {
  const { engine } = snapshot
  const { asKnownOn = snapshot.asKnownOn, ...query } = asked.query
  const known = asKnownOn === undefined ? {} : { asKnownOn }
  const states = new Map<number, NodeNo[]>(units.map((no) => [no, []]))
  for (const { no, traceable } of await engine.statesOf(units, asKnownOn))
    states.get(traceable ?? 0)?.push(no)
  const behind: Int32Array[] = []
  for (const unit of units) {
    const from = states.get(unit) ?? []
    behind.push((await engine.trace({ ...query, ...known, from, direction: 'backward' })).nodes)
    if (behind.length % unitsAtOnce === 0) await setImmediate()
  }
  return behind
}

function shown(cause: Cause, book: FactorBook): CauseShape {
  const { failingWith, goodWith, odds, chance, bonferroni, falseDiscovery, explainedBy } = cause
  // Of what the same units have, the most particular thing is named first.
  const [first, ...same] = [cause.factor, ...cause.same].map((factor) => book.at(factor)).sort(byPrecision)
  return {
    ...(first ?? book.at(cause.factor)),
    ...{ failingWith, goodWith, odds, chance, bonferroni, falseDiscovery },
    significant: bonferroni <= significance,
    same: same.slice(0, sameShown),
    sameCount: same.length,
    explainedBy: explainedBy === undefined ? null : book.at(explainedBy).name,
  }
}

/** Things before people and machines, those before orders, and windows of time last. */
const precision: Readonly<Partial<Record<FactorShape['kind'], number>>> = {
  'supplier-lot': 1,
  supplier: 4,
  operation: 5,
  order: 5,
  place: 5,
  parameter: 3,
  'out-of-range': 2,
  'time-window': 6,
  equipment: 2,
  tool: 2,
  gauge: 2,
  station: 2,
  person: 2,
}

function byPrecision(a: FactorShape, b: FactorShape): number {
  return (precision[a.kind] ?? 0) - (precision[b.kind] ?? 0)
}

function tooFew(which: 'failing' | 'good', count: number): Refusal<'units_too_few'> {
  return refuse('units_too_few', {
    message: `There ${count === 1 ? 'is 1' : 'are none'} of ${which} units; what they have in common needs two.`,
    fix:
      which === 'failing'
        ? 'Name at least two lots or serials that failed.'
        : 'Name good units with `good`: there are not two others of the same item.',
    field: which === 'failing' ? 'id' : 'good',
  })
}
